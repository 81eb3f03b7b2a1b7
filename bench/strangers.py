"""Serve a map while two hundred strangers do what they can, and ask how long its page takes.

Prints a table: ``python bench/strangers.py`` (about a minute). The real server on loopback, a
bounded load, and an end of its own. The strangers come from several addresses of loopback (Linux
has them), the reader from another. Nothing here is a test.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.serving import port, server

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[1] / "data" / "azerbaijan-iran"
GOOD = "/corridormap/c/azerbaijan-iran"
SECONDS = 30.0
SOCKETS, EXPORTS, SLOW, HOSTILE = 200, 60, 40, 20
ADDRESSES = 8
"""Of the strangers; one address alone is held to its share, and so proves little."""
AIM_S, AIM_MB = 0.5, 800


@dataclass
class Answers:
    """What one address of the server answered."""

    taken_s: list[float] = field(default_factory=list)
    """How long those took that were what was asked for."""
    others: Counter[str] = field(default_factory=Counter)
    """What came instead: statuses, and kinds of errors."""


def main() -> None:
    """Print the table."""
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(DATA, root / "good")
        for number in range(HOSTILE):
            _hostile(root / f"hostile-{number}", f"hostile-{number}")
        at = port()
        command = [str(Path(sys.executable).with_name("corridormap")), "serve", "--dir", place]
        with server([*command, "--port", str(at), "--no-browser"], at) as (url, process, _):
            _open_good(url)
            idle = _asked(url, 3.0)
            ended = threading.Event()
            peak = [0.0]
            watching = threading.Thread(target=_watch, args=(process, peak, ended))
            watching.start()
            for load in (_sockets, _exports, _slow_bodies, _open_hostile):
                threading.Thread(target=load, args=(at, ended), daemon=True).start()
            loaded = _asked(url, SECONDS)
            ended.set()
            watching.join()
    _print(idle, loaded, peak[0])
    # Neighbours on the machine make every answer slower: a figure is worth what this one is.
    sys.stdout.write(f"Load of the machine before: {busy:.1f}, of {os.cpu_count()} cores.\n")


def _hostile(folder: Path, id_: str) -> None:
    """Write a corridor that takes long to read: as large as it may be, and all of it broken."""
    shutil.copytree(DATA, folder)
    manifest = folder / "corridor.toml"
    text = manifest.read_text(encoding="utf-8").replace('"azerbaijan-iran"', f'"{id_}"', 1)
    manifest.write_text(text, encoding="utf-8")
    ring = ",".join(f"[{44 + n % 999 / 1000},{38 + n % 997 / 1000}]" for n in range(400_000))
    for layer in (folder / "layers").glob("*.geojson"):
        feature = (
            '{"type":"Feature","id":"a","properties":{},"geometry":'
            f'{{"type":"LineString","coordinates":[{ring}]}}}}'
        )
        layer.write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}', encoding="utf-8")
        break


def _open_good(url: str) -> None:
    for path in ("/", f"{GOOD}/snapshot.png"):
        with urllib.request.urlopen(f"{url}{path}", timeout=60) as answer:
            answer.read()


def _asked(url: str, seconds: float) -> dict[str, Answers]:
    """Ask page and health every tenth of a second; return what they answered."""
    found = {"page": Answers(), "health": Answers()}
    paths = {"page": f"/?c={DATA.name}", "health": "/corridormap/health"}
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for name, path in paths.items():
            begun = time.perf_counter()
            try:
                with urllib.request.urlopen(f"{url}{path}", timeout=10) as answer:
                    answer.read()
            except urllib.error.HTTPError as error:
                found[name].others[str(error.code)] += 1
            except OSError as error:
                found[name].others[type(error).__name__] += 1
            else:
                found[name].taken_s.append(time.perf_counter() - begun)
        time.sleep(0.1)
    return found


def _watch(process: psutil.Process, peak: list[float], ended: threading.Event) -> None:
    """Note the most memory that the server and its children take."""
    while not ended.wait(0.2):
        held = 0
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                held += one.memory_info().rss
        peak[0] = max(peak[0], held / 1e6)


def _line(at: int, number: int, text: str, body: bytes = b"") -> socket.socket:
    """Send a request from one of the strangers' addresses, and do not wait for its answer."""
    own = f"127.0.0.{2 + number % ADDRESSES}"
    line = socket.create_connection(("127.0.0.1", at), timeout=60, source_address=(own, 0))
    with contextlib.suppress(OSError):
        line.sendall(text.replace("\n", "\r\n").encode() + body)
    return line


