"""Open a zip that somebody else made: check every member before any of it is unpacked.

Nothing is written to disk here. Members that lead out of the zip, links, zips within the
zip and members that grow too much refuse the whole file.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.table import short, too_many
from corridormap.geo.letters import likeliest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["Archive"]

_ZIPS = (".zip", ".kmz", ".jar", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz")
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_SMALL = 1_000_000
"""Below this many bytes a member may grow by any factor: it cannot hurt."""
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_CHUNK = 1 << 20
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How honest zips, DOCX and KMZ are packed; each other way is one more reader to trust."""
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
    RuntimeError,  # locked, or (NotImplementedError) of a later version of zip
)


class Archive:
    """A zip whose members were checked by what it says of them.

    Raises
    ------
    ReadError
        The zip is broken or a member is not what an honest one is.
    """

    def __init__(self, blob: Blob, limits: Limits) -> None:
        self._name = blob.name
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(blob.data))
            infos = self._zip.infolist()
        except _FAULTS as error:
            raise self._refused("", "zip-is-broken") from error
        if len(infos) > limits.members:
            raise too_many("files in the zip", len(infos), limits.members, file=self._name)
        for info in infos:
            info.filename = _name_of(info)
        self._infos: Mapping[str, zipfile.ZipInfo] = {
            info.filename: info for info in infos if not info.filename.endswith("/")
        }
        self._left = limits.unpacked_bytes
        self._check(infos)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its files, folders included in them; the debris of macOS left out."""
        return tuple(
            name
            for name in self._infos
            if not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith("._")
        )

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of one member.

        Raises
        ------
        ReadError
            It is broken or locked.
        """
        try:
            with self._zip.open(self._infos[name]) as member:
                return member.read(size)
        except _FAULTS as error:
            raise self._refused(name, "member-is-broken-or-locked") from error

    def read(self, name: str) -> bytes:
        """Return the contents of one member, never more than it says and is allowed.

        Raises
        ------
        ReadError
            It is broken, locked, itself packed, or larger than it says.
        """
        info = self._infos[name]
        parts, size = [], 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    if size > info.file_size or size > self._left:
                        raise self._bomb(name)
                    parts.append(chunk)
        except _FAULTS as error:
            raise self._refused(name, "member-is-broken") from error
        self._left -= size
        body = b"".join(parts)
        if body.startswith(_PACKED):
            raise self._nested(name)
        return body

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        seen: set[str] = set()
        total = 0
        for info in infos:
            name = info.filename
            parts = name.replace("\\", "/").split("/")
            outside = name.startswith(("/", "\\")) or ":" in parts[0] or ".." in parts
            if not name or outside or "\0" in name:
                raise self._refused(name, "member-leads-out-of-zip")
            if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
                raise self._refused(name, "member-is-not-a-file")
            if info.flag_bits & _ENCRYPTED:
                raise self._refused(name, "member-is-locked")
            if info.compress_type not in _PLAIN:
                raise self._refused(name, "member-is-packed-unusually")
            if name in seen:
                raise self._refused(name, "member-stands-twice")
            if name.lower().endswith(_ZIPS):
                raise self._nested(name)
            seen.add(name)
            total += info.file_size
            grows = info.file_size > max(_SMALL, info.compress_size * self._limits.ratio)
            if grows or total > self._limits.unpacked_bytes:
                raise self._bomb(name)

    def _nested(self, name: str) -> ReadError:
        return self._refused(name, "member-is-itself-packed")

    def _bomb(self, name: str) -> ReadError:
        most = self._limits.unpacked_bytes / 1e6
        return self._refused(name, "member-unpacks-too-large", most=f"{most:g}")

    def _refused(self, member: str, code: str, **said: str) -> ReadError:
        where = f"in the zip, '{short(member)}'" if member else ""
        return ReadError(code, file=self._name, feature=where, **said)


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name: in UTF-8 where the zip says so, else as it reads best."""
    name = info.filename
    if info.flag_bits & _NAME_IS_UTF8 or name.isascii():
        return name
    return likeliest(name.encode("cp437"))  # as the standard has it, and few programs do
