"""What stands round the map: layout, title, legend, claims, credits.

Public are `flow`, `legend`, `page` and `picture`; the rest is the room's own.
"""
