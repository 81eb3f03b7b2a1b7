"""Take a web page apart into tags and text, in time that grows with its length only.

As browsers do, what is begun and has no end takes in the rest of the page: whatever was looked
through is used up, and nothing is looked through for an end twice. The standard library's
parser does that for each tag again, and differently in each version of Python.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Tag", "page_pieces"]

_MARK = re.compile(
    r"<(?:(?P<close>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)|(?P<comment>!--)|(?P<other>[!?/]))"
)
_ATTRIBUTE = re.compile(
    r"""[\t\n\f\r /]*+
    (?: (?P<end>>)
      | (?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)
        (?: [\t\n\f\r ]*+=[\t\n\f\r ]*+
            (?: "(?P<double>[^"]*+)"? | '(?P<single>[^']*+)'? | (?P<bare>[^\t\n\f\r >]*+) )
        )?+
    )""",
    re.VERBOSE,
)
_COMMENT_END = re.compile("--!?>")
_LITERAL = {
    name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
    for name in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
}
"""What holds text, not tags, up to its own end."""
_WITH_REFERENCES = {"textarea", "title"}
_LONG_REFERENCE = re.compile(r"&#[0-9]{10,}+;?")
"""No character's number; the standard library fails over thousands of digits."""


class Tag(NamedTuple):
    """The start or the end of an element, or both in one."""

    name: str
    """In small letters."""
    said: Mapping[str, str]
    """Its attributes."""
    starts: bool
    ends: bool


def page_pieces(page: str) -> Iterator[Tag | str]:
    """Yield the tags and the text between them; comments and the like are left out."""
    at = 0
    while mark := _MARK.search(page, at):
        if mark.start() > at:
            yield _plain(page[at : mark.start()])
        if mark["name"] is None:
            at = _end_of_other(page, mark)
            continue
        tag, at = _tag(page, mark)
        if tag is None:
            return
        yield tag
        if tag.name in _LITERAL and not tag.ends:
            end = _LITERAL[tag.name].search(page, at)
            text = page[at : end.start() if end else len(page)]
            yield _plain(text) if tag.name in _WITH_REFERENCES else text
            at = end.start() if end else len(page)
    if at < len(page):
        yield _plain(page[at:])


def _end_of_other(page: str, mark: re.Match[str]) -> int:
    if mark["comment"]:
        found = _COMMENT_END.search(page, mark.end() - 2)  # "<!-->" is a whole comment
        return found.end() if found else len(page)
    return page.find(">", mark.end()) + 1 or len(page)


def _tag(page: str, mark: re.Match[str]) -> tuple[Tag | None, int]:
    """Return a tag and where it ends; no tag if the page ends before."""
    said: dict[str, str] = {}
    at = mark.end()
    while found := _ATTRIBUTE.match(page, at):
        at = found.end()
        if found["end"]:
            closes = bool(mark["close"])
            itself = not closes and found.group().endswith("/>")
            return Tag(mark["name"].lower(), said, not closes, closes or itself), at
        value = found["double"] or found["single"] or found["bare"] or ""
        said.setdefault(found["name"].lower(), _plain(value))
    return None, len(page)


def _plain(text: str) -> str:
    """Return text with the characters that it names."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text
