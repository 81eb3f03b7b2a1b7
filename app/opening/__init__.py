"""Open corridors for a server: what is kept of them, the line to wait in, the process apart.

Public are `corridors`, `notes`, `open_corridor` and `page_data`; the rest is the room's own.
"""
