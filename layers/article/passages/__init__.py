"""The passages of annotations, found again in an article's text."""
