"""Read an article's text from a file, and check a corridor's annotations against it.

No encoding is guessed: text that is not what it says is refused. Nothing of the article
is kept or written anywhere.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.geo.errors import Fault, Finding, ReadError
from corridormap.layers.article.passages.anchor import Anchored, Passage, Status, anchor
from corridormap.layers.article.passages.text import Normalised, normalise, text_hash, words_of
from corridormap.layers.folder.files import ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corridormap.layers.corridor.annotation import Annotation, Target
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["MAX_BYTES", "ArticleCheck", "check_article", "passage_of", "read_article"]

MAX_BYTES = 5_000_000
"""Largest article read, in bytes."""

_OTHER_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, OpenDocument or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
}
_WEB_PAGE = (b"<!doctype html", b"<html", b"<?xml")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class ArticleCheck:
    """What became of one passage in a text; places count in the text's normal form."""

    id: str
    """Id of the annotation."""
    status: Status
    start: int | None
    end: int | None
    line: int | None
    """Line of the text as given in which it begins, from 1."""
    quote: str
    found: str
    """What stands there now; empty if lost."""
    paragraph: int
    """The paragraph that the annotation names."""
    note: str
    """What to know of this passage in this text; empty if nothing."""
    findings: tuple[Finding, ...] = ()
    """What is to be mended in the annotation."""


def read_article(path: Path) -> str:
    """Read an article's text: UTF-8, or UTF-16 with a byte order mark.

    Raises
    ------
    ReadError
        The file is missing, empty, too large, no text, or in another encoding.
    """
    data = _bytes(path)
    encoding = _encoding(data, path)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            "article-bytes-do-not-fit-encoding",
            file=str(path),
            encoding=encoding.upper(),
            byte=error.start + 1,
        ) from error
    if "\0" in text:
        raise ReadError("article-is-not-utf-8-text", file=str(path))
    if not normalise(text).text:
        raise ReadError("article-is-empty", file=str(path))
    return text


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise ReadError("article-is-a-folder", file=str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise ReadError("article-cannot-be-read", file=str(path), why=reason) from error
    if len(data) > MAX_BYTES:
        raise ReadError("article-file-too-large", file=str(path), most=MAX_BYTES // 1_000_000)
    return data


def _encoding(data: bytes, path: Path) -> str:
    """Return the encoding that a file's first bytes tell; refuse what is no text."""
    head = data[:64].lstrip().lower()
    other = next((name for mark, name in _OTHER_FORMATS.items() if data.startswith(mark)), "")
    if head.removeprefix(codecs.BOM_UTF8).startswith(_WEB_PAGE):
        other = "a web page"
    if other:
        raise ReadError("article-is-not-plain-text", file=str(path), what=other)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise ReadError("article-is-utf-32", file=str(path))
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")


def passage_of(annotation: Annotation, target: Target) -> Passage:
    """Return what an annotation stores of one of its passages; a senseless place is left out."""
    quote, position = target.quote, target.position
    return Passage(
        id=annotation.id,
        quote=quote.exact if quote else "",
        start=position.start if position and position.start < position.end else None,
        prefix=quote.prefix if quote else "",
        suffix=quote.suffix if quote else "",
        paragraph=annotation.claim.paragraph,
    )


def check_article(corridor: Corridor, text: str) -> tuple[ArticleCheck, ...]:
    """Say of every passage of a corridor's annotations what became of it in a text.

    An annotation that names no passage gets one entry too, as lost.
    """
    normal = normalise(text)
    article = corridor.manifest.article
    same = bool(article and article.text_sha256 == text_hash(normal))
    targets = [(a, target) for a in corridor.annotations for target in a.passages]
    answers = anchor(normal, [passage_of(*pair) for pair in targets], same=same)
    checks: dict[str, list[ArticleCheck]] = {a.id: [] for a in corridor.annotations}
    for (annotation, target), answer in zip(targets, answers, strict=True):
        checks[annotation.id].append(_check(annotation, target, answer, normal, same=same))
    return tuple(
        check for a in corridor.annotations for check in checks[a.id] or [_without_passage(a)]
    )


def _check(
    annotation: Annotation, target: Target, answer: Anchored, normal: Normalised, *, same: bool
) -> ArticleCheck:
    start, end = answer.start, answer.end
    line, found = None, ""
    if start is not None and end is not None:
        before = normal.given[: normal.original(start, end)[0]]
        line = 1 + max(before.count("\n"), before.count("\r"))
        found = normal.text[start:end]
    faults = _faults(target, answer, normal, same=same)
    return ArticleCheck(
        id=annotation.id,
        status=answer.status,
        start=start,
        end=end,
        line=line,
        quote=target.quote.exact if target.quote else "",
        found=found,
        paragraph=annotation.claim.paragraph,
        note=_note(answer),
        findings=tuple(fault.at(ANNOTATIONS, annotation.id) for fault in faults),
    )


def _without_passage(annotation: Annotation) -> ArticleCheck:
    return ArticleCheck(
        id=annotation.id,
        status="lost",
        start=None,
        end=None,
        line=None,
        quote="",
        found="",
        paragraph=annotation.claim.paragraph,
        note="",
        findings=(Finding("annotation-names-no-passage", ANNOTATIONS, annotation.id, "target"),),
    )


def _note(answer: Anchored) -> str:
    """Return what to know of a passage that was changed or not found; else nothing."""
    if answer.places > 1 and answer.status == "doubtful":
        return f"one of {answer.places} places where the quoted words stand"
    if answer.status == "lost":
        return "neither the quoted words nor anything near enough to them was found"
    if answer.status == "doubtful" and answer.places:
        return "the quoted words stand here, but what stands around speaks against this place"
    return "some of the quoted words were changed" if answer.status == "doubtful" else ""


def _faults(target: Target, answer: Anchored, normal: Normalised, *, same: bool) -> Iterator[Fault]:
    """Yield what is wrong with an annotation, and how to mend it."""
    quote = normalise(target.quote.exact).text if target.quote else ""
    if not words_of(quote).words:
        yield Fault("no-words-to-look-for", "target")
        return
    yield from _place_faults(target, quote, answer, normal, same=same)
    context = target.quote and (target.quote.prefix or target.quote.suffix)
    sure = answer.status in {"exact", "moved"}
    if answer.places > 1 and normal.text.count(quote) != 1 and not (context and sure):
        yield Fault("quote-stands-several-times", "target", places=answer.places)


def _place_faults(
    target: Target, quote: str, answer: Anchored, normal: Normalised, *, same: bool
) -> Iterator[Fault]:
    """Yield what is wrong with the stored place."""
    place = target.position
    if place is None:
        return
    length = len(normal.text)
    if place.start >= place.end:
        yield Fault("stored-place-is-no-passage", "target", start=place.start, end=place.end)
    elif place.end - place.start != len(quote):
        long = place.end - place.start
        yield Fault("stored-place-does-not-fit-quote", "target", n=long, quote=len(quote))
    if place.end > length and (same or (place.start >= length and answer.status != "lost")):
        yield Fault("stored-place-is-beyond-end", "target", end=place.end, length=length)
    elif same and answer.status != "exact":
        yield Fault("quote-is-not-at-stored-place", "target")
