"""Say how a server is run: what it serves, to whom, and how much it takes.

Made once, from the command's options and the environment, and handed to every part that
needs it. Decides nothing itself.
"""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path  # noqa: TC003  pydantic reads it at run time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from corridormap.app.settings.limits import ServerLimits
from corridormap.app.settings.names import origin_of
from corridormap.app.settings.outgoing import Outgoing

__all__ = ["Settings"]


def _one_origin(text: str) -> str:
    if origin_of(text) != text:
        problem = f"an origin is such as https://maps.example.org, not {text!r}"
        raise ValueError(problem)
    return text


def _one_network(text: str) -> str:
    ip_network(text)
    return text


Origin = Annotated[str, AfterValidator(_one_origin)]
Network = Annotated[str, AfterValidator(_one_network)]


class Settings(BaseModel):
    """How a server is run; it does not change while it runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folders: tuple[Path, ...]
    """The corridors' folders, the one to show first at first."""
    roots: tuple[Path, ...] = ()
    """Folders that hold more of them."""
    made_in: Path | None = None
    """The folder that takes corridors made in the page; None where none can be made."""
    read_only: bool = False
    """No upload, no editing and no saving."""
    base_path: str = Field(default="", pattern=r"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$")
    """What every address begins with: empty, or such as "/maps"; no slash at its end."""
    address: str = "localhost"
    """This machine's own address that it listens at."""
    hosts: tuple[str, ...] = ()
    """The names or whole origins it is reached by, besides this machine's own."""
    login: bool = False
    """Whether Streamlit's login is set up, so that only who is logged in sees anything."""
    allowed: tuple[str, ...] = ()
    """Mail addresses, or domains as "@example.org", that are let in; empty is everybody."""
    verified_as_text: tuple[str, ...] = ()
    """Names of a login's providers that say in words, not true, that a mail is verified."""
    framed_by: tuple[Origin, ...] = ()
    """Origins whose pages may frame the page and show what is read, if nothing can be changed."""
    trusted: tuple[Network, ...] = ()
    """Addresses or networks of the proxies whose word on who asks is believed."""
    outgoing: Outgoing = Outgoing()
    """Where connections may go out to."""
    limits: ServerLimits = ServerLimits()

    @property
    def prefix(self) -> str:
        """What the addresses of the map's own requests begin with."""
        return f"{self.base_path}/corridormap"
