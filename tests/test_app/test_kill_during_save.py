"""Killing the real server during saves loses nothing, and never leaves half a save.

Every second kill falls at random in the time of a save, the others while it writes.
`make sweep` kills a thousand times.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.validation.validate import validate
from tests.serving import free_port
from tests.sweeping import SWEEP

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).with_name("saving_server.py")
ROUNDS = 1000 if SWEEP else 6
SAVES = 2
"""A kill at random falls anywhere in the time that so many saves take."""
WRITING_S = 0.01
"""... and one while it writes so long after it has begun."""
LOOK_S = 0.0002
"""A save writes for milliseconds only."""
LONGEST_S = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor."""
    return Path(shutil.copytree(ROOT / "data" / "north-south", tmp_path / "mine"))


@pytest.fixture
def servers(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Return the process that starts a server for every line it is sent."""
    with subprocess.Popen(
        [sys.executable, str(SERVER), str(folder)], cwd=ROOT, env=os.environ | {"PYTHONPATH": "."},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield process
        assert process.stdin is not None
        process.stdin.close()


def asked(port: int, name: str, value: Any = None) -> Any:
    body = None if value is None else json.dumps(value).encode()
    url = f"http://localhost:{port}/corridormap/c/north-south/edit/{name}"
    request = urllib.request.Request(url, data=body)
    with urllib.request.urlopen(request, timeout=60) as answer:
        told = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return json.loads(gzip.decompress(told) if packed else told)


def change(known: Any, number: int) -> dict[str, Any]:
    """Return a draft that writes a number into three files."""
    city = known["layers"]["cities"][0]
    note = known["annotations"][0]
    source = known["sources"][0]
    city["properties"]["position_note"] = note["claim"]["title"] = f"Number {number}"
    source["note"] = f"Number {number}"
    hashes = known["hashes"]
    return {
        "base": known["revision"],
        "ops": [
            {"op": "put_feature", "layer": "cities", "feature": city,
             "was": hashes["layers"]["cities"][city["id"]]},
            {"op": "put_annotation", "annotation": note,
             "was": hashes["annotations"][note["id"]]},
            {"op": "put_source", "source": source, "was": hashes["sources"][source["id"]]},
        ],
    }  # fmt: skip


def numbers(folder: Path) -> set[str]:
    """Return what the three files say; one number if no save is there by half."""
    corridor = load_corridor(folder)
    assert corridor.findings == ()
    layer = next(one for one in corridor.layers if one.id == "cities")
    first = next(iter(layer.features.values()))
    source = next(iter(corridor.sources.values()))
    return {first.position_note, corridor.annotations[0].claim.title, source.note}


def save_until_killed(port: int, first: int) -> tuple[int, int]:
    """Save again and again; return the last number that was saved, and the last one tried."""
    done = tried = first
    with contextlib.suppress(OSError, http.client.HTTPException, urllib.error.URLError):
        while True:
            known = asked(port, "base")
            tried = done + 1
            asked(port, "save", change(known, tried))
            done = tried
    return done, tried


def kill_at_random(pid: int, latest_s: float, dice: random.Random) -> threading.Thread:
    """Kill a process at any moment of the next so many seconds."""
    kill = threading.Timer(dice.uniform(0, latest_s), os.kill, (pid, signal.SIGKILL))
    kill.start()
    return kill


def kill_while_writing(pid: int, home: Path, dice: random.Random) -> threading.Thread:
    """Kill a process once it has begun to write, at any moment of the next few milliseconds."""

    def watch() -> None:
        deadline = time.monotonic() + LONGEST_S
        while time.monotonic() < deadline and not (home / "staged").exists():
            time.sleep(LOOK_S)
        end = time.monotonic() + dice.uniform(0, WRITING_S)
        while time.monotonic() < end:
            pass
        os.kill(pid, signal.SIGKILL)

    kill = threading.Thread(target=watch)
    kill.start()
    return kill


def test_a_killed_server_loses_nothing_and_leaves_no_half(
    folder: Path, servers: subprocess.Popen[str]
) -> None:
    dice = random.Random(20261124)  # noqa: S311 - the moments of the kills, the same every time
    home = folder / ".corridormap"
    pid, port = started(servers)
    asked(port, "save", change(asked(port, "base"), 0))
    os.kill(pid, signal.SIGKILL)
    number = halves = 0
    for round_ in range(ROUNDS):
        pid, port = started(servers)
        number += 1
        begin = time.monotonic()
        asked(port, "save", change(asked(port, "base"), number))
        latest_s = SAVES * (time.monotonic() - begin)
        if round_ % 2:
            kill = kill_while_writing(pid, home, dice)
        else:
            kill = kill_at_random(pid, latest_s, dice)
        done, tried = save_until_killed(port, number)
        kill.join()
        halves += any((home / name).exists() for name in ("staged", "journal.json"))
        found = numbers(folder)
        assert found in ({f"Number {done}"}, {f"Number {tried}"})
        number = int(found.pop().split()[-1])
    assert number >= ROUNDS
    assert halves >= ROUNDS // 5
    assert validate(folder) == ()
    print(f"{ROUNDS} kills, {number} saves, {halves} killed while writing")  # noqa: T201


def started(servers: subprocess.Popen[str]) -> tuple[int, int]:
    """Start a server and wait until it answers; return its process id and its port."""
    assert servers.stdin is not None
    assert servers.stdout is not None
    port = free_port()
    servers.stdin.write(f"{port}\n")
    servers.stdin.flush()
    pid = int(servers.stdout.readline())
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=5).close()
            return pid, port
    pytest.fail("the server did not answer")
