"""Collect what a web page says of itself: title, author, publisher, date, address.

JSON-LD goes before Open Graph, that before plain tags. Everything is text for a form that
a person looks through; nothing is followed or believed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["PageMeta"]

_MOST = 300
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMES = {
    "og:title": ("title", 2),
    "twitter:title": ("title", 1),
    "author": ("author", 2),
    "article:author": ("author", 1),
    "og:site_name": ("publisher", 2),
    "article:published_time": ("date", 2),
    "date": ("date", 1),
    "dc.date": ("date", 1),
    "og:url": ("url", 1),
}
_KINDS = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "WebPage", "Report")


class PageMeta:
    """Hears a page's tags as they come; `said` is the result."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}
        self._heard: list[str] | None = None
        self._title: list[str] = []
        self._in_title = False

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """Hear a tag with its attributes."""
        if tag == "meta":
            name = (said.get("property") or said.get("name") or said.get("itemprop") or "").lower()
            if name in _NAMES:
                key, weight = _NAMES[name]
                self._take(key, said.get("content", ""), weight)
        elif tag == "link" and said.get("rel", "").lower() == "canonical":
            self._take("url", said.get("href", ""), 2)
        elif tag == "time":
            self._take("date", said.get("datetime", ""), 0)
        elif tag == "title":
            self._in_title = not self._title
        elif tag == "script" and said.get("type", "").lower() == "application/ld+json":
            self._heard = []

    def data(self, text: str) -> None:
        """Hear text."""
        if self._in_title:
            self._title.append(text)
        if self._heard is not None:
            self._heard.append(text)

    def end(self, tag: str) -> None:
        """Hear the end of a tag."""
        if tag == "title":
            self._in_title = False
        if tag == "script" and self._heard is not None:
            self._linked_data("".join(self._heard))
            self._heard = None

    @property
    def name(self) -> str:
        """What the page's head calls it, with the name of the paper as a rule."""
        return " ".join("".join(self._title).split())[:_MOST]

    def said(self, heading: str) -> dict[str, str]:
        """Return what was found, each as one line; the page's first heading may be its title."""
        self._take("title", heading, 1)
        self._take("title", self.name, 0)
        keys = ("title", "author", "publisher", "date", "url")
        return {key: self._found.get(key, (0, ""))[1] for key in keys}

    def _take(self, key: str, value: Any, weight: int) -> None:
        if not isinstance(value, str):
            return
        text = " ".join(value.split())[:_MOST]
        if key == "date":
            found = _DATE.match(text)
            text = found.group() if found else ""
        if key == "url" and not text.lower().startswith(("http://", "https://")):
            text = ""
        if key == "author" and text.lower().startswith(("http://", "https://")):
            text = ""
        if text and weight > self._found.get(key, (-1, ""))[0]:
            self._found[key] = (weight, text)

    def _linked_data(self, text: str) -> None:
        try:
            data = parse_json(text.encode("utf-8", "replace"), file="")
        except ReadError:
            return
        for entry in _entries(data):
            self._take("title", entry.get("headline"), 3)
            self._take("author", ", ".join(_people(entry.get("author"))), 3)
            self._take("publisher", ", ".join(_people(entry.get("publisher"))), 3)
            self._take("date", entry.get("datePublished"), 3)


def _entries(data: Any) -> Iterator[dict[str, Any]]:
    listed = data if isinstance(data, list) else [data]
    for entry in listed[:50]:
        if not isinstance(entry, dict):
            continue
        inner = entry.get("@graph")
        if isinstance(inner, list):
            yield from _entries(inner)
        kinds = entry.get("@type")
        if any(kind in _KINDS for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield entry


def _people(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    names = [each.get("name") if isinstance(each, dict) else each for each in listed[:20]]
    return [name for name in names if isinstance(name, str) and name]
