"""The READMEs and the page of settings, compared with the code."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import pytest

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.signature import OUTPUTS
from tests.docs.pages import CHINESE, DOCS, README, blocks, lines_of_shell, name, text_of

SETTINGS = text_of(DOCS / "settings.md")
LAW = (
    "**A signature that a person has approved is never deleted or put out of use by this package "
    'unless its own `deletion_policy` is `"delete"`.'
)
"""The promise, in the words in which every page makes it."""
CHINESE_LAW = (
    "**人工审核通过的签名，这个包绝不会删除，也不会让它停用，"
    '除非该签名自己的 `deletion_policy` 是 `"delete"`。**'
)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_setting_is_named(vendor: str) -> None:
    (row,) = re.findall(rf"(?m)^\| `{vendor}` \|.*$", SETTINGS)
    model = named(vendor).credentials
    assert {f"`{key}`" for key in model.config_keys()} <= set(re.findall(r"`\w+`", row))
    assert {f"`{name}`" for name in model.environment.values()} <= set(re.findall(r"`\w+`", row))


def test_every_output_is_named() -> None:
    outputs = SETTINGS.partition("\n## Outputs\n")[2].partition("\n## ")[0]
    assert {f"`{output}`" for output in OUTPUTS} <= set(re.findall(r"`\w+`", outputs))


@pytest.mark.parametrize(
    "page",
    [README, *(DOCS / f"{title}.md" for title in ("how-it-works", "what-a-change-does"))],
    ids=name,
)
def test_the_promise_is_the_same_sentence_everywhere(page: Path) -> None:
    assert LAW in " ".join(text_of(page).split())


@pytest.mark.parametrize("page", [CHINESE, DOCS / "zh" / "what-a-change-does.md"], ids=name)
def test_the_promise_is_the_same_sentence_in_chinese(page: Path) -> None:
    assert CHINESE_LAW in text_of(page)


@pytest.mark.parametrize("page", [README, CHINESE], ids=name)
def test_the_program_is_python_and_short(page: Path) -> None:
    (program,) = blocks(page, "python")
    ast.parse(program)
    assert len([line for line in program.splitlines() if line]) <= 10


@pytest.mark.parametrize("page", [README, CHINESE], ids=name)
def test_the_readme_is_short(page: Path) -> None:
    (recording,) = blocks(page, "console")
    assert len(text_of(page).splitlines()) - len(recording.splitlines()) <= 146


def test_both_readmes_have_the_same_commands_and_the_same_program() -> None:
    assert lines_of_shell(CHINESE) == lines_of_shell(README)
    assert blocks(CHINESE, "python") == blocks(README, "python")
    assert blocks(CHINESE, "console") == blocks(README, "console")


def test_the_recording_fits_a_terminal() -> None:
    (recording,) = blocks(README, "console")
    assert {line for line in recording.splitlines() if _columns(line) > 80} == set()
    assert len(recording.splitlines()) <= 50


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


@pytest.mark.parametrize("page", [README, CHINESE], ids=name)
@pytest.mark.parametrize("vendor", VENDORS)
def test_both_readmes_lead_to_every_vendors_page(page: Path, vendor: str) -> None:
    assert f"(docs/vendors/{vendor}.md)" in text_of(page)
