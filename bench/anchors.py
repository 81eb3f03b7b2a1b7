"""Edit articles at random, find the annotations' passages again, and count.

Prints its tables: ``python bench/anchors.py``. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.anchor_edits import Edited, edit
from bench.anchor_texts import texts
from layers.article.anchor import Anchored, Passage, anchor
from layers.article.text import Normalised, normalise, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

STRENGTHS = (0.02, 0.05, 0.10, 0.20, 0.40)
PASSAGES_MOST = 60
CHARACTERS_EACH = 150
CONTEXT_CHARACTERS = 32
QUOTE_WORDS = (3, 8)


class Case(NamedTuple):
    """A passage, and where its letters and digits stood in the text as given."""

    passage: Passage
    letters: frozenset[int]


def cases(normal: Normalised, dice: random.Random, *, context: bool) -> list[Case]:
    """Choose passages that do not touch; without context each stands once in the text."""
    words = words_of(normal.text)
    wanted = min(PASSAGES_MOST, len(normal.text) // CHARACTERS_EACH)
    taken: list[tuple[int, int]] = []
    out: list[Case] = []
    for _ in range(50 * wanted):
        first = dice.randrange(len(words.words) - QUOTE_WORDS[1])
        last = first + dice.randint(*QUOTE_WORDS) - 1
        start, end = words.starts[first], words.ends[last]
        quote = normal.text[start:end]
        if re.search(r"[.!?] ", quote) or any(a <= end + 1 and start <= b + 1 for a, b in taken):
            continue
        if not context and stands(words.words, words.words[first : last + 1]) > 1:
            continue
        taken.append((start, end))
        out.append(_case(normal, start, end, number=len(out), context=context))
        if len(out) == wanted:
            break
    return sorted(out, key=lambda case: case.passage.start or 0)


def stands(words: tuple[str, ...], sought: tuple[str, ...]) -> int:
    """Return how often some words stand side by side."""
    return sum(words[i : i + len(sought)] == sought for i in range(len(words)))


def _case(normal: Normalised, start: int, end: int, *, number: int, context: bool) -> Case:
    passage = Passage(
        id=f"p{number}",
        quote=normal.text[start:end],
        start=start,
        prefix=normal.text[max(0, start - CONTEXT_CHARACTERS) : start] if context else "",
        suffix=normal.text[end : end + CONTEXT_CHARACTERS] if context else "",
        paragraph=normal.paragraph(start) + 1,
    )
    begin, stop = normal.original(start, end)
    return Case(passage, frozenset(i for i in range(begin, stop) if normal.given[i].isalnum()))


def truth(case: Case, edited: Edited) -> tuple[bool, set[int]]:
    """Tell whether the quoted words still stand, and which of their letters are left."""
    left = {i for i, origin in enumerate(edited.origins) if origin in case.letters}
    if len(left) < len(case.letters):
        return False, left
    found = words_of(normalise(edited.text[min(left) : max(left) + 1]).text).words
    return found == words_of(normalise(case.passage.quote).text).words, left


def verdict(case: Case, answer: Anchored, edited: Edited, normal: Normalised) -> tuple[bool, str]:
    """Return whether the words still stand, and what the answer is worth."""
    standing, left = truth(case, edited)
    if answer.start is None or answer.end is None:
        return standing, "lost"
    begin, stop = normal.original(answer.start, answer.end)
    found = {i for i in range(begin, stop) if edited.text[i].isalnum()}
    if standing:
        right = found == left
    else:
        right = 2 * len(found & left) > len(found) and 2 * len(found & left) > len(left)
    sure = answer.status in {"exact", "moved"}
    if right:
        return standing, "right" if sure else "doubtful, right"
    return standing, "wrong" if sure else "doubtful, wrong"


def run(
    strength: float, *, context: bool, rounds: int, repeats: float
) -> Iterator[tuple[str, bool, str]]:
    """Yield for each case its text, whether the words still stand, and the verdict."""
    for name, text in texts().items():
        before = normalise(text)
        for seed in range(rounds):
            dice = random.Random(f"{name} {strength} {context} {seed}")
            chosen = cases(before, dice, context=context)
            edited = edit(text, dice, strength=strength, repeats=repeats)
            after = normalise(edited.text)
            answers = anchor(after, [case.passage for case in chosen])
            for case, answer in zip(chosen, answers, strict=True):
                result = verdict(case, answer, edited, after)
                yield name, *result


COLUMNS = ("right", "doubtful, right", "doubtful, wrong", "lost", "wrong")


def table(*, rounds: int, repeats: float) -> None:
    """Print, per strength of edit, where the answers ended up."""
    for context in (False, True):
        print(f"\n{'with' if context else 'without'} prefix/suffix, repeats={repeats}")
        for strength in STRENGTHS:
            counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
            names: Counter[tuple[str, str]] = Counter()
            for name, standing, what in run(
                strength, context=context, rounds=rounds, repeats=repeats
            ):
                counts[standing][what] += 1
                if standing:
                    names[name, "all"] += 1
                if standing and what != "right":
                    names[name, what] += 1
            both = counts[True] + counts[False]
            n, m = both.total(), counts[True].total()
            print(
                f"{strength:5.0%} n={n} "
                + " ".join(f"{c}: {both[c] / n:.2%}" for c in COLUMNS)
                + f" | standing n={m} "
                + " ".join(f"{c}: {counts[True][c] / m:.2%}" for c in COLUMNS),
                "wrong n:",
                both["wrong"],
            )
            if VERBOSE:
                print("     ", dict(names))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--repeats", type=float, default=0.0)
    parser.add_argument("-v", type=int, default=0)
    a = parser.parse_args()
    VERBOSE = a.v
    table(rounds=a.rounds, repeats=a.repeats)
