"""Lines along and against each other: joined, followed, measured.

Public are `joining`, `length_range`, `topology` and `track`; the rest is the room's own.
"""
