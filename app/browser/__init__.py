"""The browser's side: its modules by room, the document they read, and the pages that hold them.

Rooms, each importing from those after it alone: ``page`` (a page as it starts and what stands on
it), ``editor``, ``panels``, ``map``, ``tools``.

Public are `document`, `front_end` and `leaflet`; the rest is the room's own.
"""
