"""Write any text as XML: what XML has no way to hold stands as a visible mark of it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["held", "xml_attribute", "xml_text"]

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no character of XML 1.0, not even as a number."""


def held(text: str) -> str:
    """Return a text of XML's characters: each other one stands as U+FFFD."""
    return _NO_XML.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Return a text as the contents of an element, line ends as they are."""
    return escape(held(text), {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    """Return a text as the value of an attribute, its quotation marks with it."""
    return quoteattr(held(text))
