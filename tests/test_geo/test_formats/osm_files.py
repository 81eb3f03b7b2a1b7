"""Write small OpenStreetMap extracts by hand, as XML and as PBF."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Things", "to_pbf", "to_xml"]

Tags = dict[str, str]
KINDS = ("node", "way", "relation")


@dataclass
class Things:
    """What an extract holds."""

    nodes: dict[int, tuple[float, float, Tags]] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], Tags]] = field(default_factory=dict)
    relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=dict)


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def to_xml(things: Things) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for id_, (lon, lat, tags) in things.nodes.items():
        lines.append(f'<node id="{id_}" lon="{lon}" lat="{lat}" version="1">{_tags(tags)}</node>')
    for id_, (refs, tags) in things.ways.items():
        listed = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        lines.append(f'<way id="{id_}">{listed}{_tags(tags)}</way>')
    for id_, (members, tags) in things.relations.items():
        listed = "".join(f'<member type="{k}" ref="{r}" role="{o}"/>' for k, r, o in members)
        lines.append(f'<relation id="{id_}">{listed}{_tags(tags)}</relation>')
    return "\n".join([*lines, "</osm>"]).encode()


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _zigzag(value: int) -> int:
    return 2 * value if value >= 0 else -2 * value - 1


def _number(key: int, value: int) -> bytes:
    return _varint(key << 3) + _varint(value)


def _bytes(key: int, value: bytes) -> bytes:
    return _varint(key << 3 | 2) + _varint(len(value)) + value


def _packed(key: int, values: Iterable[int]) -> bytes:
    return _bytes(key, b"".join(map(_varint, values)))


def _deltas(key: int, values: Sequence[int]) -> bytes:
    before = [0, *values[:-1]]
    return _packed(key, (_zigzag(one - old) for one, old in zip(values, before, strict=True)))


def _blob(kind: bytes, body: bytes, *, raw: bool) -> bytes:
    held = _bytes(1, body) if raw else _number(2, len(body)) + _bytes(3, zlib.compress(body))
    head = _bytes(1, kind) + _number(3, len(held))
    return struct.pack(">I", len(head)) + head + held


def to_pbf(
    things: Things, *, dense: bool = True, raw: bool = False, needs: bytes = b"DenseNodes"
) -> bytes:
    words: list[str] = [""]

    def word(text: str) -> int:
        if text not in words:
            words.append(text)
        return words.index(text)

    def tagged(tags: Tags) -> bytes:
        return _packed(2, map(word, tags)) + _packed(3, map(word, tags.values()))

    def hundred_nano(degrees: float) -> int:
        return round(degrees * 1e7)

    made = b""
    if dense:
        listed = [
            n
            for _, _, tags in things.nodes.values()
            for n in (*(word(text) for pair in tags.items() for text in pair), 0)
        ]
        lats = [hundred_nano(lat) for _, lat, _ in things.nodes.values()]
        lons = [hundred_nano(lon) for lon, _, _ in things.nodes.values()]
        ids = list(things.nodes)
        body = _deltas(1, ids) + _deltas(8, lats) + _deltas(9, lons) + _packed(10, listed)
        made += _bytes(2, body)
    else:
        for id_, (lon, lat, tags) in things.nodes.items():
            at = _number(8, _zigzag(hundred_nano(lat))) + _number(9, _zigzag(hundred_nano(lon)))
            made += _bytes(1, _number(1, _zigzag(id_)) + tagged(tags) + at)
    for id_, (listed_refs, tags) in things.ways.items():
        made += _bytes(3, _number(1, id_) + tagged(tags) + _deltas(8, listed_refs))
    for id_, (members, tags) in things.relations.items():
        roles = _packed(8, (word(role) for _, _, role in members))
        refs = _deltas(9, [ref for _, ref, _ in members])
        kinds = _packed(10, (KINDS.index(kind) for kind, _, _ in members))
        made += _bytes(4, _number(1, id_) + tagged(tags) + roles + refs + kinds)
    table = b"".join(_bytes(1, text.encode()) for text in words)
    head = _bytes(4, b"OsmSchema-V0.6") + _bytes(4, needs)
    return _blob(b"OSMHeader", head, raw=True) + _blob(
        b"OSMData", _bytes(1, table) + _bytes(2, made), raw=raw
    )
