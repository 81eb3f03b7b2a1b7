"""Say what protects this machine from the files that strangers give to a server. Serves nothing."""

from __future__ import annotations

import sys

from corridormap.app.commands.common import say, tell
from corridormap.geo.sandbox.sandbox import holds

__all__ = ["say_checked"]

_PROMISES = {
    "environment": "sees nothing of the server's environment",
    "network": "has no network, and starts no program",
    "files": "reads its own folder only, and writes nothing beside it",
    "privileges": "has no privileges, and gets none",
    "limits": "is limited in memory, time and size of files",
    "parent": "ends with the server",
}


def say_checked(*, address: str, port: int | None, read_only: bool) -> int:
    """Print what holds, and return the exit status.

    Parameters
    ----------
    address, port
        Where the server would listen.
    read_only
        Whether readers could only read.

    Returns
    -------
    int
        1 if a Linux lacks what a Linux can have; other systems cannot have all of it.
    """
    say(f"Address: {address}, port {port or 'the first free one from 8501'}")
    say(f"Readers may: {'read' if read_only else 'read, add and change'}")
    say("The process in which files from outside are read:")
    lacking = 0
    for hold in holds():
        lacking += not hold.holds
        word = "yes" if hold.holds else "NO "
        why = f" - {hold.why}" if hold.why else ""
        say(f"  {word} {hold.what}: {_PROMISES[hold.what]}{why}")
    if lacking:
        tell("docs/security.md tells what that means.")
    return int(bool(lacking) and sys.platform.startswith("linux"))
