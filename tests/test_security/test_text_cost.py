"""No text keeps the reader of articles busy: what it costs grows with its length only."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.sweeping import SWEEP
from tests.test_security.cost import LIMIT_S, costs

# Characters of a text. What grew with the square of them took minutes for 400,000.
LENGTH = 400_000 if SWEEP else 100_000
STEP = 1 if SWEEP else 3
# Seconds of processor time for one.
MOST_S = LENGTH / 32_000

TEXTS = r"""
    UNITS = {
        "dates": "12 May 2020 ", "dates and numbers": "12 May 2020, 5 km ", "days": "May 12 ",
        "ISO": "2020-05-12 ", "months": "in May ", "years": "in 2020 ", "in": "in ",
        "digits": "1", "numbers": "1 ", "thousands": "1,000", "spaced": "1 000 ", "km": "5 km ",
        "and": "5 and ", "between": "between 5 and ", "decimals": "1.1", "per cent": "5% ",
        "money": "$5 million ", "words": "one hundred ", "range": "5-", "more": "more than ",
        "spaces": " ", "lines": "\n", "brackets": "(", "quotes": '"', "dots": ".", "dashes": "-",
        "marks": "\u0301", "wide": "\u200b", "ligatures": "\ufdfa", "letter": "a", "capital": "A",
        "capitals": "A ", "names": "Aa Bb ", "sentences": "A. ", "apostrophes": "a'", "tags": "<a ",
        "known": "Astara ", "Persian": "\u0622\u0633\u062a\u0627\u0631\u0627 ", "open": "<",
        "divs": "<div>", "entities": "&#", "comments": "<!--", "scripts": "<script>",
        "jamo": "\u1100",
    }
    LEFT = {"mark first": "a" + "\u0301" * (LENGTH - 1)}

    def every(work):
        for name, unit in list(UNITS.items())[FIRST::STEP]:
            text = unit * (LENGTH // len(unit))
            measure(name, lambda: work(text))
        for name, text in LEFT.items():
            measure(name, lambda: work(text))
"""

CALLS = {
    "normalise": """
    from corridormap.layers.article.passages.text import normalise
    every(normalise)
    """,
    "numbers": """
    from corridormap.layers.article.suggestions.numbers import find_numbers
    every(lambda text: find_numbers(text, written="2023-12-29"))
    """,
    "names": """
    from corridormap.layers.article.suggestions.suggest import suggest
    from corridormap.layers.article.suggestions.features import features_of
    from corridormap.layers.article.passages.text import normalise
    from corridormap.layers.corridor.corridor import find_corridor, load_corridor
    features = list(features_of(load_corridor(find_corridor("azerbaijan-iran"))).values())
    every(lambda text: suggest(normalise(text), features))
    """,
    "passages": """
    from corridormap.layers.article.article import check_article
    from corridormap.layers.corridor.corridor import find_corridor, load_corridor
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    every(lambda text: check_article(corridor, text))
    """,
    "text": """
    from corridormap.geo.letters import decoded
    every(lambda text: decoded(text.encode(), file="a.txt"))
    every(lambda text: decoded(text.encode("utf-16"), file="a.txt"))
    """,
    "page": """
    from corridormap.layers.article.reading.html import declared_encoding, read_html
    every(lambda text: declared_encoding(text.encode()))
    every(read_html)
    """,
}


@pytest.mark.parametrize("call", CALLS)
def test_what_a_text_costs_grows_with_its_length_only(call: str) -> None:
    """Each text is given to two of the six, and each of the six gets a third of the texts."""
    first = 0 if SWEEP else list(CALLS).index(call) % STEP
    given = f"LENGTH = {LENGTH}\nFIRST = {first}\nSTEP = {STEP}\n"
    found = costs(given + dedent(TEXTS + CALLS[call]))
    assert {name: cost for name, (cost, _) in found.items() if cost > MOST_S} == {}
    known = ("done", "ReadError", "EncodingChoiceError")
    assert [said for _, said in found.values() if not said.startswith(known)] == []
    assert "mark first" in found


# Begun and never ended, or ended by something else: what a page's reader looks through for ends.
PAGES = r"""
    import itertools

    from corridormap.layers.article.reading.html import read_html

    UNITS = {
        "tags": "<a ", "end tags": "</a ", "nameless end tags": "</", "instructions": "<?",
        "named instructions": "<?x ", "declarations": "<!", "types": "<!doctype ",
        "sections": "<![CDATA[", "comments": "<!--", "comments nearly": "<!-- --", "open": "<",
        "attributes": '<a b=">" ', "attributes in apostrophes": "<a b='>' ",
        "quotes": '<a b="', "both quotes": "<a b=\"<a c='", "bare": "<a b=c", "equals": "<a =",
        "equals after spaces": "<a b  =  ", "strokes": "<a /", "spaces": "<a     ",
        "scripts": "<script>", "scripts nearly ended": "<script></script", "titles": "<title>",
        "titles ended": "<title></title>", "linked": "<script type=application/ld+json>{}</script>",
        "lists in scripts": "<script type=application/ld+json>[[[</script>",
        "divs": "<div>", "ends of another": "<div></b>", "paragraphs": "<p>a", "items": "<li>a",
        "breaks": "<br>", "menus": "<nav></b>", "ends": "</b>", "references": "&#", "ands": "&amp",
        "metas": "<meta name=author content=A>", "links": "<a>a",
    }
    AROUND = {"alone": ("", ""), "with one end": ("", ">"), "in 400 elements": ("<div>" * 400, "")}
    WHOLE = {
        "digits": "&#" + "1" * 1_000_000, "hex": "&#x" + "f" * 1_000_000,
        "other attributes": "<a " + " ".join(f"b{i}" for i in range(150_000)) + ">",
        "a list in a script": "<script type=application/ld+json>" + "[" * 1_000_000 + "</script>",
        "digits in a script": "<script type=application/ld+json>" + "1" * 1_000_000 + "</script>",
    }
    places = itertools.cycle(AROUND)
    for unit, text in UNITS.items():
        for place in AROUND if SWEEP else (next(places),):
            left, right = AROUND[place]
            page = left + text * (700_000 // len(text)) + right
            measure(f"{unit} {place}", lambda: read_html(page))
    for name, page in WHOLE.items():
        measure(name, lambda: read_html(page))
"""


def test_no_tag_without_an_end_keeps_the_reader_of_pages_busy() -> None:
    found = costs(f"SWEEP = {SWEEP}\n" + dedent(PAGES))
    assert {name: cost for name, (cost, _) in found.items() if cost > LIMIT_S} == {}
    assert {said for _, said in found.values()} == {"done"}
    assert "digits in a script" in found
