"""A tiny wheel, and a lock of it in the form of ours."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["changed", "lock_of", "make_wheel"]


def make_wheel(folder: Path, name: str, *, needs: str = "") -> Path:
    """Write a wheel with one module into a folder."""
    file = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    wanted = f"Requires-Dist: {needs}\n" if needs else ""
    contents = {
        f"{name}.py": "",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{wanted}",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*contents, f"{about}/RECORD"])
    with ZipFile(file, "w") as archive:
        for path, text in (contents | {f"{about}/RECORD": record}).items():
            archive.writestr(path, text)
    return file


def lock_of(wheel: Path) -> str:
    """Return the lock's lines for a wheel; two hashes, as where a version has two files."""
    name, version = wheel.name.split("-")[:2]
    known = hashlib.sha256(wheel.read_bytes()).hexdigest()
    other = hashlib.sha256(b"the sdist").hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{known} \\\n    --hash=sha256:{other}\n"


def changed(lock: str) -> str:
    """Return a lock with one digit of its first hash changed."""
    at = lock.index("sha256:") + len("sha256:")
    return lock[:at] + ("0" if lock[at] != "0" else "1") + lock[at + 1 :]
