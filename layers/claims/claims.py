"""Check one claim: its numbers and dates against sources and map, its words by hand.

A check by hand speaks only where no rule does. The article is no source for its own claim,
and what is one origin with it does not confirm it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError
from corridormap.layers.claims.check import (
    SIZES,
    CheckedQuantity,
    ClaimCheck,
    joined_rules,
    source_rules,
)
from corridormap.layers.claims.evidence import claim_value, evidence_of
from corridormap.layers.claims.origins import origins_of
from corridormap.layers.claims.rules import (
    RULE_BY_HAND,
    RULE_COMPILED,
    RULE_GUESSED,
    RULE_NO_VALUES,
    RULE_NOTHING,
    RULE_ONE_NUMBER,
    RULE_ORIGINS,
    RULE_POINT,
    RULE_SAYS_NOTHING,
    RULE_UNLIKE,
    map_rule,
)
from corridormap.layers.claims.verdict import Judged, Outcome, judge, judge_by_hand, worst
from corridormap.layers.claims.words import gap_text, outcome_text, result_label
from corridormap.layers.corridor.where import places_text
from corridormap.layers.wording.quantity import Value, span_of
from corridormap.layers.wording.units import WORDS
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corridormap.layers.claims.origins import Origin
    from corridormap.layers.claims.verdict import Fit
    from corridormap.layers.corridor.annotation import Annotation
    from corridormap.layers.corridor.claim import ClaimFigure, HandCheck
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["check_claim", "outcome_of"]


def check_claim(corridor: Corridor, annotation: Annotation) -> ClaimCheck:
    """Return what testing a claim gave; by hand only where no rule can say anything."""
    article = corridor.manifest.article
    source = article.source if article else ""
    tested = [
        (figure, outcome)
        for figure in annotation.claim.figures
        if (outcome := _outcome(corridor, figure, source)) is not None
    ]
    told = [(figure, outcome) for figure, outcome in tested if outcome.result != "untestable"]
    if not told and (annotation.claim.check or not any(o.judged for _, o in tested)):
        return _told_by_hand(corridor, annotation, tested, source)
    told = told or tested
    result = worst(outcome.result for _, outcome in told)
    heaviest = min(
        (outcome for _, outcome in told if outcome.result == result), key=lambda o: o.independent
    )
    found = [text for _, outcome in told if (text := outcome_text(outcome, corridor.sources))]
    values = [judged for _, outcome in told for judged in _with_tested(outcome)]
    return ClaimCheck(
        id=annotation.id,
        kind="claim",
        text=plain(annotation.body.value),
        quantities=_quantities(tested),
        result=result,
        label=result_label(result, gaps=gap_text(heaviest), independent=heaviest.independent),
        finding="; ".join(dict.fromkeys(found)),
        values=tuple(values),
        origins=tuple(dict.fromkeys(origin for _, outcome in told for origin in outcome.origins)),
        rule=joined_rules(
            rule for figure, outcome in told for rule in _claim_rules(corridor, figure, outcome)
        ),
    )


def _outcome(corridor: Corridor, figure: ClaimFigure, article: str) -> Outcome | None:
    """Return what testing a figure gave, or None where its value cannot be read."""
    try:
        return outcome_of(corridor, figure, article=article)
    except CorridorError:
        return None  # named by `claim_findings`


def outcome_of(corridor: Corridor, figure: ClaimFigure, *, article: str) -> Outcome:
    """Return what testing one figure of a claim gave.

    Raises
    ------
    CorridorFormatError
        Its value, or one it is held against, is no number or no date.
    """
    value = claim_value(figure, article=article)
    others = evidence_of(corridor, figure)
    for given in (value, *others):
        if given.unit != WORDS:
            span_of(given)
    return judge(value, others, origins_of(corridor))


def _told_by_hand(
    corridor: Corridor,
    annotation: Annotation,
    tested: Sequence[tuple[ClaimFigure, Outcome]],
    article: str,
) -> ClaimCheck:
    hand = annotation.claim.check
    values = [Judged(outcome.tested, "claim") for _, outcome in tested]
    told = judge_by_hand(hand, origins_of(corridor))
    rules = [RULE_BY_HAND]
    if hand is not None:
        values.append(_hand_value(hand, article))
        rules += _origin_rules(corridor, told.origins)
    else:
        rules = [RULE_NO_VALUES if annotation.claim.figures else RULE_NOTHING]
    return ClaimCheck(
        id=annotation.id,
        kind="claim",
        text=plain(annotation.body.value),
        quantities=_quantities(tested),
        result=told.result,
        label=result_label(told.result, independent=told.independent),
        finding=plain(hand.text) if hand else "",
        values=tuple(values),
        origins=told.origins,
        rule=joined_rules(rules),
        by_hand=hand is not None,
    )


def _hand_value(hand: HandCheck, article: str) -> Judged:
    place = places_text(hand.where)
    said = Value("text", plain(hand.text), WORDS, place=place, sources=hand.sources)
    if set(hand.sources) <= {article}:
        return Judged(said, "claim")
    fits: dict[str, Fit] = {
        "agrees": "agrees",
        "not_comparable": "not comparable",
        "untestable": "says nothing",
    }
    return Judged(said, fits.get(hand.result, "differs"))


def _with_tested(outcome: Outcome) -> Iterator[Judged]:
    yield Judged(outcome.tested, "claim")
    yield from outcome.judged


def _quantities(tested: Iterable[tuple[ClaimFigure, Outcome]]) -> tuple[CheckedQuantity, ...]:
    return tuple(CheckedQuantity(o.tested, figure.feature or "") for figure, o in tested)


def _origin_rules(corridor: Corridor, origins: Sequence[Origin]) -> Iterator[str]:
    if origins:
        yield RULE_ORIGINS
    if any(not origin.own for origin in origins) and origins_of(corridor).compiled:
        yield RULE_COMPILED
    if any(origin.guess for origin in origins):
        yield RULE_GUESSED


def _claim_rules(corridor: Corridor, figure: ClaimFigure, outcome: Outcome) -> Iterator[str]:
    held = outcome.values("agrees", "differs", "says nothing")
    if held:
        yield from source_rules([outcome.tested, *held])
    yield from _origin_rules(corridor, outcome.origins)
    if outcome.values("other unit"):
        yield RULE_ONE_NUMBER
    if outcome.values("not comparable"):
        yield RULE_UNLIKE
    if any(judged.fit == "says nothing" for judged in outcome.judged):
        yield RULE_SAYS_NOTHING
    layer = corridor.layer_of(figure.feature) if figure.feature else None
    if layer is None or figure.feature is None:
        return
    if outcome.measured:
        yield map_rule(layer.features[figure.feature], outcome.measured.value)
    elif figure.quantity in SIZES and layer.frame.geom_type[figure.feature] == "Point":
        yield RULE_POINT
