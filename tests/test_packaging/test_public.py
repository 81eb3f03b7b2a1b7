"""Each package says in its first lines what is public, and the others keep to it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def modules() -> dict[str, Path]:
    """Return the file of each module of the project, by its name."""
    files = [ROOT / "corridormap" / "__init__.py", ROOT / "corridormap" / "streamlit.py"]
    files += [file for room in ("app", "geo", "layers") for file in (ROOT / room).rglob("*.py")]
    found = {}
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        found[".".join(parts if parts[0] == "corridormap" else ("corridormap", *parts))] = file
    return found


MODULES = modules()
TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in MODULES.items()}
PACKAGES = sorted(name for name, file in MODULES.items() if file.name == "__init__.py")


def package_of(name: str) -> str:
    return name if name in PACKAGES else package_of(name.rpartition(".")[0])


def public_of(package: str) -> set[str]:
    """Return what a package says is public: modules, and names that it gives out itself."""
    said = ast.get_docstring(TREES[package]) or ""
    paragraph = next(
        (p for p in said.split("\n\n") if p.startswith(("Public is", "Public are"))), ""
    )
    return set(re.findall(r"`(\w+)`", paragraph))


def imports() -> Iterator[tuple[str, str, str]]:
    """Yield each import from another package: who, from which module, which name."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.ImportFrom) and (node.module or "") in MODULES):
                continue
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                source, taken = (whole, "") if whole in MODULES else (node.module or "", one.name)
                if package_of(source) != package_of(name):
                    yield name, source, taken


IMPORTS = sorted(set(imports()))


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_says_is_public_is_there(package: str) -> None:
    public = public_of(package)
    assert public, f"{package} does not say what is public: a paragraph that begins with Public"
    inside = {name for name in public if f"{package}.{name}" in MODULES}
    # Beside a module its own names may be told.
    told = {name for module in inside for name in names_of(f"{package}.{module}")}
    assert public - inside <= names_of(package) | told


@pytest.mark.parametrize("package", PACKAGES)
def test_others_import_only_what_is_public(package: str) -> None:
    public = public_of(package)
    wrong = []
    for who, source, taken in IMPORTS:
        if package_of(source) != package:
            continue
        module = source.removeprefix(package).removeprefix(".")
        if (module or taken) not in public:
            wrong.append(f"{who} imports {source} {taken}")
        elif module and taken and taken not in names_of(source):
            wrong.append(f"{who} imports {taken}, which {source} does not list in __all__")
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_called_public_that_no_other_uses(package: str) -> None:
    """The face and the commands are for people; the rest is for other rooms."""
    used = {
        (source.removeprefix(package).removeprefix(".") or taken)
        for _, source, taken in IMPORTS
        if package_of(source) == package
    }
    modules = {name for name in public_of(package) if f"{package}.{name}" in MODULES}
    assert modules - used <= {"cli", "streamlit"}


def names_of(module: str) -> set[str]:
    """Return the names that a module gives out: its `__all__`, or all without an underscore."""
    names: set[str] = set()
    for node in TREES[module].body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            own = {target.id for target in targets if isinstance(target, ast.Name)}
            if own == {"__all__"} and node.value is not None:
                # A star import would take Python's own `open` away, so it is not in the list.
                return set(ast.literal_eval(node.value)) | ({"open"} & functions_of(module))
            names |= own
    return {name for name in names | functions_of(module) if not name.startswith("_")}


def functions_of(module: str) -> set[str]:
    defined = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in TREES[module].body if isinstance(node, defined)}
