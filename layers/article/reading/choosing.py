"""Choose the article among the blocks of a page, and say of each other why it is none of it.

Of what no name speaks against, the innermost element that holds nearly all running text is the
article's home; running text elsewhere is the article's too, unless it stands before the headline
or among pointers to other pages, or looks like answers of readers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from corridormap.layers.article.reading.parts import own_reason, speaks_as
from corridormap.layers.article.reading.tree import Block, Part, blocks_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["reasons"]

_HOLDS = 0.8
"""Share of the running text that the article's home holds."""
_MARKED_SHARE = 0.5
_LISTED_CHARACTERS = 300
"""Text below a pointer to another page is no longer than this on average."""
_LONG_POINTER = 25
_HEADINGS = ("h1", "h2", "h3")
_HEADLINE_MOST = 250
_SAME_FROM = 8
_SUBTITLE_FROM = 40
_TWICE_FROM = 60


class _Held(NamedTuple):
    """What a part holds that nothing speaks against."""

    pointers: int = 0
    pointing: int = 0
    """Characters of its pointers."""
    texts: int = 0
    first_points: bool | None = None
    """Whether a pointer stands before any running text; None if there is neither."""


def reasons(root: Part, blocks: Sequence[Block], titles: Sequence[str]) -> dict[int, str]:
    """Return why each block is left out, by its order; nothing for those of the article.

    Parameters
    ----------
    root
        The page's tree; the reasons of its parts are set.
    blocks
        Its blocks with text.
    titles
        What the page calls itself; a block that says the same is the headline.
    """
    return _Choice(root, blocks, titles).reasons


class _Choice:
    """The article of a page."""

    def __init__(self, root: Part, blocks: Sequence[Block], titles: Sequence[str]) -> None:
        self._root = root
        self._headline = _headline(blocks, titles)
        self._holding = set(map(id, _above(self._headline.within))) if self._headline else set()
        for part in parts_of(root):
            part.reason = own_reason(part)
        self._count()
        self._name_lists()
        self._count()
        self._trust()
        self._count()
        self._home = self._found_home()
        self._around = set(map(id, _above(self._home)))
        self._classes = {part.said.get("class", "") for part in parts_of(self._home)}
        inside = [block.order for block in blocks_of(self._home)]
        self._first, self._last = (inside[0], inside[-1]) if inside else (0, 0)
        self.reasons: dict[int, str] = {}
        self._answered = False
        for block in blocks:
            self.reasons[block.order] = reason = self._reason(block)
            self._answered |= reason == "comments" and block.order > self._last
        self._leave_copies_out(blocks)

    def _count(self) -> None:
        """Count what each part holds, but for parts in it that are named as something else."""
        self._held: dict[int, _Held] = {}
        for part in reversed(list(parts_of(self._root))):
            part.running = 0
            held = _Held()
            for child in part.children:
                if isinstance(child, Block):
                    part.running += child.running
                    held = _with(held, _held_by(child))
                elif not child.reason:
                    part.running += child.running
                    held = _with(held, self._held[id(child)])
            self._held[id(part)] = held

    def _name_lists(self) -> None:
        """Name the parts that hold only pointers to other pages, with a text below each or not."""
        waiting = [self._root]
        while waiting:
            part = waiting.pop()
            held = self._held[id(part)]
            most = _LISTED_CHARACTERS * held.texts
            if (
                held.first_points
                and held.pointers >= max(2, held.texts)
                and part.running <= most
                and 2 * part.running < max(self._root.running, 1)
                and id(part) not in self._holding
            ):
                long = held.pointing >= _LONG_POINTER * held.pointers
                part.reason = "related" if held.texts or long else "menu"
            else:
                waiting += _parts_in(part)

    def _trust(self) -> None:
        """Take the names of those parts back that hold the article, whatever they are called."""
        free = self._root.running
        waiting = list(_named_in(self._root))[::-1]
        while waiting:
            part = waiting.pop()
            if self._holds_article(part, free):
                part.reason = ""
                free += part.running
                waiting += list(_named_in(part))[::-1]

    def _holds_article(self, part: Part, free: int) -> bool:
        if id(part) in self._holding:
            return True
        if part.reason == "comments":
            return part.running > 0 and not free
        return part.running > (2 if self._headline else 1) * free

    def _found_home(self) -> Part:
        free = list(_free_parts(self._root))
        marked = [part for part in free if _is_marked(part)]
        home = max(marked, key=lambda part: part.running, default=self._root)
        if home.running < _MARKED_SHARE * self._root.running:
            home = self._root
        while True:
            inner = [part for part in _parts_in(home) if not part.reason]
            largest = max(inner, key=lambda part: part.running, default=None)
            if largest is None or not largest.running or largest.running < _HOLDS * home.running:
                return home
            if not _parts_in(largest):
                return home
            home = largest

    def _reason(self, block: Block) -> str:
        """Return why a block is left out, as far as it can be told from it and its place."""
        if block is self._headline:
            return ""
        above = list(_above(block.within))
        named = next((part.reason for part in above if part.reason), "")
        if named:
            return named
        spoken = speaks_as(block.text, unscripted=any(part.tag == "noscript" for part in above))
        if spoken:
            return spoken
        if block.points and block.tag != "h1":
            return "related" if len(block.text) >= _LONG_POINTER else "menu"
        outside = [part for part in above if id(part) not in self._around]
        in_home = id(self._home) in {id(part) for part in above}
        return "" if in_home else self._reason_outside(block, outside)

    def _reason_outside(self, block: Block, parts: Sequence[Part]) -> str:
        """Judge a block outside the home; `parts` are those round it and not round the home."""
        headline = self._headline
        if headline and block.order < min(headline.order, self._first):
            return "apart"
        if any(self._held[id(p)].first_points and id(p) not in self._holding for p in parts):
            return "related"
        if headline and block.order < self._first:
            return "" if block.running or len(block.text) >= _SUBTITLE_FROM else "apart"
        if any(self._repeats(inner, outer) for inner, outer in pairwise(parts)):
            return "comments"
        # What stands below the readers' comments is the foot of the page, whatever it is called.
        return "" if block.running and not self._answered else "apart"

    def _repeats(self, part: Part, outer: Part) -> bool:
        """Tell whether a part is one of several alike, as readers' answers are."""
        name = part.said.get("class", "")
        if not name or name in self._classes:
            return False
        alike = [one for one in _parts_in(outer) if one.said.get("class", "") == name]
        return len(alike) > 1

    def _leave_copies_out(self, blocks: Iterable[Block]) -> None:
        """Leave out what was there before; of two, what is shown where scripts do not run."""
        known: dict[str, Block] = {}
        for block in blocks:
            if self.reasons[block.order] or len(block.text) < _TWICE_FROM:
                continue
            first = known.setdefault(block.text, block)
            if first is block:
                continue
            later = first if _unscripted(first) and not _unscripted(block) else block
            known[block.text] = block if later is first else first
            self.reasons[later.order] = "copy"


