"""What of a file's text is not in the article: why, where it stood, and how it is taken in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.layers.article.reading.parts import REASONS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["LeftOut", "left_out_of", "said_of", "with_taken_in"]


@dataclass(frozen=True)
class LeftOut:
    """A piece of text that was left out of an article."""

    reason: str
    """One of `parts.REASONS`."""
    what: str
    """The same in words."""
    at: int
    """How many lines of the article's text stand before it."""
    words: int
    text: str
    """A paragraph per line."""


def left_out_of(answer: Any) -> tuple[LeftOut, ...]:
    """Return what a reader in the sandbox says that it left out; nothing of it is believed."""
    found = []
    for entry in answer if isinstance(answer, list) else []:
        match entry:
            case {"reason": str(reason), "at": int(at), "text": str(said)} if reason in REASONS:
                text = said.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
                found.append(LeftOut(reason, REASONS[reason], at, len(text.split()), text))
    return tuple(found)


def said_of(left_out: Sequence[LeftOut]) -> str:
    """Return a sentence on what was left out, most words first; nothing if nothing was."""
    counts = Counter[str]()
    for piece in left_out:
        counts[piece.what] += piece.words
    told = [f"{n:,} {'word' if n == 1 else 'words'} of {what}" for what, n in counts.most_common()]
    return f"Left out: {'; '.join(told)}." if told else ""


def with_taken_in(text: str, left_out: Sequence[LeftOut], reasons: Collection[str]) -> str:
    """Return an article's text with what was left out for some reasons at its place."""
    lines = text.split("\n")
    for piece in reversed(left_out):
        if piece.reason in reasons:
            lines.insert(piece.at, piece.text)
    return "\n".join(lines)
