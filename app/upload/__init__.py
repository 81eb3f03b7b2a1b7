"""Files that a page sends, looked at before they become layers.

Public is `routes`; the rest is the room's own.
"""
