"""Export a corridor's sources as CSL-JSON and as BibTeX.

CSL-JSON comes out as it was read, unknown keys included. BibTeX is UTF-8 for Biber and
recent BibTeX styles: TeX's own characters are escaped, addresses stay as they are. Nothing
is fetched and no source is left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.source import CslDate, CslName, Source

__all__ = ["as_read", "cited_sources", "to_bibtex", "to_csl_json"]

_TYPES = {
    "article-newspaper": "article",
    "article-magazine": "article",
    "article-journal": "article",
    "report": "techreport",
    "book": "book",
}
"""BibTeX's entry types by CSL's; everything else is misc."""
_HOUSE = {"article": "journal", "techreport": "institution"}
"""The field that names the publisher, where it is not `publisher`."""
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_SPECIAL = re.compile("|".join(re.escape(character) for character in _TEX))
_NO_KEY = re.compile(r"[^A-Za-z0-9:._+-]")
_SAFE_IN_URL = "!#$&'()*+,/:;=?@[]~%-._"
"""What an address may hold in BibTeX as it is; braces and backslashes are encoded."""


def cited_sources(corridor: Corridor) -> tuple[Source, ...]:
    """Return the sources that something in the corridor leans on, in the file's order."""
    used = {i for layer in corridor.layers for f in layer.features.values() for i in f.source_ids()}
    for annotation in corridor.annotations:
        check = annotation.claim.check
        used.update(check.sources if check else ())
        for figure in annotation.claim.figures:
            used.update(i for given in figure.evidence for i in given.sources)
    if corridor.manifest.article:
        used.add(corridor.manifest.article.source)
    return tuple(source for source in corridor.sources.values() if source.id in used)


def to_csl_json(sources: Iterable[Source]) -> str:
    """Return sources as a CSL-JSON list, with the keys that each was read with."""
    entries = [as_read(source) for source in sources]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def to_bibtex(sources: Iterable[Source]) -> str:
    """Return sources as a BibTeX file, one entry each; keys are the ids, made unique."""
    keys: set[str] = set()
    entries = []
    for source in sources:
        key = _key(source.id, keys)
        keys.add(key.casefold())
        entries.append(_entry(source, key))
    return "\n".join(entries)


def as_read(source: Source) -> dict[str, Any]:
    """Return a source as an entry of CSL-JSON, with the keys that it was read with."""
    data: dict[str, Any] = source.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return data


def _key(identity: str, taken: set[str]) -> str:
    """Return a key that BibTeX can read; keys that differ only in case are one to BibTeX."""
    base = _NO_KEY.sub("-", identity) or "source"
    key, number = base, 1
    while key.casefold() in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _entry(source: Source, key: str) -> str:
    kind = _TYPES.get(source.type, "misc")
    lines = [f"  {name} = {{{text}}}," for name, text in _fields(source, kind) if text]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _fields(source: Source, kind: str) -> Iterator[tuple[str, str]]:
    # The second pair of braces keeps capitals, which most styles would lower.
    yield "title", "{" + _tex(source.title) + "}"
    yield "author", " and ".join(_name(name) for name in source.author)
    publisher = _tex(source.publisher or source.container_title)
    yield _HOUSE.get(kind, "publisher"), "{" + publisher + "}" if publisher else ""
    yield from _date_fields(source.issued)
    yield "url", quote(source.url, safe=_SAFE_IN_URL) if source.url else ""
    yield "urldate", source.accessed.iso if source.accessed else ""
    yield "langid", _tex(source.language)
    yield "note", _tex(source.note)


def _date_fields(date: CslDate) -> Iterator[tuple[str, str]]:
    if not date.iso:
        yield "date", ""
        yield "pubstate", _tex(date.literal or "undated")
        return
    yield "date", date.iso
    year, _, rest = date.iso.partition("-")
    yield "year", year
    yield "month", rest.partition("-")[0].lstrip("0")


def _name(name: CslName) -> str:
    if name.literal or not name.family:
        return "{" + _tex(name.text) + "}"
    given = _tex(name.given)
    return f"{{{_tex(name.family)}}}, {given}" if given else f"{{{_tex(name.family)}}}"


def _tex(text: str) -> str:
    """Return text that TeX prints as it stands."""
    return _SPECIAL.sub(lambda match: _TEX[match.group()], plain(text))
