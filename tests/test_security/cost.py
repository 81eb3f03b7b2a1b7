"""Measure what hostile input costs, in a process of its own that cannot run for ever."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

__all__ = ["LIMIT_S", "costs"]

LIMIT_S = 6.0
"""Seconds of processor time for one input; what was mended took ten and more."""
_MOST_S = 300

_MEASURE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, ({most}, {most}))

def measure(name, work):
    sys.stdout.write(json.dumps([name, "never", ""]) + "\\n")
    sys.stdout.flush()
    began = time.process_time()
    try:
        work()
        said = "done"
    except Exception as error:
        said = f"{{type(error).__name__}}: {{error}}"
    sys.stdout.write(json.dumps([name, time.process_time() - began, said]) + "\\n")
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
