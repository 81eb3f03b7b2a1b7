"""Measure what hostile input costs, in a process of its own that cannot run for ever."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

__all__ = ["LIMIT_S", "costs"]

LIMIT_S = 6.0
"""Seconds of processor time for one input; what was mended took ten and more.

They are those of a machine that does the yardstick below in `YARD_S`: one that is slow, or whose
cores are shared with other work, is held to as much work and not to as many seconds.
"""
_MOST_S = 300

_MEASURE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, ({most}, {most}))

YARD_S = 0.06

def yard():
    began = time.process_time()
    sum(n * n for n in range(1_000_000))
    return time.process_time() - began

def measure(name, work):
    sys.stdout.write(json.dumps([name, "never", ""]) + "\\n")
    sys.stdout.flush()
    before = yard()
    began = time.process_time()
    try:
        work()
        said = "done"
    except Exception as error:
        said = f"{{type(error).__name__}}: {{error}}"
    took = time.process_time() - began
    took /= max(1.0, before / YARD_S, yard() / YARD_S)
    sys.stdout.write(json.dumps([name, took, said]) + "\\n")
    sys.stdout.flush()

"""


def costs(program: str) -> dict[str, tuple[float, str]]:
    """Return seconds and outcome of each piece of work that a program calls `measure` for.

    One that does not come to its end takes for ever, and the rest is not tried.
    """
    source = _MEASURE.format(most=_MOST_S) + textwrap.dedent(program)
    done = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True, text=True, timeout=_MOST_S * 2, check=False,
    )  # fmt: skip
    found: dict[str, tuple[float, str]] = {}
    for line in done.stdout.splitlines():
        name, seconds, said = json.loads(line)
        found[name] = (float("inf") if seconds == "never" else seconds, said)
    assert found, done.stderr
    return found
