"""Halve and double each number of the anchors, and show what that does to the answers.

Prints a table: ``python bench/anchor_constants.py`` (some minutes). Its texts are edited with
other dice than those of bench/anchors.py. Nothing here is a test.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.anchors import REPEATS, Result, run
from corridormap.layers.article.passages import anchor
from corridormap.layers.article.passages import evidence as anchor_evidence
from corridormap.layers.article.passages import sites as anchor_sites

if TYPE_CHECKING:
    from types import ModuleType

ROUNDS = 1
FACTORS = (0.5, 2.0)
SHARED = "LIKENESS"
"""The one number that two modules hold."""


def numbers() -> list[tuple[ModuleType, str, float]]:
    """Return every number, with the module that holds it."""
    return [
        (module, name, value)
        for module in (anchor, anchor_evidence, anchor_sites)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float) and not isinstance(value, bool)
        if (module, name) != (anchor, SHARED)
    ]


def measured() -> str:
    """Return the shares as cells of the table."""
    results: list[Result] = []
    for repeats in (0.0, REPEATS):
        results += run(rounds=ROUNDS, repeats=repeats, seed=", numbers")
    standing = [result.verdict for result in results if result.standing]
    gone = [result.verdict for result in results if not result.standing]
    wrong = sum(result.verdict == "wrong" for result in results)
    return (
        f"{standing.count('right') / len(standing):.2%} | {wrong / len(results):.2%}"
        f" | {gone.count('doubtful') / len(gone):.1%} | {gone.count('misplaced') / len(gone):.1%}"
    )


def _with(module: ModuleType, name: str, value: float) -> str:
    holders = (module, anchor) if name == SHARED else (module,)
    kept = getattr(module, name)
    for holder in holders:
        setattr(holder, name, value)
    try:
        return measured()
    finally:
        for holder in holders:
            setattr(holder, name, kept)


def main() -> None:
    """Print the table."""
    print("| Number | Value | Words stand: right | All: wrong | Words changed: doubtful there "
          "| doubtful elsewhere |\n|---|---|---|---|---|---|")  # fmt: skip
    print(f"| as they are | | {measured()} |")
    for module, name, value in numbers():
        for factor in FACTORS:
            other = round(value * factor) if isinstance(value, int) else value * factor
            print(f"| `{name.strip('_')}` {value:g} | {other:g} | {_with(module, name, other)} |")


if __name__ == "__main__":
    main()
