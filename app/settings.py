"""Say how a server is run: what it serves, to whom, and how much it takes.

Made once, from the command's options and the environment, and handed to every part that
needs it. Decides nothing itself.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  pydantic reads it at run time

from pydantic import BaseModel, ConfigDict, Field

from app.limits import ServerLimits

__all__ = ["Settings"]


class Settings(BaseModel):
    """How a server is run; it does not change while it runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folders: tuple[Path, ...]
    """The corridors' folders, the one to show first at first."""
    roots: tuple[Path, ...] = ()
    """Folders that hold more of them."""
    read_only: bool = False
    """No upload, no editing and no saving."""
    base_path: str = Field(default="", pattern=r"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$")
    """What every address begins with: empty, or such as "/maps"; no slash at its end."""
    hosts: tuple[str, ...] | None = None
    """The names it is reached by, besides this machine's own; None is any."""
    login: bool = False
    """Whether Streamlit's login is set up, so that only who is logged in sees anything."""
    allowed: tuple[str, ...] = ()
    """Mail addresses, or domains as "@example.org", that are let in; empty is everybody."""
    limits: ServerLimits = ServerLimits()

    @property
    def prefix(self) -> str:
        """What the addresses of the map's own requests begin with."""
        return f"{self.base_path}/corridormap"
