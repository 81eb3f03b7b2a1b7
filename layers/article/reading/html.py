"""Take the running text, and what a page says of itself, out of a web page.

A plain reading, without weights learnt from other sites. Running text is kept wherever it
stands; what is left out (menus, comments, pointers to other pages, ...) goes with its reason and
its place, so that a reader can take it in. Fetches nothing, runs nothing; used in the box
(box.py), since a page may be made to keep a parser busy.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from corridormap.layers.article.reading.choosing import reasons
from corridormap.layers.article.reading.tree import blocks_of, tree_of

__all__ = ["declared_encoding", "read_html"]

_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{1,30})""")


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page's head names, in small letters, or nothing."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii").lower() if found else ""


def read_html(html: str) -> dict[str, Any]:
    """Return the text of a page, a paragraph per line, with title, author, date and more.

    Under "left_out" is what was left out, as it stands in the page: why (one of
    `parts.REASONS`), how many lines of the text stand before it, and its text.
    """
    root, meta = tree_of(html)
    blocks = [block for block in blocks_of(root) if block.text]
    heading = next((block.text for block in blocks if block.tag == "h1"), "")
    said = meta.said(heading)
    why = reasons(root, blocks, (said["title"], meta.name))
    lines: list[str] = []
    left_out = []
    for reason, group in groupby(blocks, lambda block: why[block.order]):
        texts = [block.text for block in group]
        if reason:
            left_out.append({"reason": reason, "at": len(lines), "text": "\n".join(texts)})
        else:
            lines += texts
    return {"text": "\n".join(lines), **said, "left_out": left_out}
