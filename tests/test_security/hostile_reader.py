"""A reader that turns on its sandbox: each trick says what came of it. Run by the sandbox."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["answer", "prepare"]


def prepare(_kind: str) -> None:
    """Load nothing."""


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """Return what came of a trick: what it got, or the error that it met."""
    try:
        got = TRICKS[request["trick"]](request)
    except (OSError, ValueError, RuntimeError) as error:
        got = f"refused: {type(error).__name__} {getattr(error, 'errno', '')}"
    return json.dumps(got if got is not None else len(data)).encode()


def _environment(_request: dict[str, Any]) -> Any:
    return dict(os.environ)


def _read(request: dict[str, Any]) -> Any:
    path = request["path"].replace("PARENT", str(os.getppid()))
    return Path(path).read_bytes().decode("utf-8", "replace")


def _list(request: dict[str, Any]) -> Any:
    return [path.name for path in Path(request["path"]).iterdir()]


def _write(request: dict[str, Any]) -> Any:
    return Path(request["path"]).write_bytes(b"x" * request.get("size", 1))


def _change(request: dict[str, Any]) -> Any:
    """Return which ways of changing a file, or what is beside it, were open."""
    path = Path(request["path"])
    ways: dict[str, Callable[[], object]] = {
        "chmod": lambda: path.chmod(0o777),
        "utime": lambda: os.utime(path, (1, 1)),
        "truncate": lambda: os.truncate(path, 0),
        "unlink": path.unlink,
        "rename": lambda: path.rename(path.with_name("moved")),
        "mkdir": path.with_name("made").mkdir,
        "symlink": lambda: path.with_name("link").symlink_to(path),
        "link": lambda: path.with_name("hard").hardlink_to(path),
        "fifo": lambda: os.mkfifo(path.with_name("fifo")),
        "xattr": lambda: os.setxattr(path, "user.x", b"1"),
        "chown": lambda: os.chown(path, os.getuid(), os.getgid()),
    }
    open_ways = []
    for name, way in ways.items():
        with contextlib.suppress(OSError):
            way()
            open_ways.append(name)
    return open_ways


def _sockets(request: dict[str, Any]) -> Any:
    """Return which kinds of sockets could be had."""
    kinds: dict[str, Callable[[], object]] = {
        "tcp": lambda: socket.create_connection(("127.0.0.1", request["port"]), 2),
        "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
            b"x", ("127.0.0.1", request["port"])
        ),
        "ipv6": lambda: socket.socket(socket.AF_INET6),
        "unix": lambda: socket.socket(socket.AF_UNIX).connect(request["unix"]),
        "abstract": lambda: socket.socket(socket.AF_UNIX).connect("\0" + request["unix"]),
        "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "pair": socket.socketpair,
        "listen": lambda: socket.create_server(("127.0.0.1", 0)),
    }
    had = []
    for name, kind in kinds.items():
        with contextlib.suppress(OSError):
            kind()
            had.append(name)
    return had


def _programs(_request: dict[str, Any]) -> Any:
    """Return which ways of starting another program or process were open."""
    ways: dict[str, Callable[[], object]] = {
        "run": lambda: subprocess.run(["/bin/sh", "-c", "true"], check=False),
        "exec": lambda: os.execv("/bin/sh", ["sh", "-c", "exit 0"]),  # noqa: S606 - tried on purpose
        "spawn": lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "true"], {}),
        "fork": lambda: os._exit(0) if os.fork() == 0 else None,
        "thread": threading.Thread(target=print).start,
    }
    had = []
    for name, way in ways.items():
        with contextlib.suppress(OSError, RuntimeError):
            way()
            had.append(name)
    return had


def _limits(_request: dict[str, Any]) -> Any:
    """Return which limits could be raised, and which are softer than hard."""
    had = []
    for name in ("AS", "CPU", "FSIZE", "NOFILE", "CORE"):
        kind = getattr(resource, f"RLIMIT_{name}")
        soft, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or (soft != hard and name != "CPU"):
            had.append(f"{name} is soft")
        for value in (resource.RLIM_INFINITY, hard + 1):
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(kind, (value, value))
                had.append(name)
    return had


def _others(_request: dict[str, Any]) -> Any:
    """Return what could be done to the parent, or to this process's own end."""
    libc, parent = ctypes.CDLL(None), os.getppid()
    calls: dict[str, Callable[[], int]] = {
        "ptrace": lambda: libc.ptrace(16, parent, 0, 0),
        "own death signal": lambda: libc.prctl(1, 0, 0, 0, 0),
        "dumpable": lambda: libc.prctl(4, 1, 0, 0, 0),
        "unshare": lambda: libc.unshare(0x10000000),
        "memfd": lambda: libc.memfd_create(b"x", 0),
        "shared memory": lambda: libc.shmget(0, 4096, 0o1600),
        "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
        "chroot": lambda: libc.chroot(b"/"),
    }
    had = [name for name, call in calls.items() if call() != -1]
    ways: dict[str, Callable[[], object]] = {
        "kill": lambda: os.kill(parent, 0),
        "kill group": lambda: os.killpg(0, 0),
        "session": os.setsid,
        "nice": lambda: os.setpriority(os.PRIO_PROCESS, parent, 5),
        "affinity": lambda: os.sched_setaffinity(parent, {0}),
        "limits": lambda: resource.prlimit(parent, resource.RLIMIT_CORE, (0, 0)),
    }
    for name, way in ways.items():
        with contextlib.suppress(OSError):
            way()
            had.append(name)
    return had


def _memory(request: dict[str, Any]) -> Any:
    return len(bytearray(request["size"]))


def _spin(request: dict[str, Any]) -> Any:
    if request.get("stubborn"):
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def _sleep(request: dict[str, Any]) -> Any:
    if "started" in request:
        Path(request["started"]).write_text(str(os.getpid()), encoding="ascii")
    threading.Event().wait()


def _shout(_request: dict[str, Any]) -> Any:
    while True:
        for number in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(number, b"x" * 65536)


def _print(_request: dict[str, Any]) -> Any:
    sys.stdout.write("answer 1\n1")
    sys.stdout.flush()
    return "quiet"


def _crash(_request: dict[str, Any]) -> Any:
    os.abort()


def _length(_request: dict[str, Any]) -> Any:
    return None


def _clock(_request: dict[str, Any]) -> Any:
    return time.process_time()


TRICKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "environment": _environment, "read": _read, "list": _list, "write": _write,
    "change": _change, "sockets": _sockets, "programs": _programs, "limits": _limits,
    "others": _others, "memory": _memory, "spin": _spin, "sleep": _sleep, "shout": _shout,
    "print": _print, "crash": _crash, "length": _length, "clock": _clock,
}  # fmt: skip
