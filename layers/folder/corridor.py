"""Open a corridor: the folder, its layers as GeoDataFrames, style, claims and sources.

Reading is lenient: what cannot be read is left out and named in `findings`, the rest is
there. Only a folder without a usable manifest is refused. No file outside the folder is
ever opened, whatever the data says. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from geo.assets import corridor_roots
from geo.errors import CorridorError, Finding, ReadError
from geo.geojson import properties_of, read_geojson
from layers.folder.annotation import Annotation, read_annotations
from layers.folder.feature import FeatureProperties, read_properties
from layers.folder.files import ANNOTATIONS, MANIFEST, SOURCES, STYLE, layer_file
from layers.folder.lost_targets import lost_targets
from layers.folder.manifest import LayerEntry, Manifest
from layers.folder.source import Source, read_sources
from layers.folder.style import Style
from layers.words import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import geopandas as gpd

__all__ = ["Corridor", "Layer", "find_corridor", "load_corridor"]

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer that could be read."""

    entry: LayerEntry
    order: int
    """Its place among the corridor's layers, from 0."""
    frame: gpd.GeoDataFrame
    """Geometry and raw properties in EPSG:4326, indexed by feature id."""
    features: Mapping[str, FeatureProperties]
    """The features that can be shown, in the file's order."""

    @property
    def id(self) -> str:
        """Its stable id, also the name of its file."""
        return self.entry.id

    @property
    def file(self) -> str:
        """Its file, relative to the corridor's folder."""
        return layer_file(self.entry.id)


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

    @property
    def id(self) -> str:
        """The corridor's id."""
        return self.manifest.id

    @property
    def outline(self) -> Path | None:
        """The corridor's own detailed outline, if its file is there."""
        if self.manifest.outline is None:
            return None
        path = self.folder / self.manifest.outline
        return path if path.is_file() and _within(self.folder, path) else None

    def layer_of(self, feature: str) -> Layer | None:
        """Return the layer that holds a feature, or None."""
        return next((layer for layer in self.layers if feature in layer.features), None)

    def is_in_a_file(self, feature: str) -> bool:
        """Tell whether a feature is in any layer's file, be it shown or not."""
        return any(feature in layer.frame.index for layer in self.layers)


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
            f"the folder '{short(name_or_folder)}' holds no {MANIFEST}",
            remedy="Give a corridor's folder: it has corridor.toml and layers/*.geojson.",
        )
    raise ReadError(
        f"there is no corridor '{short(name_or_folder)}'",
        remedy=f"Give a folder, or one of: {', '.join(sorted(known)) or 'none built in'}.",
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
    manifest = Manifest.read(folder / MANIFEST)
    findings: list[Finding] = []

    def tried(name: str, read: Callable[[Path], T], instead: T, *, needed: bool = True) -> T:
        path = folder / name
        if not needed and not path.exists():
            return instead
        try:
            _guard(folder, path, name)
            return read(path)
        except CorridorError as error:
            findings.extend(error.faults)
            return instead

    style = tried(STYLE, Style.read, Style(), needed=False)
    no_sources: tuple[dict[str, Source], tuple[Finding, ...]] = ({}, ())
    sources, wrong = tried(SOURCES, read_sources, no_sources)
    findings += wrong
    no_annotations: tuple[tuple[Annotation, ...], tuple[Finding, ...]] = ((), ())
    annotations, wrong = tried(ANNOTATIONS, read_annotations, no_annotations, needed=False)
    findings += wrong
    layers = tuple(_layers(folder, manifest, findings))
    findings += _outline_findings(folder, manifest)
    findings += lost_targets(annotations, layers, manifest)
    return Corridor(
        folder=folder,
        manifest=manifest,
        layers=layers,
        style=style,
        annotations=annotations,
        sources=MappingProxyType(sources),
        findings=tuple(dict.fromkeys(findings)),
    )


def _within(folder: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a ring of links
        return False


def _guard(folder: Path, path: Path, name: str) -> None:
    """Refuse a link that leads out of the folder."""
    if not _within(folder, path):
        raise ReadError(
            "the file is a link that leads out of the corridor's folder",
            file=name,
            remedy="Put the file itself there.",
        )


def _layers(folder: Path, manifest: Manifest, findings: list[Finding]) -> Iterator[Layer]:
    """Yield the layers that can be read; what cannot is added to the findings."""
    seen: dict[str, str] = {}
    for order, entry in enumerate(manifest.layers):
        name = layer_file(entry.id)
        try:
            _guard(folder, folder / name, name)
            frame = read_geojson(folder / name, file=name, extent=manifest.extent)
        except CorridorError as error:
            findings.extend(error.faults)
            continue
        features: dict[str, FeatureProperties] = {}
        for feature, data in properties_of(frame).items():
            if feature in seen:
                findings.append(
                    Finding(
                        name,
                        feature,
                        f"the id is already used in {seen[feature]}; this one is not shown",
                        "Ids are unique over all layers: rename one of the two.",
                    )
                )
                continue
            seen[feature] = name
            properties, wrong = read_properties(data, file=name, feature=feature)
            findings.extend(wrong)
            if properties is not None:
                features[feature] = properties
        yield Layer(entry, order, frame, MappingProxyType(features))


def _outline_findings(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    if manifest.outline is None:
        return
    path = folder / manifest.outline
    if not path.is_file() or not _within(folder, path):
        yield Finding(
            manifest.outline,
            "",
            "the detailed outline is missing; the map shows the world's outline instead",
            "Put the file there, or remove 'outline' from corridor.toml.",
        )
