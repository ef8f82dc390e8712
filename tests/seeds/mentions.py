"""What a test speaks of: the literals in it, and in what it names of its own file and of tests/.

A docstring is no literal, and a fixture's literals are not the test's: what every test of a file is
given says nothing of what one of them looks at.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.seeds.pages import Item

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Module:
    """A test file: its top-level definitions, and the names that it has from other files."""

    definitions: dict[str, ast.stmt]
    imported: dict[str, str]


@dataclass(frozen=True)
class Spoken:
    """Literals as text: all of them, and those that choose what the test is run with."""

    literals: frozenset[str]
    parameters: frozenset[str]

    def of(self, item: Item) -> bool:
        """Whether the item is among them.

        A field's name may be a word within a text, as in `{"Response": {"RequestId": 1}}`; codes
        and values must be literals of their own. A number stands in many places, so it must be
        among the test's parameters.
        """
        words = f"{item.name} {item.value}".split()
        names, values = words[::2], words[1::2]
        if values and item.kind in ("error", "status"):
            names = []
        parts = (part for name in names for part in name.split("."))
        return all(map(self._has_value, values)) and all(map(self._has_name, parts))

    def _has_value(self, value: str) -> bool:
        return value in (self.parameters if value.isdecimal() else self.literals)

    def _has_name(self, name: str) -> bool:
        word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        return any(map(word.search, self.literals))


@cache
def module(path: str) -> Module:
    """A test file by its path from the root of the project."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    definitions: dict[str, ast.stmt] = {}
    imported: dict[str, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            definitions[statement.name] = statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for name in (each for target in targets for each in ast.walk(target)):
                if isinstance(name, ast.Name):
                    definitions[name.id] = statement
        elif isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith(
            "tests."
        ):
            file = f"{statement.module}".replace(".", "/") + ".py"
            imported.update((alias.asname or alias.name, file) for alias in statement.names)
    return Module(definitions, imported)


def spoken(test: str) -> Spoken | None:
    """What a test, as pytest names it (`tests/a/test_b.py::test_c`), speaks of; None without it."""
    path, _, name = test.partition("::")
    if not name.startswith("test_") or not (ROOT / path).is_file():
        return None
    function = module(path).definitions.get(name)
    if not isinstance(function, ast.FunctionDef):
        return None
    parametrised = [node for node in function.decorator_list if "parametrize" in ast.unparse(node)]
    return Spoken(
        frozenset(_literals(path, [function], set())),
        frozenset(_literals(path, parametrised, set())),
    )


def _literals(path: str, nodes: Sequence[ast.AST], seen: set[tuple[str, str]]) -> Iterator[str]:
    given = {arg.arg for top in nodes for arg in ast.walk(top) if isinstance(arg, ast.arg)}
    for node in (each for top in nodes for each in _walk(top)):
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Name) and node.id not in given:
            yield from _named(path, node.id, seen)


def _named(path: str, name: str, seen: set[tuple[str, str]]) -> Iterator[str]:
    """The literals of what a name stands for, if that is defined in a test file."""
    if (path, name) in seen:
        return
    seen.add((path, name))
    known = module(path)
    if name in known.definitions:
        yield from _literals(path, [known.definitions[name]], seen)
    elif name in known.imported and (ROOT / known.imported[name]).is_file():
        yield from _named(known.imported[name], name, seen)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all within it, but for texts that are statements."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _walk(child)
