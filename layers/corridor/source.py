"""Read a corridor's bibliography (CSL-JSON) and write a source as one line.

Unknown CSL keys are kept, so that Zotero and pandoc get the file back whole. This
module fetches nothing and follows no address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corridormap.geo.errors import CorridorFormatError, Finding
from corridormap.geo.json_file import parse_json
from corridormap.layers.wording.plainly import findings_of
from corridormap.layers.wording.words import date_label, plain

__all__ = ["CslDate", "CslName", "SceneSource", "Source", "read_sources", "safe_url"]


class CslName(BaseModel):
    """A person or a body."""

    model_config = ConfigDict(frozen=True, extra="allow")

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def text(self) -> str:
        """The name as read: given name first."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class CslDate(BaseModel):
    """A date as CSL writes it: parts, or words such as "undated"."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    date_parts: tuple[tuple[int | str, ...], ...] = Field(default=(), alias="date-parts")
    literal: str = ""

    @property
    def iso(self) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD; empty when the date is in words."""
        if not self.date_parts or not self.date_parts[0]:
            return ""
        year, *rest = (str(part) for part in self.date_parts[0][:3])
        return "-".join([year.zfill(4), *(part.zfill(2) for part in rest)])

    @property
    def text(self) -> str:
        """The date to read."""
        return date_label(self.iso) if self.iso else plain(self.literal) or "undated"


@dataclass(frozen=True)
class SceneSource:
    """A source as one line to read and, where known, an address to follow."""

    id: str
    text: str
    url: str | None
    short: str = ""
    """Publisher and date, e.g. "News.az, 30 Dec 2023"."""


def _listed(value: Any) -> Any:
    """Return one id or word as a list of one."""
    return [value] if isinstance(value, str) else value


_Listed = Annotated[
    tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])
]


class Source(BaseModel):
    """One entry of sources.json."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    id: Annotated[str, Field(min_length=1, max_length=40)]
    type: str
    title: Annotated[str, Field(min_length=1)]
    publisher: str = ""
    container_title: str = Field(default="", alias="container-title")
    author: tuple[CslName, ...] = ()
    issued: CslDate = CslDate(literal="undated")
    accessed: CslDate | None = None
    URL: str | None = None
    language: str = ""
    note: str = ""
    license: str = ""
    """Of a data set, as SPDX writes it: ODbL-1.0."""
    credit: str = ""
    """The words that its licence asks for wherever its data is shown."""
    derives_from: _Listed = ()
    """Ids of the sources that it has what it says from."""
    same_text_as: _Listed = ()
    """Ids of other prints of the same text."""
    independent_of: _Listed = ()
    """Ids of sources that look like the same text and were found not to be."""
    readout_of: _Listed = ()
    """The talks, statements or meetings that it reports: one word for one occasion."""
    agency: str = ""
    """Whose text it is, where the publisher only prints it."""
    compiled: bool = False
    """Whether it was written from other sources of this list, as a summary is."""

    @property
    def house(self) -> str:
        """Who speaks in it, folded: the agency, or else the publisher; may be empty."""
        said = self.agency or self.publisher or self.container_title
        return " ".join(plain(said).casefold().split())

    @property
    def address(self) -> str:
        """The address without what does not tell two pages apart; empty where there is none."""
        parts = urlsplit(self.url or "")
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        query = f"?{parts.query}" if parts.query else ""
        return f"{host}{parts.path.rstrip('/')}{query}" if host else ""

    @property
    def url(self) -> str | None:
        """The address if it is one of the web; anything else counts as none."""
        return safe_url(self.URL)

    @property
    def dated(self) -> bool:
        """Whether it has a date, or says in words that it has none."""
        return bool(self.issued.iso or self.issued.literal.strip())

    def line(self) -> SceneSource:
        """Return the source as one line to read."""
        publisher = plain(self.publisher or self.container_title)
        checked = f"checked {self.accessed.text}" if self.accessed else ""
        parts = (publisher, plain(self.title), self.issued.text, checked)
        short = (publisher, self.issued.text)
        return SceneSource(
            plain(self.id),
            ", ".join(part for part in parts if part),
            self.url,
            ", ".join(part for part in short if part),
        )


def safe_url(url: str | None) -> str | None:
    """Return an http or https address with a host, or None for anything else."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and parts.hostname and not set(url) & set(' \n\t"<>')
    return url.strip() if good else None


def read_sources(raw: bytes, *, file: str) -> tuple[dict[str, Source], tuple[Finding, ...]]:
    """Read sources.json; entries that cannot be used are left out and named.

    Raises
    ------
    CorridorError
        The file is broken or not a list.
    """
    data = parse_json(raw, file=file)
    if not isinstance(data, list):
        raise CorridorFormatError("not-a-list-of-sources", file=file)
    found: dict[str, Source] = {}
    findings: list[Finding] = []
    for index, entry in enumerate(data):
        label = _label(entry, index)
        try:
            source = Source.model_validate(entry)
        except ValidationError as error:
            findings += findings_of(error, file=file, feature=label, said=entry)
            continue
        if source.id in found:
            findings.append(Finding("source-id-stands-twice", file, label, "id"))
            continue
        found[source.id] = source
    return found, tuple(findings)


def _label(entry: Any, index: int) -> str:
    given = entry.get("id") if isinstance(entry, dict) else None
    return plain(given)[:40] if isinstance(given, str) and given else f"source {index + 1}"
