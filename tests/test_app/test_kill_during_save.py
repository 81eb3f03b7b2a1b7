"""Killing the server at random during saves loses nothing, and never leaves half a save."""

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

from layers.folder.corridor import load_corridor
from layers.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).with_name("saving_server.py")
ROUNDS = int(os.environ.get("CORRIDORMAP_KILLS", "20"))
SAVES = 2
"""A kill falls anywhere in the time that so many saves take."""


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
    request = urllib.request.Request(f"http://127.0.0.1:{port}/c/edit/{name}", data=body)
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


def test_a_killed_server_loses_nothing_and_leaves_no_half(
    folder: Path, servers: subprocess.Popen[str]
) -> None:
    dice = random.Random(20261124)  # noqa: S311 - the moments of the kills, the same every time
    pid, port = started(servers)
    asked(port, "save", change(asked(port, "base"), 0))
    os.kill(pid, signal.SIGKILL)
    number = halves = 0
    for _ in range(ROUNDS):
        pid, port = started(servers)
        number += 1
        begin = time.monotonic()
        asked(port, "save", change(asked(port, "base"), number))
        latest_s = SAVES * (time.monotonic() - begin)
        kill = threading.Timer(dice.uniform(0, latest_s), os.kill, (pid, signal.SIGKILL))
        kill.start()
        done, tried = save_until_killed(port, number)
        kill.join()
        halves += (folder / ".corridormap" / "staged").exists()
        found = numbers(folder)
        assert found in ({f"Number {done}"}, {f"Number {tried}"})
        number = int(found.pop().split()[-1])
    assert number >= ROUNDS
    assert validate(folder) == ()
    print(f"{ROUNDS} kills, {number} saves, {halves} killed while writing")  # noqa: T201


def started(servers: subprocess.Popen[str]) -> tuple[int, int]:
    """Start a server; return its process id and its port."""
    assert servers.stdin is not None
    assert servers.stdout is not None
    servers.stdin.write("go\n")
    servers.stdin.flush()
    pid, port = servers.stdout.readline().split()
    return int(pid), int(port)
