"""The sandbox against a reader that has turned: what it tries, it does not get."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.geo.sandbox import sandbox
from corridormap.geo.sandbox.sandbox import Bounds, Job, SandboxError, ask, holds
from tests.test_app.asking import upload_body
from tests.test_geo.test_formats.hostile import tangle
from tests.test_geo.test_formats.makers import MAKERS, frame
from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.serving import Served

ROOT = Path(__file__).parents[2]
READER = Path(__file__).with_name("hostile_reader.py")
SECRET = "cookie-secret-9f2c"  # noqa: S105 - a marker
BOUNDS = Bounds(memory_bytes=200_000_000, seconds=10, answer_bytes=1_000_000)
HELD = {hold.what: hold for hold in holds()}


def needs(*what: str) -> pytest.MarkDecorator:
    """Skip where the kernel lacks a wall, and say which and why."""
    lacking = [f"{each}: {HELD[each].why}" for each in what if not HELD[each].holds]
    return pytest.mark.skipif(bool(lacking), reason="; ".join(lacking) or "holds")


def tried(trick: str, *, bounds: Bounds = BOUNDS, **more: Any) -> Any:
    job = {key: more.pop(key) for key in ("folder", "scratch", "data") if key in more}
    return json.loads(ask(Job(READER, {"trick": trick, **more}, **job), bounds))


def fell(trick: str, *, bounds: Bounds = BOUNDS, **more: Any) -> str:
    with pytest.raises(SandboxError) as caught:
        tried(trick, bounds=bounds, **more)
    return caught.value.why


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIDORMAP_TEST_SECRET", SECRET)


def test_everything_holds_on_a_linux_with_landlock_and_seccomp() -> None:
    for hold in holds():
        print(hold)  # noqa: T201 - what a skipped test lacks
    assert [hold.what for hold in holds()] == [
        "environment", "network", "files", "privileges", "limits", "parent",
    ]  # fmt: skip
    assert all(hold.why for hold in holds() if not hold.holds)


def test_a_good_reader_gets_its_bytes_and_gives_its_answer() -> None:
    assert tried("length", data=b"x" * 5_000_000) == 5_000_000
    assert tried("print") == "quiet", "what a library prints is no answer"


def test_no_secret_of_the_server_is_in_its_environment() -> None:
    environment = tried("environment")
    assert SECRET not in json.dumps(environment)
    assert not set(environment) & {"PATH", "HOME", "USER", "PYTHONPATH", "CORRIDORMAP_TEST_SECRET"}
    assert environment["LANG"] == "C.UTF-8"


@needs("files")
@pytest.mark.parametrize(
    "path", ["/proc/self/environ", "/proc/PARENT/environ", "/proc/PARENT/cmdline",
             "/proc/1/environ", "/proc/PARENT/mem", "/proc/PARENT/root/etc/passwd",
             "/etc/passwd", "/etc/hostname"],
)  # fmt: skip
def test_processes_and_the_machine_are_not_read(path: str) -> None:
    assert tried("read", path=path).startswith("refused:")


@needs("files")
def test_only_its_own_folder_is_read_and_nothing_changed(tmp_path: Path) -> None:
    home, own = tmp_path / "home", tmp_path / "own"
    for folder in (home, own):
        folder.mkdir()
        (folder / "key").write_text(SECRET, encoding="utf-8")
    (own / "link").symlink_to(home / "key")
    before = (home / "key").stat()
    assert tried("read", path=str(own / "key"), folder=own) == SECRET
    for path in (home / "key", own / "link", own / ".." / "home" / "key"):
        assert tried("read", path=str(path), folder=own).startswith("refused:")
    for path in (home, tmp_path, Path.home(), ROOT / "data", Path("/")):
        assert tried("list", path=str(path), folder=own).startswith("refused:")
    for folder in (home, own):
        assert tried("write", path=str(folder / "new"), folder=own).startswith("refused:")
        assert tried("write", path=str(folder / "key"), folder=own).startswith("refused:")
        assert tried("change", path=str(folder / "key"), folder=own) == []
    after = (home / "key").stat()
    assert (before.st_mode, before.st_mtime_ns, before.st_size) == (
        after.st_mode, after.st_mtime_ns, after.st_size,
    )  # fmt: skip
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["home", "key", "key", "link", "own"]


@needs("files", "limits")
def test_it_writes_the_files_named_for_it_and_those_not_without_end(tmp_path: Path) -> None:
    bounds = Bounds(200_000_000, 10, 1_000_000, file_bytes=1_000)
    at = {"folder": tmp_path, "scratch": ("data.shp",)}
    assert tried("write", path=str(tmp_path / "data.shp"), bounds=bounds, size=1_000, **at) == 1_000
    said = tried("write", path=str(tmp_path / "data.shp"), bounds=bounds, size=1_001, **at)
    assert said.startswith("refused:")
    assert tried("write", path=str(tmp_path / "x"), bounds=bounds, **at).startswith("refused:")
    assert [path.name for path in tmp_path.iterdir()] == ["data.shp"]


@pytest.fixture
def listeners() -> Iterator[dict[str, Any]]:
    """Give sockets that would answer, if anybody reached them."""
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        unix = str(Path(short) / "s")
        made = [socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
        made[0].bind(unix)
        made[1].bind("\0" + unix)
        tcp = socket.create_server(("127.0.0.1", 0))
        for each in made:
            each.listen()
        yield {"unix": unix, "port": tcp.getsockname()[1]}
        for each in (*made, tcp):
            each.close()


@needs("network")
def test_there_is_no_network_of_any_kind(listeners: dict[str, Any]) -> None:
    assert tried("sockets", **listeners) == []


@needs("network", "limits")
def test_no_program_no_process_and_no_thread_is_started() -> None:
    assert tried("programs") == []


@needs("limits")
def test_limits_are_hard_and_cannot_be_raised() -> None:
    assert tried("limits") == []


@needs("privileges", "network")
def test_other_processes_are_out_of_reach_and_its_own_end_is_fixed() -> None:
    assert tried("others") == []


@needs("limits")
def test_memory_is_bounded() -> None:
    assert tried("memory", size=1_000_000) == 1_000_000
    assert fell("memory", size=400_000_000) == "memory"


@needs("limits")
@pytest.mark.parametrize("stubborn", [False, True])
def test_processor_time_is_bounded(stubborn: bool) -> None:  # noqa: FBT001 - a case
    bounds = Bounds(100_000_000, 1, 1_000, more_seconds=300)
    assert fell("spin", bounds=bounds, stubborn=stubborn) in ({"memory"} if stubborn else {"slow"})


def test_the_clock_on_the_wall_is_bounded() -> None:
    assert fell("sleep", bounds=Bounds(100_000_000, 1, 1_000, more_seconds=1)) == "slow"


def test_an_endless_answer_is_cut_off() -> None:
    assert fell("shout", bounds=Bounds(100_000_000, 20, 100_000)) == "memory"


def test_a_crash_is_only_the_sandboxs() -> None:
    assert fell("crash") == "fell"
    assert fell("no such trick") == "fell"


def test_reading_ends_when_nobody_waits() -> None:
    left = threading.Event()
    threading.Timer(0.5, left.set).start()
    with pytest.raises(SandboxError) as caught:
        ask(Job(READER, {"trick": "sleep"}), Bounds(100_000_000, 300, 1_000), left)
    assert caught.value.why == "left"


@needs("parent", "files")
def test_it_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from corridormap.geo.sandbox.sandbox import ask, Bounds, Job\n"
        "folder = Path(sys.argv[1])\n"
        "request = {'trick': 'sleep', 'started': str(folder / 'pid')}\n"
        "job = Job(Path(sys.argv[2]), request, folder=folder, scratch=('pid',))\n"
        "ask(job, Bounds(100_000_000, 300, 1_000, file_bytes=100))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, tmp_path, READER], cwd=ROOT)
    try:
        noted = tmp_path / "pid"
        wait_for(lambda: noted.exists() and noted.read_text(encoding="ascii"))
        child = int(noted.read_text(encoding="ascii"))
        assert is_alive(child)
    finally:
        parent.kill()
        parent.wait()
    wait_for(lambda: not is_alive(child))


def wait_for(condition: Any) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that within a minute"
        threading.Event().wait(0.05)


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that only waits to be noticed does not."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] not in {"Z", "X"}


IMPORTING = """
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys({hidden!r}))
import corridormap
names = [m.name for m in pkgutil.walk_packages(corridormap.__path__, "corridormap.")]
for name in names:
    if not name.endswith(("__main__", ".server.page")):  # scripts that run
        importlib.import_module(name)
