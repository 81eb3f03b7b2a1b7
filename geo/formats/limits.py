"""Say how large a file from outside may be, before it is read. Reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """What is accepted from a file that somebody else made.

    The defaults keep the memory that one file takes below 200 MB; a server that has more
    may raise them.
    """

    file_bytes: int = 20_000_000
    """Largest file, packed as it comes."""
    unpacked_bytes: int = 60_000_000
    """Most that a zip may hold when unpacked, in bytes."""
    ratio: int = 200
    """Largest factor by which a member of a zip may grow; honest files stay below 100."""
    members: int = 500
    """Most files in a zip."""
    features: int = 20_000
    vertices: int = 400_000
    columns: int = 1_024
    layers: int = 100
    marks: int = 2_400_000
    """Most brackets and commas in a JSON file: each becomes a thing in memory."""
    nesting: int = 64
    text_chars: int = 100_000
    """Longest text in one property, in characters."""
    box_bytes: int = 150_000_000
    """Memory that the reading process may take beyond its start, in bytes."""
    box_seconds: int = 20
    """Time that the reading process may take."""
