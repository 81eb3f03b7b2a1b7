"""The world below a map: its outline cut to an extent, its waters, its places.

Public are `atlas`, `ground`, `outline`, `places`, `topojson` and `waters`; the rest is the
room's own.
"""
