"""The texts that the package writes, to tell whether a line of a document is one of them."""

from __future__ import annotations

import ast
import functools
import gettext
import re
from collections.abc import Iterator, Mapping

from tests.docs.pages import CHECKOUT

_LETTERS, _SIGNS = 12, 4
"""Letters, or Chinese characters, of its own that a text must have to be known again."""
_PLACE = re.compile(r"\{\w+\}")
"""A place of a message."""


def is_written(line: str) -> bool:
    """Whether a line is a text of the code with something in its placeholders."""
    return any(pattern.search(line) for pattern in _patterns())


def is_translated(line: str) -> bool:
    """Whether a line is one of the Chinese catalogue, with something in its placeholders."""
    return any(pattern.search(line) for pattern in _translations())


@functools.cache
def _translations() -> tuple[re.Pattern[str], ...]:
    with (CHECKOUT / "pulumi_smssign/model/locale/zh/smssign.mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)._catalog.values()  # type: ignore[attr-defined]
    lines = {line for text in texts for line in _PLACE.sub("\0", text).splitlines()}
    long = (line for line in lines if len(re.findall(r"[\u4e00-\u9fff]", line)) >= _SIGNS)
    return tuple(_pattern(line, before="(?:^|[:：] ?)") for line in long)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(_pattern, sorted(set(_texts()))))


def _pattern(text: str, before: str = "(?:^|: )") -> re.Pattern[str]:
    pieces = text.split("\0")
    begin, end = before if pieces[0] else "", "$" if pieces[-1] else ""
    return re.compile(begin + ".*?".join(map(re.escape, pieces)) + end)


def _texts() -> Iterator[str]:
    """Every line of a text of the package that is long enough to be known again."""
    for file in (CHECKOUT / "pulumi_smssign").rglob("*.py"):
        if "sandbox" in file.parts:
            continue
        module = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            target.id: str(each.value.value)
            for each in module.body
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Call):
                for line in _with_placeholders(node, constants).splitlines():
                    if len(re.sub(r"\W", "", line)) >= _LETTERS:
                        yield line.strip()


def _with_placeholders(node: ast.AST, constants: Mapping[str, str]) -> str:
    """A text of the code, each placeholder a NUL; a constant of its module is no placeholder."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.Call(ast.Name("_" | "mark"), [ast.Constant(str(message))]):
            return _PLACE.sub("\0", message)
        case ast.JoinedStr(values):
            return "".join(_with_placeholders(value, constants) for value in values)
        case ast.BinOp(left, ast.Add(), right):
            return _with_placeholders(left, constants) + _with_placeholders(right, constants)
        case ast.FormattedValue(ast.Name(name)):
            return constants.get(name, "\0")
        case ast.Call(ast.Name("_" | "mark"), [ast.Constant(str(text))], facts):
            return _PLACE.sub("\0", text).replace("{{", "{").replace("}}", "}") if facts else text
        case _:
            return "\0"
