"""Routes laid out in kilometres: legs, places, gaps, and what is usable at a date.

Public are `document`, `figures`, `laying` and `way`; the rest is the room's own.
"""
