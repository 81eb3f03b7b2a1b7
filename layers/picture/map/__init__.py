"""The map's frame: base, signs, names and call-outs, each at its place.

Public are `detail`, `frame`, `furniture`, `lettering`, `marks`, `painter`, `plane`, `projection`
and `signs`; the rest is the room's own.
"""
