"""Say what a snapshot was made of: its view, its options, the tool and every data file.

A recipe makes the snapshot again, and tells what changed when it comes out otherwise. One
that is read is a stranger's: it is checked here, and it can name a corridor and a view but
never a file to open. Draws nothing and reads no snapshot.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json
from corridormap.layers.corridor.corridor import once_for
from corridormap.layers.folder.files import ANNOTATIONS, MANIFEST, SOURCES, STYLE
from corridormap.layers.wording.plainly import SHA256, SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from corridormap.layers.corridor.corridor import Corridor

__all__ = [
    "DRAWING",
    "FIRST_DRAWING",
    "LARGEST_BYTES",
    "Form",
    "Recipe",
    "Tool",
    "data_hashes",
    "form_of",
    "this_tool",
]

DRAWING = 2
"""The drawing: how data, view and options become a file.

Raise it by one when a picture, atlas or page may come out with other bytes from the same recipe,
data and libraries than from the last *release*, for whatever reason: a sign, a label's place, a
colour, the order of what is drawn, the page's code. Once between two releases is enough.
tests/test_app/test_released.py fails where that was forgotten.
"""
FIRST_DRAWING = 1
"""The drawing of 0.1.0, whose recipes name none."""

LARGEST_BYTES = 200_000
"""The longest recipe that is read, as UTF-8."""

_LIBRARIES = (
    "folium",
    "fonttools",
    "matplotlib",
    "numpy",
    "pikepdf",
    "pillow",
    "pyproj",
    "shapely",
)
_ROOMS = ("geo", "layers", "app")
_CODE = (".py", ".js", ".css", ".txt")
_FILE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,79})?$"

Word = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=2000)]
Long = Annotated[str, Field(max_length=40_000)]
Hash = Annotated[str, Field(pattern=SHA256)]
Form = Literal[1, 2]
"""Version of the form of a recipe: 1 names no drawing."""
_NEWEST_FORM: Final = 2


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Tool(_Model):
    """The program that made a snapshot, as exactly as its output depends on it."""

    version: Word
    code: Word
    """A hash of the program's own files."""
    libraries: Annotated[dict[Word, Word], Field(max_length=20)]


class Recipe(_Model):
    """What makes a snapshot again."""

    recipe: Form = _NEWEST_FORM
    drawing: Annotated[int, Field(ge=FIRST_DRAWING, le=1_000_000)] = DRAWING
    """Which drawing made the file."""
    corridor: Annotated[str, Field(pattern=SLUG, max_length=60)]
    format: Literal["png", "svg", "pdf", "html", "atlas"]
    view: Annotated[dict[Word, Text], Field(max_length=10)]
    """Names and values as in an address; see `corridormap.layers.scene.view`."""
    options: Annotated[dict[Word, Long], Field(max_length=20)] = {}
    """Names and values as in an address: layout, size, what stands on the picture; of an
    atlas the ids of its subjects, which may be many."""
    data: Annotated[
        dict[Annotated[str, Field(pattern=_FILE)], Hash],
        Field(max_length=300),
    ]
    """SHA-256 by file of the corridor's folder."""
    tool: Tool
    credits: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    dropped: Annotated[tuple[Text, ...], Field(max_length=1000)] = ()
    """Labels that found no room, most important first."""
    omitted: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    """Parts that found no room."""
    unmarked: Annotated[tuple[int, ...], Field(max_length=1000)] = ()
    """Claims whose number found no room on the map."""

    def to_json(self) -> str:
        """Return the recipe as JSON of one form: keys in order, no spaces, text as it is."""
        unsaid = {"drawing", "unmarked"} if self.recipe == 1 else None
        value = self.model_dump(mode="json", exclude=unsaid)
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return a recipe from JSON that anybody may have written.

        Raises
        ------
        ReadError
            It is too long, no JSON, or not a recipe.
        """
        raw = text.encode("utf-8", "replace")
        if len(raw) > LARGEST_BYTES:
            raise _unusable("it is too long")
        try:
            value = parse_json(raw, file="")
        except ReadError as error:
            raise _unusable("it is no JSON") from error
        form = value.get("recipe", 1) if isinstance(value, dict) else None
        if isinstance(form, int) and form > _NEWEST_FORM:
            raise ReadError("recipe-is-newer-than-program")
        if form == 1:
            if "drawing" in value:
                raise _unusable("“drawing” is not what it must be")
            value = {"recipe": 1, **value, "drawing": FIRST_DRAWING}
        try:
            return cls.model_validate_json(json.dumps(value))
        except (ValidationError, RecursionError, ValueError) as error:
            raise _unusable(_where(error)) from error


def form_of(drawing: int) -> Form:
    """Return the form of recipe that files of a drawing carry, so that they repeat."""
    return 1 if drawing == FIRST_DRAWING else 2


def _where(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part)[:40] for part in first["loc"][:3])
        return f"“{place}” is not what it must be" if place else "it is not an object"
    return "it is not what it must be"


def _unusable(why: str) -> ReadError:
    return ReadError("recipe-cannot-be-used", why=why)


@once_for
def data_hashes(corridor: Corridor) -> Mapping[str, str]:
    """Return the SHA-256 of every file that a corridor was read from, by its name."""
    names = {MANIFEST, STYLE, SOURCES, ANNOTATIONS, *(layer.file for layer in corridor.layers)}
    if corridor.outline is not None:
        names.add(corridor.outline.name)
    read = corridor.files
    return {name: hashlib.sha256(read[name]).hexdigest() for name in sorted(names & set(read))}


@lru_cache(maxsize=1)
def this_tool() -> Tool:
    """Return the program that runs."""
    digest = hashlib.sha256()
    for name, body in _code():
        digest.update(f"{name} {len(body)}\n".encode())
        digest.update(body)
    return Tool(
        version=_version("corridormap"),
        code=digest.hexdigest()[:16],
        libraries={
            **{name: _version(name) for name in _LIBRARIES},
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        },
    )


def _code() -> Iterator[tuple[str, bytes]]:
    for room in _ROOMS:
        yield from _files_in(files(f"corridormap.{room}"), room)


def _files_in(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for child in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{name}/{child.name}"
        if child.is_dir() and not child.name.startswith((".", "__")):
            yield from _files_in(child, path)
        elif child.name.endswith(_CODE):
            yield path, child.read_bytes()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
