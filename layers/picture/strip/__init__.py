"""A route unrolled along a line of kilometres.

Public is `strip`; the rest is the room's own.
"""
