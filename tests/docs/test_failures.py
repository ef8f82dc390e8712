"""The page of failures names every class, in lines that the code writes."""

from __future__ import annotations

import inspect
import re

import pytest

from pulumi_smssign.model import errors
from tests.docs.pages import DOCS, text_of
from tests.docs.texts import is_translated, is_written

PAGE = DOCS / "when-it-fails.md"
CLASSES = [
    name
    for name, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, errors.SmsSignError) and each is not errors.SmsSignError
]
_FACTS = re.compile(r"  (resource|action|code|\w+ says|request id): |  - \w+ 【")
_TOO_SHORT = {"what fits:", "1 of 5 signatures is not approved:"}
"""Lines of few letters of their own; the examples' tests see them printed."""


_BESIDE = {
    "Awaiting is no failure": "awaiting ",
    "Accepted, and then trouble": "run `pulumi up` again",
}
"""Sections of no class, whose example begins so."""


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


@pytest.mark.parametrize("name", [*CLASSES, *_BESIDE])
def test_every_line_of_an_example_is_one_that_the_code_writes(name: str) -> None:
    (example,) = re.findall(r"(?s)```text\n(.*?)```", sections()[name])
    for line in example.splitlines():
        message = re.sub(r"^(error: |  what to do: |    - |  - |  )", "", line)
        if _FACTS.match(line) or message in _TOO_SHORT:
            continue
        assert is_written(message), message


@pytest.mark.parametrize("name", _BESIDE)
def test_section_of_no_class_has_an_example_too(name: str) -> None:
    (example,) = re.findall(r"(?s)```text\n(.*?)```", sections()[name])
    assert example.startswith(_BESIDE[name])


def test_every_line_of_a_chinese_example_is_one_that_a_chinese_run_writes() -> None:
    examples = re.findall(r"(?s)```text\n(.*?)```", text_of(DOCS / "zh" / PAGE.name))
    lines = [line for example in examples for line in example.splitlines()]
    assert len(lines) > 80
    for line in lines:
        message = re.sub(r"^(error: |  处理办法：|    - |  - |  )", "", line)
        facts = re.match(r"  (资源|接口|错误码|\w+ 的原话|请求 ID)：|  - \w+ 【", line)
        assert facts or is_translated(message), message
