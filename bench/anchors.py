"""Edit articles at random, find the annotations' passages again, and count.

Prints the tables of docs/anchors.md: ``python bench/anchors.py``. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.anchor_edits import Edited, edit, reorder
from bench.anchor_texts import REPETITIVE, texts
from corridormap.layers.article.passages.anchor import Anchored, Passage, anchor
from corridormap.layers.article.passages.text import Normalised, normalise, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

STRENGTHS = (0.02, 0.05, 0.10, 0.20, 0.40)
PASSAGES_MOST = 60
CHARACTERS_EACH = 150
CONTEXT_CHARACTERS = 32
QUOTE_WORDS = (3, 8)
REPEATS = 0.05
TIMED_PASSAGES = 200

SHIPPED = "Articles, quotes that stand once, no prefix or suffix (as in the built-in corridor)"
CONTEXT = "Articles, quotes that stand once, with prefix and suffix"
ALIKE = "Texts that repeat themselves, quotes that stand once"
SEVERAL = "Quotes that stand several times, with prefix and suffix"
REORDERED = "every third sentence moved"
VERDICTS = ("right", "doubtful", "misplaced", "lost", "wrong")
"""Sure and right; doubtful at the right place; doubtful at another; lost; sure and wrong."""


class Case(NamedTuple):
    """A passage, where its letters and digits stood in the text, and whether it stood once."""

    passage: Passage
    letters: frozenset[int]
    once: bool


class Result(NamedTuple):
    """What became of a case."""

    group: str
    change: str
    """What was done to the text."""
    standing: bool
    """Whether the quoted words still stand."""
    verdict: str


def cases(
    normal: Normalised, dice: random.Random, *, context: bool, most: int = PASSAGES_MOST
) -> list[Case]:
    """Choose passages that do not touch; without context each stands once in the text."""
    words = words_of(normal.text)
    wanted = min(most, len(normal.text) // CHARACTERS_EACH)
    taken: list[tuple[int, int]] = []
    out: list[Case] = []
    for _ in range(50 * wanted):
        first = dice.randrange(len(words.words) - QUOTE_WORDS[1])
        last = first + dice.randint(*QUOTE_WORDS) - 1
        start, end = words.starts[first], words.ends[last]
        if any(a <= end + 1 and start <= b + 1 for a, b in taken):
            continue
        once = _stands(words.words, words.words[first : last + 1]) == 1
        if re.search(r"[.!?] ", normal.text[start:end]) or not (context or once):
            continue
        taken.append((start, end))
        around = CONTEXT_CHARACTERS if context else 0
        out.append(_case(normal, (start, end), around, once=once))
        if len(out) == wanted:
            break
    return sorted(out, key=lambda case: case.passage.start or 0)


def _stands(words: tuple[str, ...], sought: tuple[str, ...]) -> int:
    return sum(words[i : i + len(sought)] == sought for i in range(len(words)))


def _case(normal: Normalised, span: tuple[int, int], around: int, *, once: bool) -> Case:
    start, end = span
    passage = Passage(
        id=f"{start}",
        quote=normal.text[start:end],
        start=start,
        prefix=normal.text[max(0, start - around) : start],
        suffix=normal.text[end : end + around],
        paragraph=normal.paragraph(start) + 1,
    )
    begin, stop = normal.original(start, end)
    letters = frozenset(i for i in range(begin, stop) if normal.given[i].isalnum())
    return Case(passage, letters, once)


def _left(case: Case, edited: Edited) -> tuple[bool, set[int]]:
    """Tell whether the quoted words still stand, and where those of their letters left are."""
    left = {i for i, origin in enumerate(edited.origins) if origin in case.letters}
    if len(left) < len(case.letters):
        return False, left
    now = words_of(normalise(edited.text[min(left) : max(left) + 1]).text).words
    return now == words_of(case.passage.quote).words, left


def judge(case: Case, answer: Anchored, edited: Edited, normal: Normalised) -> tuple[bool, str]:
    """Tell whether the words still stand, and what the answer is worth."""
    standing, left = _left(case, edited)
    if answer.start is None or answer.end is None:
        return standing, "lost"
    begin, stop = normal.original(answer.start, answer.end)
    found = {i for i in range(begin, stop) if edited.text[i].isalnum()}
    right = found == left if standing else 2 * len(found & left) > max(len(found), len(left))
    if answer.status in {"exact", "moved"}:
        return standing, "right" if right else "wrong"
    return standing, "doubtful" if right else "misplaced"


def run(*, rounds: int, repeats: float = 0.0, seed: str = "") -> Iterator[Result]:
    """Yield the results; every text gives about as many, however short it is."""
    for name, text in texts().items():
        times = rounds * PASSAGES_MOST // min(PASSAGES_MOST, len(text) // CHARACTERS_EACH)
        for number in range(times * len(STRENGTHS) * 2):
            dice = random.Random(f"{name}, {number}, {repeats}{seed}")
            strength = STRENGTHS[number % len(STRENGTHS)]
            chosen = cases(normalise(text), dice, context=number // len(STRENGTHS) % 2 == 1)
            edited = edit(text, dice, strength=strength, repeats=repeats)
            yield from _results(name, chosen, edited, f"{strength:.0%} of the words")


def run_reordered(*, rounds: int) -> Iterator[Result]:
    """Yield the results where every third sentence stands elsewhere."""
    for name, text in texts().items():
        for number in range(rounds * 4):
            dice = random.Random(f"{name}, {number}, reordered")
            chosen = cases(normalise(text), dice, context=number % 2 == 1)
            yield from _results(name, chosen, reorder(text, dice), REORDERED)


def _results(name: str, chosen: list[Case], edited: Edited, change: str) -> Iterator[Result]:
    after = normalise(edited.text)
    answers = anchor(after, [case.passage for case in chosen])
    for case, answer in zip(chosen, answers, strict=True):
        yield Result(_group(name, case), change, *judge(case, answer, edited, after))


def _group(name: str, case: Case) -> str:
    if not case.once:
        return SEVERAL
    if name in REPETITIVE:
        return ALIKE
    return CONTEXT if case.passage.prefix or case.passage.suffix else SHIPPED


def table(results: list[Result]) -> None:
    """Print one row for each change of the text, and one for all."""
    print("| Changed | Cases | Right | Doubtful | Doubtful, elsewhere | Lost | Wrong "
          "| Words stand | of these right | doubtful | wrong |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    known = [f"{strength:.0%} of the words" for strength in STRENGTHS]
    changes = sorted({result.change for result in results}, key=[*known, REORDERED].index)
    for change in changes:
        print(_row(change, [r for r in results if r.change == change]))
    if len(changes) > 1:
        print(_row("all", results))


def _row(head: str, chosen: list[Result]) -> str:
    standing = [result.verdict for result in chosen if result.standing]
    shares = shares_of([result.verdict for result in chosen])
    kept = shares_of(standing)
    cells = [
        head,
        f"{len(chosen):,}",
        *(f"{shares[v]:.1%}" for v in VERDICTS[:-1]),
        f"{shares['wrong']:.2%}",
        f"{len(standing):,}",
        f"{kept['right']:.1%}",
        f"{1 - kept['right'] - kept['wrong']:.1%}",
        f"{kept['wrong']:.2%}",
    ]
    return "| " + " | ".join(cells) + " |"


def shares_of(verdicts: list[str]) -> dict[str, float]:
    """Return the share of each verdict."""
    counts = Counter(verdicts)
    return {verdict: counts[verdict] / max(1, len(verdicts)) for verdict in VERDICTS}


def timing() -> None:
    """Print how much of a processor's time many passages in a long text take."""
    text = max(texts().values(), key=len)
    normal = normalise(text)
    print(f"\n| {TIMED_PASSAGES} passages in {len(text):,} characters | as stored | 10% changed "
          "| 40% changed |\n|---|---|---|---|")  # fmt: skip
    for context in (False, True):
        dice = random.Random(5)
        chosen = [c.passage for c in cases(normal, dice, context=context, most=TIMED_PASSAGES)]
        spent = []
        for strength in (0.0, 0.1, 0.4):
            edited = edit(text, dice, strength=strength).text
            spent.append(min(_seconds(edited, chosen) for _ in range(5)))
        name = "with prefix and suffix" if context else "without prefix and suffix"
        print(f"| {name} | " + " | ".join(f"{seconds:.2f} s" for seconds in spent) + " |")


def _seconds(text: str, passages: list[Passage]) -> float:
    # The processor's time: a busy machine must not count.
    begun = time.process_time()
    anchor(text, passages)
    return time.process_time() - begun


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description="Measure how passages survive edits.")
    parser.add_argument("--rounds", type=int, default=8, help="more rounds, more cases")
    rounds: int = parser.parse_args().rounds
    results = [*run(rounds=rounds), *run_reordered(rounds=rounds)]
    for group in (SHIPPED, CONTEXT, ALIKE, SEVERAL):
        print(f"\n### {group}\n")
        table([result for result in results if result.group == group])
    print("\n### All of these\n")
    table(results)
    print(f"\n### All, where {REPEATS:.0%} of the sentences are also said again in like words\n")
    table(list(run(rounds=max(1, rounds // 2), repeats=REPEATS)))
    timing()


if __name__ == "__main__":
    main()
