"""An article's text, and the passages of annotations found again in it.

Public is its module `article`.
"""
