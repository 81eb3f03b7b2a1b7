"""Hold a corridor: its features, look and annotations, and draw it. Knows no user."""

if __name__ != "corridormap.layers":
    raise ImportError("The name of this package is corridormap.layers: import it from there.")
