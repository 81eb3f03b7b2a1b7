"""Find the corridors that a server is to serve, from what its command was given.

Each thing that cannot be served has its own message. Reads no file but manifests.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from corridormap.app.settings.limits import ServerLimits
from corridormap.app.settings.names import is_local
from corridormap.app.settings.settings import Settings
from corridormap.app.site.shelf import folders_in
from corridormap.geo.assets import corridor_roots
from corridormap.geo.errors import CorridorError, CorridorFormatError, ReadError
from corridormap.layers.corridor.corridor import find_corridor
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.folder.opening import read_file
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["path_before", "settings_of"]

_AT_HOME = "Corridormap"
"""The folder in the user's home that takes corridors made in the page."""


def settings_of(
    names: Sequence[str], root: Path | None = None, given: Mapping[str, Any] | None = None
) -> Settings:
    """Return a server's settings.

    Parameters
    ----------
    names
        Built-in ids and folders; without any, the built-in corridors are served.
    root
        A folder that holds corridors' folders; they come before the built-in ones.
    given
        What else was said, by its name in `Settings` or in `ServerLimits`; None is what was
        not said.

    Raises
    ------
    ReadError
        One of them cannot be served.
    CorridorFormatError
        Two of those named have the same id.
    CorridorError
        A setting cannot be used.
    """
    folders = tuple(dict.fromkeys(_folder(name) for name in names))
    roots = () if root is None else (_root(root),)
    said = {key: value for key, value in (given or {}).items() if value is not None}
    # Who reaches the server over a network changes nothing unless it is known who that is.
    local = is_local(said.get("address", "localhost"))
    made_in = _made_in(said.get("made_in"), roots, local=local)
    said["made_in"] = made_in
    if not names:
        own = () if made_in is None else (made_in,)
        roots = tuple(dict.fromkeys((*roots, *own, *corridor_roots())))
    _require_own_ids(folders)
    said.setdefault("read_only", not local and not said.get("login", False))
    limits = {key: said.pop(key) for key in ServerLimits.model_fields if key in said}
    try:
        return Settings(folders=folders, roots=roots, limits=ServerLimits(**limits), **said)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).replace("_", "-")
        raise CorridorError(
            "setting-cannot-be", name=name, given=short(first["input"]), why=first["msg"].lower()
        ) from error


def _made_in(wanted: Path | None, roots: tuple[Path, ...], *, local: bool) -> Path | None:
    """Return where corridors made in the page go: the place named, the served folder, home."""
    if wanted is not None:
        if wanted.is_file():
            raise ReadError("server-path-is-a-file", name=_shown(wanted))
        return wanted.absolute()
    if roots:
        return roots[0]
    # Over a network nobody writes into a home folder that its owner did not name.
    with suppress(RuntimeError):  # there may be no home
        return Path.home() / _AT_HOME if local else None
    return None


def path_before(text: str) -> str:
    """Return a base path with one slash before it and none after it; "" for none."""
    bare = text.strip("/")
    return f"/{bare}" if bare else ""


def _folder(name: str) -> Path:
    path = Path(name)
    if path.is_file():
        raise _a_file(path)
    if path.is_dir() and not (path / MANIFEST).is_file():
        raise _no_corridor(path)
    return find_corridor(name).resolve()


def _a_file(path: Path) -> ReadError:
    name = short(path.name)
    if zipfile.is_zipfile(path):
        return ReadError("corridor-is-packed", name=name)
    return ReadError("corridor-is-a-file", name=name, manifest=MANIFEST)


def _no_corridor(path: Path) -> ReadError:
    name = short(path.name or str(path))
    inside = folders_in(path)
    if len(inside) == 1:
        shown = _shown(path / inside[0].name)
        return ReadError("corridor-is-inside", folder=name, inside=shown)
    if inside:
        return ReadError("corridors-are-inside", folder=name, n=len(inside), path=_shown(path))
    if not any(path.iterdir()):
        return ReadError("folder-is-empty", folder=name, path=_shown(path))
    return ReadError("folder-holds-no-corridor-toml", folder=name, manifest=MANIFEST)


def _root(path: Path) -> Path:
    name = _shown(path)
    if path.is_file():
        raise ReadError("server-path-is-a-file", name=name)
    if not path.is_dir():
        raise ReadError("server-folder-is-missing", name=name)
    if (path / MANIFEST).is_file():
        raise ReadError("folder-is-a-corridor-itself", folder=name)
    if not folders_in(path):
        raise ReadError("folder-holds-no-corridor", folder=name, manifest=MANIFEST)
    return path.resolve()


def _require_own_ids(folders: Sequence[Path]) -> None:
    """Refuse two folders of one id: an address could not tell which of them is meant."""
    seen: dict[str, Path] = {}
    for folder in folders:
        try:
            id_ = Manifest.read(read_file(folder, MANIFEST)).id
        except CorridorError:  # told in the page, which loads once it is mended
            continue
        first = seen.setdefault(id_, folder)
        if first != folder:
            raise CorridorFormatError(
                "two-folders-have-one-id",
                file=MANIFEST,
                id=id_,
                first=_shown(first),
                second=_shown(folder),
            )


def _shown(path: Path) -> str:
    # Whole, so that it can be copied: only the person at the terminal reads it.
    return short(str(path), 1000)
