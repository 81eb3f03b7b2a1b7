"""What is wrong with a corridor's folder, where, and what to do about it.

Public are `figures`, `publish`, `reference` and `validate`; the rest is the room's own.
"""
