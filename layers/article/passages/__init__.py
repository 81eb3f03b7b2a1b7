"""The passages of annotations, found again in an article's text.

Public are `anchor` and `text`; the rest is the room's own.
"""
