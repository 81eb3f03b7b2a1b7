"""Tell whether all cases are tried, or those that the suite has time for, and choose those.

`make sweep` sets ``CORRIDORMAP_SWEEP``: full products of cases, longer texts, more kills.
"""

from __future__ import annotations

import itertools
import os
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["SWEEP", "pairwise", "product"]

SWEEP = os.environ.get("CORRIDORMAP_SWEEP") == "1"

Case = dict[str, Any]
_TRIES = 60


def product(axes: Mapping[str, Sequence[Any]]) -> Iterator[Case]:
    """Yield all cases: one value of each axis."""
    return (dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values()))


def pairwise(axes: Mapping[str, Sequence[Any]], seed: int) -> Iterator[Case]:
    """Yield cases in which every two values of different axes meet.

    Each case brings a pair of the longest axes that has not met, if one is left: so there are
    hardly more cases than those two axes have pairs.
    """
    dice = random.Random(seed)  # noqa: S311  a sample, no secret
    names = sorted(axes, key=lambda name: -len(axes[name]))
    left = {
        pair: None
        for a, b in itertools.combinations(names, 2)
        for pair in itertools.product(
            ((a, i) for i in range(len(axes[a]))), ((b, j) for j in range(len(axes[b])))
        )
    }
    while left:
        pair = dict(next(iter(left)))
        tries = [
            {name: pair.get(name, dice.randrange(len(axes[name]))) for name in names}
            for _ in range(_TRIES)
        ]
        best = max(tries, key=lambda case: len(_pairs(case) & left.keys()))
        for met in _pairs(best):
            left.pop(met, None)
        yield {name: axes[name][best[name]] for name in axes}


def _pairs(case: Case) -> set[Any]:
    return set(itertools.combinations(case.items(), 2))
