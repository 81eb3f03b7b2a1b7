"""A registry of npm's on loopback that holds one package, and knows what advisories it is told."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PACKAGE", "TARBALL", "integrity_of", "registry", "write_lock"]

PACKAGE = "harmless"


def _tarball() -> bytes:
    """Return the package, with a script that npm would run after installing it."""
    package = {
        "name": PACKAGE,
        "version": "1.0.0",
        "scripts": {"postinstall": "node -e \"require('fs').writeFileSync('ran', '')\""},
    }
    told = json.dumps(package).encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/package.json")
        member.size = len(told)
        archive.addfile(member, io.BytesIO(told))
    return packed.getvalue()


TARBALL = _tarball()


def integrity_of(raw: bytes) -> str:
    """Return the words by which npm's lock knows a package."""
    return "sha512-" + base64.b64encode(hashlib.sha512(raw).digest()).decode()


def write_lock(folder: Path, *, integrity: str) -> None:
    """Write package.json and a lock in the form of ours: no address, one package."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"name": "base", "version": "0.0.0", "dependencies": {PACKAGE: "1.0.0"}}
    packages = {
        "": about,
        f"node_modules/{PACKAGE}": {"version": "1.0.0", "integrity": integrity},
    }
    lock = {"name": "base", "version": "0.0.0", "lockfileVersion": 3, "packages": packages}
    (folder / "package.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")


@contextmanager
def registry(advisories: dict[str, Any] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve the package; give the registry's address and the list of what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            address = f"http://127.0.0.1:{server.server_port}"
            dist = {"tarball": f"{address}/{PACKAGE}/-/{PACKAGE}-1.0.0.tgz"}
            about = {"name": PACKAGE, "version": "1.0.0", "dist": dist}
            packument = {
                "name": PACKAGE,
                "dist-tags": {"latest": "1.0.0"},
                "versions": {"1.0.0": about},
            }
            found = {
                f"/{PACKAGE}": json.dumps(packument).encode(),
                f"/{PACKAGE}/-/{PACKAGE}-1.0.0.tgz": TARBALL,
            }
            self._answer(found.get(self.path))

        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            bulk = self.path == "/-/npm/v1/security/advisories/bulk"
            known = advisories is not None and bulk
            self._answer(json.dumps(advisories).encode() if known else None)

        def _answer(self, raw: bytes | None) -> None:
            self.send_response(200 if raw is not None else 404)
            self.send_header("Content-Length", str(len(raw or b"")))
            self.end_headers()
            self.wfile.write(raw or b"")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()
