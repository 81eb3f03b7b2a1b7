"""Take the running text, and what a page says of itself, out of a web page.

A plain reading, without weights learnt from other sites: menus, forms and lists of links
are left out, and of the rest the innermost element that holds nearly all running text is
the article. The reader sees the text before it is used. Fetches nothing, runs nothing;
used in the box (box.py), since a page may be made to keep a parser busy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corridormap.layers.article.reading.meta import PageMeta
from corridormap.layers.article.reading.tags import page_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["declared_encoding", "read_html"]

_VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    )
)  # fmt: skip
_LEFT_OUT = frozenset(
    (
        "aside", "audio", "button", "canvas", "dialog", "footer", "form", "iframe", "math",
        "nav", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
        "video",
    )
)  # fmt: skip
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
        "time", "tt", "u", "var",
    )
)  # fmt: skip
_HIDDEN_ROLES = {"navigation", "banner", "complementary", "contentinfo", "search", "dialog"}
_ITEMS = {"dd", "dt", "li", "td", "th", "tr"}
_HEADINGS = {"h1", "h2", "h3", "h4"}
_RUNNING_CHARACTERS = 80
"""From this length on a block counts as running text."""
_LINK_SHARE = 0.5
_HOLDS = 0.8
"""Share of the running text that the article's element holds."""
_MARKED_CHARACTERS = 200
_DEPTH_MOST = 400
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{1,30})""")


@dataclass(eq=False, slots=True)
class _Block:
    """A paragraph, a heading or a list item."""

    tag: str
    parts: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        return _SPACE.sub(" ", "".join(self.parts)).strip()

    @property
    def running(self) -> int:
        """Characters of running text; none in a block that is short or all links."""
        size = len(self.text)
        return size if size >= _RUNNING_CHARACTERS and self.linked < _LINK_SHARE * size else 0


@dataclass(eq=False, slots=True)
class _Node:
    """An element that is no part of a line."""

    tag: str
    marked: bool = False
    children: list[_Node | _Block] = field(default_factory=list)
    running: int = 0


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page's head names, in small letters, or nothing."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii").lower() if found else ""


def read_html(html: str) -> dict[str, str]:
    """Return the text of a page, a paragraph per line, with title, author, date and more."""
    read = _Blocks()
    for piece in page_pieces(html):
        if isinstance(piece, str):
            read.text(piece)
            continue
        if piece.starts:
            read.start(piece.name, piece.said)
        if piece.ends:
            read.end(piece.name)
    body = read.root
    _count(body)
    home = _home(body)
    lines = [block.text for block in _blocks(home) if _kept(block)]
    heading = next((b.text for b in _blocks(body) if b.tag == "h1" and b.text), "")
    return {"text": "\n".join(lines), **read.meta.said(heading)}


class _Blocks:
    """Builds blocks; what is left out is not even kept."""

    def __init__(self) -> None:
        self.root = _Node("body")
        self.meta = PageMeta()
        self._names, self._open = [""], [self.root]
        self._skipped: list[str] = []
        self._links = 0
        self._broken = False
        self._block: _Block | None = None

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """Take a start tag with its attributes."""
        self.meta.start(tag, said)
        if tag in _VOID:
            self._void(tag)
            return
        if self._skipped or _left_out(tag, said):
            if len(self._skipped) < _DEPTH_MOST:
                self._skipped.append(tag)
            return
        self._links += tag == "a"
        if tag in _INLINE or len(self._open) > _DEPTH_MOST:
            return
        self._block = None
        self._end_implied(tag)
        node = _Node(tag, tag in {"article", "main"} or said.get("itemprop") == "articleBody")
        self._open[-1].children.append(node)
        self._open.append(node)
        self._names.append(tag)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        self.meta.end(tag)
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
            return
        self._links -= tag == "a" and self._links > 0
        if tag in self._names:
            while self._names.pop() != tag:
                self._open.pop()
            self._open.pop()
            self._block = None

    def text(self, data: str) -> None:
        """Take text between tags."""
        self.meta.data(data)
        if self._skipped:
            return
        if data.strip():
            self._broken = False
        if self._block is None:
            if not data.strip():
                return
            self._block = _Block(self._names[-1])
            self._open[-1].children.append(self._block)
        self._block.parts.append(data)
        self._block.linked += len(data) if self._links else 0

    def _end_implied(self, tag: str) -> None:
        """End what a start tag ends unsaid: a paragraph, or the item or cell before."""
        while len(self._open) > 1:
            last = self._names[-1]
            if last != "p" and not (last == tag and tag in _ITEMS):
                return
            self._open.pop()
            self._names.pop()

    def _void(self, tag: str) -> None:
        """Take a tag without an end: two line breaks, with nothing between, end a paragraph."""
        if self._block is None or self._skipped or tag != "br":
            return
        if self._broken:
            self._block = None
        else:
            self._block.parts.append("\n")
        self._broken = not self._broken


def _left_out(tag: str, said: Mapping[str, str]) -> bool:
    hidden = "hidden" in said or said.get("aria-hidden") == "true"
    return tag in _LEFT_OUT or hidden or said.get("role") in _HIDDEN_ROLES


def _count(node: _Node) -> int:
    node.running = sum(
        _count(child) if isinstance(child, _Node) else child.running for child in node.children
    )
    return node.running


def _home(body: _Node) -> _Node:
    """Return the innermost element that holds nearly all running text of the article."""
    marked = [node for node in _nodes(body) if node.marked]
    best = max(marked, key=lambda node: node.running, default=body)
    home = best if best.running >= _MARKED_CHARACTERS else body
    while True:
        inner = [child for child in home.children if isinstance(child, _Node)]
        largest = max(inner, key=lambda node: node.running, default=None)
        if largest is None or not largest.running or largest.running < _HOLDS * home.running:
            return home
        if all(isinstance(child, _Block) for child in largest.children):
            return home
        home = largest


def _nodes(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        if isinstance(child, _Node):
            yield from _nodes(child)


def _blocks(node: _Node) -> Iterator[_Block]:
    for child in node.children:
        if isinstance(child, _Block):
            yield child
        else:
            yield from _blocks(child)


def _kept(block: _Block) -> bool:
    size = len(block.text)
    if not size:
        return False
    return block.tag in _HEADINGS or block.linked < _LINK_SHARE * size
