"""Serve a corridor to people: page, command line, files. No geometry, no style.

Public are `cli` and `log`; the rest is the room's own.
"""

if __name__ != "corridormap.app":
    raise ImportError("The name of this package is corridormap.app: import it from there.")
