"""Say what a file is to a site: one of its files, or a picture whose code names an edition.

A code proves nothing, since it can be copied: only a file whose bytes are those that an edition
lists is called identical. Every sentence of it is made here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corridormap.app.publishing.editions import read_file, read_site
from corridormap.app.publishing.photograph import is_photograph, read_codes
from corridormap.app.publishing.signing import PUBLIC_KEY, SIGNATURE, is_signed
from corridormap.geo.errors import CorridorError, ReadError
from corridormap.layers.wording.edition_code import NamedEdition
from corridormap.layers.wording.words import day_label, plain, short

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.app.publishing.editions import Edition, Known, Site

__all__ = ["COPIED", "Recognised", "recognise"]

Kind = Literal["identical", "newest", "corrected", "unknown", "none"]
COPIED = "A code can be copied onto any picture: compare the picture with the edition's own."
_LETTERS = 80
_MOST_TOLD = 5


@dataclass(frozen=True)
class Recognised:
    """What can be said of a file."""

    kind: Kind
    """The file itself; a code of the newest edition, or of one corrected since; a code in our
    form that the site does not know; none of ours."""
    sentences: tuple[str, ...]
    edition: Edition | None = None
    picture: str | None = None
    """The edition's picture to compare with, below the site."""
    codes: tuple[str, ...] = ()
    """What the codes say, made visible and cut."""
    is_newest: bool = False
    """Whether the edition is the newest of its site."""


def recognise(body: bytes, site: Path, *, file: str, trusted: str | None = None) -> Recognised:
    """Return what a file is to a site.

    Parameters
    ----------
    body, file
        The file, and how messages name it.
    site
        The folder of a site, as `publish` writes it.
    trusted
        A public key in hex that the reader has from elsewhere; else it is the site's own.

    Raises
    ------
    CorridorError
        The site cannot be read; or the file is none of its own and no picture.
    """
    found = read_site(site)
    if not found.editions:
        raise ReadError("site-has-no-edition", file=str(site))
    if (same := _same(body, found)) is not None:
        known, name = same
        return _identical(known, name, found, site, trusted)
    if not is_photograph(body):
        raise ReadError("file-is-not-of-site", file=file)
    codes = read_codes(body, file=file).codes
    return _of_codes(codes, found, site, trusted)


def _same(body: bytes, found: Site) -> tuple[Known, str] | None:
    digest = hashlib.sha256(body).hexdigest()
    for known in found.editions:
        for name, sha256 in known.edition.files.items():
            if sha256 == digest:
                return known, name
    return None


def _identical(known: Known, name: str, found: Site, site: Path, trusted: str | None) -> Recognised:
    edition = known.edition
    where = f"{edition.folder}/{name}"
    said = [f"Identical to {where}, byte for byte: {_named(edition)}, as the site lists it."]
    said += [*_signed(known, site, trusted), *_since(edition, found)]
    picture = name if name in edition.pictures else _picture(edition)
    is_newest = not _since(edition, found)
    return Recognised(
        "identical", tuple(said), edition, _path(edition, picture), is_newest=is_newest
    )


def _of_codes(codes: tuple[str, ...], found: Site, site: Path, trusted: str | None) -> Recognised:
    named = list(dict.fromkeys(filter(None, map(NamedEdition.read, codes))))
    shown = tuple(short(plain(code), _LETTERS) for code in codes[:_MOST_TOLD])
    if not named:
        said = ["No code of ours."]
        if shown:
            told = "; ".join(f"“{text}”" for text in shown)
            said.append(f"Another code says {told}: nothing of it is followed.")
        return Recognised("none", tuple(said), codes=shown)
    results = [_of_code(one, found, site, trusted) for one in named]
    chosen = next((one for one in results if one.edition), results[0])
    said = [sentence for one in results for sentence in one.sentences]
    if len(codes) > len(named):
        said.append("The picture has other codes too.")
    return replace(
        chosen,
        sentences=(*said, COPIED),
        codes=shown,
        is_newest=all(one.is_newest for one in results),
    )


def _of_code(named: NamedEdition, found: Site, site: Path, trusted: str | None) -> Recognised:
    newest = found.editions[-1].edition
    if named.corridor != newest.corridor:
        said = f"The code names the corridor '{named.corridor}', not '{newest.corridor}'."
        return Recognised("unknown", (said,))
    known = found.of(named.edition)
    if known is None:
        return Recognised(
            "unknown", (f"The code names edition {named.edition}, which this site does not have.",)
        )
    edition = known.edition
    if edition.short != named.short:
        said = (
            f"The code names edition {named.edition} with the hash {named.short}, but that"
            f" edition's is {edition.short}: it is no code of this site."
        )
        return Recognised("unknown", (said,))
    since = _since(edition, found)
    said_of = f"The code names {_named(edition)}{'; it is the newest' if not since else ''}."
    kind: Kind = "corrected" if since else "newest"
    sentences = (said_of, *since, *_signed(known, site, trusted))
    picture = _path(edition, _picture(edition))
    return Recognised(kind, sentences, edition, picture, is_newest=not since)


def _named(edition: Edition) -> str:
    title = f", “{plain(edition.title)}”" if edition.title else ""
    return f"edition {edition.number} of {day_label(edition.day)}{title}"


def _since(edition: Edition, found: Site) -> list[str]:
    """Say what every later edition corrected, and why."""
    said = []
    for known in found.editions:
        later = known.edition
        if later.number <= edition.number:
            continue
        told = [
            f"{plain(one.text)} ({plain(one.why)})" if one.why else plain(one.text)
            for one in later.changes[:_MOST_TOLD]
        ]
        more = len(later.changes) - len(told)
        parts = [*([plain(later.why).rstrip(".")] if later.why else []), "; ".join(told)]
        because = ". ".join(part for part in parts if part)
        rest = f"; and {more} more" if more > 0 else ""
        words = f" because: {because}{rest}" if because else ""
        said.append(f"Corrected since by edition {later.number} of {day_label(later.day)}{words}.")
    return said


def _signed(known: Known, site: Path, trusted: str | None) -> list[str]:
    """Say whether the edition's own file carries the signature that it should."""
    edition = known.edition
    if edition.key is None:
        return ["The edition is not signed, though you gave a key."] if trusted else []
    try:
        public = trusted or read_file(site, PUBLIC_KEY, 1_000).decode("ascii", "replace").strip()
        signature = read_file(site, f"{edition.folder}/{SIGNATURE}", 1_000)
    except CorridorError:
        return ["The edition says that it is signed, but its signature or the key is missing."]
    if public != edition.key or not is_signed(known.body, signature, public):
        return ["The signature of the edition does not hold: do not trust its edition.json."]
    whose = "the key you gave" if trusted else "the key that stands in the site"
    return [f"What the edition says of itself is unaltered: signed with {whose} ({public[:16]}…)."]


def _picture(edition: Edition) -> str | None:
    return next((one for one in edition.pictures if one.endswith(".png")), None)


def _path(edition: Edition, picture: str | None) -> str | None:
    return f"{edition.folder}/{picture}" if picture else None
