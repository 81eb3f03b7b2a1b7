"""An article's text out of a file somebody else made.

Public are `reading` and `text`; the rest is the room's own.
"""
