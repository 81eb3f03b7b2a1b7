"""Say what an export is asked to be: its form, layout, density and what stands on it.

A small frozen value that fits in an address, as the view does. Draws nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from corridormap.app.exporting.option_words import (
    ALT_CHARS,
    LARGEST_PX,
    SMALLEST_PX,
    alt,
    choice,
    edition_code,
    hand,
    millimetres,
    one_of,
    parse_size,
    switch,
)
from corridormap.app.exporting.sizes import (
    CUSTOM,
    DPI,
    LAYOUTS,
    MM_PER_INCH,
    PAPERS_MM,
    PX_PER_INCH,
    SCREENS,
)
from corridormap.geo.errors import ViewError
from corridormap.layers.corridor.layouts import SMALLEST_MM, Hand, Millimetres
from corridormap.layers.picture import Layout
from corridormap.layers.picture.turn.budget import MOST_PIXELS
from corridormap.layers.theme import LayoutName, ProjectionWish
from corridormap.layers.wording.edition_code import EditionCode  # noqa: TC001  pydantic reads it
from corridormap.layers.wording.plainly import SLUG, RefusedValueError
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "FORMATS",
    "Arrangement",
    "Density",
    "ExportOptions",
    "Format",
    "LayoutName",
]

Format = Literal["png", "svg", "pdf", "html"]
Arrangement = Literal["auto", "map", "beside", "below", "changes"]
Density = Literal["auto", "screen", "double", "print"]

FORMATS: tuple[Format, ...] = get_args(Format)
_SMALLEST_TEXT_PX = {"screen": 12.0, "paper": 9.5}
"""Of a text: print reads smaller ones, of 7 pt."""


Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]


class ExportOptions(BaseModel):
    """What is made of a view."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Format = "png"
    layout: LayoutName = "custom"
    size_px: tuple[int, int] = (1600, 1000)
    """Width and height in CSS px; only the layout "custom" reads it."""
    arrangement: Arrangement = "auto"
    """Where the claims stand: left of the map, below it, or nowhere ("map"); or two maps, before
    and after ("changes")."""
    density: Density = "auto"
    """Of a PNG: 96, 192 or 300 dpi; "auto" is 300 on paper and 96 elsewhere."""
    claims: bool = True
    locator: bool = True
    inset: bool = True
    projection: ProjectionWish = "auto"
    """"auto" is as the corridor says, else as suits the extent."""
    width_mm: Millimetres | None = None
    """In place of the layout's size: its width on paper, at which it keeps its shape
    and is 90 mm high at least."""
    height_mm: Millimetres | None = None
    """With a width: its height."""
    transparent: bool = False
    """Leave out the paper, so that the page behind is seen."""
    greyscale: bool = False
    black: bool = False
    """Pure black for what is written and inked: one plate of a press."""
    code: EditionCode | None = None
    """The published edition that a picture is of, printed as a small code beside the credits."""
    named: Slug | None = None
    """The corridor's own layout that it is; files are named after it."""
    hand: Hand = Hand()
    """What is decided by hand."""
    alt_text: str | None = Field(default=None, max_length=ALT_CHARS)
    """Words for those who cannot see the picture; None: as drafted from the scene."""

    @field_validator("alt_text")
    @classmethod
    def _one_line(cls, text: str | None) -> str | None:
        return (plain(" ".join(text.split())) or None) if text else None

    @model_validator(mode="after")
    def _can_be_drawn(self) -> Self:
        if not all(SMALLEST_PX <= side <= LARGEST_PX for side in self.size_px):
            raise RefusedValueError(
                "size-cannot-be-drawn", width=self.size_px[0], height=self.size_px[1]
            )
        if self.height_mm is not None and self.width_mm is None:
            raise RefusedValueError("height-in-mm-needs-width")
        width, height = self.pixels
        if self.format == "png" and width * height > MOST_PIXELS:
            raise RefusedValueError("too-many-pixels-to-draw", width=width, height=height)
        return self

    @classmethod
    def from_query(
        cls,
        query: Mapping[str, str],
        *,
        format: str,  # noqa: A002
        own: Sequence[str] = (),
    ) -> Self:
        """Return the options that an address or a command asks for.

        Parameters
        ----------
        query
            Names and values: layout, size, width_mm, height_mm, arrange, density, projection,
            named, code; claims, locator, inset, transparent, greyscale, black (1 or 0); alt; hand
            (JSON, see `corridormap.layers.corridor.layouts.Hand`). Other names are somebody
            else's and are ignored.
        format
            png, svg, pdf or html.
        own
            Layouts of the corridor's own, to be named beside the words where there is none.

        Raises
        ------
        ViewError
            A value cannot be used; it is named.
        """
        if query.get("layout") is not None:
            one_of("layout", str(query["layout"]), LAYOUTS, also=own)
        values: dict[str, Any] = {"format": one_of("format", format, FORMATS)}
        for key, (field, read) in _READERS.items():
            if query.get(key) is not None:
                values[field] = read(str(query[key]))
        if "size_px" in values and "layout" not in values:
            values["layout"] = CUSTOM
        try:
            return cls.model_validate(values)
        except ValueError as error:  # pydantic's own is one
            raise _refused(error) from error

    def to_query(self) -> dict[str, str]:
        """Return the options as names and values, without the format and what is usual."""
        whole = {
            "layout": self.layout,
            "size": f"{self.size_px[0]}x{self.size_px[1]}" if self.layout == CUSTOM else "",
            "arrange": self.arrangement,
            "density": self.density,
            "projection": self.projection,
            "claims": "" if self.claims else "0",
            "locator": "" if self.locator else "0",
            "inset": "" if self.inset else "0",
            "named": self.named or "",
            "code": self.code.text if self.code else "",
            "width_mm": _number(self.width_mm),
            "height_mm": _number(self.height_mm),
            "transparent": "1" if self.transparent else "",
            "greyscale": "1" if self.greyscale else "",
            "black": "1" if self.black else "",
            "hand": "" if self.hand.is_empty else self.hand.to_json(),
        }
        kept = {key: value for key, value in whole.items() if value not in {"", "auto"}}
        return kept if self.alt_text is None else {**kept, "alt": self.alt_text}

    @property
    def dpi(self) -> float:
        """Pixels of a PNG to the inch of 96 CSS px."""
        if self.density == "auto":
            return DPI["print" if self.on_paper else "screen"]
        return DPI[self.density]

    @property
    def on_paper(self) -> bool:
        """Whether its size is one of paper."""
        return self.width_mm is not None or self.layout in PAPERS_MM

    @property
    def page_mm(self) -> tuple[float, float] | None:
        """Width and height in millimetres; None of a size in px."""
        usual = PAPERS_MM.get(self.layout)
        if self.width_mm is None:
            return usual
        width, height = usual or SCREENS.get(self.layout, self.size_px)
        shaped = max(SMALLEST_MM, round(self.width_mm * height / width, 1))
        return self.width_mm, self.height_mm or shaped

    @property
    def page_px(self) -> tuple[float, float]:
        """Width and height in CSS px; those of paper are its millimetres."""
        if self.page_mm is not None:
            width_mm, height_mm = self.page_mm
            per_mm = PX_PER_INCH / MM_PER_INCH
            return width_mm * per_mm, height_mm * per_mm
        return SCREENS.get(self.layout, self.size_px)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a PNG in its own pixels."""
        width_px, height_px = self.page_px
        scale = self.dpi / PX_PER_INCH
        return round(width_px * scale), round(height_px * scale)

    @property
    def size_label(self) -> str:
        """The size to read, e.g. "1600x900 px" or "297x210 mm"."""
        if self.format == "png":
            return f"{self.pixels[0]}x{self.pixels[1]} px"
        if self.page_mm is not None:
            return "{:g}x{:g} mm".format(*self.page_mm)
        return f"{self.page_px[0]:g}x{self.page_px[1]:g} px"

    def print_layout(self) -> Layout:
        """Return what the picture is asked to be; not for HTML."""
        width_px, height_px = self.page_px
        dpi = PX_PER_INCH
        if self.format == "png":
            # Whole pixels: the sheet of paper is a fraction of one off.
            dpi = self.dpi
            width_px, height_px = (side * PX_PER_INCH / dpi for side in self.pixels)
        return Layout(
            width_px=width_px,
            height_px=height_px,
            dpi=dpi,
            arrangement=self.arrangement,
            claims=self.claims,
            locator=self.locator,
            detail=self.inset,
            smallest_text_px=_SMALLEST_TEXT_PX["paper" if self.on_paper else "screen"],
            projection=self.projection,
            transparent=self.transparent,
            greyscale=self.greyscale,
            black=self.black,
            code=self.code,
        )


def _refused(error: ValueError) -> ViewError:
    """Return pydantic's complaint without its preamble."""
    errors = getattr(error, "errors", None)
    if not callable(errors):
        return ViewError("export-is-not-possible", why=error)
    first = errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, RefusedValueError):
        return ViewError.of([cause.fault.at("")])
    return ViewError("export-is-not-possible", why=first["msg"].removeprefix("Value error, "))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "layout": ("layout", choice("layout", LAYOUTS)),
    "size": ("size_px", parse_size),
    "arrange": ("arrangement", choice("arrangement", get_args(Arrangement))),
    "density": ("density", choice("density", get_args(Density))),
    "projection": ("projection", choice("projection", get_args(ProjectionWish))),
    "claims": ("claims", switch("claims")),
    "locator": ("locator", switch("locator")),
    "inset": ("inset", switch("inset")),
    "named": ("named", str),
    "code": ("code", edition_code),
    "width_mm": ("width_mm", millimetres("width_mm")),
    "height_mm": ("height_mm", millimetres("height_mm")),
    "transparent": ("transparent", switch("transparent")),
    "greyscale": ("greyscale", switch("greyscale")),
    "black": ("black", switch("black")),
    "hand": ("hand", hand),
    "alt": ("alt_text", alt),
}
