"""Publish an edition of a corridor into a static site, whole or not at all.

An edition is made in memory, written beside its place and renamed; what is published is never
written again. Only three files of a site are: editions.json, index.html and latest.html, which
are made of the editions. Nothing else of the folder is touched, and no link is followed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.app.exporting.atlas import draw_atlas, parse_wish
from corridormap.app.exporting.export import export
from corridormap.app.exporting.laid import laid_options
from corridormap.app.publishing.editions import (
    CORRIDOR,
    EDITION,
    EDITIONS,
    LIST,
    Edition,
    EditionChange,
    opened_site,
    read_file,
    read_site,
)
from corridormap.app.publishing.pages import (
    GENERATOR,
    INDEX,
    LATEST,
    index_page,
    latest_page,
    list_of,
)
from corridormap.app.publishing.signing import PUBLIC_KEY, SIGNATURE, public_hex, signer
from corridormap.app.publishing.wording import changes_since
from corridormap.geo.errors import CorridorError, CorridorFormatError, Finding
from corridormap.geo.whole_file import flush_names, put_folder, put_whole
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.exports.data import data_files
from corridormap.layers.exports.recipes.recipe import data_hashes
from corridormap.layers.scene.view import default_view
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from corridormap.app.publishing.editions import Site
    from corridormap.layers.corridor.corridor import Corridor

    Progress = Callable[[int, int, str], None]

__all__ = ["FORMATS", "LAYOUTS", "Published", "Wish", "changes_for", "publish"]

LAYOUTS = ("wide", "a4-landscape")
"""The layouts of an edition's pictures, where none is named."""
FORMATS = ("png", "svg", "pdf")
_OURS = (LIST, INDEX, LATEST, EDITIONS, PUBLIC_KEY)
_LARGEST_PAGE_BYTES = 20_000_000


@dataclass(frozen=True)
class Wish:
    """What an edition is to be."""

    title: str
    day: str
    """An ISO date."""
    why: str = ""
    layouts: Sequence[str] = LAYOUTS
    formats: Sequence[str] = FORMATS
    atlas: bool = True
    key: Ed25519PrivateKey | None = None
    """Signs it, if given."""


@dataclass(frozen=True)
class Published:
    """What was done."""

    edition: Edition
    is_new: bool
    """Otherwise it stood there already, and is listed now."""
    notices: tuple[Finding, ...]


def changes_for(corridor: Corridor, site: Path) -> tuple[EditionChange, ...]:
    """Return what an edition of a corridor would change on a site; nothing of the first.

    Raises
    ------
    CorridorError
        The site is another corridor's or cannot be read, or its newest edition was altered.
    """
    return _changes(corridor, read_site(site), site)


def publish(
    corridor: Corridor,
    site: Path,
    wish: Wish,
    *,
    word: Callable[[tuple[EditionChange, ...]], tuple[EditionChange, ...]] = lambda found: found,
    progress: Progress | None = None,
) -> Published:
    """Publish an edition.

    Parameters
    ----------
    corridor, site, wish
        What is published, the folder it is written into, and how.
    word
        Tells the changes in the editor's words.
    progress
        Called with the parts done, the parts in all, and what is made next.

    Raises
    ------
    CorridorError
        Nothing of the corridor is new, something that is not ours stands in the way, or a file
        cannot be made or written. What was published before stands as it was.
    """
    found = read_site(site)
    _require_ours(found, site)
    data = data_hashes(corridor)
    newest = found.newest
    if newest is not None and newest.edition.data == data:
        if found.listed is None or newest.edition.number not in found.listed:
            _write_lists(site, [one.edition for one in found.editions])
            return Published(newest.edition, is_new=False, notices=found.notices)
        raise CorridorError("edition-has-nothing-new", n=newest.edition.number)
    changes = word(_changes(corridor, found, site))
    edition = Edition(
        corridor=corridor.id,
        name=plain(corridor.manifest.title),
        number=found.taken + 1,
        title=plain(wish.title),
        day=wish.day,
        why=plain(wish.why),
        changes=changes,
        before=newest.sha256 if newest else None,
        key=public_hex(wish.key) if wish.key else None,
        data=dict(data),
    )
    files, pictures = _files(corridor, edition, wish, progress)
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    edition = edition.model_copy(update={"files": hashes, "pictures": pictures})
    files[EDITION] = edition.to_json()
    if wish.key is not None:
        files[SIGNATURE] = signer(wish.key)(files[EDITION])
    _write(site, edition, files, [one.edition for one in found.editions])
    return Published(edition, is_new=True, notices=found.notices)


