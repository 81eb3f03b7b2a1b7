"""Whose turn it is to draw, and how much one drawing may take."""
