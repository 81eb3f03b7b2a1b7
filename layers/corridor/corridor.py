"""Open a corridor: the folder, its layers as GeoDataFrames, style, claims and sources.

Reading is lenient: what cannot be read is left out and named in `findings`, the rest is
there. Only a folder without a usable manifest is refused. Everything comes from the bytes that
were read at first (layers/folder/opening.py): no file is opened here. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from corridormap.geo.assets import corridor_roots
from corridormap.geo.errors import CorridorError, CorridorFormatError, Finding, ReadError
from corridormap.geo.geojson import properties_of, read_geojson
from corridormap.geo.outline.topojson import OutlineFile, read_topology
from corridormap.layers.corridor.annotation import Annotation, read_annotations
from corridormap.layers.corridor.feature import FeatureProperties, read_properties
from corridormap.layers.corridor.layer import Layer
from corridormap.layers.corridor.layouts import Layouts
from corridormap.layers.corridor.lost_targets import lost_targets
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.source import Source, read_sources
from corridormap.layers.corridor.style import Style
from corridormap.layers.folder.files import (
    ANNOTATIONS,
    LAYOUTS,
    MANIFEST,
    SOURCES,
    STYLE,
    layer_file,
)
from corridormap.layers.folder.opening import read_folder
from corridormap.layers.folder.refusal import Refusal
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


__all__ = ["Corridor", "find_corridor", "load_corridor", "once_for"]

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Corridor:
    """A corridor as read; nothing in it changes."""

    folder: Path
    manifest: Manifest
    layers: tuple[Layer, ...]
    style: Style
    annotations: tuple[Annotation, ...]
    sources: Mapping[str, Source]
    findings: tuple[Finding, ...]
    """What could not be read and is therefore not shown."""
    files: Mapping[str, bytes]
    """What it was made of, by the name relative to its folder."""
    others: tuple[str, ...] = ()
    """Names in `layers` that no layer's file can have."""
    outline: OutlineFile | None = None
    """The corridor's own detailed outline, if it can be read; else the world's is shown."""
    layouts: Layouts = field(default_factory=Layouts)
    """What an editor decided by hand for export layouts."""
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        """Travel between processes without what is made again where it is needed."""
        return {**self.__dict__, "_made": {}}

    @classmethod
    def of(
        cls,
        files: Mapping[str, bytes],
        *,
        folder: Path = Path(),
        refusals: tuple[Refusal, ...] = (),
        others: tuple[str, ...] = (),
    ) -> Corridor:
        """Make a corridor of its files, leaving out and naming what cannot be read.

        Parameters
        ----------
        files
            By the name relative to the corridor's folder.
        folder
            Where they are from, to be named; nothing is opened there.
        refusals
            What was not opened there, and why.
        others
            Names in `layers` that no layer's file can have.

        Raises
        ------
        CorridorFormatError
            The manifest is missing or cannot be used.
        """
        manifest = _manifest(files, refusals)
        reading = _Reading(files, refusals, [refusal.finding for refusal in refusals])
        findings = reading.findings
        style = reading.tried(STYLE, Style.read, Style(), needed=False)
        no_sources: tuple[dict[str, Source], tuple[Finding, ...]] = ({}, ())
        sources, wrong = reading.tried(
            SOURCES, partial(read_sources, file=SOURCES), no_sources, needed=True
        )
        findings += wrong
        no_annotations: tuple[tuple[Annotation, ...], tuple[Finding, ...]] = ((), ())
        annotations, wrong = reading.tried(
            ANNOTATIONS, partial(read_annotations, file=ANNOTATIONS), no_annotations, needed=False
        )
        findings += wrong
        layers = tuple(_layers(reading, manifest))
        outline = _outline(reading, manifest)
        layouts = reading.tried(LAYOUTS, Layouts.read, Layouts(), needed=False)
        findings += lost_targets(annotations, layers, manifest)
        return cls(
            folder=folder,
            manifest=manifest,
            layers=layers,
            style=style,
            annotations=annotations,
            sources=MappingProxyType(sources),
            findings=tuple(dict.fromkeys(findings)),
            files=MappingProxyType(dict(files)),
            others=others,
            outline=outline,
            layouts=layouts,
        )

    @property
    def id(self) -> str:
        """The corridor's id."""
        return self.manifest.id

    def layer_of(self, feature: str) -> Layer | None:
        """Return the layer that holds a feature, or None."""
        return next((layer for layer in self.layers if feature in layer.features), None)

    def is_in_a_file(self, feature: str) -> bool:
        """Tell whether a feature is in any layer's file, be it shown or not."""
        return any(feature in layer.frame.index for layer in self.layers)


