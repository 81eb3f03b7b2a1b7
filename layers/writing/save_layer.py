"""Write a new layer into a corridor's folder, so that each file is there whole or not.

The layer's file first, the sources next, corridor.toml last: until that names the layer
the corridor is as before. Of a file that changes the previous version stays as .bak.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from geo.errors import CorridorFormatError
from layers.folder.files import MANIFEST, SOURCES, layer_file
from layers.folder.manifest import Manifest
from layers.plainly import findings_of
from layers.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["layer_text", "save_layer", "write_kept"]


def save_layer(
    folder: Path,
    *,
    entry: Mapping[str, Any],
    collection: Mapping[str, Any],
    source: Mapping[str, Any] | None,
) -> None:
    """Add a layer to a corridor.

    Parameters
    ----------
    folder
        The corridor's folder.
    entry
        The layer as corridor.toml names it: id, title and perhaps group, visible, notes.
    collection
        Its GeoJSON.
    source
        A CSL-JSON entry to add to the sources, if any.

    Raises
    ------
    CorridorFormatError
        The layer is there already, a file cannot be changed or cannot be written.
    """
    path = folder / layer_file(str(entry["id"]))
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CorridorFormatError(
            "the folder 'layers' leads out of the corridor's folder",
            file=layer_file(str(entry["id"])),
            remedy="Make it a folder, not a link.",
        )
    if path.exists():
        raise CorridorFormatError(
            "the file is there already",
            file=layer_file(str(entry["id"])),
            remedy="Choose another --layer, or take that file away first.",
        )
    manifest = _with_layer(folder / MANIFEST, entry)
    sources = None if source is None else _with_source(folder / SOURCES, source)
    write_kept(path, layer_text(collection))
    if sources is not None:
        write_kept(folder / SOURCES, sources)
    write_kept(folder / MANIFEST, manifest)


def layer_text(collection: Mapping[str, Any]) -> str:
    """Return a layer's GeoJSON, a property a line and each geometry compact."""
    blocks = []
    for feature in collection["features"]:
        said = ",\n".join(
            f"        {_json(key)}: {_json(value)}" for key, value in feature["properties"].items()
        )
        blocks.append(
            '    {\n      "type": "Feature",\n'
            f'      "id": {_json(feature["id"])},\n'
            f'      "geometry": {_json(feature["geometry"])},\n'
            f'      "properties": {{\n{said}\n      }}\n    }}'
        )
    body = ",\n".join(blocks)
    return f'{{\n  "type": "FeatureCollection",\n  "features": [\n{body}\n  ]\n}}\n'


def write_kept(path: Path, text: str) -> None:
    """Write a text file whole or not at all; what was there before stays as .bak.

    Raises
    ------
    CorridorFormatError
        It cannot be written.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            partial.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            if path.exists():
                kept = path.with_name(f"{path.name}.bak")
                kept.unlink(missing_ok=True)
                shutil.copy2(path, kept)
            partial.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CorridorFormatError(
            f"the file cannot be written: {error.strerror}",
            file=path.name,
            remedy="Check that the folder may be written to and that there is room.",
        ) from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _with_layer(path: Path, entry: Mapping[str, Any]) -> str:
    """Return corridor.toml with a layer added, its comments kept."""
    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
        table = tomlkit.table()
        for key, value in entry.items():
            table[key] = value
        cast("Any", document.setdefault("layers", tomlkit.aot())).append(table)
        # A blank line before the table, as by hand.
        before, head, after = tomlkit.dumps(document).rpartition("[[layers]]")
        own, bracket, rest = after.partition("\n[")
        text = f"{before.rstrip()}\n\n{head}{own.rstrip()}\n"
        text += f"\n{bracket.lstrip()}{rest}" if bracket else ""
        Manifest.model_validate(tomlkit.parse(text).unwrap())
    except ValidationError as error:
        raise CorridorFormatError.of(findings_of(error, file=path.name)) from error
    except (TOMLKitError, OSError, ValueError, AttributeError, TypeError) as error:
        raise CorridorFormatError(
            f"the layer cannot be added to it ({short(error)})",
            file=path.name,
            remedy="Run 'corridormap validate' and mend what it names first.",
        ) from error
    return text


def _with_source(path: Path, source: Mapping[str, Any]) -> str:
    """Return sources.json with an entry added at its end, the rest of its text untouched."""
    if not path.exists():
        return f"[\n{_entry(source)}\n]\n"
    try:
        text = path.read_bytes().decode("utf-8-sig").rstrip()
        before = json.loads(text)
        body = text.removesuffix("]").rstrip()
        added = f"{body}{',' if before else ''}\n{_entry(source)}\n]\n"
        if json.loads(added) == [*before, json.loads(_json(dict(source)))]:
            return added
    except (OSError, ValueError, TypeError, RecursionError):
        pass
    raise CorridorFormatError(
        "the source cannot be added to it",
        file=path.name,
        remedy="Run 'corridormap validate' and mend what it names first.",
    )


def _entry(source: Mapping[str, Any]) -> str:
    lines = ",\n".join(f"    {_json(key)}: {_json(value)}" for key, value in source.items())
    return f"  {{\n{lines}\n  }}"
