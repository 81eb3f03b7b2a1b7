"""Say where each form of file holds its recipe: who writes one and who reads one agree here."""

from __future__ import annotations

__all__ = ["HTML_START", "PNG_KEYWORD", "XML_NAMESPACE", "XML_TAG"]

PNG_KEYWORD = "corridormap-recipe"
"""Keyword of an iTXt chunk, not compressed."""
XML_NAMESPACE = "urn:corridormap:"
XML_TAG = "recipe"
"""Element in the metadata of an SVG and in the XMP of a PDF."""
HTML_START = '<script type="application/json" id="corridormap-recipe">'
"""How the recipe begins in a page; it ends with the element."""
