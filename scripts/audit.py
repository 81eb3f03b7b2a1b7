"""Ask the databases of advisories about every locked package: PyPI's and npm's.

    python -m scripts.audit

Exit 0: nothing is known. Exit 1: something is known of a package. Exit 2: *not checked*: a
database could not be reached, or answers without knowing what everybody knows. pip-audit calls an
index that serves packages and no advisories a clean result, so each database is asked about a bait
too: an old version with a well-known advisory.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from base import npm
from scripts.tools import ROOT, MissingToolsError, tools

__all__ = ["NotCheckedError", "main", "npm_findings", "pypi_findings"]

_BAIT = ("jinja2", "2.10")  # CVE-2019-10906
_NPM_BAIT = ("minimist", "1.2.5")  # CVE-2021-44906
_PIN = re.compile(r"^[\w.-]+==[^\s;]+", re.MULTILINE)  # without the marker: other platforms' too


class NotCheckedError(RuntimeError):
    """A database did not answer, or not in earnest."""


def main() -> None:
    """Print what is known of the locked packages, and exit with what that means."""
    findings: list[str] = []
    unchecked = 0
    for name, ask in (("PyPI", _pypi), ("npm", _npm)):
        try:
            found = ask()
        except (NotCheckedError, MissingToolsError) as error:
            unchecked += 1
            print(f"{name}: not checked: {error}")
            continue
        findings += found
        print("\n".join([f"{name}: {len(found)} advisories about the locked packages", *found]))
    sys.exit(2 if unchecked else bool(findings))


def pypi_findings(pip_audit: Path, locks: list[Path]) -> list[str]:
    """Return a line for each advisory about the packages of the locks.

    Raises
    ------
    NotCheckedError
        If a package could not be looked up, or the bait is not recognised.
    """
    if not any(package["vulns"] for package in _ask(pip_audit, ["==".join(_BAIT)])):
        raise NotCheckedError(_unknown(_BAIT))
    found = {
        f"{package['name']} {package['version']}: {vuln['id']},"
        f" fixed in {', '.join(vuln['fix_versions']) or 'no version yet'}"
        for lock in locks  # each by itself: the tools may have other versions
        for package in _ask(pip_audit, _PIN.findall(lock.read_text(encoding="utf-8")))
        for vuln in package["vulns"]
    }
    return sorted(found)


def npm_findings(lock_folder: Path) -> list[str]:
    """Return a line for each advisory about the packages of npm's lock.

    Raises
    ------
    NotCheckedError
        If the registry does not answer, or does not recognise the bait.
    """
    name, version = _NPM_BAIT
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(lock_folder / "package.json", Path(folder) / "package.json")
        file = Path(folder) / "package-lock.json"
        lock = json.loads((lock_folder / file.name).read_text(encoding="utf-8"))
        lock["packages"][""]["dependencies"][name] = version
        lock["packages"][f"node_modules/{name}"] = {"version": version}
        file.write_text(json.dumps(lock), encoding="utf-8")
        done = npm.run(Path(folder), "audit", "--json", "--package-lock-only")
    report = _parsed(done)
    if "vulnerabilities" not in report:
        raise NotCheckedError(report.get("message") or done.stderr.strip())
    known = report["vulnerabilities"]
    if name not in known:
        raise NotCheckedError(_unknown(_NPM_BAIT))
    return [
        f"{package}: {via['title']} ({via['url']}), in {via['range']}"
        for package, told in sorted(known.items())
        for via in told["via"]
        if package != name and isinstance(via, dict)
    ]


def _pypi() -> list[str]:
    with tools() as commands:
        return pypi_findings(commands / "pip-audit", sorted(ROOT.glob("requirements*.lock")))


def _npm() -> list[str]:
    return npm_findings(ROOT / "base")


def _ask(pip_audit: Path, pins: list[str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text("\n".join(pins), encoding="utf-8")
        options = ["--no-deps", "--disable-pip", "--format=json", "--progress-spinner=off"]
        done = subprocess.run(
            [pip_audit, *options, "--requirement", wanted],
            capture_output=True,
            text=True,
            check=False,
        )
    packages: list[dict[str, Any]] = _parsed(done).get("dependencies", [])
    skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
    if skipped or len(packages) != len(pins):
        raise NotCheckedError("\n".join(skipped[:3]) or done.stderr.strip())
    return packages


def _parsed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return {}
    return report


def _unknown(bait: tuple[str, str]) -> str:
    return f"the database knows of no advisory about {' '.join(bait)}, which has some"


if __name__ == "__main__":
    main()
