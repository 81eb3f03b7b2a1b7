"""npm's packages are those whose hashes are locked, and run nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from base import npm
from tests.test_packaging.registry import PACKAGE, TARBALL, integrity_of, registry, write_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Serve a registry with one package, and let npm know no other and remember nothing."""
    with registry() as (address, asked):
        monkeypatch.setenv("npm_config_registry", address)
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
        monkeypatch.setenv("npm_config_fetch_retries", "0")  # npm waits 10 s and more between
        yield asked


def test_the_locked_package_is_installed_and_its_script_is_not_run(
    asked: list[str], tmp_path: Path
) -> None:
    write_lock(tmp_path / "base", integrity=integrity_of(TARBALL))
    modules = npm.install(tmp_path / "base", tmp_path / "target")
    assert asked
    assert (modules / PACKAGE / "package.json").exists()
    assert list(tmp_path.rglob("ran")) == []


def test_another_package_under_its_name_is_refused_at_once(
    asked: list[str], tmp_path: Path
) -> None:
    write_lock(tmp_path / "base", integrity=integrity_of(TARBALL + b"changed"))
    with pytest.raises(RuntimeError, match="not the locked one") as told:
        npm.install(tmp_path / "base", tmp_path / "target")
    assert "EINTEGRITY" in str(told.value)
    assert not (tmp_path / "target" / "node_modules" / PACKAGE / "package.json").exists()
    assert asked


def test_a_registry_that_lacks_a_package_is_told_in_words(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npm, "_PAUSE_S", 0)
    write_lock(tmp_path / "base", integrity=integrity_of(TARBALL))
    for name in ("package.json", "package-lock.json"):
        file = tmp_path / "base" / name
        file.write_text(file.read_text(encoding="utf-8").replace(PACKAGE, "missing"), "utf-8")
    with pytest.raises(RuntimeError, match="could not fetch the base data"):
        npm.install(tmp_path / "base", tmp_path / "target")
    assert asked
