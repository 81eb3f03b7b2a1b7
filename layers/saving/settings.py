"""Change what is set of a corridor as a whole: its own words, and its layers' looks and order.

What a file says comes as plain JSON values and goes back as TOML; comments stay. Files in, files
out; reads and writes none. The models that read a folder say what may be set.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from corridormap.geo.errors import CorridorFormatError, Finding
from corridormap.geo.outline.places import country_names
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.style import Style
from corridormap.layers.folder.files import MANIFEST, STYLE
from corridormap.layers.saving.toml_blocks import with_entries, with_keys, without_table
from corridormap.layers.saving.toml_text import changed_toml, with_look
from corridormap.layers.wording.plainly import findings_of
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "LAYER_KEYS",
    "LOOK_KEYS",
    "SETTINGS",
    "layer_settings",
    "order_of",
    "settings_of",
    "whole_layer",
    "with_layer_settings",
    "with_order",
    "with_settings",
    "without_layer",
]

SETTINGS = (
    "title",
    "summary",
    "headline",
    "as_of",
    "dates",
    "extent",
    "countries",
    "boundary_note",
    "boundary_note_print",
    "projection",
    "groups",
)
"""What can be set of a corridor; its id, its files and its article are others' work."""
_LISTS = ("dates", "groups")
LAYER_KEYS = ("title", "group", "visible", "notes")
LOOK_KEYS = ("color", "label_color")


def settings_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a corridor.toml says of the corridor as a whole, as JSON values."""
    return {key: _json(manifest[key]) for key in SETTINGS if key in manifest}


def layer_settings(
    manifest: Mapping[str, Any], style: Mapping[str, Any], layer: str
) -> dict[str, Any] | None:
    """Return what is set of a layer, as JSON values; None if there is none of this id."""
    entry = next((one for one in _layers(manifest) if one.get("id") == layer), None)
    if entry is None:
        return None
    looks = style.get("layer")
    look = looks.get(layer) if isinstance(looks, dict) else None
    said = {key: value for key, value in (look or {}).items() if key in LOOK_KEYS}
    return {key: _json(value) for key, value in {**entry, **said}.items()}


def whole_layer(settings: Mapping[str, Any], raw: bytes | None) -> dict[str, Any]:
    """Return what is lost with a layer: what is set of it, and the content of its file."""
    return {**settings, "": None if raw is None else hashlib.sha256(raw).hexdigest()}


def order_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the order of the layers as an object."""
    return {"layers": [str(one.get("id")) for one in _layers(manifest)]}


def with_settings(text: str, fields: Mapping[str, Any]) -> str:
    """Return corridor.toml with fields set; those that are None are taken out.

    Raises
    ------
    CorridorFormatError
        A field cannot be what it is given; all faults at once, each with its field.
    """
    unknown = next((key for key in fields if key not in SETTINGS), None)
    if unknown is not None:
        raise CorridorFormatError("key-is-not-known", file=MANIFEST, place=f"'{short(unknown)}'")
    said = parse_toml(text.encode(), file=MANIFEST)
    _check(said, fields)
    values = {key: _toml(value) for key, value in fields.items()}
    single = {key: value for key, value in values.items() if key not in _LISTS}

    def change() -> str:
        made = with_keys(text, single, file=MANIFEST)
        for key in _LISTS:
            if key in values:
                made = with_entries(made, key, values[key] or [], file=MANIFEST)
        return made

    return changed_toml(MANIFEST, "the corridor", Manifest, change)


def with_layer_settings(manifest: str, style: str, layer: Mapping[str, Any]) -> tuple[str, str]:
    """Return corridor.toml and style.toml with the fields of a layer set that is there.

    Raises
    ------
    CorridorFormatError
        A field cannot be what it is given.
    """
    known = {"id", *LAYER_KEYS, *LOOK_KEYS}
    unknown = next((key for key in layer if key not in known), None)
    if unknown is not None:
        raise CorridorFormatError("key-is-not-known", file=MANIFEST, place=f"'{short(unknown)}'")
    said = parse_toml(manifest.encode(), file=MANIFEST)
    entries = [dict(one) for one in _layers(said)]
    entry = next(one for one in entries if one.get("id") == layer["id"])
    for key in LAYER_KEYS:
        if key in layer:
            entry.pop(key, None) if layer[key] is None else entry.update({key: layer[key]})
    _raise_faults(_faults_of_layer(said, entries, layer))

    def change() -> str:
        return with_entries(manifest, "layers", entries, file=MANIFEST)

    looks = {key: layer[key] for key in LOOK_KEYS if key in layer}
    made = changed_toml(MANIFEST, "the layer", Manifest, change)
    return made, with_look(style, str(layer["id"]), looks) if looks else style


