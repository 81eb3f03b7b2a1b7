"""Say how much a server takes from its readers: one small model, read by `corridormap serve`.

What is refused for its size is refused where it arrives; this module refuses nothing.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from corridormap.geo.formats.limits import Limits

__all__ = ["ServerLimits"]

_MB = 1_000_000
_OF_FILES = Limits()
_PARSED_BYTES = 160_000_000


class ServerLimits(BaseModel):
    """How much a server takes; the defaults suit a machine with 2 GB of memory."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    upload_mb: float = Field(default=_OF_FILES.file_bytes / _MB, gt=0, le=2000)
    """Largest file that a reader may add, in megabytes."""
    features: int = Field(default=_OF_FILES.features, gt=0, le=10_000_000)
    """Most features in a file that is added."""
    vertices: int = Field(default=_OF_FILES.vertices, gt=0, le=100_000_000)
    """Most vertices in a file that is added."""
    sessions: int = Field(default=100, gt=0, le=100_000)
    """Most pages that may be open at once."""
    bodies: int = Field(default=64, gt=0, le=10_000)
    """Most requests that may be sending something at once."""
    bodies_each: int = Field(default=16, gt=0, le=10_000)
    """Most of them of one visitor; behind a proxy that names nobody all are one."""
    bodies_bytes: int = Field(default=600_000_000, gt=0)
    """Most bytes of all of them together; they lie on the disk, save the small ones."""
    body_first_s: float = Field(default=15, gt=0)
    """Seconds for the first byte."""
    body_grace_s: float = Field(default=20, gt=0)
    """Seconds before the pace counts."""
    body_pace: float = Field(default=16_000, gt=0)
    """Bytes a second that must have come then: 128 kbit/s, the slowest mobile line."""
    body_whole_s: float = Field(default=900, gt=0)
    """Seconds for a whole body; 64 MB come in them at 0.6 Mbit/s."""
    waiting: int = Field(default=48, gt=0, le=10_000)
    """Most requests that wait in one queue."""
    waiting_each: int = Field(default=16, gt=0, le=10_000)
    """Most of them of one visitor."""

    sessions_each: int = Field(default=10, gt=0, le=100_000)
    """Most pages that one reader may have open at once, or one address without a login."""
    strangers: int = Field(default=20, gt=0, le=10_000)
    """With a login: most pages of those who have not logged in; they take no other's place."""

    @property
    def upload_bytes(self) -> int:
        """Largest file, in bytes."""
        return round(self.upload_mb * _MB)

    @property
    def parsed_bytes(self) -> int:
        """Most memory that what a page sends as JSON may take, once it is parsed."""
        return round(_PARSED_BYTES * max(1.0, self.vertices / _OF_FILES.vertices))

    def of_files(self) -> Limits:
        """Return the limits that the readers of files keep to.

        What a file may hold when unpacked, and the memory that reading it may take, grow
        with the size that is let in; they never shrink below what small files need.
        """
        times = max(1.0, self.upload_bytes / _OF_FILES.file_bytes)
        marks = max(1.0, self.vertices / _OF_FILES.vertices, times)
        return Limits(
            file_bytes=self.upload_bytes,
            unpacked_bytes=round(_OF_FILES.unpacked_bytes * times),
            features=self.features,
            vertices=self.vertices,
            marks=round(_OF_FILES.marks * marks),
            box_bytes=round(_OF_FILES.box_bytes * marks),
        )
