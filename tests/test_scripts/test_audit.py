"""The audit says what it found, and never calls clean what it could not check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import audit
from scripts.audit import NotCheckedError, npm_findings, pypi_findings
from tests.test_packaging.registry import PACKAGE, TARBALL, integrity_of, registry, write_lock

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9/"  # the port of "discard": nobody listens
BAIT = "==".join(audit._BAIT)


def test_an_unreachable_database_is_not_checked_and_fails(tmp_path: Path) -> None:
    """The whole command, where neither registry answers."""
    settings = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": "",
        "npm_config_registry": NOWHERE,
        "npm_config_cache": str(tmp_path / "cache"),
        "npm_config_fetch_retries": "0",
    }
    done = subprocess.run(
        [sys.executable, "-m", "scripts.audit"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "PyPI: not checked: " in done.stdout
    assert "npm: not checked: " in done.stdout
    assert "Traceback" not in done.stderr


class PipAudit:
    """A stand-in for the command, since the real one asks only the real database."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "pip-audit"
        self.known: dict[str, list[dict[str, Any]]] = {}
        self.reached = True

    def findings(self, *pins: str) -> list[str]:
        """Audit a lock of these pins."""
        lock = self.file.with_name("requirements.lock")
        lines = [f"{pin} ; python_version < '3' \\\n    --hash=sha256:{64 * '0'}\n" for pin in pins]
        lock.write_text("".join(lines), encoding="utf-8")
        self.file.write_text(
            f"#!{sys.executable}\n"
            "import json, sys\n"
            f"known, reached = {self.known!r}, {self.reached!r}\n"
            "pins = [line.strip().split('==') for line in open(sys.argv[-1])]\n"
            "told = [{'name': n, 'version': v, 'vulns': known.get(f'{n}=={v}', [])}\n"
            "        if reached else {'name': n, 'skip_reason': f'{n} not found'}\n"
            "        for n, v in pins]\n"
            "print(json.dumps({'dependencies': told, 'fixes': []}))\n",
            encoding="utf-8",
        )
        self.file.chmod(0o755)
        return pypi_findings(self.file, [lock])


ADVISORY = {"id": "PYSEC-0000-1", "fix_versions": ["2.1"]}


@pytest.fixture
def pip_audit(tmp_path: Path) -> PipAudit:
    """Return a pip-audit whose database knows the bait."""
    command = PipAudit(tmp_path)
    command.known = {BAIT: [ADVISORY]}
    return command


def test_a_database_that_knows_the_bait_and_nothing_of_ours_is_clean(pip_audit: PipAudit) -> None:
    assert pip_audit.findings("harmless==1.0") == []


def test_an_advisory_is_told_with_its_fix_on_other_platforms_too(pip_audit: PipAudit) -> None:
    pip_audit.known["harmful==2.0"] = [ADVISORY]
    assert pip_audit.findings("harmless==1.0", "harmful==2.0") == [
        "harmful 2.0: PYSEC-0000-1, fixed in 2.1"
    ]


def test_an_index_without_advisories_is_not_checked(pip_audit: PipAudit) -> None:
    pip_audit.known = {}
    with pytest.raises(NotCheckedError, match="knows of no advisory"):
        pip_audit.findings("harmless==1.0")


def test_an_index_that_skips_packages_is_not_checked(pip_audit: PipAudit) -> None:
    pip_audit.reached = False
    with pytest.raises(NotCheckedError, match="not found"):
        pip_audit.findings("harmless==1.0")


def npm_told(
    advisories: dict[str, Any] | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Ask a registry on loopback about a lock of one package."""
    write_lock(folder / "base", integrity=integrity_of(TARBALL))
    with registry(advisories) as (address, asked):
        monkeypatch.setenv("npm_config_registry", address)
        monkeypatch.setenv("npm_config_cache", str(folder / "cache"))
        monkeypatch.setenv("npm_config_fetch_retries", "0")
        found = npm_findings(folder / "base")
    assert asked
    return found


def advisory(title: str) -> dict[str, Any]:
    """Return an advisory as the registry tells it."""
    return {
        "id": 1,
        "url": "https://example.org/advisory",
        "title": title,
        "severity": "high",
        "vulnerable_versions": "<2.0.0",
    }


KNOWN = {audit._NPM_BAIT[0]: [advisory("pollution")]}


@pytest.mark.parametrize("advisories", [None, {}])
def test_a_registry_without_advisories_is_not_checked(
    advisories: dict[str, Any] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotCheckedError):
        npm_told(advisories, tmp_path, monkeypatch)


def test_a_registry_that_knows_the_bait_and_nothing_of_ours_is_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert npm_told(KNOWN, tmp_path, monkeypatch) == []


def test_an_advisory_of_npms_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = npm_told(KNOWN | {PACKAGE: [advisory("holes")]}, tmp_path, monkeypatch)
    assert told.startswith(f"{PACKAGE}: holes (https://example.org/advisory)")


def test_the_command_fails_when_something_is_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "_npm", lambda: ["a: b"])
    monkeypatch.setattr(audit, "_pypi", list)
    with pytest.raises(SystemExit) as end:
        audit.main()
    assert end.value.code == 1
    assert "npm: 1 advisories" in capsys.readouterr().out
