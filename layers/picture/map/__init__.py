"""The map's frame: base, signs, names and call-outs, each at its place."""
