"""``corridormap publish``: write an edition into a static site; and the key that signs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corridormap.app.commands.common import (
    corridor_argument,
    count,
    open_corridor,
    output_option,
    plain_errors,
    say,
    tell,
    tell_progress,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.app.publishing.editions import EditionChange
    from corridormap.app.publishing.publish import Wish

    Word = Callable[[tuple[EditionChange, ...]], tuple[EditionChange, ...]]

__all__ = ["key", "publish"]

_LARGEST_WORDS_BYTES = 2_000_000


@click.command()
@corridor_argument
@output_option("The site's folder; made if it is not there.", may_be_folder=True)
@click.option("--edition", "title", default="", help='What it is called: "After the reply of …".')
@click.option("--why", default="", help="Why it is published, in a sentence.")
@click.option(
    "--wording",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file with your words for each change: see --draft-wording.",
)
@click.option(
    "--draft-wording",
    "draft",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write that file, to be filled in, and publish nothing.",
)
@click.option("--day", help="Day of publication, YYYY-MM-DD. Default: today.")
@click.option(
    "--layout",
    "layouts",
    multiple=True,
    help="A layout of its pictures; may be given again. Default: wide and a4-landscape.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["png", "svg", "pdf"]),
    help="A form of its pictures; may be given again. Default: all three.",
)
@click.option("--no-atlas", is_flag=True, help="Leave out the atlas.")
@click.option(
    "--sign",
    "key_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Sign it with a key of your own: see the command key.",
)
@plain_errors
def publish(corridor: str, *, output: Path, draft: Path | None, **wanted: Any) -> None:
    """Publish an edition of the corridor into a folder for any web server.

    The edition has a folder of its own, with the page, pictures, data and atlas, and tells what
    it changed since the one before. Nothing published is written again: only editions.json,
    index.html and latest.html are made anew.
    """
    from corridormap.app.publishing.publish import changes_for
    from corridormap.app.publishing.publish import publish as publish_edition
    from corridormap.app.publishing.wording import draft_of

    opened = open_corridor(corridor)
    if draft is not None:
        found = changes_for(opened, output)
        write_whole(draft, draft_of(found).encode())
        tell(f"Wrote {draft} ({count(len(found), 'change')}); nothing is published.")
        return
    wish = _wish(output, wanted)
    word, why = _words(wanted["wording"])
    wish = replace(wish, why=wish.why or why)
    made = publish_edition(opened, output, wish, word=word, progress=tell_progress)
    for notice in made.notices:
        tell(f"Note: {notice}")
    edition = made.edition
    for change in edition.changes:
        say(f"{change.text} [{change.why}]" if change.why else change.text)
    done = "Published" if made.is_new else "Listed, and nothing new published:"
    tell(f"{done} edition {edition.number} at {output / edition.folder} ({edition.code.text}).")


def _wish(site: Path, wanted: dict[str, Any]) -> Wish:
    from corridormap.app.publishing.publish import FORMATS, LAYOUTS, Wish
    from corridormap.app.publishing.signing import read_key
    from corridormap.layers.scene.view import parse_date

    key_file, day = wanted["key_file"], wanted["day"]
    return Wish(
        title=str(wanted["title"]),
        day=parse_date(str(day)) if day else dt.datetime.now(tz=dt.UTC).date().isoformat(),
        why=str(wanted["why"]),
        layouts=tuple(dict.fromkeys(wanted["layouts"])) or LAYOUTS,
        formats=tuple(dict.fromkeys(wanted["formats"])) or FORMATS,
        atlas=not wanted["no_atlas"],
        key=read_key(key_file, site) if isinstance(key_file, Path) else None,
    )


def _words(file: Path | None) -> tuple[Word, str]:
    """Return what tells changes in the words of a file, and why; as found without one."""
    from corridormap.app.publishing.wording import read_wording, worded

    if file is None:
        return (lambda found: found), ""
    wording = read_wording(_read(file), file=file.name)
    return (lambda found: worded(found, wording, file=file.name)), wording.why


def _read(file: Path) -> bytes:
    from corridormap.geo.errors import ReadError

    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST_WORDS_BYTES)
    except OSError as error:
        raise ReadError("wording-cannot-be-read", file=str(file), why=error.strerror) from error


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@plain_errors
def key(file: Path) -> None:
    """Make a new private key in FILE, which only you may read, to sign editions with.

    It prints the public key: publish it where readers know you from.
    """
    from corridormap.app.publishing.signing import make_key

    say(make_key(file))
    tell(f"Wrote {file}. Keep it out of every site; who has it signs in your name.")
