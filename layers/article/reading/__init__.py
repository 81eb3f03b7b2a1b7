"""An article's text out of a file somebody else made."""
