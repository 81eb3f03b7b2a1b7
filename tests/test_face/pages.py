"""Read a page as a browser does: what it would fetch, and what is in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["PageReader", "read_page"]


class PageReader(HTMLParser):
    """What a browser finds in a page and in the pages that are framed in it."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.framed: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.title = ""
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.fetched += [found[name] or "" for name in ("src", "href") if name in found]
        if "srcdoc" in found:
            self.framed.append(found["srcdoc"] or "")
        self._within = "data" if found.get("type") == "application/json" else tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title += data
        kept = {"script": self.scripts, "style": self.styles}.get(self._within)
        if kept is not None:
            kept.append(data)

    @property
    def outside(self) -> list[str]:
        """Every address that the page asks for by itself, those of its styles among them."""
        in_styles = re.findall(r"url\(\s*['\"]?([^)'\"]*)", "".join(self.styles))
        return [each for each in (*self.fetched, *in_styles) if not each.startswith(("data:", "#"))]


def read_page(text: str) -> PageReader:
    """Return what is in a page."""
    reader = PageReader()
    reader.feed(text)
    return reader