def _changes(corridor: Corridor, found: Site, site: Path) -> tuple[EditionChange, ...]:
    if found.newest is None:
        return ()
    newest = found.newest.edition
    if newest.corridor != corridor.id:
        raise CorridorError("site-of-another-corridor", corridor=newest.corridor, id=corridor.id)
    for name, expected in newest.data.items():
        path = f"{newest.folder}/{CORRIDOR}/{name}"
        if hashlib.sha256(read_file(site, path)).hexdigest() != expected:
            raise CorridorFormatError("edition-was-altered", file=path)
    older = load_corridor(site / newest.folder / CORRIDOR)
    return changes_since(older, corridor)


def _require_ours(found: Site, site: Path) -> None:
    """Refuse a folder in which something that is not ours would be written over."""
    for name in (INDEX, LATEST):
        if name in found.others and GENERATOR.encode() not in read_file(
            site, name, _LARGEST_PAGE_BYTES
        ):
            raise CorridorError("site-has-foreign-file", file=name)
    if LIST not in found.others and not found.editions and EDITIONS in found.others and found.taken:
        raise CorridorError("site-has-foreign-file", file=EDITIONS)


def _files(
    corridor: Corridor, edition: Edition, wish: Wish, progress: Progress | None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return everything of an edition by its name, and which of it are its pictures."""
    view = default_view(corridor)
    pictures: list[str] = []
    wanted = [(layout, form) for layout in wish.layouts for form in wish.formats]
    total = len(wanted) + 2
    query = {"code": edition.code.text}
    files: dict[str, bytes] = {}
    for done, (layout, form) in enumerate(wanted):
        if progress:
            progress(done, total, f"{layout}, {form.upper()}")
        options = laid_options(corridor, {**query, "layout": layout}, format=form)
        name = f"pictures/{corridor.id}-{edition.number}-{layout}.{form}"
        files[name] = export(corridor, view, options).body
        pictures.append(name)
    if progress:
        progress(len(wanted), total, "page and data")
    page = export(corridor, view, laid_options(corridor, query, format="html"))
    files["index.html"] = page.body
    files |= {f"data/{name}": body for name, body in data_files(corridor, view.date).items()}
    files |= {f"{CORRIDOR}/{name}": corridor.files[name] for name in data_hashes(corridor)}
    if wish.atlas:
        if progress:
            progress(len(wanted) + 1, total, "atlas")
        of = "claims" if corridor.annotations else "features"
        files["atlas.pdf"] = draw_atlas(corridor, view, parse_wish(of=of)).pdf
    if progress:
        progress(total, total, "done")
    return files, tuple(pictures)


def _write(
    site: Path, edition: Edition, files: dict[str, bytes], before: Sequence[Edition]
) -> None:
    try:
        site.mkdir(parents=True, exist_ok=True)
        home = site / EDITIONS
        home.mkdir(exist_ok=True)
        with opened_site(site) as place, place.into(EDITIONS):
            _write_key(site, edition)
            put_folder(home / str(edition.number), files)
            flush_names(home)
    except OSError as error:
        raise CorridorError(
            "edition-cannot-be-written", file=str(site), why=error.strerror
        ) from error
    _write_lists(site, [*before, edition])


def _write_key(site: Path, edition: Edition) -> None:
    if edition.key is None:
        return
    path = site / PUBLIC_KEY
    if path.is_symlink() or path.exists():
        if read_file(site, PUBLIC_KEY, 1_000).decode("ascii", "replace").strip() != edition.key:
            raise CorridorError("site-has-another-key", file=PUBLIC_KEY)
        return
    put_whole(path, edition.key.encode() + b"\n")


def _write_lists(site: Path, editions: Sequence[Edition]) -> None:
    """Write the three files that are made anew; each is there whole, before or after."""
    made: dict[str, Any] = {
        LIST: list_of(editions),
        INDEX: index_page(editions),
        LATEST: latest_page(editions[-1]),
    }
    try:
        for name, body in made.items():
            put_whole(site / name, body)
        flush_names(site)
    except OSError as error:
        raise CorridorError(
            "edition-cannot-be-written", file=str(site), why=error.strerror
        ) from error
