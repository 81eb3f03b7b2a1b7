"""Texts to anchor passages in: four articles of our own, and two made of set phrases.

The made ones are the hard ones: they say nearly the same thing again and again, as
timetables and chronicles do. They come out the same at every call.
"""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["REPETITIVE", "texts"]

REPETITIVE = frozenset({"bulletin", "chronicle"})
"""The texts that are made of set phrases."""

_FOLDER = Path(__file__).parent / "texts"
_SHIPPED = Path(__file__).parents[1] / "data" / "north-south" / "article.txt"
_NAMES = (
    "Alder Amber Anvil Aspen Barrow Beacon Birch Bracken Cairn Candle Cedar Chalk Cinder Clover"
    " Copper Coral Crane Dale Ember Falcon Fern Flint Garnet Glen Hazel Heron Holly Iris Ivory"
    " Juniper Kestrel Lark Laurel Linden Maple Marten Meadow Mill Moor Oak Osprey Otter Pebble"
    " Pike Plover Quarry Raven Reed Rowan Sable Saffron Slate Sorrel Swift Tansy Tarn Thistle"
    " Umber Vale Willow Wren Yarrow"
).split()
_ENDS = ("bridge", "crossing", "ferry", "halt", "junction", "landing", "lock", "pass", "tunnel")
_WHO = (
    "the county", "the railway company", "a group of four firms", "the ministry of works",
    "the owners of the quarry", "an engineer from the coast", "the parish of Upper Marl",
    "the harbour board", "a retired surveyor", "the waterworks", "the regional assembly",
)  # fmt: skip
_DID = (
    "asked for a second opinion", "paid for new rails", "found the drawings in an attic",
    "objected to the noise", "laid the first stone in heavy rain", "agreed to share the cost",
    "closed the road for a week", "sold the old cranes", "promised a footway on both sides",
    "measured the flow every morning", "refused to sign the contract", "planted two rows of limes",
    "moved the customs house uphill", "lost a lawsuit over the tolls", "widened the cutting",
)  # fmt: skip
_WHY = (
    "because the river had shifted", "after the flood of that spring", "although nobody had asked",
    "before the frost set in", "since the old one leaked", "in spite of the price of steel",
    "while the bakers were on strike", "as the treaty demanded", "once the snow had gone",
    "for want of a better plan", "to the surprise of the carters", "on the advice of a diver",
)  # fmt: skip
_THEN = (
    "Traffic rose to {n} carts a day.", "The bill came to {n} crowns.",
    "It took {n} days and no one was hurt.", "A storm carried off {n} metres of the dam.",
    "The {w} opinion was never printed.", "Some {n} people came to watch.",
    "Its span is {n} feet, measured twice.", "The keeper counted {n} sheep and one piano.",
    "Only the {w} lamp was lit that night.", "Nothing more is known of the {w} arch.",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "last")


def texts() -> dict[str, str]:
    """Return the texts by name, the shortest first."""
    paths = [_SHIPPED, *_FOLDER.glob("*.txt")]
    made = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    made["bulletin"] = _bulletin(random.Random(1), characters=12_000)
    made["chronicle"] = _chronicle(random.Random(2), characters=50_000)
    return dict(sorted(made.items(), key=lambda item: len(item[1])))


def _bulletin(dice: random.Random, *, characters: int) -> str:
    """Return notices that differ by little more than a name and a number."""
    out = ["Bulletin of crossings"]
    while sum(map(len, out)) < characters:
        name = f"{dice.choice(_NAMES)} {dice.choice(_ENDS)}"
        year, cars = dice.randint(1890, 2020), dice.randint(20, 900)
        out.append(
            f"The {name} opened in {year}. It is {dice.randint(20, 400)} metres long and carries"
            f" {cars} vehicles a day. The {name} is closed to lorries of more than"
            f" {dice.choice((3.5, 7.5, 12, 40))} tonnes, and on"
            f" {dice.choice(('Sundays', 'market days'))}"
            f" to all traffic. Work on the {name} began in {year - dice.randint(2, 6)} and cost"
            f" {dice.randint(1, 90)}.{dice.randint(0, 9)} million crowns."
        )
    return "\n\n".join(out) + "\n"


def _chronicle(dice: random.Random, *, characters: int) -> str:
    """Return a long chronicle in which phrases come back."""
    out: list[str] = ["A chronicle of roads and rivers"]
    while sum(map(len, out)) < characters:
        out.append(" ".join(_entry(dice) for _ in range(dice.randint(2, 6))))
    return "\n\n".join(out) + "\n"


def _entry(dice: random.Random) -> str:
    name = f"{dice.choice(_NAMES)} {dice.choice(_ENDS)}"
    opening = f"In {dice.randint(1801, 1999)}" if dice.random() < 0.5 else f"At {name}"
    body = f"{opening}, {dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHY)}."
    if dice.random() < 0.6:
        more = dice.choice(_THEN).format(n=dice.randint(2, 990), w=dice.choice(_ORDINALS))
        body += f" {more}"
    return body
