"""Count how well names of features and places, and numbers, are found in texts read by hand.

Prints its table: ``python bench/suggestions.py``. A text marks its names as {Baku=node-baku},
{Tabriz=@Tabriz,IR} for a place of the gazetteer, several answers parted by |. With
--article FILE --names FILE a text that is not ours is measured: the names are a JSON list of
[text, how often it stood before, answer]. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from corridormap.geo.assets import corridor_roots
from corridormap.layers.article.passages.text import Normalised, normalise
from corridormap.layers.article.suggestions.names import Named, named_feature
from corridormap.layers.article.suggestions.numbers import find_numbers
from corridormap.layers.article.suggestions.suggest import Candidate, Mention, suggest
from corridormap.layers.wording.units import unit_of

FOLDER = Path(__file__).parent / "suggestion_texts"
COLUMNS = ("names", "first", "among", "missed", "other", "wrong")
_MARK = re.compile(r"\{([^{}=]+)=([^{}=]+)\}")


class Name(NamedTuple):
    """A name in a text in normal form, and what it means."""

    start: int
    end: int
    answers: frozenset[str]


def marked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a text without its marks, and where the marked names stand in it."""
    out, names, done = "", [], 0
    for match in _MARK.finditer(text):
        out += text[done : match.start()]
        names.append((len(out), len(out) + len(match[1]), match[2]))
        out += match[1]
        done = match.end()
    return out + text[done:], names


def in_normal_form(normal: Normalised, names: list[tuple[int, int, str]]) -> list[Name]:
    """Return names with their places in the normal form."""
    at = {given: place for place, given in enumerate(normal.starts)}
    return [Name(at[a], at[b - 1] + 1, frozenset(said.split("|"))) for a, b, said in names]


def features(corridor: str) -> list[Named]:
    """Return the named features of a built-in corridor."""
    folder = next(root / corridor for root in corridor_roots() if (root / corridor).is_dir())
    found = []
    for path in sorted(folder.glob("layers/*.geojson")):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            named = named_feature(path.stem, feature)
            if named is not None:
                found.append(named)
    return found


def answer(candidate: Candidate) -> str:
    """Return a candidate as the texts write it."""
    return candidate.id or f"@{candidate.name},{candidate.country}"


def judge(names: list[Name], mentions: tuple[Mention, ...]) -> tuple[Counter[str], list[str]]:
    """Count what became of the names, and say what was not right."""
    counts: Counter[str] = Counter(names=len(names))
    said: list[str] = []
    left = list(mentions)
    for name in names:
        over = [m for m in mentions if m.start < name.end and m.end > name.start]
        left = [m for m in left if m not in over]
        given = [answer(candidate) for m in over for candidate in m.candidates]
        if any(answer(m.candidates[0]) in name.answers for m in over):
            counts["first"] += 1
        elif name.answers & set(given):
            counts["among"] += 1
        else:
            kind = "other" if over else "missed"
            counts[kind] += 1
            said.append(f"{kind}: {'|'.join(sorted(name.answers))} {given[:4]}")
    counts["wrong"] = len(left)
    said += [f"wrong: {m.text} {[answer(c) for c in m.candidates][:3]}" for m in left]
    return counts, said


def row(title: str, counts: Counter[str], words: int) -> str:
    """Return a line of the table."""
    return f"| {title} | {words} | " + " | ".join(str(counts[c]) for c in COLUMNS) + " |"


def _amount(value: float | str, unit: str) -> tuple[float | str, str]:
    """Return a value in the base unit of what it measures: 15 Mt and 15,000,000 t are one."""
    known = unit_of("count" if unit == "containers" else unit)
    return (value if isinstance(value, str) else round(value * known.factor, 6), known.dimension)


def figures(corridor: str) -> Counter[str]:
    """Count which figures of a corridor's claims are proposed from the article it ships.

    The claims were written by hand, long before: a figure is found when a number of the
    same value and unit is proposed anywhere in the text.
    """
    folder = next(root / corridor for root in corridor_roots() if (root / corridor).is_dir())
    text = normalise((folder / "article.txt").read_text(encoding="utf-8")).text
    proposed = {_amount(number.value, number.unit) for number in find_numbers(text)}
    said = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))["items"]
    wanted = [
        _amount(f["value"], f["unit"]) for one in said for f in one["claim"].get("figures", [])
    ]
    found = sum(value in proposed for value in wanted)
    return Counter(figures=len(wanted), found=found, proposed=len(find_numbers(text)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--article", type=Path, help="a text that is not ours")
    parser.add_argument("--names", type=Path, help="its names, as JSON")
    parser.add_argument("--corridor", default="azerbaijan-iran", help="... and its corridor")
    parser.add_argument("--tell", action="store_true", help="say what was not right")
    options = parser.parse_args()
    print("| text | words | " + " | ".join(COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 2) + "|")
    total: Counter[str] = Counter()
    all_words = 0
    for title, corridor, text, names in texts(options):
        normal = normalise(text)
        known = in_normal_form(normal, names)
        counts, said = judge(known, suggest(normal, features(corridor)))
        print(row(title, counts, len(text.split())))
        if options.tell:
            print("\n".join(f"    {line}" for line in said))
        total += counts
        all_words += len(text.split())
    print(row("all", total, all_words))
    if not options.article:
        counts = figures("north-south")
        print("\n" + ", ".join(f"{word}: {number}" for word, number in counts.items()))


def texts(
    options: argparse.Namespace,
) -> list[tuple[str, str, str, list[tuple[int, int, str]]]]:
    """Return title, corridor, text and names of what is to be measured."""
    if options.article:
        text = options.article.read_text(encoding="utf-8")
        names = []
        for said, before, meant in json.loads(options.names.read_text(encoding="utf-8")):
            starts = [match.start() for match in re.finditer(re.escape(said), text)]
            names.append((starts[before], starts[before] + len(said), meant))
        return [(options.article.name, options.corridor, text, names)]
    out = []
    for path in sorted(FOLDER.glob("*.txt")):
        head, body = path.read_text(encoding="utf-8").split("\n", 1)
        text, names = marked(body)
        out.append((path.stem, head.removeprefix("corridor: "), text, names))
    return out


if __name__ == "__main__":
    main()
