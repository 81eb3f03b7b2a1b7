"""Take in what a page uploads: one line of JSON, then the files, straight into a folder.

Sizes are refused before anything is read, and counted while it comes (app/desk/body.py); no file
stays in memory. Nothing here opens what arrived, and no name from outside becomes a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from corridormap.app.upload.wish import UploadHead
from corridormap.geo.errors import ReadError
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

__all__ = ["HEAD_BYTES", "TooLargeError", "require_declared", "take_body"]

HEAD_BYTES = 8_000_000
"""Longest first line: it names the ids that are taken."""


class TooLargeError(ReadError):
    """More arrives than is let in."""


def require_declared(length: str | None, most: int) -> None:
    """Refuse a body by the size that its header declares.

    Raises
    ------
    TooLargeError
        It is too large.
    ReadError
        The header does not say how large it is.
    """
    if length is None or not length.isascii() or not length.isdigit():
        raise ReadError("upload-has-no-length")
    if len(length) > 15 or int(length) > most + HEAD_BYTES:
        raise _too_large(int(length[:15]), most)


async def take_body(stream: AsyncIterator[bytes], folder: Path, *, most: int) -> UploadHead:
    """Write the files of a body into a folder as "0", "1" and so on.

    Parameters
    ----------
    stream
        The body in the pieces in which it comes.
    folder
        An empty folder of this upload's own.
    most
        Largest size of all files together, in bytes.

    Raises
    ------
    TooLargeError
        The files are larger, whatever was declared.
    ReadError
        The body is not what a page sends, or ends too early.
    """
    line = bytearray()
    rest = b""
    async for chunk in stream:
        before, end, rest = chunk.partition(b"\n")
        line += before
        if len(line) > HEAD_BYTES:
            raise ReadError("upload-head-too-long")
        if end:
            break
    head = await run_in_threadpool(UploadHead.read, bytes(line))
    sizes = [file.size for file in head.files]
    if head.held is not None:
        sizes.append(head.held)
    total = sum(sizes)
    if total > most:
        raise _too_large(total, most, head.files[0].name)
    files = _Files(folder, sizes)
    files.write(rest)
    async for chunk in stream:
        files.write(chunk)
    files.close()
    return head


class _Files:
    """The files of a body, written one after the other."""

    def __init__(self, folder: Path, sizes: list[int]) -> None:
        self._folder = folder
        self._left = list(enumerate(sizes))
        for number, _ in self._left:
            (folder / str(number)).touch()

    def write(self, chunk: bytes) -> None:
        """Take the next piece, of one file or of several."""
        while chunk:
            if not self._left:
                raise ReadError("upload-is-too-long")
            number, left = self._left[0]
            with (self._folder / str(number)).open("ab") as file:
                file.write(chunk[:left])
            if len(chunk) < left:
                self._left[0] = (number, left - len(chunk))
            else:
                self._left.pop(0)
            chunk = chunk[left:]

    def close(self) -> None:
        """Refuse a body that ended too early."""
        if any(left for _, left in self._left):
            raise ReadError("upload-is-cut-short")


def _too_large(size: int, most: int, name: str = "") -> TooLargeError:
    return TooLargeError(
        "geodata-file-too-large", file=short(name), mb=f"{size / 1e6:,.1f}", most=f"{most / 1e6:g}"
    )
