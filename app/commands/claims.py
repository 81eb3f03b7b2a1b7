"""``corridormap claims``: test the article's numbers against the map and the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from corridormap.app.commands.common import (
    as_json_flag,
    corridor_argument,
    count,
    open_corridor,
    plain_errors,
    say,
    say_json,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.claims.entries import OriginEntry

__all__ = ["claims"]


@click.command()
@corridor_argument
@as_json_flag
@plain_errors
def claims(corridor: str, *, as_json: bool) -> None:
    """Say of each claim, and of each figure on which sources differ, what checking it gave."""
    from corridormap.app.exporting.claims import claims_report
    from corridormap.layers.claims.words import RESULT_WORDS

    report = claims_report(open_corridor(corridor))
    if as_json:
        say_json(report)
        return
    for entry in report:
        say(f"{entry['id']}: {RESULT_WORDS[entry['result']].lower()}")
        say(f"  {entry['text']}")
        for value in entry["values"]:
            say(f"    {_value(value)}")
        if entry["origins"]:
            say(f"  Origins: {_origins(entry['origins'])}")
        say(f"  Rule: {entry['rule']}")
    tell(count(len(report), "entry").replace("entrys", "entries") + ".")


def _origins(origins: Sequence[OriginEntry]) -> str:
    told = []
    for origin in origins:
        own = ", the article's own" if origin["own"] else ""
        guess = f", guessed from equal {origin['guess']}" if origin["guess"] else ""
        told.append(f"{' = '.join(origin['sources'])}{own}{guess}")
    return "; ".join(told)


def _value(value: Mapping[str, Any]) -> str:
    amount = " ".join(str(value[key]) for key in ("value", "unit") if value.get(key) is not None)
    sources = value.get("sources", [])
    why = f": {value['why']}" if "why" in value else ""
    return f"{amount} ({', '.join(sources)}): {value['fit']}{why}"
