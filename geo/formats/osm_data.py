"""Take in OpenStreetMap extracts, XML or PBF, as nodes, ways and relations.

A stranger's file: bounded by what it unpacks to and by how many things it holds. Positions are
kept as arrays, tags only of what has some. Makes no geometry and chooses nothing.
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.table import too_many
from corridormap.geo.formats.xml import walk_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from corridormap.geo.formats.limits import Limits

    Ints = NDArray[np.int64]

__all__ = ["Extract", "Member", "read_extract"]

_HEADER_BYTES = 65_536
_KNOWN = {"OsmSchema-V0.6", "DenseNodes"}
_KINDS = ("node", "way", "relation")
_NANO = 1e-9


@dataclass(frozen=True)
class Member:
    """One of the things that a relation is made of."""

    kind: str
    ref: int
    role: str


@dataclass
class Extract:
    """What a file holds."""

    most: int
    """How many things it may hold."""
    file: str
    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    node_tags: dict[int, Mapping[str, str]] = field(default_factory=dict)
    ways: dict[int, tuple[Mapping[str, str], list[int]]] = field(default_factory=dict)
    relations: dict[int, tuple[Mapping[str, str], list[Member]]] = field(default_factory=dict)

    def take(self, count: int) -> None:
        """Count things.

        Raises
        ------
        ReadError
            There are more than may be.
        """
        self.most -= count
        if self.most < 0:
            raise ReadError("extract-holds-too-much", file=self.file)


def read_extract(data: bytes, *, file: str, limits: Limits) -> Extract:
    """Return what an extract holds.

    Raises
    ------
    ReadError
        It is broken, or holds too much.
    """
    found = Extract(limits.marks // 2, file)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        reader = _Reader(found)
        walk_xml(data, reader.start, reader.end, file=file)
        return found
    try:
        for block in _blocks(data, found, limits):
            _read_block(block, found)
    except (IndexError, ValueError, KeyError, OverflowError, struct.error, zlib.error) as error:
        raise ReadError("contents-are-broken", file=file, why="it is no whole PBF") from error
    return found


@dataclass
class _Reader:
    """Takes the elements of an XML extract as they come."""

    found: Extract
    id: int = 0
    gone: bool = False
    tags: dict[str, str] = field(default_factory=dict)
    refs: list[int] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)

    def start(self, name: str, given: dict[str, str], line: int) -> None:
        self.found.take(1)
        try:
            if name in _KINDS:
                self.begin(name, given)
            elif name == "tag":
                self.tags[given["k"]] = given["v"]
            elif name == "nd":
                self.refs.append(int(given["ref"]))
            elif name == "member":
                member = Member(given["type"], int(given["ref"]), given.get("role", ""))
                self.members.append(member)
        except (KeyError, ValueError) as error:
            raise ReadError("osm-element-is-broken", file=self.found.file, line=line) from error

    def begin(self, name: str, given: dict[str, str]) -> None:
        self.tags, self.refs, self.members = {}, [], []
        self.id = int(given["id"])
        self.gone = given.get("action") == "delete" or given.get("visible") == "false"
        if name == "node" and not self.gone:
            at = float(given["lon"]), float(given["lat"])
            if not all(map(math.isfinite, at)):
                raise ValueError
            self.found.nodes[self.id] = at

    def end(self, name: str) -> None:
        if name not in _KINDS or self.gone:
            return
        if name == "node" and self.tags:
            self.found.node_tags[self.id] = self.tags
        elif name == "way":
            self.found.ways[self.id] = (self.tags, self.refs)
        elif name == "relation":
            self.found.relations[self.id] = (self.tags, self.members)


def _blocks(data: bytes, found: Extract, limits: Limits) -> Iterator[bytes]:
    """Yield the blocks of data of a PBF, unpacked."""
    place, left = 0, limits.unpacked_bytes
    while place < len(data):
        (size,) = struct.unpack_from(">I", data, place)
        if not 0 < size <= _HEADER_BYTES:
            raise ValueError
        head = dict(_fields(data[place + 4 : place + 4 + size]))
        place += 4 + size
        body = data[place : place + head[3]]
        if len(body) != head[3]:
            raise ValueError
        place += head[3]
        blob = dict(_fields(body))
        if 1 not in blob and 3 not in blob:
            raise ReadError("extract-is-packed-otherwise", file=found.file)
        unpacked = blob[1] if 1 in blob else zlib.decompressobj().decompress(blob[3], left + 1)
        left -= len(unpacked)
        if left < 0:
            most = limits.unpacked_bytes // 1_000_000
            raise too_many("megabytes unpacked", most + 1, most, file=found.file)
        if head[1] == b"OSMHeader":
            needed = {value.decode() for key, value in _fields(unpacked) if key == 4}
            if needed - _KNOWN:
                raise ReadError("extract-is-packed-otherwise", file=found.file)
        elif head[1] == b"OSMData":
            yield unpacked


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield number and value of the fields of a message: a whole number, or bytes."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        value: Any
        if key & 7 == 0:
            value, place = _varint(data, place)
        elif key & 7 == 2:
            size, place = _varint(data, place)
            value = data[place : place + size]
            if len(value) != size:
                raise ValueError
            place += size
        elif key & 7 in {1, 5}:
            value, place = None, place + (8 if key & 7 == 1 else 4)
        else:
            raise ValueError
        yield key >> 3, value


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
        if shift > 63:
            raise ValueError


def _packed(data: bytes) -> Ints:
    """Return the whole numbers of a packed field, all at once."""
    raw = np.frombuffer(data, dtype=np.uint8)
    if not len(raw):
        return np.zeros(0, dtype=np.int64)
    ends = np.flatnonzero(raw < 0x80)
    if not len(ends) or ends[-1] != len(raw) - 1:
        raise ValueError
    starts = np.concatenate([[0], ends[:-1] + 1])
    within = np.arange(len(raw)) - np.repeat(starts, ends - starts + 1)
    if within.max() > 9:
        raise ValueError
    parts = (raw & 0x7F).astype(np.uint64) << (7 * within).astype(np.uint64)
    return np.add.reduceat(parts, starts).astype(np.int64)


def _signed(values: Ints) -> Ints:
    """Return numbers of which the last bit is the sign."""
    return (values.view(np.uint64) >> np.uint64(1)).view(np.int64) ^ -(values & 1)


def _deltas(data: bytes) -> list[int]:
    return np.cumsum(_signed(_packed(data))).tolist()  # type: ignore[no-any-return]


def _read_block(data: bytes, found: Extract) -> None:
    words: list[str] = []
    groups: list[bytes] = []
    scale = {17: 100, 19: 0, 20: 0}
    for key, value in _fields(data):
        if key == 1:
            words = [text.decode("utf-8", "replace") for one, text in _fields(value) if one == 1]
        elif key == 2:
            groups.append(value)
        elif key in scale:
            scale[key] = value - 2**64 if value >= 2**63 else value
    for group in groups:
        for key, value in _fields(group):
            if key == 2:
                _read_dense(dict(_fields(value)), words, scale, found)
            elif key in {1, 3, 4}:
                _read_one(key, dict(_fields(value)), words, scale, found)


def _degrees(number: int, offset: int, scale: Mapping[int, int]) -> float:
    return round((scale[offset] + scale[17] * number) * _NANO, 9)


def _read_dense(
    given: Mapping[int, Any], words: list[str], scale: Mapping[int, int], found: Extract
) -> None:
    ids, lats, lons = (_deltas(given.get(key, b"")) for key in (1, 8, 9))
    found.take(len(ids))
    for id_, lat, lon in zip(ids, lats, lons, strict=True):
        found.nodes[id_] = (_degrees(lon, 20, scale), _degrees(lat, 19, scale))
    listed = iter(_packed(given.get(10, b"")).tolist())
    number, tags = 0, dict[str, str]()
    for word in listed:
        if word:
            tags[words[word]] = words[next(listed, 0)]
            continue
        if tags:
            found.node_tags[ids[number]] = tags
        number, tags = number + 1, {}


def _read_one(
    kind: int, given: Mapping[int, Any], words: list[str], scale: Mapping[int, int], found: Extract
) -> None:
    keys, values = (_packed(given.get(key, b"")).tolist() for key in (2, 3))
    tags = {words[key]: words[value] for key, value in zip(keys, values, strict=True)}
    id_ = int(given[1])
    found.take(1)
    if kind == 1:
        id_, lat, lon = (_signed(np.array([given[key]], dtype=np.int64))[0] for key in (1, 8, 9))
        found.nodes[int(id_)] = (_degrees(int(lon), 20, scale), _degrees(int(lat), 19, scale))
        if tags:
            found.node_tags[int(id_)] = tags
    elif kind == 3:
        refs = _deltas(given.get(8, b""))
        found.take(len(refs))
        found.ways[id_] = (tags, refs)
    else:
        roles, kinds = (_packed(given.get(key, b"")).tolist() for key in (8, 10))
        refs = _deltas(given.get(9, b""))
        found.take(len(refs))
        found.relations[id_] = (
            tags,
            [
                Member(_KINDS[what], ref, words[role])
                for what, ref, role in zip(kinds, refs, roles, strict=True)
            ],
        )
