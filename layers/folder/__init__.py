"""A corridor's folder, read: manifest, layers, style, status, claims and sources as models.

Public are its modules `files`, `format`, `journal`, `opening`, `place`, `refusal`, `seal` and
`zip_file`: all of them.
"""
