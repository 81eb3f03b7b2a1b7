"""What stands before all routes: who may ask what, and what every answer says.

Public are `crowd`, `gate` and `talk`; the rest is the room's own.
"""
