"""What the project's own files promise: pinned, without addresses, one version everywhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


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
    locks = [path.name for path in ROOT.glob("requirements*.lock")]
    scripts = [f"scripts/{name}" for name in ("install.sh", "lock.py", "audit.py", "tools.py")]
    files = ["pyproject.toml", "base/package.json", "base/package-lock.json", "base/npm.py"]
    for name in ["Makefile", *locks, *scripts, *files]:
        text = (ROOT / name).read_text(encoding="utf-8")
        # npm's lock names where a package's makers may be thanked; nothing is fetched from there.
        text = re.sub(r'"funding": \{.*?\}|"funding": \[.*?\]', "", text, flags=re.DOTALL)
        assert not re.search(r"https?://|--index-url|find-links|--registry|file:", text), name


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{PROJECT['version']}]" in text


def test_make_installs_again_when_a_source_of_the_base_data_changes() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    modules = [path.name for path in (ROOT / "base").glob("*.py") if path.stem != "__init__"]
    assert [name for name in modules if f"base/{name}" not in text] == []
