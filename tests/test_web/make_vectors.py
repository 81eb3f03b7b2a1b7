"""Write vectors.json: texts, passages, and where layers/article/passages/anchor.py finds them.

Run it by hand after a change that is meant to change answers, and read the difference:
``python tests/test_web/make_vectors.py``. The tests hold Python and the page to the file.
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
from corridormap.layers.article.passages.anchor import Passage, anchor
from corridormap.layers.article.passages.text import normalise

FILE = Path(__file__).with_name("vectors.json")
TEXT = Path(__file__).with_name("article.txt").read_text(encoding="utf-8")
CONTEXT_CHARACTERS = 24
SEEDS = 12
QUOTES = (
    "closed on Monday",
    "bridge of 44 metres",
    "cost €3.2 million",
    "waited long enough,” said the miller",
    "The detour over Hatch Hill",
    "The culvert was built in 1911.",
    "the arch could not be saved",
    "opened on the first of December",
    "the school bus runs",
)

Made = dict[str, tuple[str, list[Passage]]]
"""Texts by the name of the case, each with the passages to find in it."""


def passage(text: str, quote: str, *, context: bool = False, number: int = 0) -> Passage:
    """Return a passage as it would be stored; it stands once in the text."""
    normal = normalise(text)
    exact = normalise(quote).text
    start = normal.text.index(exact)
    end = start + len(exact)
    return Passage(
        id=f"{number} {exact[:12]}",
        quote=exact,
        start=start,
        prefix=normal.text[max(0, start - CONTEXT_CHARACTERS) : start] if context else "",
        suffix=normal.text[end : end + CONTEXT_CHARACTERS] if context else "",
        paragraph=normal.paragraph(start) + 1,
    )


def stored(*, context: bool = False) -> list[Passage]:
    """Return the passages of the quotes above."""
    return [passage(TEXT, quote, context=context, number=i) for i, quote in enumerate(QUOTES)]


def edited() -> Made:
    """Return texts made from the article by hand."""
    parts = TEXT.strip().split("\n\n")
    signs = TEXT.translate(str.maketrans("“”’–", '""\'-')).replace(" ", "  ")
    changed = TEXT.replace("44", "48").replace("€3.2", "$3.2").replace("the miller", "a miller")
    changed = changed.replace("could not", "cannot").replace("December", "November")
    slips = TEXT.replace("closed", "close").replace("culvert", "cluvert").replace("bus", "buses")
    hidden = TEXT.replace("metres", "me\N{SOFT HYPHEN}tres")
    hidden = f"\ufeff{hidden}".replace("school", "scho\N{ZERO WIDTH SPACE}ol")
    sure, with_context = stored(), stored(context=True)
    return {
        "the same": (TEXT, sure),
        "other signs and spaces": (signs.replace("\n\n", "\r\n \r\n"), sure),
        "a paragraph before": (f"Read first: roads are slippery.\n\n{TEXT}", sure),
        "another order": ("\n\n".join(reversed(parts)), sure),
        "another order, with context": ("\n\n".join(reversed(parts)), with_context),
        "a paragraph gone": ("\n\n".join(parts[:2] + parts[3:]), sure),
        "words changed": (changed, sure),
        "endings and slips": (slips, sure),
        "capitals": (TEXT.upper(), sure),
        "said again": (f"{parts[1]}\n\n{TEXT}", sure),
        "said again, with context": (f"{TEXT}\n\n{parts[3]}\n\n{parts[1]}", with_context),
        "only the end": (parts[-1], sure),
        "hidden signs": (hidden, sure),
        "no place stored": (TEXT, [Passage(id=p.id, quote=p.quote) for p in sure]),
        "nothing": ("", sure),
    }


def odd() -> Made:
    """Return what is unlike an article in one language, and annotations that are wrong."""
    rows = "\n".join(f"Road {i} is open. Traffic is light on road {i}." for i in range(12))
    place = normalise(rows).text.index("is open", 100)
    same = [
        Passage(id="by place", quote="is open", start=place),
        Passage(id="by quote", quote="is open"),
        Passage(
            id="by context",
            quote="is open",
            start=3,
            prefix="on road 5. Road 6 ",
            suffix=". Traffic is light on road 6.",
        ),
    ]
    mixed = (
        "Caf\u0065\u0301 A\u030a 😀 am Fluss. 橋は二〇一一年に開通した。 "
        "پل در سال ۱۳۸۹ باز شد؛ طول آن ۲۱۶ متر است. "
        "𠮷野 町の橋。 สะพานเปิดแล้ว. Körpü 1989-cu ildə İlisuda açıldı. 😀😀 The end of it."
    )
    quotes = ["am Fluss", "橋は二〇一一年", "طول آن ۲۱۶ متر", "町の橋", "เปิดแล้ว"]
    quotes += ["İlisuda açıldı", "The end"]
    tongues = [passage(mixed, quote, number=i) for i, quote in enumerate(quotes)]
    wrong = [
        Passage(id="beyond", quote="Two lanes and a footway", start=99_999),
        Passage(id="elsewhere", quote="Two lanes and a footway", start=3),
        Passage(id="empty", quote=""),
        Passage(id="signs only", quote="–,”", start=7),
        Passage(id="one word", quote="culvert", start=90),
        Passage(id="not there", quote="an airport in the desert", start=90),
        Passage(id="same words", quote="Hatch Hill", start=200),
        Passage(id="same words, apart", quote="Hatch Hill", start=640),
    ]
    return {
        "rows that say the same": (rows, same),
        "many tongues": (mixed, tongues),
        "many tongues, moved": (f"😀 Å\u0301 zuerst. {mixed}", tongues),
        "many tongues, decomposed": (unicodedata.normalize("NFD", mixed), tongues),
        "wrong annotations": (TEXT, wrong),
    }


ENGLISH = (
    "Officials said that the first train had left. The bridge is 374 metres long and was built "
    "in two years. Work on the railway from the border has not begun; trucks will cross until "
    "the offices are ready."
)
PERSIAN = (
    "ایران پل جدیدی در آغبند گشود. این پل ۳۷۴ متر طول دارد و ۳٫۵ میلیون تن می‌برد. "
    "کامیون‌ها از جلفا می‌گذرند. راه‌آهن رشت به آستارا ۱۶۲ کیلومتر است."
)


def written() -> Made:
    """Return texts that say the same in other letters, and some that do not."""
    english = ("Officials said", "bridge is 374 metres long", "railway from the border", "offices")
    persian = ("این پل ۳۷۴ متر طول دارد", "۳٫۵ میلیون تن", "کامیون‌ها از جلفا", "آستارا ۱۶۲")
    latin = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789.")
    arabic = str.maketrans("۰۱۲۳۴۵۶۷۸۹یک", "٠١٢٣٤٥٦٧٨٩يك")
    stored_english = [passage(ENGLISH, quote, number=i) for i, quote in enumerate(english)]
    stored_persian = [passage(PERSIAN, quote, number=i) for i, quote in enumerate(persian)]
    ligatures = ENGLISH.replace("ffi", "\ufb03").replace("fi", "\ufb01")
    hyphens = ENGLISH.replace("Officials", "Offi-\ncials").replace("railway", "rail-\nway")
    return {
        "ligatures": (ligatures, stored_english),
        "line-break hyphens": (hyphens, stored_english),
        "hyphens left hanging": (
            "A pre- and a post-war bridge, mid- or end-loaded.",
            [Passage(id="hanging", quote="a post-war bridge, mid- or end")],
        ),
        "footnote marks": (ENGLISH.replace("bridge", "bridge[1]"), stored_english),
        "negated": (ENGLISH.replace("is 374", "is not 374"), stored_english),
        "number changed": (ENGLISH.replace("374", "473"), stored_english),
        "Arabic letters": (PERSIAN.translate(arabic), stored_persian),
        "Latin digits": (PERSIAN.translate(latin), stored_persian),
        "stretched, without half-spaces": (
            PERSIAN.replace("\u200c", "").replace("پل", "پ\u0640ل"),
            stored_persian,
        ),
        "Persian number changed": (PERSIAN.replace("۳۷۴", "۴۷۳"), stored_persian),
    }


def inside_words() -> Made:
    """Return quotes that begin or end inside a word, and quotes whose context stands elsewhere."""
    normal = normalise(ENGLISH).text
    made = []
    for quote in ("ridge is 374 metres lo", "4 metres long", "ailway fro", "train"):
        start = normal.index(quote)
        end = start + len(quote)
        around = normal[max(0, start - 20) : start], normal[end : end + 20]
        context = Passage(f"context {quote}", quote, None, *around)
        made += [Passage(f"place {quote}", quote, start), context]
    others = [
        Passage(id="contradicted", quote="first train", prefix="the last ", suffix=" came home"),
        Passage(id="half", quote="first train", prefix="that the ", suffix=" came home"),
        Passage(id="another word", quote="ridge is", start=3, prefix="a f", suffix=" cold"),
    ]
    return {
        "inside words": (ENGLISH, made),
        "inside words, moved": (f"Read first: roads are slippery.\n\n{ENGLISH}", made),
        "context elsewhere": (ENGLISH, others),
    }


def by_chance() -> Made:
    """Return texts with words and sentences changed by chance."""
    made: Made = {}
    for seed in range(SEEDS):
        dice = random.Random(seed)  # noqa: S311 - it must repeat
        strength = (0.02, 0.05, 0.1, 0.2, 0.4)[seed % 5]
        sentences = re.findall(r".+?[.!?]”?(?:\s+|$)|.+\n+", TEXT)
        for i in range(len(sentences) - 1):
            if dice.random() < strength:
                sentences[i], sentences[i + 1] = sentences[i + 1], sentences[i]
        words: list[str] = []
        for word in "".join(sentences).split(" "):
            chance = dice.random() / strength
            if chance < 1:
                words += [[], ["again"], [word, "and", word], [f"{word}s"]][int(chance * 4)]
            else:
                words.append(word)
        made[f"by chance {seed}"] = (" ".join(words), stored(context=seed % 2 == 1))
    return made


def case(name: str, text: str, passages: list[Passage], *, same: bool = False) -> dict[str, Any]:
    """Return one entry of the file."""
    normal = normalise(text)
    expect = [
        {
            "status": answer.status,
            "start": answer.start,
            "end": answer.end,
            "places": answer.places,
            "score": round(answer.score, 6),
            "found": None
            if answer.start is None or answer.end is None
            else text[slice(*normal.original(answer.start, answer.end))],
        }
        for answer in anchor(normal, passages, same=same)
    ]
    given = [
        {
            key: value
            for key, value in vars(p).items()
            if key in {"id", "quote"} or value or (key, value) == ("start", 0)
        }
        for p in passages
    ]
    return {"name": name, "text": text, "same": same, "passages": given, "expect": expect}


def main() -> None:
    """Write the file."""
    made = edited() | odd() | written() | inside_words() | by_chance()
    known = ("the same", "no place stored", "rows that say the same")
    cases = [case(name, *made[name]) for name in made]
    cases += [case(f"{name}, known", *made[name], same=True) for name in known]
    lines = ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases)
    FILE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"Wrote {FILE.name}: {len(cases)} cases.")  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
