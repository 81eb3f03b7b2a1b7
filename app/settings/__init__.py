"""What an operator decides: settings, limits, connections to the outside.

Public are `limits`, `names`, `operator` and `settings`; the rest is the room's own.
"""
