"""Hold what a reader found in a file, as it stood there: nothing mended or transformed.

Also the one place where a reader's values are checked on their way in. Knows no format.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorError, ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Fault, Finding
    from corridormap.geo.formats.limits import Limits

__all__ = [
    "LayerChoiceError",
    "LayerNote",
    "Row",
    "Shaped",
    "StatedCrs",
    "Table",
    "chosen",
    "clean_value",
    "count",
    "short",
    "too_many",
]

_UNSEEN = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")


@dataclass(frozen=True)
class StatedCrs:
    """What a file says of its coordinate system."""

    words: str = ""
    """As the file has it; empty when it says nothing."""
    text: str = ""
    """EPSG:4326, WKT or PROJJSON, to be understood; empty when it says nothing."""


@dataclass(frozen=True)
class Shaped:
    """A shape made of what a file has, and what was done to make it."""

    shape: BaseGeometry | None
    """None where the file has no position."""
    opened: bool = False
    """Whether rings were not closed in the file."""
    lost: tuple[Fault, ...] = ()
    """Parts of it that are no shapes."""


@dataclass(frozen=True)
class Row:
    """One feature as it stood in the file."""

    where: str
    """How messages name it, such as "feature 3 (line 17)"."""
    geometry: BaseGeometry | None
    properties: Mapping[str, Any]
    id: str = ""
    """The file's own id, if it has one."""
    open_rings: bool = False
    """Whether rings of it were not closed in the file; in `geometry` they are."""
    lost: tuple[Finding, ...] = ()
    """Parts and values of it that cannot be kept, each with the reason."""


@dataclass(frozen=True)
class LayerNote:
    """A layer of a file, for the choice between several."""

    name: str
    features: int


@dataclass(frozen=True)
class Table:
    """One layer of a file as it stood there."""

    format: str
    layer: str
    layers: tuple[LayerNote, ...]
    """All layers of the file, this one among them."""
    rows: tuple[Row, ...]
    crs: StatedCrs
    said: tuple[str, ...] = field(default=())
    """What of the file was read otherwise than one may expect, in sentences."""
    left_out: tuple[Finding, ...] = field(default=())
    """Features, parts and values that cannot be kept, each with the reason."""
    origin: Mapping[str, str] = field(default_factory=dict)
    """What is known of its source by its format: fields of CSL-JSON."""


class LayerChoiceError(ReadError):
    """The file has several layers and none was chosen, or one that is not there."""

    def __init__(
        self, code: str, *, file: str = "", layers: tuple[LayerNote, ...] = (), **said: Any
    ) -> None:
        listed = "; ".join(f"'{short(note.name)}' ({count(note.features)})" for note in layers[:20])
        super().__init__(code, file=file, known=listed, **said)
        self.layers = layers


def chosen(layers: Sequence[LayerNote], wanted: str | None, *, file: str) -> str:
    """Return the name of the layer to read: the wanted one, or the only one.

    Raises
    ------
    ReadError
        The file has no layer.
    LayerChoiceError
        It has several and none is wanted, or the wanted one is not there.
    """
    if not layers:
        raise ReadError("no-layer-with-positions", file=file)
    names = [note.name for note in layers]
    if wanted is None and len(layers) == 1:
        return names[0]
    if wanted in names:
        return wanted
    if wanted is None:
        raise LayerChoiceError("several-layers", file=file, layers=tuple(layers), n=len(layers))
    raise LayerChoiceError(
        "layer-is-not-in-file", file=file, layers=tuple(layers), layer=short(wanted)
    )


def clean_value(value: Any, limits: Limits) -> Any:
    """Return a property's value as JSON can hold it.

    Raises
    ------
    CorridorError
        With a problem and a remedy only: the value cannot be kept.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _text(value, limits)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise CorridorError("column-holds-endless-number")
        return value
    if isinstance(value, dict):
        return {_text(str(k), limits): clean_value(part, limits) for k, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_value(part, limits) for part in value]
    raise CorridorError("column-holds-other-data")


def _text(value: str, limits: Limits) -> str:
    if len(value) > limits.text_chars:
        raise CorridorError(
            "column-holds-too-long-text", n=f"{len(value):,}", most=f"{limits.text_chars:,}"
        )
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise CorridorError("column-holds-broken-text") from None
    return value


def too_many(what: str, found: int, most: int, *, file: str, where: str = "") -> ReadError:
    """Return the error for a file that holds more of something than is accepted."""
    return ReadError(
        "more-than-can-be-read",
        file=file,
        feature=where,
        found=f"{found:,}",
        what=what,
        most=f"{most:,}",
    )


def short(text: object, limit: int = 60) -> str:
    """Return a quoted piece of a file, cut and made one line."""
    line = str(text).translate(_UNSEEN).strip().encode("utf-8", "replace").decode()
    return f"{line[: limit - 1]}…" if len(line) > limit else line


def count(number: int, noun: str = "feature") -> str:
    """Return a number with its noun: "1 feature", "3 features"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