print(len(names))
"""


def test_every_module_imports_where_a_system_has_no_limits_and_no_locks() -> None:
    script = IMPORTING.format(hidden=("resource", "fcntl"))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


HIDDEN = ("resource", "fcntl", "ctypes", "_ctypes")


@pytest.mark.parametrize("hidden", [*[(name,) for name in HIDDEN], HIDDEN])
def test_reading_works_where_a_system_lacks_what_walls_are_made_of(
    hidden: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clean environment, the clock on the wall and a bounded answer hold anywhere."""
    poor = tmp_path / "poor.py"
    poor.write_text(
        f"import sys, runpy\nsys.modules.update(dict.fromkeys({hidden!r}))\n"
        f"runpy.run_path({str(sandbox._CONFINED)!r}, run_name='__main__')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sandbox, "_CONFINED", poor)
    held = {hold.what: hold for hold in sandbox.holds.__wrapped__()}
    assert held["environment"].holds
    lacking = {what for what, hold in held.items() if not hold.holds}
    expected = {"limits"} if "resource" in hidden else set()
    if set(hidden) & {"ctypes", "_ctypes"}:
        expected |= {"network", "files", "privileges", "parent", "limits"}
    assert lacking == expected | {what for what, hold in HELD.items() if not hold.holds}
    assert all(held[what].why for what in lacking)
    reader = tmp_path / "reader.py"
    reader.write_text(
        "import json, os\ndef prepare(kind): pass\n"
        "def answer(request, data):\n"
        "    if request.get('stop'):\n"
        "        import threading; threading.Event().wait()\n"
        "    return data * request['times']\n",
        encoding="utf-8",
    )
    assert ask(Job(reader, {"times": 2}, data=b"ab"), BOUNDS) == b"abab"
    for request, why in (({"stop": True}, "slow"), ({"times": 2_000_000}, "memory")):
        with pytest.raises(SandboxError) as caught:
            ask(Job(reader, request, data=b"ab"), Bounds(200_000_000, 1, 1_000, more_seconds=2))
        assert caught.value.why == why


def test_the_tricks_work_where_nothing_stops_them(
    listeners: dict[str, Any], tmp_path: Path
) -> None:
    """Otherwise the tests above would prove nothing."""
    (tmp_path / "key").write_text("x", encoding="ascii")
    asked = [{"trick": "sockets", **listeners}, {"trick": "programs"},
             {"trick": "change", "path": str(tmp_path / "key")},
             {"trick": "read", "path": "/proc/PARENT/environ"}]  # fmt: skip
    script = (
        f"import json, sys; sys.path.insert(0, {str(READER.parent)!r})\n"
        "import hostile_reader as reader\n"
        "reader.TRICKS['programs'].__globals__['os'].execv = lambda *_: None\n"
        "for each in json.loads(sys.argv[1]): print(reader.answer(each, b'').decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps(asked)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    assert {"tcp", "udp", "unix", "pair", "listen"} <= set(lines[0])
    assert {"run", "spawn", "fork", "thread"} <= set(lines[1])
    assert {"chmod", "utime", "truncate", "unlink"} <= set(lines[2])
    assert "PATH=" in lines[3]


@needs("privileges", "network")
def test_what_the_real_server_reads_with_knows_no_secret_and_may_do_nothing(
    launch: Callable[..., Served], tmp_path: Path
) -> None:
    served = launch(alone=True)
    upload = "/corridormap/c/azerbaijan-iran/edit/upload"

    def send(name: str, data: bytes, **head: Any) -> Any:
        headers = {"Origin": served.url, "Sec-Fetch-Site": "same-origin"}
        body = upload_body((name, data), **head)
        return web.get(served.url, upload, headers, body=body, timeout_s=120).json

    for form, make in MAKERS.items():
        path = make(frame(), tmp_path)
        told = send(path.name, path.read_bytes(), crs="EPSG:4326" if form == "CSV" else None)
        assert told.get("count") == 3, (form, told)
    with ThreadPoolExecutor(1) as hand:
        slow = hand.submit(send, "x.geojson", tangle(20_000))
        wait_for(lambda: slow.done() or list(readers_of(served.process.pid)))
        seen: list[str] = []
        while not slow.done():
            seen += readers_of(served.process.pid)
        assert slow.result()["error"]
    assert seen
    assert not any(SECRET in each for each in seen)
    environ = Path(f"/proc/{served.process.pid}/environ").read_text(encoding="utf-8")
    assert SECRET in environ, "the server has it"
    shut_in = ("NoNewPrivs:\t1\n", "Seccomp:\t2\n", "CapEff:\t0000000000000000\n")
    assert any(all(mark in each for mark in shut_in) for each in seen)


def readers_of(server: int) -> list[str]:
    """Return environment and state of each process that a server has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text(encoding="utf-8")
            if f"PPid:\t{server}\n" in status:
                found.append((folder / "environ").read_bytes().decode("utf-8", "replace") + status)
        except OSError:
            continue
    return found


def test_check_says_what_holds_and_starts_nothing() -> None:
    command = Path(sys.executable).with_name("corridormap")
    done = subprocess.run(
        [command, "serve", "--check"], capture_output=True, text=True, check=False,
        env=os.environ | {"CORRIDORMAP_PORT": "8599"},
    )  # fmt: skip
    for hold in holds():
        assert hold.what in done.stdout
    assert SECRET not in done.stdout
    lacking = sys.platform.startswith("linux") and not all(hold.holds for hold in holds())
    assert done.returncode == int(lacking), done.stderr