def without_layer(manifest: str, style: str, layer: str) -> tuple[str, str]:
    """Return corridor.toml and style.toml without a layer.

    Raises
    ------
    CorridorFormatError
        It is the only one.
    """
    said = parse_toml(manifest.encode(), file=MANIFEST)
    left = [one for one in _layers(said) if one.get("id") != layer]
    if not left:
        raise CorridorFormatError("only-layer-stays", file=MANIFEST, layer=short(layer))

    def change() -> str:
        return with_entries(manifest, "layers", left, file=MANIFEST)

    def unstyled() -> str:
        return without_table(style, "layer", layer, file=STYLE)

    return (
        changed_toml(MANIFEST, "the layers", Manifest, change),
        changed_toml(STYLE, "the looks", Style, unstyled),
    )


def with_order(text: str, layers: Sequence[str]) -> str:
    """Return corridor.toml with its layers in an order; those that it does not name come last.

    Raises
    ------
    CorridorFormatError
        The text is broken.
    """
    said = parse_toml(text.encode(), file=MANIFEST)
    entries = {str(one.get("id")): one for one in _layers(said)}
    # Somebody may have added layers, or taken some away, since the order was made.
    wanted = [id_ for id_ in dict.fromkeys((*layers, *entries)) if id_ in entries]

    def change() -> str:
        return with_entries(text, "layers", [entries[id_] for id_ in wanted], file=MANIFEST)

    return changed_toml(MANIFEST, "the order", Manifest, change)


def _check(said: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
    """Refuse fields in the words of the model that reads them."""
    meant = {key: value for key, value in {**said, **fields}.items() if value is not None}
    faults = _faults(Manifest, meant, file=MANIFEST)
    codes = fields.get("countries")
    if isinstance(codes, list):
        known = country_names()
        faults += [
            Finding("not-a-known-country", MANIFEST, "", f"countries.{at}", wrong=short(code))
            for at, code in enumerate(codes)
            if isinstance(code, str) and len(code) == 2 and code.isupper() and code not in known
        ]
    _raise_faults(faults)


def _faults_of_layer(
    said: Mapping[str, Any], entries: list[dict[str, Any]], layer: Mapping[str, Any]
) -> list[Finding]:
    """Return what the models refuse in a layer, each with the field of the layer."""
    at = next(i for i, one in enumerate(entries) if one.get("id") == layer["id"])
    start = f"layers.{at}."
    found = _faults(Manifest, {**said, "layers": entries}, file=MANIFEST)
    look = {key: layer[key] for key in LOOK_KEYS if layer.get(key) is not None}
    # A colour is the one field that a look must have.
    styled = {"layer": {str(layer["id"]): {"color": "#000000", **look}}}
    found += _faults(Style, styled, file=STYLE)
    start_of_look = f"layer.{layer['id']}."
    return [
        Finding(
            one.code,
            one.file,
            str(layer["id"]),
            one.field.removeprefix(start).removeprefix(start_of_look),
            one.params,
        )
        for one in found
    ]


def _faults(model: Any, said: Any, *, file: str) -> list[Finding]:
    try:
        model.model_validate(said)
    except ValidationError as error:
        return [_placed(one) for one in findings_of(error, file=file, said=said)]
    return []


def _placed(finding: Finding) -> Finding:
    """Return what is said of a list as a whole with the list as its field."""
    if finding.code == "layer-is-in-unknown-group":
        field = "group"
    elif finding.code == "list-has-id-twice":
        field = str(dict(finding.params)["name"])
    else:
        return finding
    return Finding(finding.code, finding.file, finding.feature, field, finding.params)


def _raise_faults(faults: Sequence[Finding]) -> None:
    if faults:
        raise CorridorFormatError.of(list(faults))


def _layers(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    said = manifest.get("layers")
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _json(value: Any) -> Any:
    """Return what TOML says as JSON values: its days as text."""
    if isinstance(value, dict):
        return {str(key): _json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_json(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def _toml(value: Any, key: str = "") -> Any:
    """Return JSON values as TOML has them: text that is a day, where one is meant, as a day."""
    if isinstance(value, dict):
        return {each: _toml(said, each) for each, said in value.items() if said is not None}
    if isinstance(value, list):
        return [_toml(each) for each in value]
    if isinstance(value, str) and key in {"as_of", "date", "searched"}:
        return dt.date.fromisoformat(value)
    return value
