"""The page of failures names every class, in lines that the code writes."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from pulumi_smssign.model import errors
from tests.docs.pages import CHECKOUT, DOCS, text_of

PAGE = DOCS / "when-it-fails.md"
CLASSES = [
    name
    for name, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, errors.SmsSignError) and each is not errors.SmsSignError
]
_FACTS = re.compile(r"  (resource|action|code|\w+ says|request id): |  - \w+ 【")
_TOO_SHORT = {"what fits:", "1 of 5 signatures is not approved:"}
"""Lines of few letters of their own; the examples' tests see them printed."""
_LETTERS = 12
"""Letters of its own that a text must have to be known again."""

Text = tuple[str, ...]
"""The pieces of a line between its placeholders; the first is "" where it begins with one."""


def _with_placeholders(node: ast.expr) -> str:
    """A text of the code, each placeholder a NUL."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(values):
            return "".join(map(_with_placeholders, values))
        case ast.BinOp(left, ast.Add(), right):
            return _with_placeholders(left) + _with_placeholders(right)
        case _:
            return "\0"


def texts() -> Iterator[Text]:
    """Every line of a text of the package that is long enough to be known again."""
    for file in (CHECKOUT / "pulumi_smssign").rglob("*.py"):
        if "sandbox" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
                for line in _with_placeholders(node).splitlines():
                    if len(re.sub(r"\W", "", line)) >= _LETTERS:
                        yield tuple(line.strip().split("\0"))


TEXTS = set(texts())


def is_written(line: str, text: Text) -> bool:
    """Whether a line is this text with something in its placeholders."""
    first, *more = text
    place = line.find(first)
    if place < 0 or (first and place and not line[:place].endswith(": ")):
        return False
    place += len(first)
    for piece in more:
        place = line.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return not text[-1] or place == len(line)


def sections() -> dict[str, str]:
    """The page's sections by their headings."""
    parts = re.split(r"(?m)^#{2,3} (.*)$", text_of(PAGE))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_a_section_with_an_example(name: str) -> None:
    section = sections()[name]
    (example,) = re.findall(r"(?s)```text\n(.*?)```", section)
    assert example.startswith("error: ")
    assert section.rpartition("```")[2].strip(), "what to do"
    assert f"[`{name}`](#{name.lower()})" in text_of(PAGE).partition("\n## ")[0]


@pytest.mark.parametrize("name", CLASSES)
def test_every_line_of_an_example_is_one_that_the_code_writes(name: str) -> None:
    (example,) = re.findall(r"(?s)```text\n(.*?)```", sections()[name])
    for line in example.splitlines():
        said = re.sub(r"^(error: |  what to do: |    - |  - |  )", "", line)
        if _FACTS.match(line) or said in _TOO_SHORT:
            continue
        assert any(is_written(said, text) for text in TEXTS), said
