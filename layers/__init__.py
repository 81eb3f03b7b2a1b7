"""Hold a corridor: its features, look and annotations, and draw it. Knows no user.

Public is its module `theme`.
"""

if __name__ != "corridormap.layers":
    raise ImportError("The name of this package is corridormap.layers: import it from there.")
