"""The server: its routes, its page, its start and its end.

Public is `server`; the rest is the room's own.
"""
