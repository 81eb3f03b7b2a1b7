"""Read a corridor's style and say which colours and which label a feature takes.

Rules are tested in order and a later one wins; every feature resolves, also without any
rule. The style is data: colours and words, no code. This module draws no sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.folder.files import STYLE
from corridormap.layers.theme import LAYER_COLORS
from corridormap.layers.wording.plainly import HEX, findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FeatureStyle", "LayerStyle", "Rule", "Style"]

Hex = Annotated[str, Field(pattern=HEX)]
Plain = str | int | float | bool


class LayerStyle(BaseModel):
    """The colours of a layer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    color: Hex
    label_color: Hex | None = None


class Rule(BaseModel):
    """What some features take instead, chosen by layer and by properties."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layer: str | None = None
    where: dict[str, Plain | tuple[Plain, ...]] = {}
    color: Hex | None = None
    label_color: Hex | None = None
    label_rank: Annotated[int, Field(ge=0, le=1000)] | None = None
    label: bool | None = None

    def holds(self, layer: str, properties: Mapping[str, Any]) -> bool:
        """Tell whether the rule speaks of a feature."""
        if self.layer is not None and self.layer != layer:
            return False
        return all(_matches(properties.get(key), wanted) for key, wanted in self.where.items())


@dataclass(frozen=True)
class FeatureStyle:
    """What a feature takes after every rule was asked."""

    color: str
    label_color: str
    label_rank: int | None
    label: bool


class Style(BaseModel):
    """The whole of style.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layer: dict[str, LayerStyle] = {}
    rule: tuple[Rule, ...] = ()

    def layer_color(self, layer: str, *, order: int = 0) -> str:
        """Return a layer's colour; one that names none takes the palette's, by its order."""
        if layer in self.layer:
            return self.layer[layer].color.upper()
        return LAYER_COLORS[order % len(LAYER_COLORS)]

    def of(self, layer: str, properties: Mapping[str, Any], *, order: int = 0) -> FeatureStyle:
        """Return the style of one feature.

        Parameters
        ----------
        layer
            The id of its layer.
        properties
            Its properties as the rules may test them.
        order
            The place of the layer among the corridor's layers, from 0.
        """
        color = self.layer_color(layer, order=order)
        given = self.layer.get(layer)
        label_color = (given.label_color if given else None) or color
        label_rank, label = None, True
        for rule in self.rule:
            if not rule.holds(layer, properties):
                continue
            color = rule.color or color
            label_color = rule.label_color or label_color
            label_rank = label_rank if rule.label_rank is None else rule.label_rank
            label = label if rule.label is None else rule.label
        return FeatureStyle(color.upper(), label_color.upper(), label_rank, label)

    @classmethod
    def read(cls, raw: bytes) -> Style:
        """Read style.toml.

        Raises
        ------
        CorridorFormatError
            The file is broken or a rule says something unknown; all faults at once.
        """
        data = parse_toml(raw, file=STYLE)
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise CorridorFormatError.of(findings_of(error, file=STYLE, said=data)) from error


def _matches(value: object, wanted: object) -> bool:
    options = wanted if isinstance(wanted, tuple) else (wanted,)
    values = value if isinstance(value, list) else [value]
    return any(_same(value, option) for value in values for option in options)


def _same(value: object, option: object) -> bool:
    # True == 1 in Python but not in the files.
    return value == option and isinstance(value, bool) == isinstance(option, bool)