def _headline(blocks: Iterable[Block], titles: Iterable[str]) -> Block | None:
    """Return the block that says what the page calls itself, else the first of the first rank."""
    known = [title.casefold() for title in titles if title]
    said = [(_rank(block), block) for block in blocks if _says_title(block, known)]
    if said:
        return min(said, key=lambda one: (one[0], -len(one[1].text), one[1].order))[1]
    return next((block for block in blocks if block.tag == "h1" and not block.points), None)


def _rank(block: Block) -> int:
    rank = _HEADINGS.index(block.tag) if block.tag in _HEADINGS else len(_HEADINGS)
    return rank + (len(_HEADINGS) + 1 if block.points else 0)


def _says_title(block: Block, titles: Iterable[str]) -> bool:
    text = block.text.casefold()
    if not _SAME_FROM <= len(text) <= _HEADLINE_MOST:
        return False
    heading = block.tag in _HEADINGS
    return any(
        text == title
        or (text in title and (heading or 2 * len(text) > len(title)))
        or (heading and len(title) >= _SAME_FROM and title in text)
        for title in titles
    )


def _with(held: _Held, more: _Held) -> _Held:
    first = more.first_points if held.first_points is None else held.first_points
    return _Held(
        held.pointers + more.pointers,
        held.pointing + more.pointing,
        held.texts + more.texts,
        first,
    )


def _held_by(block: Block) -> _Held:
    if not block.text:
        return _Held()
    if block.points:
        return _Held(1, len(block.text), 0, first_points=True)
    return _Held(0, 0, 1, first_points=False) if block.running else _Held()


def _is_marked(part: Part) -> bool:
    return part.tag in {"article", "main"} or part.said.get("itemprop") == "articleBody"


def _unscripted(block: Block) -> bool:
    return any(part.tag == "noscript" for part in _above(block.within))


def _above(part: Part | None) -> Iterator[Part]:
    """Yield a part and all round it."""
    while part is not None:
        yield part
        part = part.parent


def _parts_in(part: Part) -> list[Part]:
    return [child for child in part.children if isinstance(child, Part)]


def _free_parts(root: Part) -> Iterator[Part]:
    """Yield the parts that nothing speaks against."""
    waiting = [root]
    while waiting:
        yield (last := waiting.pop())
        waiting += [part for part in reversed(_parts_in(last)) if not part.reason]


def _named_in(root: Part) -> Iterator[Part]:
    """Yield the outermost parts that are named as something else."""
    for free in _free_parts(root):
        yield from (part for part in _parts_in(free) if part.reason)
