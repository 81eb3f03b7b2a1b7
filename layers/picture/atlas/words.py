"""Say what an atlas page says of a claim or a feature, and which sources it leans on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.claims.checks import check_claims
from corridormap.layers.claims.words import (
    FIT_WORDS,
    aside_text,
    origins_text,
    value_text,
    why_text,
)
from corridormap.layers.picture.atlas.compact import (
    compact_feature,
    position_sources,
    position_text,
    since_label,
    status_at,
)
from corridormap.layers.picture.atlas.pen import Pen
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.kinds import STANDING_KINDS
from corridormap.layers.wording.words import (
    LANGUAGES,
    QUANTITY_LABELS,
    capital,
    day_label,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.blocks import Block
    from corridormap.layers.picture.atlas.plan import Subject
    from corridormap.layers.scene.resolve import Resolved
    from corridormap.layers.scene.scene import Event, SceneClaim, SceneFeature

__all__ = ["Manner", "Told", "feature_lead", "tell", "where_said"]

_MOST_COMPACT = 4
_LEAST_LEFT_OUT = 2
"""One row alone is never left out: saying so would take as much room."""


@dataclass(frozen=True)
class Manner:
    """How a page is told."""

    size_px: float
    """Size of the body's text."""
    most: int | None = None
    """Most events and figures of each feature; None for all of them."""
    compact: bool = False
    """Set what is known of a feature as running text, and each address on one line."""
    short_sources: bool = False
    """Set each address on one line."""


@dataclass(frozen=True)
class Told:
    """What a page tells."""

    blocks: tuple[Block, ...]
    cited: tuple[str, ...]
    """Ids of the sources that it leans on."""


def tell(subject: Subject, corridor: Corridor, date: str, width_px: float, manner: Manner) -> Told:
    """Return the texts of a subject's page below its map.

    Parameters
    ----------
    subject, corridor, date
        What the page is about, and when (ISO date).
    width_px
        Width of a column.
    manner
        How much is told, and how large.
    """
    resolved = resolve(corridor)
    pen = Pen(PALETTE, manner.size_px, width_px)
    if subject.claim is None:
        feature = subject.features[0]
        _claims(pen, feature, resolved, date)
        _feature(pen, feature, corridor, date, manner)
    else:
        _check(pen, subject.claim, corridor, date)
        for feature in subject.features:
            pen.name(feature.name, _kind_and_status(feature, date))
            _feature(pen, feature, corridor, date, manner)
    _sources(pen, subject, corridor, resolved, manner)
    return Told(tuple(pen.blocks), tuple(pen.cited))


def feature_lead(subject: Subject, date: str) -> list[Words]:
    """Return what stands under a feature's title: kind, status, local names."""
    feature = subject.features[0]
    # Of what was always there the first date only says so.
    since = "" if feature.kind in STANDING_KINDS else since_label(feature, date)
    status = f"{status_at(feature, date)} since {since}" if since else status_at(feature, date)
    text, soft = PALETTE["text"], PALETTE["text_second"]
    said = [Words(f"{feature.kind_label}, {status}", 1.0, text)]
    for code, name in feature.names.items():
        said.append(Words(f"  ·  {LANGUAGES.get(code, code)} ", 1.0, soft))
        said.append(Words(name, 1.0, text))
    return said


def where_said(claim: SceneClaim, corridor: Corridor) -> list[Words]:
    """Return where in the article a claim stands, with its quoted words."""
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    if source is None:
        return []
    place = f", paragraph {claim.paragraph}" if claim.paragraph else ""
    quote = f": “{claim.quote}”" if claim.quote else ""
    return [Words(f"  {source.line().short}{place}{quote}", 1.0, PALETTE["text_second"])]


def _kind_and_status(feature: SceneFeature, date: str) -> str:
    return f"{feature.kind_label.lower()}, {status_at(feature, date)}"


def _claims(pen: Pen, feature: SceneFeature, resolved: Resolved, date: str) -> None:
    """Say what the article claims of a feature."""
    mine = [claim for claim in resolved.claims if feature.id in claim.features]
    if not mine:
        return
    pen.heading("The article says")
    for claim in mine:
        title = claim.title.rstrip(".")
        runs = [pen.words(f"{title}. ", bold=True), pen.words(claim.text)]
        pen.numbered(claim.number, runs, keep=claim.check is not None)
        if claim.check is not None:
            pen.result(claim.check, date, indent=0.9 * pen.size_px)


