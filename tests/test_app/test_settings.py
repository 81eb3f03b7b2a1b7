"""How a server is set up: what follows from its options, and what is refused."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.app.log import log_failure
from corridormap.app.settings.limits import ServerLimits
from corridormap.app.settings.names import is_local
from corridormap.app.site.serving import path_before, settings_of
from corridormap.geo.errors import CorridorError
from corridormap.geo.formats.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.serving import RunCommand


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `corridormap serve` in a folder until it stops by itself."""
    executable = str(Path(sys.executable).with_name("corridormap"))
    return subprocess.run(
        [executable, "serve", "--no-browser", *words],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "read_only"),
    [
        ({"address": "localhost"}, False),
        ({"address": "192.0.2.1"}, True),
        ({"address": "192.0.2.1", "login": True}, False),
        ({"address": "192.0.2.1", "read_only": False}, False),
        ({"address": "localhost", "read_only": True}, True),
    ],
)
def test_over_a_network_nothing_is_changed_unless_it_is_known_by_whom(
    *, given: Mapping[str, Any], read_only: bool
) -> None:
    assert settings_of([], given=given).read_only is read_only


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("localhost", True), ("127.0.0.1", True), ("::1", True), ("[::1]", True),
        ("::", False), ("192.0.2.1", False), ("maps.example.org", False),
        ("0.0.0.0", False),  # noqa: S104 - told apart, not bound to
    ],
)  # fmt: skip
def test_what_reaches_only_this_machine_is_known(*, address: str, local: bool) -> None:
    assert is_local(address) is local


@pytest.mark.parametrize(
    ("text", "path"), [("", ""), ("/", ""), ("maps", "/maps"), ("/team/maps/", "/team/maps")]
)
def test_a_base_path_has_one_slash_before_it(text: str, path: str) -> None:
    assert path_before(text) == path
    assert settings_of([], given={"base_path": path}).prefix == f"{path}/corridormap"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"base_path": "/a b"}, "base-path"),
        ({"base_path": "/../x"}, "base-path"),
        ({"upload_mb": 0.0}, "upload-mb"),
        ({"sessions": -1}, "sessions"),
        ({"features": 10**9}, "features"),
    ],
)
def test_a_setting_that_cannot_be_is_named(given: Mapping[str, Any], name: str) -> None:
    with pytest.raises(CorridorError, match=f"the setting '{name}' cannot be"):
        settings_of([], given=given)


def test_the_limits_of_files_are_the_readers_own_by_default() -> None:
    assert ServerLimits().of_files() == Limits()


def test_a_larger_upload_may_hold_more_and_take_more_memory() -> None:
    limits = ServerLimits(upload_mb=40, vertices=5).of_files()
    assert limits.file_bytes == 40_000_000
    assert limits.unpacked_bytes == 2 * Limits().unpacked_bytes
    assert limits.box_bytes == 2 * Limits().box_bytes
    assert limits.vertices == 5
    assert limits.ratio == Limits().ratio


def test_options_come_from_the_environment_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_command: RunCommand
) -> None:
    monkeypatch.setenv("CORRIDORMAP_MAX_SESSIONS", "0")
    made = run_command("serve", "--no-browser", cwd=tmp_path)
    assert made.returncode == 1
    assert "the setting 'sessions' cannot be 0" in made.stderr


def test_secrets_that_cannot_be_read_stop_the_server(tmp_path: Path) -> None:
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text("[auth\n", encoding="utf-8")
    made = command(tmp_path)
    assert made.returncode == 1
    assert "secrets.toml: the file cannot be read, so nobody can log in" in made.stderr


def test_a_login_without_its_secret_stops_the_server(tmp_path: Path) -> None:
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text('[auth]\nclient_id = "x"\n', encoding="utf-8")
    made = command(tmp_path)
    assert made.returncode == 1
    assert "not set up whole" in made.stderr


def test_a_failure_is_logged_by_kind_and_place_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def inner() -> None:
        raise ValueError("a sentence of the article at 44.123")

    try:
        try:
            inner()
        except ValueError as error:
            raise RuntimeError("secret words") from error
    except RuntimeError as error:
        log_failure(logging.getLogger("test"), "a request failed", error)
    assert "builtins.RuntimeError" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert "test_settings.py" in caplog.text
    assert "in inner" in caplog.text
    assert not any(word in caplog.text for word in ("secret words", "44.123", "sentence"))
