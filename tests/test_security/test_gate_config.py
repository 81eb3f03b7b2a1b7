"""The operator's settings: what is read, what wins, and that no unknown word is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corridormap.app.settings.operator import read_operator
from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import RunCommand


def test_what_a_file_says_is_read(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(
        '[embedding]\norigins = ["https://news.example"]\n'
        '[proxy]\ntrusted = ["10.0.0.0/8", "::1"]\n'
        '[login]\nverified_as_text = ["a"]\n[outgoing]\nhosts = ["x.example"]\n'
        "[limits]\nsessions = 7\n",
        encoding="utf-8",
    )
    said = read_operator(file)
    assert said["framed_by"] == ("https://news.example",)
    assert said["trusted"] == ("10.0.0.0/8", "::1")
    assert said["verified_as_text"] == ("a",)
    assert said["outgoing"].hosts == ("x.example",)
    assert said["sessions"] == 7
    assert "features" not in said


def test_an_empty_file_lets_nothing_in_and_nothing_out(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text("", encoding="utf-8")
    said = read_operator(file)
    assert (said["framed_by"], said["trusted"], said["outgoing"].hosts) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[embeding]\norigins = []", "there is no setting 'embeding'"),
        ("[proxy]\ntrust = []", "there is no setting 'proxy.trust'"),
        ('[embedding]\norigins = ["*"]', "embedding.origins.0"),
        ('[embedding]\norigins = ["https://a.example/"]', "embedding.origins.0"),
        ('[embedding]\norigins = ["https://a.example; script-src *"]', "embedding.origins.0"),
        ('[proxy]\ntrusted = ["*"]', "proxy.trusted.0"),
        ('[outgoing]\nprivate = ["all"]', "outgoing.private"),
        ("[limits]\nsessions = 0", "limits.sessions"),
        ("embedding = 1", "embedding"),
        ("[", "broken"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorridorError, match=r"site\.toml") as error:
        read_operator(file)
    assert why in str(error.value)


@pytest.mark.parametrize("words", [["--max-sessions", "-3"], []])
def test_an_option_wins_over_the_file(
    tmp_path: Path, words: list[str], run_command: RunCommand
) -> None:
    (tmp_path / "site.toml").write_text("[limits]\nsessions = 5\nupload_mb = 0.0\n")
    (tmp_path / "good.toml").write_text("[limits]\nsessions = 5\n")
    config = "good.toml" if words else "site.toml"
    done = run_command("serve", "--no-browser", "--config", config, *words, cwd=tmp_path)
    assert done.returncode == 1
    assert ("'sessions' cannot be -3" if words else "'limits.upload_mb' cannot be 0") in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorridorError, match="cannot be read"):
        read_operator(tmp_path / "none.toml")
