"""Who reads: OpenID providers, the list of who may, the end of a login.

Public are `login` and `mail`; the rest is the room's own.
"""
