"""Check every claim and every figure on which sources differ, and say by which rule.

One entry per annotation, in its order, also where nothing can be tested; then one per
figure of a feature on which sources differ or that the map does not fit. Text is never
judged: a check by hand may speak only where no rule does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geo.errors import CorridorError
from layers.check_words import (
    RULE_BOUNDS,
    RULE_BY_HAND,
    RULE_DATES,
    RULE_NO_VALUES,
    RULE_NOTHING,
    RULE_ONE_NUMBER,
    RULE_POINT,
    RULE_SOURCES,
    difference_text,
    gap_text,
    map_rule,
    outcome_text,
    result_label,
)
from layers.differences import differences_of
from layers.evidence import MAP, claim_value, evidence_of
from layers.quantity import Value
from layers.units import DATE, WORDS
from layers.verdict import Judged, Outcome, judge, worst
from layers.words import QUANTITY_LABELS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layers.annotation import Annotation, ClaimFigure
    from layers.annotation import ClaimCheck as HandCheck
    from layers.corridor import Corridor
    from layers.differences import Difference
    from layers.verdict import Fit, Result

__all__ = ["CheckedQuantity", "ClaimCheck", "check_claims"]

_SIZES = {"length", "width", "height"}


@dataclass(frozen=True)
class CheckedQuantity:
    """A quantity that was tested, as the claim or the feature gives it."""

    value: Value
    feature: str


@dataclass(frozen=True)
class ClaimCheck:
    """What testing a claim, or a figure of a feature, gave."""

    id: str
    """The annotation's id, or "feature/quantity"."""
    kind: Literal["claim", "figure"]
    text: str
    """What was tested."""
    quantities: tuple[CheckedQuantity, ...]
    result: Result
    label: str
    """The result to read."""
    finding: str
    """What was found, in one line without a stop; may be empty."""
    values: tuple[Judged, ...]
    """Every value that was looked at, the tested ones first."""
    rule: str
    """How it was tested, in words."""
    by_hand: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources it leans on, each once."""
        ids = [i for judged in self.values if judged.fit != "claim" for i in judged.value.sources]
        return tuple(dict.fromkeys(i for i in ids if i != MAP))


@lru_cache(maxsize=8)
def check_claims(corridor: Corridor) -> tuple[ClaimCheck, ...]:
    """Return what testing every claim, and every figure on which sources differ, gave."""
    claims = [_claim(corridor, annotation) for annotation in corridor.annotations]
    return (*claims, *_figures(corridor))


def _claim(corridor: Corridor, annotation: Annotation) -> ClaimCheck:
    article = corridor.manifest.article
    source = article.source if article else ""
    tested = [
        (figure, outcome)
        for figure in annotation.claim.figures
        if (outcome := _outcome(corridor, figure, source)) is not None
    ]
    told = [(figure, outcome) for figure, outcome in tested if outcome.result != "untestable"]
    if not told:
        return _told_by_hand(annotation, tested, source)
    result = worst(outcome.result for _, outcome in told)
    heaviest = next(outcome for _, outcome in told if outcome.result == result)
    found = [text for _, outcome in told if (text := outcome_text(outcome))]
    values = [judged for _, outcome in told for judged in _with_tested(outcome)]
    return ClaimCheck(
        id=annotation.id,
        kind="claim",
        text=plain(annotation.body.value),
        quantities=_quantities(tested),
        result=result,
        label=result_label(result, gap_text(heaviest)),
        finding="; ".join(dict.fromkeys(found)),
        values=tuple(values),
        rule=_rules(_claim_rules(corridor, figure, outcome) for figure, outcome in told),
    )


def _outcome(corridor: Corridor, figure: ClaimFigure, article: str) -> Outcome | None:
    """Return what testing a figure gave, or None where its value cannot be read."""
    try:
        return judge(claim_value(figure, article=article), evidence_of(corridor, figure))
    except CorridorError:
        return None  # named by `claim_findings`


def _told_by_hand(
    annotation: Annotation, tested: Sequence[tuple[ClaimFigure, Outcome]], article: str
) -> ClaimCheck:
    hand = annotation.claim.check
    values = [Judged(outcome.tested, "claim") for _, outcome in tested]
    if hand is not None:
        rule = RULE_BY_HAND
        values.append(_hand_value(hand, article))
    else:
        rule = RULE_NO_VALUES if annotation.claim.figures else RULE_NOTHING
    result: Result = hand.result if hand else "untestable"
    return ClaimCheck(
        id=annotation.id,
        kind="claim",
        text=plain(annotation.body.value),
        quantities=_quantities(tested),
        result=result,
        label=result_label(result),
        finding=plain(hand.text) if hand else "",
        values=tuple(values),
        rule=rule,
        by_hand=hand is not None,
    )


def _hand_value(hand: HandCheck, article: str) -> Judged:
    said = Value("text", plain(hand.text), WORDS, sources=hand.sources)
    alone = set(hand.sources) <= {article}
    fits = hand.result == "agrees" or alone
    return Judged(said, "agrees" if fits else "differs")


def _with_tested(outcome: Outcome) -> Iterator[Judged]:
    yield Judged(outcome.tested, "claim")
    yield from outcome.judged


def _quantities(tested: Iterable[tuple[ClaimFigure, Outcome]]) -> tuple[CheckedQuantity, ...]:
    return tuple(CheckedQuantity(o.tested, figure.feature or "") for figure, o in tested)


def _claim_rules(corridor: Corridor, figure: ClaimFigure, outcome: Outcome) -> Iterator[str]:
    if outcome.values("agrees", "differs"):
        yield from _source_rules([outcome.tested, *outcome.values("agrees", "differs")])
    if outcome.values("other unit", "other part"):
        yield RULE_ONE_NUMBER
    layer = corridor.layer_of(figure.feature) if figure.feature else None
    if layer is not None and figure.feature:
        said = layer.features[figure.feature]
        if outcome.measured:
            yield map_rule(said, outcome.measured.value)
        elif figure.quantity in _SIZES and "Point" in _shape(corridor, figure.feature):
            yield RULE_POINT


def _source_rules(values: Sequence[Value]) -> Iterator[str]:
    dates = values[0].unit == DATE
    yield RULE_DATES if dates else RULE_SOURCES
    if not dates and any(value.bound for value in values):
        yield RULE_BOUNDS


def _shape(corridor: Corridor, feature: str) -> str:
    layer = corridor.layer_of(feature)
    return str(layer.frame.geometry.loc[feature].geom_type) if layer else ""


def _rules(rules: Iterable[Iterable[str]]) -> str:
    return " ".join(dict.fromkeys(rule for some in rules for rule in some))


def _figures(corridor: Corridor) -> Iterator[ClaimCheck]:
    seen: dict[str, int] = {}
    for found in differences_of(corridor):
        identity = f"{found.feature}/{found.name}"
        seen[identity] = seen.get(identity, 0) + 1
        if seen[identity] > 1:
            identity = f"{identity}-{seen[identity]}"
        yield _figure(corridor, found, identity)


def _figure(corridor: Corridor, found: Difference, identity: str) -> ClaimCheck:
    said = found.layer.features[found.feature]
    word = found.quantity.replace("_", " ")
    label = QUANTITY_LABELS.get(found.quantity, word)
    values = [Judged(value, "differs") for value in found.values]
    gaps = ""
    if found.measured is not None:
        outcome = judge(found.measured, found.values)
        fit: Fit = "agrees" if outcome.values("agrees") else "differs"
        values.append(Judged(found.measured, fit))
        if not found.one_source and found.result == "differs":
            gaps = gap_text(outcome)
    of = f" ({plain(found.of)})" if found.of else ""
    return ClaimCheck(
        id=identity,
        kind="figure",
        text=f"{plain(said.name)}: {plain(label).lower()}{of}",
        quantities=(CheckedQuantity(found.values[0], found.feature),),
        result=found.result,
        label=result_label(found.result, gaps, one_source=found.one_source),
        finding=difference_text(found),
        values=tuple(values),
        rule=_rules([_figure_rules(corridor, found)]),
    )


def _figure_rules(corridor: Corridor, found: Difference) -> Iterator[str]:
    yield from _source_rules(found.values)
    if len({value.dimension for value in found.values}) > 1:
        yield RULE_ONE_NUMBER
    if found.measured is not None:
        yield map_rule(found.layer.features[found.feature], found.measured)
    elif found.quantity in _SIZES and "Point" in _shape(corridor, found.feature):
        yield RULE_POINT
