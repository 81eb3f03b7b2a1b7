"""The Python face: corridors in a notebook or in somebody's own program.

For users that is what `corridormap` gives out. Whatever is drawn, exported or checked here is
done by the rooms that the commands use.

Public are `corridor`, `from_layers`, `opening`, `snapshot`, `source` and `view`; the rest is the
room's own.
"""
