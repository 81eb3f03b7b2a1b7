"""Make a web page's tags and text a tree of parts and blocks, with all that a reader could see.

What is no text (scripts, styles, drawings, frames) is not kept; what text is worth reading is
not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corridormap.layers.article.reading.meta import PageMeta
from corridormap.layers.article.reading.tags import page_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Block", "Part", "blocks_of", "parts_of", "tree_of"]

_VOID = frozenset(
    (
        "amp-img", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
        "source", "track", "wbr",
    )
)  # fmt: skip
_NO_TEXT = frozenset(
    (
        "audio", "canvas", "iframe", "math", "noembed", "noframes", "object", "script", "style",
        "svg", "template", "title", "video",
    )
)  # fmt: skip
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    )
)  # fmt: skip
_WITHIN_LINES = {"button", "noscript", "picture", "select", "textarea"}
"""What ends no paragraph that is open."""
_ITEMS = {"dd", "dt", "li", "option", "td", "th", "tr"}
_HOLDS_ITEMS = {"dl", "menu", "ol", "select", "table", "ul"}
_RUNNING_CHARACTERS = 80
"""From this length on a block counts as running text, ..."""
_SENTENCE_CHARACTERS = 20
"""... and from this if it ends as a sentence does."""
_SENTENCE_END = re.compile(r"[.!?…۔؟։။。！？][\"'”“’»)\]]*$")
_LINK_SHARE = 0.5
_POINTER_CHARACTERS = 15
_HEAD_PIECES = 12
_DEPTH_MOST = 400
_SPACE = re.compile(r"\s+")


@dataclass(eq=False, slots=True)
class Block:
    """A paragraph, a heading or a list item."""

    tag: str
    within: Part
    order: int
    """How many blocks stand before it in the page."""
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    headed: bool = False
    """Whether a line that is a link stands above the rest of its lines."""
    text: str = ""
    running: int = 0
    """Characters of running text; none in a block that is short, or that only points elsewhere."""

    @property
    def points(self) -> bool:
        """Whether it leads to another page: a link, or a linked headline with a text below."""
        return self.headed or self.linked >= _LINK_SHARE * len(self.text)

    def break_line(self) -> None:
        """Take a line break; what stands above a linked line may be a word such as "More"."""
        if len(self.parts) < _HEAD_PIECES:
            above, _, line = "".join(self.parts).rpartition("\n")
            line = " ".join(line.split())
            if len(above) < 2 * _POINTER_CHARACTERS <= 2 * len(line):
                self.headed |= self.linked > (1 - _LINK_SHARE / 2) * len(line)
        self.parts.append("\n")

    def finish(self) -> None:
        """Know the text, once it is whole."""
        given = "".join(self.parts)
        self.text = _SPACE.sub(" ", given).strip()
        size = len(self.text)
        sentence = size >= _SENTENCE_CHARACTERS and _SENTENCE_END.search(self.text)
        if (size >= _RUNNING_CHARACTERS or sentence) and not self.points:
            self.running = size


@dataclass(eq=False, slots=True)
class Part:
    """An element that is no part of a line."""

    tag: str
    said: Mapping[str, str]
    """Its attributes."""
    parent: Part | None = None
    children: list[Part | Block] = field(default_factory=list)
    running: int = 0
    """Characters of running text in it that nothing speaks against."""
    reason: str = ""
    """Why it is no part of the article, as it says of itself."""


def tree_of(page: str) -> tuple[Part, PageMeta]:
    """Return the tree of a page, and what the page says of itself."""
    read = _Tree()
    for piece in page_pieces(page):
        if isinstance(piece, str):
            read.text(piece)
            continue
        if piece.starts:
            read.start(piece.name, piece.said)
        if piece.ends:
            read.end(piece.name)
    for block in blocks_of(read.root):
        block.finish()
    return read.root, read.meta


def parts_of(part: Part) -> Iterator[Part]:
    """Yield a part and those in it, as they stand in the page."""
    waiting = [part]
    while waiting:
        yield (last := waiting.pop())
        waiting += [child for child in reversed(last.children) if isinstance(child, Part)]


def blocks_of(part: Part) -> Iterator[Block]:
    """Yield the blocks of a part, as they stand in the page."""
    waiting: list[Part | Block] = [part]
    while waiting:
        last = waiting.pop()
        if isinstance(last, Block):
            yield last
        else:
            waiting += reversed(last.children)


class _Tree:
    """Builds parts and blocks."""

    def __init__(self) -> None:
        self.root = Part("body", {})
        self.meta = PageMeta()
        self._names, self._open = [""], [self.root]
        self._skipped: list[str] = []
        self._linked = False
        self._broken = False
        self._block: Block | None = None
        self._count = 0

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """Take a start tag with its attributes."""
        self.meta.start(tag, said)
        if tag in _VOID:
            self._void(tag)
            return
        if self._skipped or tag in _NO_TEXT:
            if len(self._skipped) < _DEPTH_MOST:
                self._skipped.append(tag)
            return
        if tag == "a":
            self._linked = _leads_away(said)
        if tag in _INLINE or len(self._open) > _DEPTH_MOST:
            return
        self._block = None
        self._end_implied(tag)
        part = Part(tag, said, self._open[-1])
        self._open[-1].children.append(part)
        self._open.append(part)
        self._names.append(tag)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        self.meta.end(tag)
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
            return
        if tag == "a":
            self._linked = False
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
            self._block = Block(self._names[-1], self._open[-1], self._count)
            self._count += 1
            self._open[-1].children.append(self._block)
        self._block.parts.append(data)
        self._block.linked += len(" ".join(data.split())) if self._linked else 0

    def _end_implied(self, tag: str) -> None:
        """End what a start tag ends unsaid: a paragraph, or the item or cell before."""
        if self._names[-1] == "p" and tag not in _WITHIN_LINES and "-" not in tag:
            self._close(1)
        if tag not in _ITEMS:
            return
        for back, name in enumerate(reversed(self._names), 1):
            if name in _HOLDS_ITEMS:
                return
            if name == tag or (tag == "tr" and name in {"td", "th"} and self._row(back)):
                self._close(back)
                return
            if name not in _ITEMS and name != "p":
                return

    def _row(self, back: int) -> bool:
        """Tell whether a cell that is still open stands in a row that ends with it."""
        return len(self._names) > back and self._names[-back - 1] == "tr"

    def _close(self, count: int) -> None:
        if len(self._open) > count:
            del self._open[-count:]
            del self._names[-count:]

    def _void(self, tag: str) -> None:
        """Take a tag without an end: two line breaks, with nothing between, end a paragraph."""
        if tag == "hr":
            self._block = None
        if self._block is None or self._skipped or tag != "br":
            return
        if self._broken:
            self._block = None
        else:
            self._block.break_line()
        self._broken = not self._broken


def _leads_away(said: Mapping[str, str]) -> bool:
    """Tell whether a link leads to another page, not to a place in this one."""
    target = said.get("href", "").strip()
    return bool(target) and not (target.startswith("#") and len(target) > 1)
