"""Put a font's kerning into the old `kern` table, in place of its layout tables.

A picture's fonts are cut down to the letters it uses each time a PDF is written. Cutting
GPOS and GSUB takes most of that time, and Latin, Greek and Cyrillic words need of them
only the kerning of pairs.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fontTools.ttLib import TTFont

__all__ = ["simplify_layout"]

_LAST_LETTER = 0x0530
_PUNCTUATION = range(0x2000, 0x2070)
_MOST_PAIRS = 10_000
"""A subtable's length is told in 16 bits."""
_EXTENSION = 9
_PAIRS = 2
_LAYOUT = ("GDEF", "GPOS", "GSUB")


def simplify_layout(font: TTFont) -> None:
    """Change a font: pair kerning of letters and punctuation stays, other layout goes."""
    pairs = _kerning(font)
    for tag in _LAYOUT:
        if tag in font:
            del font[tag]
    table = newTable("kern")
    table.version = 0
    table.kernTables = []
    ordered = sorted(pairs.items())
    for start in range(0, len(ordered), _MOST_PAIRS):
        part = KernTable_format_0()
        part.version, part.coverage, part.apple, part.tupleIndex = 0, 1, False, None
        part.kernTable = dict(ordered[start : start + _MOST_PAIRS])
        table.kernTables.append(part)
    if ordered:
        font["kern"] = table


def _kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Return how much closer two glyphs stand, in the font's units."""
    letters = {
        glyph
        for code, glyph in font.getBestCmap().items()
        if (code < _LAST_LETTER or code in _PUNCTUATION) and not unicodedata.combining(chr(code))
    }
    found: dict[tuple[str, str], int] = {}
    for subtables in _lookups(font):
        # Within one lookup the first subtable that knows a pair decides it.
        decided: dict[tuple[str, str], int] = {}
        for subtable in subtables:
            for pair, value in _pairs(subtable, letters):
                decided.setdefault(pair, value)
        for pair, value in decided.items():
            found[pair] = found.get(pair, 0) + value
    return {pair: value for pair, value in found.items() if value}


def _lookups(font: TTFont) -> Iterator[list[Any]]:
    """Yield the pair subtables of each lookup that kerns Latin."""
    if "GPOS" not in font:
        return
    table = font["GPOS"].table
    numbers: set[int] = set()
    for script in table.ScriptList.ScriptRecord:
        if script.ScriptTag == "latn":
            for index in script.Script.DefaultLangSys.FeatureIndex:
                record = table.FeatureList.FeatureRecord[index]
                if record.FeatureTag == "kern":
                    numbers.update(record.Feature.LookupListIndex)
    for number in sorted(numbers):
        lookup = table.LookupList.Lookup[number]
        subtables = [s.ExtSubTable if s.LookupType == _EXTENSION else s for s in lookup.SubTable]
        yield [subtable for subtable in subtables if subtable.LookupType == _PAIRS]


def _pairs(subtable: Any, letters: set[str]) -> Iterator[tuple[tuple[str, str], int]]:
    firsts = [(n, glyph) for n, glyph in enumerate(subtable.Coverage.glyphs) if glyph in letters]
    if subtable.Format == 1:
        for number, first in firsts:
            for record in subtable.PairSet[number].PairValueRecord:
                if record.SecondGlyph in letters:
                    yield (first, record.SecondGlyph), _advance(record)
        return
    first_classes, second_classes = subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs
    for _, first in firsts:
        row = subtable.Class1Record[first_classes.get(first, 0)].Class2Record
        for second in letters:
            yield (first, second), _advance(row[second_classes.get(second, 0)])


def _advance(record: Any) -> int:
    return int(getattr(record.Value1, "XAdvance", 0) or 0)
