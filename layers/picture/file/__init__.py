"""A drawing as a file: PNG, SVG or PDF, and what the file says of itself.

Public are its modules `note`, `pdf_pages`, `stamp` and `writing`: all of them.
"""
