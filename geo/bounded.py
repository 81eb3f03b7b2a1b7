"""Let a process that reads a stranger's file grow and run no further than it may.

Needs nothing but Python itself, so that such a process starts fast. Where a system knows no
limits (Windows) there are none: the one who started the process still stops it in time.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

__all__ = ["bound_process"]


def bound_process(
    *, memory_bytes: int, seconds: int, may_write: bool = False, may_start_others: bool = False
) -> None:
    """Bound this process from here on.

    Parameters
    ----------
    memory_bytes
        What it may take beyond what it has now.
    seconds
        Processor time that it may use.
    may_write
        Whether it may write files.
    may_start_others
        Whether it starts processes that bound themselves anew: these may then go as far as
        this one was allowed to.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits = {
            resource.RLIMIT_AS: pages * resource.getpagesize() + memory_bytes,
            resource.RLIMIT_CPU: seconds,
            resource.RLIMIT_CORE: 0,
        }
        if not may_write:
            limits[resource.RLIMIT_FSIZE] = 0
        for kind, most in limits.items():
            hard = resource.getrlimit(kind)[1] if may_start_others else most
            resource.setrlimit(kind, (most, hard))
