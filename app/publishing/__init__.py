"""Published editions: a static site of them, what changed between them, and what a code names.

Public are `editions`, `photograph`, `publish`, `recognise`, `report`, `signing` and `wording`.
"""
