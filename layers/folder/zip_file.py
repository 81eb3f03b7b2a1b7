"""Read everything that makes a corridor from a zip, as the page hands one out.

The zip's members are checked before any of them is unpacked (geo/formats/archive.py); nothing
is written to disk. Looks into no file of the corridor.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.archive import Archive
from corridormap.geo.formats.blob import take_in
from corridormap.geo.formats.limits import Limits
from corridormap.layers.folder.files import LAYERS, MANIFEST, is_layer_file, is_own
from corridormap.layers.folder.journal import LARGEST_BYTES
from corridormap.layers.folder.opening import MOST_BYTES, MOST_FILES, FolderFiles, is_usable
from corridormap.layers.folder.refusal import Refusal, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_zip"]

_LIMITS = Limits(file_bytes=MOST_BYTES, unpacked_bytes=MOST_BYTES, members=MOST_FILES)


def read_zip(path: Path) -> FolderFiles:
    """Return a corridor's files out of a zip: they lie at its top, or in its only folder.

    Raises
    ------
    ReadError
        The zip cannot be read, is not what an honest one is, or holds no corridor.
    """
    archive = Archive(take_in(path, limits=_LIMITS), _LIMITS)
    tops = [name for name in archive.names if PurePosixPath(name).name == MANIFEST]
    if len(tops) != 1 or tops[0].count("/") > 1:
        raise ReadError(
            "zip-is-not-one-corridor",
            file=path.name,
            what="no corridor" if not tops else "several corridors",
            manifest=MANIFEST,
        )
    before = tops[0].removesuffix(MANIFEST)
    refusals: list[Refusal] = []
    files: dict[str, bytes] = {}
    inside = [name.removeprefix(before) for name in archive.names if name.startswith(before)]
    own = [name for name in inside if _is_own(name)]
    in_layers = [name for name in inside if str(PurePosixPath(name).parent) == LAYERS]
    others = tuple(PurePosixPath(name).name for name in in_layers if name not in own)
    for name in sorted(own):
        if not is_usable(name):
            refusals.append(Refusal("name", name))
            continue
        body = archive.read(before + name)
        if len(body) > LARGEST_BYTES:
            said = {"mb": f"{len(body) / 1e6:.1f}", "most": f"{LARGEST_BYTES / 1e6:g}"}
            refusals.append(RefusedError("too-large", name, **said).refusal)
            continue
        files[name] = body
    return FolderFiles(files, tuple(refusals), others)


def _is_own(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return is_layer_file(file) if folder == LAYERS else not folder and is_own(file)