def _check(pen: Pen, claim: SceneClaim, corridor: Corridor, date: str) -> None:
    """Say what testing a claim gave, value by value, and how it was tested."""
    if claim.check is None:
        return
    pen.heading("Check")
    tested = next(check for check in check_claims(corridor) if check.id == claim.id)
    values = [judged for judged in tested.values if judged.value.quantity != "text"]
    pen.result(claim.check, date, keep=bool(values))
    labels = [
        "The article" if judged.fit == "claim" else capital(FIT_WORDS[judged.fit])
        for judged in values
    ]
    widest = pen.widest(labels)
    quantity = ""
    for label, judged in zip(labels, values, strict=True):
        value = judged.value
        what = _quantity(value.quantity)
        lead = f"{what}: " if what != quantity else ""
        quantity = what
        aside = [
            part
            for part in (aside_text(value), plain(value.note), value.place, why_text(judged))
            if part
        ]
        note = f" ({'; '.join(aside)})" if aside else ""
        text = pen.words(f"{lead}{value_text(value)}{note}")
        pen.row(label, [text, *pen.refs(value.sources)], widest=widest)
    if counted := origins_text(tested.origins, corridor.sources):
        pen.text([pen.words("Origins: ", bold=True), pen.words(counted)], before=0.35)
    if claim.check.rule:
        pen.text([pen.words(claim.check.rule, "text_second", italic=True)], before=0.35)


def _quantity(word: str) -> str:
    return QUANTITY_LABELS.get(word, capital(plain(word).replace("_", " ")))


def _feature(
    pen: Pen, feature: SceneFeature, corridor: Corridor, date: str, manner: Manner
) -> None:
    """Say what is known of a feature: history, figures, position."""
    if manner.compact:
        compact_feature(pen, feature, corridor, date, most=manner.most or _MOST_COMPACT)
        return
    past = [event for event in feature.history if event.since <= date]
    later = [event for event in feature.history if event.since > date]
    pen.heading(f"Status: {status_at(feature, date)}")
    _history(pen, past, date, manner.most, earlier=True)
    if later:
        pen.text([pen.words(f"After {day_label(date)}", "text_second", bold=True)], keep=True)
        _history(pen, later, date, manner.most, earlier=False)
    if feature.facts:
        pen.heading("Figures")
        _facts(pen, feature, date, manner.most)
    pen.heading("Position")
    refs = pen.refs(position_sources(feature, corridor))
    pen.text([pen.words(position_text(feature)), *refs], before=0.2)


def _history(
    pen: Pen, events: Sequence[Event], date: str, most: int | None, *, earlier: bool
) -> None:
    """Write events; of too many, the last ones of the past and the first ones after it."""
    shown = list(events)
    left_out = len(shown) - (most or len(shown))
    if left_out >= _LEAST_LEFT_OUT:
        shown = shown[left_out:] if earlier else shown[:-left_out]
    else:
        left_out = 0
    widest = pen.widest(event.date_label for event in shown)
    if left_out and earlier:
        pen.text([pen.words(f"{left_out} earlier events", "text_second")], keep=True)
    for event in shown:
        told = pen.later(event, date) if earlier else []
        runs = [pen.words(event.text), *told, *pen.refs(event.sources)]
        pen.row(event.date_label, runs, widest=widest)
    if left_out and not earlier:
        pen.text([pen.words(f"and {left_out} more events", "text_second")])


def _facts(pen: Pen, feature: SceneFeature, date: str, most: int | None) -> None:
    facts = list(feature.facts)
    left_out = len(facts) - (most or len(facts))
    if left_out >= _LEAST_LEFT_OUT:
        facts = facts[:-left_out]
    else:
        left_out = 0
    widest = pen.widest(fact.label for fact in facts)
    label = ""
    for fact in facts:
        runs = [pen.words(fact.text), *pen.later(fact, date), *pen.refs(fact.sources)]
        pen.row(fact.label, runs, widest=widest, again=fact.label == label)
        label = fact.label
    if left_out:
        pen.text([pen.words(f"and {left_out} more figures", "text_second")])


def _sources(
    pen: Pen, subject: Subject, corridor: Corridor, resolved: Resolved, manner: Manner
) -> None:
    """List the sources that the page leans on, with their addresses."""
    if subject.claim is None:
        pen.cited.update(dict.fromkeys(subject.features[0].sources))
    if (subject.claim or subject.features[0].claims) and corridor.manifest.article:
        pen.cited[corridor.manifest.article.source] = None
    brief = manner.compact or manner.short_sources
    title = "Sources, in full at the end" if brief else "Sources"
    listed = [id_ for id_ in resolved.sources if id_ in pen.cited]
    if listed:
        pen.heading(title)
    for id_ in listed:
        # When it was checked is said once, in the list at the end.
        source = corridor.sources[id_].model_copy(update={"accessed": None}).line()
        pen.source(source, one_line=brief)