def once_for(make: Callable[[Corridor], T]) -> Callable[[Corridor], T]:
    """Have something of a corridor made once, and kept for as long as the corridor is."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def made(corridor: Corridor) -> T:
        kept = corridor._made  # noqa: SLF001 - of this module
        if name not in kept:
            kept[name] = make(corridor)
        return kept[name]  # type: ignore[no-any-return]  # each name has its own type

    return made


def find_corridor(name_or_folder: str | Path) -> Path:
    """Return the folder of a corridor given as a built-in id or as a folder.

    Raises
    ------
    ReadError
        There is no such corridor.
    """
    folder = Path(name_or_folder)
    if (folder / MANIFEST).is_file():
        return folder
    known = {child.name: child for root in corridor_roots() for child in _corridors(root)}
    if str(name_or_folder) in known:
        return known[str(name_or_folder)]
    if folder.is_dir():
        raise ReadError(
            "folder-holds-no-corridor-toml", folder=short(name_or_folder), manifest=MANIFEST
        )
    raise ReadError(
        "unknown-corridor",
        name=short(name_or_folder),
        known=", ".join(sorted(known)) or "none built in",
    )


def _corridors(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (child for child in sorted(root.iterdir()) if (child / MANIFEST).is_file())


def load_corridor(folder: Path) -> Corridor:
    """Open a corridor's folder, leaving out and naming what cannot be read.

    Raises
    ------
    CorridorFormatError
        The manifest is missing or cannot be used.
    """
    read = read_folder(folder)
    return Corridor.of(read.files, folder=folder, refusals=read.refusals, others=read.others)


@dataclass(frozen=True)
class _Reading:
    """Files that are being read, and what is found wrong with them."""

    files: Mapping[str, bytes]
    refusals: tuple[Refusal, ...]
    findings: list[Finding]

    def tried(self, name: str, read: Callable[[bytes], T], instead: T, *, needed: bool) -> T:
        """Read a file; one that cannot be read is named, and something else taken."""
        raw = self.files.get(name)
        if raw is None:
            if needed and not self.is_refused(name):
                self.findings.append(Refusal("missing", name).finding)
            return instead
        try:
            return read(raw)
        except CorridorError as error:
            self.findings.extend(error.faults)
            return instead

    def is_refused(self, name: str) -> bool:
        """Tell whether a file, or the folder it is in, was not opened."""
        refused = {refusal.file for refusal in self.refusals}
        return name in refused or name.rpartition("/")[0] in refused


def _manifest(files: Mapping[str, bytes], refusals: tuple[Refusal, ...]) -> Manifest:
    if MANIFEST in files:
        return Manifest.read(files[MANIFEST])
    for refusal in refusals:
        if refusal.file == MANIFEST or (not refusal.file and refusal.code == "unreadable"):
            raise CorridorFormatError.of([refusal.finding])
    raise CorridorFormatError("manifest-is-missing", file=MANIFEST)


def _layers(reading: _Reading, manifest: Manifest) -> Iterator[Layer]:
    """Yield the layers that can be read; what cannot is added to the findings."""
    seen: dict[str, str] = {}
    kinds = manifest.all_kinds
    for order, entry in enumerate(manifest.layers):
        name = layer_file(entry.id)
        read = partial(read_geojson, file=name, extent=manifest.extent)
        frame = reading.tried(name, read, None, needed=True)
        if frame is None:
            continue
        features: dict[str, FeatureProperties] = {}
        for feature, data in properties_of(frame).items():
            if feature in seen:
                reading.findings.append(
                    Finding("id-is-used-already", name, feature, "id", seen=seen[feature])
                )
                continue
            seen[feature] = name
            properties, wrong = read_properties(data, file=name, feature=feature, kinds=kinds)
            reading.findings.extend(wrong)
            if properties is not None:
                features[feature] = properties
        yield Layer(entry, order, frame, MappingProxyType(features))


def _outline(reading: _Reading, manifest: Manifest) -> OutlineFile | None:
    """Return the detailed outline, if it can be read; what is wrong with it goes to the findings.

    It is read to its end here, so that nobody who draws it later meets a broken one.
    """
    name = manifest.outline
    if name is None:
        return None
    if name not in reading.files and not reading.is_refused(name):
        reading.findings.append(Finding("detailed-outline-is-missing", name, ""))

    def read(raw: bytes) -> OutlineFile:
        file = OutlineFile(name, raw)
        read_topology(file)
        return file

    return reading.tried(name, read, None, needed=False)
