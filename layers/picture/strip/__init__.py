"""A route unrolled along a line of kilometres."""
