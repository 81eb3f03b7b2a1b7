"""Say what there is to edit in a corridor: its objects as they stand in its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.app.editing.own_kinds import own_kind_words
from corridormap.layers.corridor.schemas import schemas
from corridormap.layers.corridor.status import LOOK_OF
from corridormap.layers.folder.files import (
    ANNOTATIONS,
    COLUMNS,
    MANIFEST,
    SOURCES,
    STYLE,
    layer_file,
)
from corridormap.layers.saving.apply import article_of
from corridormap.layers.saving.blank import form_words
from corridormap.layers.saving.edits import hash_of
from corridormap.layers.saving.objects import list_or_none
from corridormap.layers.saving.put_kind import kinds_of, known_kinds
from corridormap.layers.saving.settings import (
    LOOK_KEYS,
    layer_settings,
    order_of,
    settings_of,
    whole_layer,
)
from corridormap.layers.saving.settings_form import settings_form
from corridormap.layers.saving.store import may_save
from corridormap.layers.saving.toml_text import manifest_of, style_of
from corridormap.layers.wording.words import (
    MODE_LABELS,
    QUALITY_LABELS,
    STATUS_LABELS,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corridormap.layers.saving.snapshot import Snapshot
    from corridormap.layers.wording.kinds import OfKind

__all__ = ["edit_base"]


def edit_base(snapshot: Snapshot, folder: Path, *, writable: bool) -> dict[str, Any]:
    """Return a corridor's objects, what they must look like, and the words for it, as JSON.

    Objects stand as their files have them: nothing is left out, unknown keys neither. A file
    that is broken gives none, and is named in `broken`.

    Parameters
    ----------
    snapshot
        The corridor's files as they are.
    folder
        Where they are from.
    writable
        Whether the corridor is the user's, and not the tool's own. Whether its folder can be
        saved into is asked here.
    """
    manifest = manifest_of(snapshot.files.get(MANIFEST))
    layers = [entry for entry in manifest.get("layers", []) if isinstance(entry, dict)]
    names = {str(entry.get("id")): layer_file(str(entry.get("id"))) for entry in layers}
    read = {
        file: list_or_none(file, snapshot.files.get(file))
        for file in (*names.values(), ANNOTATIONS, SOURCES, COLUMNS)
    }
    entries = {file: held.entries if held else [] for file, held in read.items()}
    own = kinds_of(snapshot.files.get(MANIFEST))
    kinds = known_kinds(own)
    article = article_of(snapshot.files.get(MANIFEST))
    settings, style = settings_of(manifest), style_of(snapshot.files.get(STYLE))
    set_of = {layer: layer_settings(manifest, style, layer) or {} for layer in names}
    return {
        "revision": snapshot.revision,
        "files": snapshot.hashes,
        "writable": writable and may_save(folder),
        "built_in": not writable,
        "folder_name": plain(folder.resolve().name),
        "broken": [f for f, held in read.items() if held is None and f in snapshot.files],
        "corridor": {
            "id": str(manifest.get("id", "")),
            "as_of": str(manifest.get("as_of", "")),
            "layers": layers,
            "groups": manifest.get("groups", []),
        },
        "settings": settings,
        "looks": {
            layer: {key: said[key] for key in LOOK_KEYS if key in said}
            for layer, said in set_of.items()
        },
        "article": article,
        "kinds": own,
        "layers": {layer: entries[file] for layer, file in names.items()},
        "annotations": entries[ANNOTATIONS],
        "sources": entries[SOURCES],
        "columns": entries[COLUMNS],
        "hashes": {
            "layers": {layer: _hashes(entries[file]) for layer, file in names.items()},
            "annotations": _hashes(entries[ANNOTATIONS]),
            "sources": _hashes(entries[SOURCES]),
            "columns": _hashes(entries[COLUMNS]),
            "article": hash_of(article),
            "settings": hash_of(settings),
            "order": hash_of(order_of(manifest)),
            "set": {layer: hash_of(said) for layer, said in set_of.items()},
            "whole": {
                layer: hash_of(whole_layer(said, snapshot.files.get(names[layer])))
                for layer, said in set_of.items()
            },
            "kinds": _hashes(own),
        },
        "schemas": _schemas(),
        "words": _words(kinds),
        "form": {**form_words(), **settings_form(), "own": own_kind_words()},
    }


def _hashes(entries: list[dict[str, Any]]) -> dict[str, str]:
    return {str(entry.get("id")): hash_of(entry) for entry in entries}


def _schemas() -> dict[str, Any]:
    made = schemas()
    layer = made["layer.schema.json"]
    feature = {**layer["$defs"]["FeatureProperties"], "$defs": layer["$defs"]}
    return {
        "feature": feature,
        "annotation": made["annotations.schema.json"],
        "source": made["sources.schema.json"],
    }


def _words(kinds: Mapping[str, OfKind]) -> dict[str, Any]:
    return {
        "kinds": {kind: of.label for kind, of in kinds.items()},
        "modes": {mode: plain(label) for mode, label in MODE_LABELS.items()},
        "qualities": dict(QUALITY_LABELS),
        "statuses": dict(STATUS_LABELS),
        "looks": {str(status): str(look) for status, look in LOOK_OF.items()},
    }
