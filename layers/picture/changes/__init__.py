"""Two maps of one extent, before and after, and a list of what changed between them.

Public is its module `picture`; the rest is the room's own.
"""
