"""The corridors that a server shows.

Public are its modules `launcher`, `serving`, `shelf`, `site` and `watch`: all of them.
"""
