"""The server: its routes, its page, its start and its end."""
