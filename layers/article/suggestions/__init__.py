"""Places, numbers and dates of a text, suggested for annotation."""
