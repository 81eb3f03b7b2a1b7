"""Serve a corridor to people: page, command line, files. No geometry, no style."""
