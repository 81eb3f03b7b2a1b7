"""An article's text out of a file somebody else made.

Public are `reading` and, for why text is left out, `parts`; the rest is the room's own.
"""
