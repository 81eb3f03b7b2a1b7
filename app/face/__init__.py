"""The Python face: corridors in a notebook or in somebody's own program.

Public is what `corridormap` gives out: `open`, `from_layers`, `Corridor`, `View`, `Snapshot`.
Whatever is drawn, exported or checked here is done by the rooms that the commands use.
"""
