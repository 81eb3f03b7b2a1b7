"""Count how right what is proposed in the corpus of news texts is: places, recall, first candidate.

Prints its table: ``python bench/suggestion_corpus.py train`` (or held_out), which
``--corridor azerbaijan-iran`` measures beside the features of a corridor, ``--tell`` with what was
not right. The texts are those of tests/test_layers/test_suggestions_corpus. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.suggestions import features
from corridormap.layers.article.passages.text import normalise
from corridormap.layers.article.suggestions.distance import kilometres
from corridormap.layers.article.suggestions.suggest import Mention, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.article.suggestions.names import Named

CORPUS = Path(__file__).parents[1] / "tests/test_layers/test_suggestions_corpus"
RIGHT_KM = 161
"""100 miles, as the tests of place names in print count."""
ORDER = ("towns", "found", "first", "proposed", "place", "metonym", "wrong")

Span = tuple[int, int]


def corpus(part: str) -> list[dict[str, Any]]:
    """Return the texts of a part, with their answers."""
    lines = (CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def judge(text: dict[str, Any], known: Sequence[Named]) -> tuple[Counter[str], list[str]]:
    """Count what became of the names of a text, and say what was not right.

    A proposal is a *place* when it stands on a town, region or other place of the answers; on a
    country or water, or on no name of a place, it is *wrong*. One on a capital that stands for
    its government is counted apart, one on what may be either is not counted.
    """
    normal = normalise(text["text"])
    at = {given: place for place, given in enumerate(normal.starts)}

    def span(start: int, surface: str) -> Span:
        return at[start], at[start + len(surface) - 1] + 1

    places = [(span(start, one["surface"]), one) for one in text["places"] for start in one["at"]]
    taken = [where for where, _ in places]
    either = _spans(normal.text, text.get("either", ()))
    metonyms = _spans(normal.text, (k for k, v in text["not_places"].items() if v == "metonym"))
    mentions = suggest(normal, known)
    counts: Counter[str] = Counter(proposed=len(mentions))
    said: list[str] = []
    for where, one in places:
        if one["kind"] == "town":
            over = [m for m in mentions if _over((m.start, m.end), [where])]
            counts += _town(one, over, said)
    for mention in mentions:
        here = (mention.start, mention.end)
        kinds = {one["kind"] for where, one in places if _over(here, [where])}
        if kinds & {"town", "region", "other"}:
            counts["place"] += 1
        elif not kinds and _over(here, either) and not _over(here, taken):
            counts["proposed"] -= 1
        elif not kinds and _over(here, metonyms):
            counts["metonym"] += 1
        else:
            counts["wrong"] += 1
            said.append(f"wrong: {mention.text} {''.join(kinds)}")
    return counts, [f"{text['id']} {line}" for line in said]


def _town(one: dict[str, Any], over: list[Mention], said: list[str]) -> Counter[str]:
    if not over:
        said.append(f"missed: {one['surface']}")
        return Counter(towns=1)
    first = over[0].candidates[0]
    if kilometres(first.at, (one["lon"], one["lat"])) <= RIGHT_KM:
        return Counter(towns=1, found=1, first=1)
    also = any(
        kilometres(c.at, (one["lon"], one["lat"])) <= RIGHT_KM for c in over[0].candidates[1:]
    )
    where = ", ".join(f"{c.name} {c.country}" for c in over[0].candidates)
    said.append(f"{'among' if also else 'other'}: {one['surface']} {one['country']}: {where}")
    return Counter(towns=1, found=1)


def _spans(text: str, surfaces: Any) -> list[Span]:
    return [
        found.span()
        for surface in surfaces
        for found in re.finditer(rf"(?<!\w){re.escape(normalise(surface).text)}(?!\w)", text)
    ]


def _over(here: Span, spans: list[Span]) -> bool:
    return any(here[0] < end and start < here[1] for start, end in spans)


def measure(part: str, known: Sequence[Named] = ()) -> tuple[dict[str, Counter[str]], list[str]]:
    """Count for each language of a part, and for "all"."""
    out: dict[str, Counter[str]] = {}
    said: list[str] = []
    for text in corpus(part):
        counts, lines = judge(text, known)
        said += lines
        for key in (text["language"], "all"):
            out[key] = out.get(key, Counter()) + counts
    return out, said


def shares(counts: Counter[str]) -> dict[str, float]:
    """Return precision, recall and share of right first candidates, each from 0 to 1."""
    judged = counts["proposed"] - counts["metonym"]
    return {
        "precision": counts["place"] / max(1, judged),
        "precision, metonyms wrong": counts["place"] / max(1, counts["proposed"]),
        "recall": counts["found"] / max(1, counts["towns"]),
        "first": counts["first"] / max(1, counts["found"]),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("train", "held_out"))
    parser.add_argument("--corridor", help="beside the features of this corridor")
    parser.add_argument("--tell", action="store_true", help="say what was not right")
    options = parser.parse_args()
    known = features(options.corridor) if options.corridor else []
    table, said = measure(options.part, known)
    print("| language | " + " | ".join(ORDER) + " |")
    print("|---" * (len(ORDER) + 1) + "|")
    for language, counts in table.items():
        if options.tell or language == "all":
            print(f"| {language} | " + " | ".join(str(counts[key]) for key in ORDER) + " |")
    print(", ".join(f"{key} {share:.1%}" for key, share in shares(table["all"]).items()))
    if options.tell:
        print("\n".join(said))


if __name__ == "__main__":
    main()
