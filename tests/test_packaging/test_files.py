"""What the project's own files promise: pinned, without addresses, one version everywhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned() -> dict[str, str]:
    """Return the versions of constraints.txt by name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {plain(name): version for name, version in pairs}


def plain(name: str) -> str:
    """Return a package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_has_a_floor_and_is_pinned_at_or_above_it() -> None:
    versions = pinned()
    extras = PROJECT["optional-dependencies"].values()
    for wanted in [*PROJECT["dependencies"], *(item for extra in extras for item in extra)]:
        name, floor = re.sub(r"\[.*?\]", "", wanted).split(">=")
        at = [int(part) for part in versions[plain(name)].split(".")[:2]]
        assert at >= [int(part) for part in floor.split(".")[:2]], wanted


def test_npms_lock_names_no_address_and_checks_every_package() -> None:
    lock = json.loads((ROOT / "base" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    wanted = json.loads((ROOT / "base" / "package.json").read_text(encoding="utf-8"))
    locked = {name.removeprefix("node_modules/") for name in packages}
    assert set(wanted["dependencies"]) <= locked
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", at) for at in wanted["dependencies"].values())
    assert all("resolved" not in package for package in packages.values())
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_no_index_is_named_where_versions_are_pinned() -> None:
    for name in ("constraints.txt", "pyproject.toml", "base/package.json", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|index-url|find-links|--registry", text), name


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{PROJECT['version']}]" in text


def test_make_installs_again_when_a_source_of_the_base_data_changes() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    modules = [path.name for path in (ROOT / "base").glob("*.py") if path.stem != "__init__"]
    assert [name for name in modules if f"base/{name}" not in text] == []
