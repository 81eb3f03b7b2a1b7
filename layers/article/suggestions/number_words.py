"""The words by which numbers, units, bounds and quantities are known in an English text.

Tables and the patterns made of them; finds nothing by itself.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.wording.quantity import Bound

__all__ = ["BOUNDS", "CURRENCIES", "MONTHS", "PERIODS", "QUANTITIES", "SCALES", "SMALL", "UNITS"]

SCALES: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("thousand", "k"), 1e3),
        **dict.fromkeys(("million", "mln", "mn"), 1e6),
        **dict.fromkeys(("billion", "bln", "bn"), 1e9),
        **dict.fromkeys(("trillion", "trln", "tn"), 1e12),
    }
)

SMALL: Mapping[str, int] = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            (
                "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                "eighteen", "nineteen", "twenty",
            ),
            start=1,
        )
    }
)  # fmt: skip
"""Numbers that are often written as words."""

CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        r"€|euros?|eur": "EUR",
        r"us ?\$|\$|u\.?s\.? dollars?|dollars?|usd": "USD",
        r"£|pounds sterling|gbp": "GBP",
        r"azn|manats?|₼": "AZN",
        r"rub|rou?bles?|₽": "RUB",
        r"inr|rupees?|₹": "INR",
        r"kzt|tenge|₸": "KZT",
        r"irr|rials?": "IRR",
        r"try|turkish lira|₺": "TRY",
        r"cny|yuan|renminbi": "CNY",
        r"jpy|yen|¥": "JPY",
        r"chf|swiss francs?": "CHF",
    }
)
"""Patterns of a currency before or after a number, and its code."""

UNITS: Mapping[str, str] = MappingProxyType(
    {
        r"km ?/ ?h|kph|kilomet(?:re|er)s? (?:per|an) hour": "km/h",
        r"mph|miles (?:per|an) hour": "mph",
        r"km ?[2²]|sq(?:uare|\.)? ?(?:km|kilomet(?:re|er)s?)": "km2",
        r"m ?[2²]|sq(?:uare|\.)? ?(?:m|met(?:re|er)s?)": "m2",
        r"hectares?|ha": "ha",
        r"km|kilomet(?:re|er)s?": "km",
        r"mm|millimet(?:re|er)s?": "mm",
        r"cm|centimet(?:re|er)s?": "cm",
        r"m|met(?:re|er)s?": "m",
        r"miles?|mi": "mi",
        r"feet|foot|ft": "ft",
        r"metric tons?|tonnes?|tons?|t": "t",
        r"mt": "Mt",
        r"%|per ?cent|pct": "%",
        r"years?": "years",
        r"months?": "months",
        r"weeks?": "weeks",
        r"days?": "days",
        r"teus?": "TEU",
        r"containers?": "containers",
        r"trucks?|lorr(?:y|ies)": "trucks",
        r"vehicles?": "vehicles",
        r"wagons?": "wagons",
        r"trains?": "trains",
        r"people|persons?|passengers?|inhabitants?|residents?|workers?": "people",
        r"bridges?": "bridges",
        r"tunnels?": "tunnels",
        r"stations?": "stations",
        r"lanes?": "lanes",
        r"spans?": "spans",
        r"tracks?": "tracks",
        r"berths?": "berths",
        r"crossings?": "crossings",
        r"(?:member )?states|countries|members": "states",
    }
)
"""Patterns of a unit after a number; those from bridges on are counts of what they name."""

PERIODS: Mapping[str, str] = MappingProxyType(
    {
        r"(?:a|per|each|every) (?:year|annum)|annually|yearly|/ ?(?:year|yr)": "year",
        r"(?:a|per|each|every) month|monthly|/ ?month": "month",
        r"(?:a|per|each|every) week|weekly|/ ?week": "week",
        r"(?:a|per|each|every) day|daily|/ ?day": "day",
    }
)

BOUNDS: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"(?:at least|no (?:less|fewer) than|minimum of) $"), "at least"),
    (re.compile(r"(?:at most|up to|no more than|maximum of|not exceed(?:ing)?) $"), "at most"),
    (re.compile(r"(?:more than|over|above|exceed(?:ing|s|ed)?|upwards of) $"), "more than"),
    (re.compile(r"(?:less than|under|below|fewer than|short of) $"), "less than"),
    (
        re.compile(r"(?:about|around|some|approximately|roughly|nearly|almost|circa|ca\.?|~) ?$"),
        "about",
    ),
)
"""What stands right before a number, in small letters, and what it makes of it."""

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "january jan", "february feb", "march mar", "april apr", "may", "june jun",
                "july jul", "august aug", "september sept sep", "october oct", "november nov",
                "december dec",
            ),
            start=1,
        )
        for name in names.split()
    }
)  # fmt: skip

QUANTITIES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "length": (
            (r"\bwid(?:e|th)\b", "width"),
            (r"\b(?:high|height)\b", "height"),
            ("", "length"),
        ),
        "gauge": (("", "gauge"),),
        "area": (("", "area"),),
        "speed": (("", "speed"),),
        "duration": (("", "duration"),),
        "money": ((r"\b(?:loan|credit|lend|lent|borrow)", "loan"), ("", "cost")),
        "share": (
            (r"\b(?:grow|grew|rose|rise|increas|jump|climb|gain|up by)", "growth"),
            (r"\b(?:fell|fall|declin|drop|decreas|shrank)", "decline"),
            (r"\b(?:complet|progress|finish|built|ready)", "progress"),
            ("", "share"),
        ),
        "mass": (
            (r"\b(?:capacit|able to|can (?:carry|handle|take)|could (?:carry|handle))", "capacity"),
            ("", "traffic"),
        ),
        "date": (
            (r"\b(?:open|inaugurat|put into (?:use|service|operation))", "opening"),
            (r"\b(?:sign|agreement|agreed|contract|memorandum)", "agreement"),
            (r"\b(?:start|beg[aiu]n|launch|kicked off|broke ground|laid)", "start"),
            (r"\b(?:complet|finish|end(?:ed|s)?\b)", "completion"),
            ("", "date"),
        ),
    }
)
"""For what a unit measures: words of the sentence, and the quantity they speak for."""
