"""An article's text out of a file somebody else made.

Public is `reading`; the rest is the room's own.
"""
