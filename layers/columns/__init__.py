"""What the columns of a user's file become: facts of features, or columns of the user's own.

Public are `editions`, `likely`, `preview`, `recipes`, `rows`, `rules`, `sources` and `values`; the
rest is the room's own. Page and command only carry out what is decided here.
"""
