"""Whose turn it is to draw, and how much one drawing may take.

Public are its modules `budget`, `loading` and `turn`: all of them.
"""
