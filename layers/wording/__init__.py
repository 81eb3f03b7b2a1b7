"""What every room says the same way: words, numbers, units, visible control characters.

Public are its modules `edition_code`, `kind_signs`, `kind_words`, `kinds`, `period`, `plainly`,
`quantity`, `slug`, `units`, `without_room` and `words`: all of them.
"""
