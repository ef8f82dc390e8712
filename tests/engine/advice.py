"""The advice that the package prints: every place in the code that tells a user what to do."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pulumi_smssign

ROOMS = ("engine", "core", "model")
_NAMES = ("advice", "what_to_do", "way", "ways")
"""The arguments, attributes and variables that hold advice, and nothing else."""
_TELLS = re.compile(r"`pulumi |pulumi config|`smssign|adopt=|deletion_policy=|console|run it again")
"""What a user can do: a string with it tells of it, wherever it stands."""


def printed() -> Mapping[str, Sequence[str]]:
    """The advice of each function, as the code has it, by "room.module.function".

    What stands outside of functions is the module's.
    """
    root = Path(pulumi_smssign.__file__).parent
    found: defaultdict[str, list[str]] = defaultdict(list)
    for room in ROOMS:
        for file in sorted((root / room).glob("*.py")):
            visitor = _Visitor(f"{room}.{file.stem}")
            visitor.visit(ast.parse(file.read_text(encoding="utf-8")))
            for function, advice in visitor.found:
                found[function].append(advice)
    return found


class _Visitor(ast.NodeVisitor):
    def __init__(self, module: str) -> None:
        self.found: list[tuple[str, str]] = []
        self._where = [module]
        self._seen: set[ast.AST] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._where[1:] = [node.name]
        self.generic_visit(node)
        self._where[1:] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._assign(node.targets[0], node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._assign(node.target, node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        for keyword in node.keywords:
            if keyword.arg in _NAMES:
                self._add(keyword.value)
        if getattr(node.func, "id", "") == "Refuse":
            self._add(node.args[1])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        self._note(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._note(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        name = getattr(target, "id", "") or getattr(target, "attr", "")
        if name in _NAMES:
            self._add(value)

    def _note(self, node: ast.expr) -> None:
        if node not in self._seen and _TELLS.search(ast.unparse(node)):
            self._add(node)

    def _add(self, value: ast.expr) -> None:
        """Note a place; a variable is noted where it is given its value."""
        if value in self._seen:
            return
        self._seen.update(ast.walk(value))
        if isinstance(value, ast.Name | ast.Attribute) and not ast.unparse(value).isupper():
            return
        for leaf in _leaves(value):
            if not (isinstance(leaf, ast.Constant) and not leaf.value):
                self.found.append((".".join(self._where), ast.unparse(leaf)))


def _leaves(value: ast.expr) -> Iterator[ast.expr]:
    """The ways that an expression may come out."""
    if isinstance(value, ast.IfExp):
        yield from _leaves(value.body)
        yield from _leaves(value.orelse)
    elif isinstance(value, ast.Tuple):
        for each in value.elts:
            yield from _leaves(each)
    else:
        yield value
