"""The Chinese page of each vendor beside the English one: the same facts in other words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_smssign.core.registry import VENDORS
from tests.docs.pages import CHINESE, DOCS, links, text_of
from tools import chinese, pages

FENCED = re.compile(r"(?ms)^```\w*\n.*?^```$")
CODE = re.compile("`[^`]+`")
NUMBER = re.compile(r"\d[\d.:,-]*\d|\d")
"""A number, a date or a time, without the point that ends a sentence."""


def prose(text: str) -> str:
    """A page without its fenced blocks and the marks of its tables."""
    return re.sub("<!--.*?-->", "", FENCED.sub("", text))


def levels(text: str) -> list[int]:
    """The level of each heading."""
    return [len(marks) for marks in re.findall(r"(?m)^(#+) ", prose(text))]


def sections(text: str) -> list[str]:
    """The text under each heading, without fenced blocks and links' targets."""
    untargeted = re.sub(r"\]\([^)]*\)", "]", prose(text))
    return re.split(r"(?m)^#+ .*$", untargeted)[1:]


def tables(text: str) -> list[list[list[str]]]:
    """The cells of each row of each table."""
    blocks: list[str] = re.findall(r"(?m)(?:^\|.*\n)+", prose(text))
    return [[row[2:-2].split(" | ") for row in block.splitlines()] for block in blocks]


def codes(text: str) -> list[str]:
    """What stands in backticks, sorted."""
    return sorted(CODE.findall(text))


def targets(page: Path) -> set[str]:
    """The pages that a page links to, the Chinese ones by their English twins."""
    paths = ((page.parent / link.partition("#")[0]).resolve() for link in links(page))
    return {str(path.relative_to(DOCS)).removeprefix("zh/") for path in paths}


@pytest.fixture(params=VENDORS)
def vendor(request: pytest.FixtureRequest) -> str:
    """The name of a vendor."""
    name: str = request.param
    return name


@pytest.fixture
def english(vendor: str) -> str:
    """The vendor's English page."""
    return text_of(pages.page(vendor))


@pytest.fixture
def translated(vendor: str) -> str:
    """The vendor's Chinese page."""
    return text_of(pages.chinese_page(vendor))


def test_the_fenced_blocks_are_the_same_in_the_same_order(english: str, translated: str) -> None:
    assert len(FENCED.findall(english)) > 1
    assert FENCED.findall(translated) == FENCED.findall(english)


def test_the_headings_have_the_same_levels(english: str, translated: str) -> None:
    assert levels(translated) == levels(english)


def test_each_row_of_each_table_has_the_same_code(english: str, translated: str) -> None:
    rows = [[codes(" | ".join(row)) for row in table] for table in tables(english)]
    assert len(rows) > 2
    assert [[codes(" | ".join(row)) for row in table] for table in tables(translated)] == rows


def test_each_argument_has_the_same_default(english: str, translated: str) -> None:
    rows = [
        [cell.replace("required", "必填") for cell in row[:2]] for row in tables(english)[0][1:]
    ]
    assert [row[:2] for row in tables(translated)[0][1:]] == rows


def test_each_choice_has_the_same_value(english: str, translated: str) -> None:
    rows = [CODE.findall(" | ".join(row)) for row in tables(english)[1]]
    assert [CODE.findall(" | ".join(row)) for row in tables(translated)[1]] == rows


def test_each_section_has_the_same_code_and_as_many_items(english: str, translated: str) -> None:
    for of_english, of_chinese in zip(sections(english), sections(translated), strict=True):
        assert set(codes(of_chinese)) == set(codes(of_english))
        assert of_chinese.count("\n* ") == of_english.count("\n* ")


def test_each_number_stands_in_the_same_section_and_row(english: str, translated: str) -> None:
    for of_english, of_chinese in zip(sections(english), sections(translated), strict=True):
        assert set(NUMBER.findall(of_chinese)) >= set(NUMBER.findall(of_english))
    for in_english, in_chinese in zip(tables(english), tables(translated), strict=True):
        for row, translated_row in zip(in_english, in_chinese, strict=True):
            numbers = set(NUMBER.findall(" | ".join(row)))
            assert set(NUMBER.findall(" | ".join(translated_row))) >= numbers


def test_no_sentence_is_left_in_english(translated: str) -> None:
    text = re.sub(r"\*[^\s*][^*\n]*\*", "", CODE.sub("", prose(translated)))
    assert re.findall(r"[a-z]+(?: [a-z]+){2,}", text) == []


def test_the_table_of_changes_is_made_by_the_code(vendor: str, translated: str) -> None:
    assert pages.places(translated) == [*pages.CHINESE_TABLES]
    made = pages.written(vendor, translated, pages.CHINESE_TABLES)
    assert made == translated, "run `python -m tools.pages --write`"


def test_both_pages_lead_to_each_other_first(vendor: str, english: str, translated: str) -> None:
    assert english.splitlines()[2] == f"[中文](../zh/vendors/{vendor}.md)"
    assert translated.splitlines()[2] == f"[English](../../vendors/{vendor}.md)"


def test_both_pages_lead_to_the_same_pages(vendor: str) -> None:
    assert targets(pages.chinese_page(vendor)) == targets(pages.page(vendor))


def test_the_chinese_page_leads_to_chinese_pages(vendor: str) -> None:
    page = pages.chinese_page(vendor)
    others = [link for link in links(page) if link != f"../../vendors/{vendor}.md"]
    paths = [(page.parent / link.partition("#")[0]).resolve() for link in others]
    assert paths
    for path in paths:
        assert path.parent != DOCS or not (DOCS / "zh" / path.name).exists(), path


def test_the_chinese_readme_leads_to_the_chinese_page(vendor: str) -> None:
    assert f"(docs/zh/vendors/{vendor}.md)" in text_of(CHINESE)


def test_phrase_without_chinese_is_an_error() -> None:
    with pytest.raises(ValueError, match="'asked again' has a phrase without Chinese"):
        chinese.table("| `0` | PENDING | asked again |")


def test_code_of_a_table_stays_as_it_is() -> None:
    assert (
        chinese.table('| `a (is)`, `b` | refused in the preview (with `"delete"`: not sent); `c` |')
        == '| `a (is)`、`b` | 预览时拒绝（`"delete"` 时：不发送）；`c` |'
    )
