"""Write the pages of a site that are made anew with each edition: the index, and the newest.

They are plain: no script, readable by anything. All that comes from an edition is text.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import day_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.app.publishing.editions import Edition

__all__ = ["GENERATOR", "INDEX", "LATEST", "index_page", "latest_page", "list_of"]

INDEX = "index.html"
LATEST = "latest.html"
GENERATOR = '<meta name="generator" content="Corridormap publish">'
"""What tells a page of ours from somebody else's, which is not written over."""
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'\">"
)
_KEPT = "Nothing published is changed afterwards: a correction is a new edition."
_STYLE = """
body{font:17px/1.5 system-ui,sans-serif;color:#16213a;background:#fff;margin:0 auto;
max-width:46rem;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2.25rem 0 .25rem}
p{margin:.4rem 0}ul{padding-left:1.2rem;margin:.5rem 0}li{margin:.3rem 0}
img{display:block;max-width:100%;height:auto;border:1px solid #c9ced8;margin:1rem 0}
a{color:#1d4f91}nav a{display:inline-block;margin:.2rem 1rem .2rem 0}
article{border-top:1px solid #c9ced8;margin-top:1.75rem}.why{color:#4a5468}
.soft{color:#4a5468}
"""


def list_of(editions: Sequence[Edition]) -> bytes:
    """Return editions.json: every edition with what it changed and why, the oldest first."""
    said = {
        "format": 1,
        "corridor": editions[-1].corridor,
        "name": editions[-1].name,
        "editions": [
            {
                "number": one.number,
                "title": one.title,
                "day": one.day,
                "short": one.short,
                "path": f"{one.folder}/",
                "why": _reason(one),
                "changes": [{"text": each.text, "why": each.why} for each in one.changes],
                "key": one.key,
            }
            for one in editions
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def index_page(editions: Sequence[Edition]) -> bytes:
    """Return the page that lists every edition with what changed, the newest first."""
    newest = editions[-1]
    count = "1 edition" if len(editions) == 1 else f"{len(editions)} editions"
    lines = [
        *_head(newest.name),
        "<header>",
        f"<h1>{escape(newest.name)}</h1>",
        f'<p class="soft">{count}. {_KEPT}</p>',
        f'<p><a href="{LATEST}">The newest edition</a> is always at this address.</p>',
        "</header>",
        "<main>",
    ]
    for one in reversed(editions):
        lines += _article(one, newest)
    return "\n".join([*lines, "</main>", "</body>", "</html>", ""]).encode()


def latest_page(newest: Edition) -> bytes:
    """Return the page at the address that stays, which leads to the newest edition."""
    target = f"{newest.folder}/index.html"
    lines = [
        *_head(newest.name, f'<meta http-equiv="refresh" content="0; url={target}">'),
        (
            f'<p><a href="{target}">{escape(newest.name)}: edition {newest.number} of'
            f" {day_label(newest.day)}</a></p>"
        ),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _head(title: str, more: str = "") -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield _POLICY
    yield GENERATOR
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    if more:
        yield more
    yield f"<title>{escape(title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"


def _reason(edition: Edition) -> str:
    """Return why an edition was made, in a sentence: the editor's, or its first change."""
    if edition.why or not edition.changes:
        return edition.why
    first, more = edition.changes[0], len(edition.changes) - 1
    why = f" ({first.why})" if first.why else ""
    return f"{first.text}{why}{f'; and {more} more' if more else ''}."


def _article(one: Edition, newest: Edition) -> Iterator[str]:
    named = f"Edition {one.number}, {day_label(one.day)}"
    yield f'<article id="edition-{one.number}">'
    yield f"<h2>{escape(named)}{f': {escape(one.title)}' if one.title else ''}</h2>"
    if one.why:
        yield f"<p>{escape(one.why)}</p>"
    if one.changes:
        yield f"<p>What changed since edition {_before(one)}:</p>"
        yield "<ul>"
        for each in one.changes:
            why = f' <span class="why">— {escape(each.why)}</span>' if each.why else ""
            yield f"<li>{escape(each.text)}{why}</li>"
        yield "</ul>"
    pictures = [path for path in one.pictures if path.endswith(".png")]
    if one.number == newest.number and pictures:
        words = escape(f"The map of {named}; the page has it with everything to read")
        yield f'<img src="{one.folder}/{escape(pictures[0])}" alt="{words}">'
    yield "<nav>"
    yield f'<a href="{one.folder}/index.html">Map</a>'
    for path in one.pictures:
        yield f'<a href="{one.folder}/{escape(path)}">{escape(path.rpartition("/")[2])}</a>'
    for path, words in (("atlas.pdf", "Atlas"), ("data/README.txt", "Data")):
        if path in one.files:
            yield f'<a href="{one.folder}/{path}">{words}</a>'
    yield f'<a href="{one.folder}/edition.json">What it is made of</a>'
    yield "</nav>"
    yield f'<p class="soft">Code {escape(one.code.named.printed)}</p>'
    yield "</article>"


def _before(one: Edition) -> str:
    return str(one.number - 1) if one.before else "before"
