"""What changed: between two dates of a corridor, or from one edition of it to another.

Public are `change`, `dated`, `editions`, `entries`, `verdicts` and `words`.
"""
