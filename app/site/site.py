"""Hold what one server serves: its settings, its shelf of corridors and the opened ones.

The page's script and the routes of one process share it. Draws nothing, answers nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from corridormap.app.desk.desk import Desk
from corridormap.app.login.login import Login
from corridormap.app.opening.corridors import Library
from corridormap.app.settings.settings import Settings
from corridormap.app.site.shelf import Shelf
from corridormap.geo.errors import CorridorError, CorridorFormatError, ReadError

if TYPE_CHECKING:
    from corridormap.app.opening.open_corridor import OpenCorridor
    from corridormap.app.site.shelf import Shelved

__all__ = ["ENVIRONMENT", "Site", "process_site"]

ENVIRONMENT = "CORRIDORMAP_SETTINGS"
"""Where a server leaves its settings for the page's script, as JSON."""


class Site:
    """One server's corridors, each under its id, and who may see them.

    Raises
    ------
    CorridorError
        The login cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shelf = Shelf(settings.folders, settings.roots)
        self.library = Library()
        self.desk = Desk(settings.limits)
        if settings.allowed and not settings.login:
            # Who gave a list believes that nobody else is let in.
            raise CorridorError("allow-without-login")
        self.login: Login | None = None
        if settings.login:
            self.login = Login(settings.allowed, verified_as_text=settings.verified_as_text)

    def open(self, corridor: Shelved) -> OpenCorridor:
        """Return a corridor as it stands now.

        Raises
        ------
        CorridorError
            It cannot be opened, or another one has its id.
        """
        opened = self.library.open(corridor.folder)
        if corridor.problem:
            raise CorridorFormatError("corridor-is-not-usable", problem=corridor.problem)
        return opened

    async def opened(self, corridor: Shelved, *, within_s: float | None = None) -> OpenCorridor:
        """Return a corridor as it stands now, for those who must not wait in a thread.

        Raises
        ------
        CorridorError
            It cannot be opened, or another one has its id.
        TimeoutError
            It is not open within so many seconds.
        """
        opened = await self.library.opened(corridor.folder, within_s=within_s)
        if corridor.problem:
            raise CorridorFormatError("corridor-is-not-usable", problem=corridor.problem)
        return opened

    def warm(self) -> None:
        """Open the corridor that a page shows first, before anybody asks for it."""
        with suppress(CorridorError):
            self.open(self.choose(None)[0])

    def prefix(self, corridor: Shelved) -> str:
        """Return what the addresses of a corridor's own requests begin with."""
        return f"{self.settings.prefix}/c/{corridor.id}"

    def choose(self, wanted: str | None) -> tuple[Shelved, str]:
        """Return the corridor of an id and an empty notice, or the first one and why.

        Raises
        ------
        ReadError
            There is no corridor at all.
        """
        if wanted is not None:
            found = self.shelf.find(wanted)
            if found is not None:
                return found, ""
        corridors = self.shelf.all()
        if not corridors:
            raise ReadError("no-corridor-to-show")
        # Of those that merely lie in a folder, one that opens serves a reader better.
        named = corridors[0].folder in self.settings.folders
        usable = (each for each in corridors if not each.problem)
        first = corridors[0] if named else next(usable, corridors[0])
        return first, "" if wanted is None else "There is no corridor of the link's name here."


@cache
def process_site() -> Site:
    """Return the one site that the page's script and the routes of this process share."""
    return Site(Settings.model_validate_json(os.environ[ENVIRONMENT]))
