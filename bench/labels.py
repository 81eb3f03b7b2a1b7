"""Count what is wrong with the labels of both corridors' pictures, by layout.

Prints a table: ``python bench/labels.py``. Read out of the files, as the tests do. Nothing here is
a test.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.test_layers.test_print_contract import LAYOUTS, Case, checked


def main() -> None:
    """Print the figures of every layout at the corridors' own extents."""
    print("| picture | wrong names | floating numbers | leaders amiss | unmarked | unnamed |")
    print("|---|---|---|---|---|---|")
    totals = [0] * 5
    for corridor in ("Azerbaijan and Iran", "North and South"):
        for layout in LAYOUTS:
            found = checked(Case(corridor, layout))
            counts = [
                len(found.misplaced) + len(found.wrong_names),
                len(found.floating),
                len(found.leaders),
                len(found.unmarked),
                len(found.unnamed),
            ]
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
            print(f"| {corridor}, {layout} | {' | '.join(map(str, counts))} |", flush=True)
    print(f"| together | {' | '.join(map(str, totals))} |")


if __name__ == "__main__":
    main()
