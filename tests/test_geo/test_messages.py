"""The catalogue of messages and the code that raises them fit, word for word."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corridormap.geo.errors
from corridormap.geo.errors import CorridorError, Finding
from corridormap.geo.messages import fill, messages
from corridormap.layers.folder.refusal import Code

ROOMS = Path(corridormap.geo.errors.__file__).resolve().parents[1]
ROOT = {"CorridorError", "Fault", "Finding", "RefusedValueError"}
HELPERS = {"_refused", "_choice", "within"}
"""Functions of our own that take a code and what it is filled with."""
PLACES = {"file", "feature", "field", "params"}
ADDED = {
    "within": {"problem", "remedy"},
    "MissingCrsError": {"guesses"},
    "LayerChoiceError": {"known"},
}
"""What a message is also filled with by who takes it."""
KEPT = {"MissingCrsError": {"guesses"}, "LayerChoiceError": {"layers"}}
"""What a class of error takes for itself."""
TABLES = {
    "(key|list|number|text|value)-": {"place", "given", "limit"},  # wording.plainly
    "repair-": {"places"},
    "picture-has-too-many-": {"n", "most"},
    "column-of-names-is-not-said": {"columns"},  # saving.remedies, to the end
    "ids?-of-features?-": {"id", "more"},
    "kind-does-not-fit-feature": {"kind", "drawn"},
    "status-is-not-said": {"kind"},
    "degrees-look-like-metres-": {"given", "x", "y"},
}
"""What the messages are filled with that stand in a table, by how their codes begin."""
REFUSALS = {f"refused-{code}" for code in get_args(Code)}
"""`RefusedError` and `Refusal` make these codes of their own short ones."""


@cache
def trees() -> dict[Path, ast.Module]:
    files = [file for room in ("geo", "layers", "app") for file in ROOMS.glob(f"{room}/**/*.py")]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(files)}


@cache
def classes() -> frozenset[str]:
    """Return the names of everything that is made with a code."""
    found = set(ROOT)
    bases = [
        (node.name, {ast.unparse(base) for base in node.bases})
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    while more := {name for name, own in bases if own & found} - found:
        found |= more
    return frozenset(found - {"RefusedError"})


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Return where, the name and the call of everything that takes a code."""
    names = classes() | HELPERS
    return tuple(
        (f"{file.relative_to(ROOMS)}:{node.lineno}", name, node)
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        if (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in names
    )


def codes_of(call: ast.Call, name: str) -> list[str]:
    """Return the codes that stand in a call itself."""
    given = call.args[:1] if name in classes() else call.args
    return [
        part.value
        for arg in given
        for part in ast.walk(arg)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        if part.value in messages()
    ]


def holes(code: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", "".join(messages()[code].values())))


def test_the_sweep_sees_the_code() -> None:
    assert len(calls()) > 350
    assert {"ReadError", "MissingCrsError", "RefusedDraftError"} <= classes()


@pytest.mark.parametrize("code", messages())
def test_every_message_can_be_said(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert set(messages()[code]) == {"problem", "remedy"}
    said = Finding(code, params=tuple((name, "x") for name in sorted(holes(code))))
    assert said.problem
    assert not said.problem.endswith(".")
    # A remedy that ends with what is to be copied has no stop that would be copied too.
    copied = re.search(r": (\S.*)$", messages()[code]["remedy"])
    assert not said.remedy or said.remedy == "x" or copied or said.remedy.endswith(".")
    assert "{" not in re.sub(r'\{"[^}]*\}?', "", said.problem + said.remedy)


def test_every_code_is_in_the_catalogue_and_no_error_has_prose_for_one() -> None:
    wrong = []
    for where, name, call in calls():
        if name not in classes() or not call.args:
            continue
        first = call.args[0]
        literals = [
            part.value
            for part in ast.walk(first)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        made = isinstance(first, ast.JoinedStr | ast.BinOp)
        if made and not any(code.startswith("refused-") for code in literals):
            wrong.append((where, ast.unparse(first)))
        if isinstance(first, ast.Constant | ast.IfExp):
            wrong += [(where, text) for text in literals if text not in messages()]
    assert wrong == []


def test_an_error_takes_no_words_of_its_own() -> None:
    words = [
        (where, keyword.arg)
        for where, name, call in calls()
        for keyword in call.keywords
        if keyword.arg in {"problem", "remedy"} and name in classes() and "errors.py" not in where
    ]
    # That of a folder which another room has put into words already.
    assert {where.partition(":")[0] for where, _ in words} <= {"app/site/site.py"}


def test_no_code_is_unused() -> None:
    said = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(messages()) - said == REFUSALS


def test_each_message_is_filled_with_what_it_names() -> None:
    wrong = []
    for where, name, call in calls():
        named = {keyword.arg for keyword in call.keywords}
        if None in named:  # passed on by one who was given it
            continue
        own = PLACES | KEPT.get(name, set())
        given = {arg for arg in named if arg is not None} - own | ADDED.get(name, set())
        for code in codes_of(call, name):
            odd = given ^ holes(code)
            # Where in a file a value stands is added by `findings_of`, to all that need it.
            wrong += [(where, code, sorted(odd))] if odd - {"place"} else []
    assert wrong == []


def test_a_message_of_a_table_names_what_its_table_gives() -> None:
    called = {code for _, name, call in calls() for code in codes_of(call, name)}
    for code in set(messages()) - called - REFUSALS:
        given = {name for like, names in TABLES.items() if re.match(like, code) for name in names}
        assert holes(code) <= given, code


def test_every_refusal_of_a_folder_has_its_words() -> None:
    assert set(messages()) >= REFUSALS


def test_a_code_that_is_not_there_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError):
        str(CorridorError("there is prose"))


@given(st.text() | st.sampled_from(["{x}", "{0}", "{x.__class__}", "{x!r:>99}", "{{", "}", "%s"]))
def test_what_a_message_is_filled_with_is_shown_as_it_is(hostile: str) -> None:
    assert fill("'{x}' and {y}: {\"a\"}", {"x": hostile, "y": "{x}"}) == (
        f"'{hostile}' and {{x}}: {{\"a\"}}"
    )
    assert Finding("key-stands-twice", key=hostile).problem == (
        f"the key '{hostile}' stands twice in one object"
    )
