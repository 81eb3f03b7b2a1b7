"""Read, check and measure geometry. Draws nothing; knows no article and no user."""

if __name__ != "corridormap.geo":
    raise ImportError("The name of this package is corridormap.geo: import it from there.")
