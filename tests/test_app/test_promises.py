"""The ledger of promises as a command, a table and a file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

import corridormap
from corridormap.app.cli import main

ID = "azerbaijan-iran"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["promises", *words], catch_exceptions=False)


@pytest.mark.parametrize("date", ["2019-01-01", "2024-06-20", "2026-03-09"])
def test_words_json_csv_and_table_have_the_same_rows(date: str) -> None:
    told = json.loads(run("--at", date, "--json").stdout)
    rows = told["promises"]
    assert told["at"] == date
    assert rows
    lines = run("--at", date).stdout
    for row in rows:
        assert row["said"] <= date
        assert f"due {row['due_label']}: {row['text']}" in lines
    listed = list(csv.DictReader(io.StringIO(run("--at", date, "--csv").stdout.lstrip("\ufeff"))))
    assert [(one["id"], one["due"], one["state"]) for one in listed] == [
        (row["id"], row["due"], row["state"]) for row in rows
    ]
    assert corridormap.open(ID).promises(date).to_dict("records") == rows


def test_without_a_date_it_is_the_latest_known() -> None:
    told = json.loads(run("--json").stdout)
    assert told["promises"] == corridormap.open(ID).promises().to_dict("records")
    assert "Rasht–Astara railway (rasht-astara-railway)" in run().stdout


@pytest.mark.parametrize("words", [("--json", "--csv"), ("--at", "soon")])
def test_misuse_is_told(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
