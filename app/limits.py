"""Say how much a server takes from its readers: one small model, read by `corridormap serve`.

What is refused for its size is refused where it arrives; this module refuses nothing.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from geo.formats.limits import Limits

__all__ = ["ServerLimits"]

_MB = 1_000_000
_OF_FILES = Limits()


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

    sessions_each: int = Field(default=10, gt=0, le=100_000)
    """Most pages that one reader may have open at once, or one address without a login."""
    strangers: int = Field(default=20, gt=0, le=10_000)
    """With a login: most pages of those who have not logged in; they take no other's place."""

    @property
    def upload_bytes(self) -> int:
        """Largest file, in bytes."""
        return round(self.upload_mb * _MB)

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
