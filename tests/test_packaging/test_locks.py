"""The locks bind every package of every platform, and what has another hash is refused."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from scripts.lock import blocks
from tests.sweeping import SWEEP
from tests.test_packaging.wheels import changed, lock_of, make_wheel

ROOT = Path(__file__).parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]


def locked(*names: str) -> dict[NormalizedName, Requirement]:
    """Return what some locks hold, by name."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in names)
    pins = [Requirement(block.partition("\\")[0]) for block in blocks(text)]
    return {canonicalize_name(pin.name): pin for pin in pins}


def version(pin: Requirement) -> str:
    """Return the one version a pin allows."""
    (only,) = pin.specifier
    assert only.operator == "=="
    return only.version


def test_each_extra_and_the_tools_have_a_lock() -> None:
    extras = [f"requirements-{extra}.lock" for extra in EXTRAS]
    assert set(LOCKS) == {"requirements.lock", "requirements-tools.lock", *extras}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_and_nothing_else(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    rest = text
    for block in blocks(text):
        head, *hashes = block.replace("\\\n", "\n").split()
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+", head), head
        hashes = [word for word in hashes if word.startswith("--")]
        assert hashes, head
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", word) for word in hashes), head
        rest = rest.replace(block, "", 1)
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_the_files_of_other_platforms_too(name: str) -> None:
    """A package with compiled parts has a file for each Python and platform."""
    text = (ROOT / name).read_text(encoding="utf-8")
    counts = {block.partition("==")[0]: block.count("--hash") for block in blocks(text)}
    compiled = {"numpy", "pyarrow", "pillow", "lxml", "cffi", "cryptography", "ruff", "uv"}
    # What the login needs of them is in the first lock.
    assert bool(compiled & counts.keys()) == (name != "requirements-login.lock")
    assert all(counts[package] > 10 for package in compiled & counts.keys())


def test_every_dependency_is_locked_above_its_floor() -> None:
    wanted = {
        "requirements.lock": PYPROJECT["project"]["dependencies"]
        + PYPROJECT["build-system"]["requires"],
        **{f"requirements-{extra}.lock": lines for extra, lines in EXTRAS.items()},
    }
    for lock, lines in wanted.items():
        pins = locked("requirements.lock", lock)
        for line in lines:
            requirement = Requirement(line)
            assert requirement.specifier, f"{line} has no floor"
            pin = pins[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version(pin)), line


def test_the_locks_agree_with_each_other() -> None:
    """Only the tools, which live by themselves, may have other versions."""
    parts = [locked(name) for name in LOCKS if name != "requirements-tools.lock"]
    versions = {name: version(pin) for part in parts for name, pin in part.items()}
    for part in parts:
        assert {name: version(pin) for name, pin in part.items()}.items() <= versions.items()


def test_what_is_installed_is_what_is_locked() -> None:
    pins = locked("requirements.lock", "requirements-dev.lock")
    here = {canonicalize_name(dist.name): dist for dist in distributions()}
    for name, pin in pins.items():
        if pin.marker is None or pin.marker.evaluate():
            assert here[name].version == version(pin), name


def pip_install(lock: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Install a lock from the wheels of a folder, asking no index."""
    (folder / "lock").write_text(lock, encoding="utf-8")
    places = ["--no-index", "--find-links", str(folder), "--target", str(folder / "installed")]
    options = ["--no-cache-dir", "--require-hashes", "--requirement", str(folder / "lock")]
    return subprocess.run(
        [sys.executable, "-m", "pip", "--isolated", "install", *places, *options],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_with_its_hash_is_installed(tmp_path: Path) -> None:
    done = pip_install(lock_of(make_wheel(tmp_path, "harmless")), tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "installed" / "harmless.py").exists()


def test_a_package_with_another_hash_is_refused(tmp_path: Path) -> None:
    done = pip_install(changed(lock_of(make_wheel(tmp_path, "changed"))), tmp_path)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "installed").exists()


def test_a_package_that_another_brings_along_is_refused(tmp_path: Path) -> None:
    make_wheel(tmp_path, "stowaway")
    done = pip_install(lock_of(make_wheel(tmp_path, "carrier", needs="stowaway")), tmp_path)
    assert done.returncode != 0
    assert "stowaway" in done.stderr
    assert not (tmp_path / "installed").exists()


@pytest.mark.parametrize(
    ("extra", "hash_is_right"),
    [("", False), ("dev", False), ("dev", True), *([("", True)] if SWEEP else [])],
)
def test_the_install_script_refuses_what_has_another_hash(
    tmp_path: Path, extra: str, *, hash_is_right: bool
) -> None:
    """The script itself, in a folder with a lock of one package and an extra's of another."""
    (tmp_path / "scripts").mkdir()
    for name in ("install.sh", "python.sh"):
        shutil.copyfile(ROOT / "scripts" / name, tmp_path / "scripts" / name)
    first, second = (lock_of(make_wheel(tmp_path, name)) for name in ("first", "second"))
    last = second if extra else first
    bad = last if hash_is_right else changed(last)
    (tmp_path / "requirements.lock").write_text(first if extra else bad, encoding="utf-8")
    (tmp_path / "requirements-dev.lock").write_text(bad if extra else second, encoding="utf-8")
    done = subprocess.run(
        ["sh", "scripts/install.sh", extra],
        cwd=tmp_path,
        env=os.environ
        | {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0  # there is no project in that folder: the last step fails anyway
    there = {path.name for path in (tmp_path / ".venv").rglob("*.py")} & {"first.py", "second.py"}
    if hash_is_right:
        assert there == ({"first.py", "second.py"} if extra else {"first.py"}), done.stderr
    else:
        assert "DO NOT MATCH THE HASHES" in done.stderr
        assert there == set()
