"""A corridor as a book: overview, a page for each subject, and the sources.

Public are `atlas` and `report`; the rest is the room's own.
"""