def _kept(lines: list[socket.socket], ended: threading.Event) -> None:
    ended.wait(SECONDS + 5)
    for line in lines:
        line.close()


def _sockets(at: int, ended: threading.Event) -> None:
    """Open web sockets from another page, and from none."""
    origins = ("Origin: http://elsewhere.example\n", "")
    text = (
        "GET /_stcore/stream HTTP/1.1\nHost: localhost\nUpgrade: websocket\n"
        "Connection: Upgrade\nSec-WebSocket-Version: 13\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
    )
    # Each address has both kinds.
    lines = [_line(at, n // 2, f"{text}{origins[n % 2]}\n") for n in range(SOCKETS)]
    _kept(lines, ended)


def _exports(at: int, ended: threading.Event) -> None:
    """Ask for pictures and atlases at once, and leave a second later."""
    wanted = ("snapshot.pdf?layout=a3-landscape", "atlas.pdf?of=all", "snapshot.png")
    lines = []
    for number in range(EXPORTS):
        text = f"GET {GOOD}/{wanted[number % 3]} HTTP/1.1\nHost: localhost\n\n"
        with contextlib.suppress(OSError):
            lines.append(_line(at, number, text))
    ended.wait(1.0)
    for line in lines:
        line.close()


def _slow_bodies(at: int, ended: threading.Event) -> None:
    """Send large bodies, most of each at once and then a byte a second."""
    head = f"POST {GOOD}/recipe HTTP/1.1\nHost: localhost\nContent-Length: 40000000\n\n"
    lines = [_line(at, n, head, b"x" * 2_000_000) for n in range(SLOW)]
    while not ended.wait(1.0):
        for line in lines:
            with contextlib.suppress(OSError):
                line.sendall(b"x")
    _kept(lines, ended)


def _open_hostile(at: int, ended: threading.Event) -> None:
    """Ask for corridors that take long to open."""
    text = "GET /corridormap/c/hostile-{}/snapshot.png HTTP/1.1\nHost: localhost\n\n"
    _kept([_line(at, n, text.format(n)) for n in range(HOSTILE)], ended)


def _print(idle: dict[str, Answers], loaded: dict[str, Answers], peak_mb: float) -> None:
    write: Callable[[str], object] = sys.stdout.write
    write(
        f"{SOCKETS} sockets, {EXPORTS} abandoned exports, {SLOW} slow bodies,"
        f" {HOSTILE} hostile corridors, from {ADDRESSES} addresses, {SECONDS:g} s:\n\n"
        "| | idle, median | median | slowest | aim | not answered |\n|---|---|---|---|---|---|\n"
    )
    for name, found in loaded.items():
        taken = found.taken_s or [float("nan")]
        cells = [statistics.median(idle[name].taken_s), statistics.median(taken), max(taken)]
        told = " | ".join(f"{one * 1000:.0f} ms" for one in cells)
        others = ", ".join(f"{count} x {what}" for what, count in found.others.items()) or "none"
        write(f"| {name} ({len(found.taken_s)} answers) | {told} | {AIM_S * 1000:.0f} ms ")
        write(f"| {others} |\n")
    write(f"| memory, server and children | | | {peak_mb:.0f} MB | {AIM_MB} MB | |\n")


if __name__ == "__main__":
    main()
