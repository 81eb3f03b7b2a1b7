"""What a journey needs to know of a corridor, taken from the corridor's own files.

So a journey names no feature, claim or layer: it is the same on every corridor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.app.opening.page_data import page_document, page_outline
from corridormap.layers.corridor.corridor import load_corridor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Page

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["Subject", "shown", "subject_of"]

DATA = Path(__file__).parents[2] / "data"
Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Subject:
    """A corridor that is walked through."""

    id: str
    corridor: Corridor

    @property
    def folder(self) -> Path:
        """The corridor's folder."""
        return self.corridor.folder

    @cached_property
    def document(self) -> Json:
        """The corridor as the browser reads it; not to be changed."""
        return page_document(self.corridor)

    @cached_property
    def outline(self) -> Json:
        """The outline as the browser reads it; not to be changed."""
        return page_outline(self.corridor)

    @property
    def as_of(self) -> str:
        """The date the page opens with."""
        return str(self.document["corridor"]["as_of"])

    @cached_property
    def on(self) -> list[str]:
        """Ids of the layers that the page opens with."""
        return [layer["id"] for layer in self.document["layers"] if layer["visible"]]

    def layer(self, id_: str) -> Json:
        """Return a layer."""
        return one(self.document["layers"], lambda layer: layer["id"] == id_)

    def feature(self, id_: str) -> Json:
        """Return a feature."""
        return one(self.document["features"], lambda feature: feature["id"] == id_)

    def features(self, wanted: Callable[[Json], bool]) -> list[Json]:
        """Return the features of the first view that are as wanted; towns do not count."""
        return [
            feature
            for feature in self.document["features"]
            if feature["layer"] in self.on
            and feature["kind"] != "town"
            and feature["phases"]
            and feature["phases"][0]["since"] <= self.as_of
            and wanted(feature)
        ]

    def of_layer(self, layer: str) -> list[Json]:
        """Return the features of a layer that the first view shows."""
        return self.features(lambda feature: feature["layer"] == layer)

    @cached_property
    def claims(self) -> list[Json]:
        """The claims about features of the first view and no other; one feature, one claim."""
        known = {feature["id"] for feature in self.features(lambda _: True)}
        found: dict[str, Json] = {}
        for claim in self.document["claims"]:
            if set(claim["features"]) <= known:
                found.setdefault(claim["features"][0], claim)
        return list(found.values())

    @cached_property
    def disputed(self) -> list[str]:
        """Features of the first view of which sources tell different values, points first."""
        about = {
            feature
            for check in self.document["checks"]
            if check["label"] == "Sources differ" and check["kind"] != "claim"
            for feature in check["features"]
        }
        found = self.features(lambda feature: feature["id"] in about)
        return [f["id"] for f in sorted(found, key=lambda f: f["geometry"]["type"] != "Point")]


def one(values: Iterable[Json], wanted: Callable[[Json], bool]) -> Json:
    """Return the first value that is as wanted."""
    return next(value for value in values if wanted(value))


@cache
def subject_of(id_: str) -> Subject:
    """Return a built-in corridor, read once."""
    return Subject(id_, load_corridor(DATA / id_))


def shown(page: Page, ids: Iterable[str]) -> str:
    """Return the first of some features that has a sign of its own on the map now."""
    there = page.locator("[data-feature]").evaluate_all(
        "nodes => nodes.map((node) => node.dataset.feature)"
    )
    return next(id_ for id_ in ids if id_ in there)
