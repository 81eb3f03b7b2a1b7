"""What stands round the map: layout, title, legend, claims, credits.

Public are `flow`, `legend`, `page`, `picture`, `printed_code` and `words`; the rest is the room's
own.
"""
