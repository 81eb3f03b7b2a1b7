"""Leave comments and indentation out of our own scripts and styles, for a page in one file.

Knows only what our own files do: a comment begins its line, and no template or string goes
over the end of a line (a test holds them to it). Not for the code of others.
"""

from __future__ import annotations

import re

__all__ = ["compact_css", "compact_js"]

_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*$", re.MULTILINE)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_BLANK = re.compile(r"\n\s*")


def compact_js(text: str) -> str:
    """Return scripts without the lines that are comments, and without indentation."""
    return _BLANK.sub("\n", _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", text)))


def compact_css(text: str) -> str:
    """Return styles without the lines that are comments, and without indentation."""
    return _BLANK.sub("\n", _BLOCK_COMMENT.sub("", text))
