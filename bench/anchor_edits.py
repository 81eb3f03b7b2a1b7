"""Edit a text at random, and know of every character where it came from.

An edit works on paragraphs, sentences and words at once; its strength is the share of
words touched by a change of words. Sentences and paragraphs are deleted, swapped and
moved more often the stronger the edit is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

__all__ = ["Edited", "edit", "reorder"]

_SENTENCE = re.compile(r".+?(?:[.!?][”\"’»]*(?=\s|$)|$)\s*", re.DOTALL)
_WORD = re.compile(r"\S+\s*")
_OTHER_SIGNS = {
    "“": '"', "”": '"', "’": "'", "«": "“", "»": "”", "–": "-", "-": "–", '"': "”", "'": "’",
    ",": "", ";": ",", ":": " –", ".": ".", "(": "[", ")": "]",
}  # fmt: skip

Piece = tuple[str, "int | None"]
"""Some text, and where it stood before the edit; None for what is new."""
Sentence = list[Piece]


@dataclass(frozen=True)
class Edited:
    """An edited text, and for each of its characters its place before, or -1."""

    text: str
    origins: list[int]


def edit(text: str, dice: random.Random, *, strength: float, repeats: float = 0.0) -> Edited:
    """Edit a text.

    Parameters
    ----------
    strength
        Share of words changed, from 0 to 1.
    repeats
        Share of sentences that are said again, word for word, somewhere else.
    """
    paragraphs = _parsed(text)
    vocabulary = text.split()
    everything = [sentence for paragraph in paragraphs for sentence in paragraph]
    copies = [s for s in everything if dice.random() < repeats]
    paragraphs = [_sentences(p, vocabulary, dice, strength) for p in paragraphs]
    paragraphs = [[_words(s, vocabulary, dice, strength) for s in p] for p in paragraphs]
    for copy in copies:
        again: list[tuple[str, int | None]] = [
            (word if dice.random() >= 0.3 else f"{dice.choice(vocabulary)} ", None)
            for word, _ in copy
        ]
        dice.choice(paragraphs).append(again)
    for _ in range(sum(dice.random() < strength / 4 for _ in paragraphs)):
        moved = paragraphs.pop(dice.randrange(len(paragraphs)))
        paragraphs.insert(dice.randint(0, len(paragraphs)), moved)
    return _joined([p for p in paragraphs if p], dice, strength)


def reorder(text: str, dice: random.Random) -> Edited:
    """Put every third sentence where another of them stood, and change half of the signs."""
    paragraphs = _parsed(text)
    places = [(p, s) for p, sentences in enumerate(paragraphs) for s in range(len(sentences))][2::3]
    taken = [paragraphs[p][s] for p, s in places]
    dice.shuffle(taken)
    for (p, s), sentence in zip(places, taken, strict=True):
        paragraphs[p][s] = sentence
    return _joined(paragraphs, dice, 0.5)


def _parsed(text: str) -> list[list[Sentence]]:
    paragraphs: list[list[Sentence]] = []
    for match in re.finditer(r"[^\n]+", text):
        sentences: list[Sentence] = []
        for found in _SENTENCE.finditer(match.group()):
            at = match.start() + found.start()
            sentences.append([(w.group(), at + w.start()) for w in _WORD.finditer(found.group())])
        paragraphs.append(sentences)
    return paragraphs


def _sentences(
    paragraph: list[Sentence],
    vocabulary: list[str],
    dice: random.Random,
    strength: float,
) -> list[Sentence]:
    """Delete, add and swap sentences."""
    out = [sentence for sentence in paragraph if dice.random() >= strength / 4]
    for i in range(len(out) - 1):
        if dice.random() < strength / 4:
            out[i], out[i + 1] = out[i + 1], out[i]
    for _ in paragraph:
        if dice.random() < strength / 4:
            out.insert(dice.randint(0, len(out)), _new(vocabulary, dice))
    return out


def _new(vocabulary: list[str], dice: random.Random) -> Sentence:
    """Return a new sentence out of the text's words."""
    return [(f"{dice.choice(vocabulary)} ", None) for _ in range(dice.randint(5, 25))]


def _words(
    sentence: Sentence, vocabulary: list[str], dice: random.Random, strength: float
) -> Sentence:
    """Replace, delete and add words."""
    out: Sentence = []
    for word, origin in sentence:
        chance = dice.random() / strength if strength else 1.0
        if origin is None or chance >= 1:
            out.append((word, origin))
        elif chance < 0.4:
            out.append((f"{dice.choice(vocabulary)} ", None))
        elif chance < 0.6:
            continue
        elif chance < 0.8:
            out.append((word, origin))
            out += [(f"{dice.choice(vocabulary)} ", None) for _ in range(dice.randint(1, 4))]
        else:
            out.append((_slip(word, dice), None))
    return out


def _slip(word: str, dice: random.Random) -> str:
    """Return a word with another ending, or with a letter out of place."""
    bare = word.rstrip()
    unlike = [i for i in range(1, len(bare) - 1) if bare[i] != bare[i + 1]]
    if unlike and dice.random() < 0.5:
        at = dice.choice(unlike)
        bare = bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :]
    else:
        bare = bare[:-1] if bare.endswith("s") else f"{bare}s"
    return f"{bare} "


def _joined(paragraphs: list[list[Sentence]], dice: random.Random, strength: float) -> Edited:
    """Write the text out, with other signs and spaces here and there."""
    text: list[str] = []
    origins: list[int] = []
    for paragraph in paragraphs:
        for sentence in paragraph:
            for word, origin in sentence:
                for offset, character in enumerate(word):
                    written = _written(character, dice, strength)
                    text.append(written)
                    origins += [-1 if origin is None else origin + offset] * len(written)
        text.append("\n\n")
        origins += [-1, -1]
    return Edited("".join(text), origins)


def _written(character: str, dice: random.Random, strength: float) -> str:
    if dice.random() >= strength:
        return character
    if character in _OTHER_SIGNS:
        return _OTHER_SIGNS[character]
    if character == " ":
        return dice.choice(("  ", "\N{NO-BREAK SPACE}", "\n", " "))
    return character
