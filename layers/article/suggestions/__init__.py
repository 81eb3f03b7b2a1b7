"""Places, numbers and dates of a text, suggested for annotation.

Public are `features`, `numbers` and `suggest`; the rest is the room's own.
"""
