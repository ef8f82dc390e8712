"""The Chinese pages have what the English ones have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import CHINESE, DOCS, links, name, text_of
from tests.docs.twins import destinations, differences, english_of, missing_numbers, untranslated

PAGES = sorted((DOCS / "zh").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_has_the_code_tables_and_headings_of_the_english_page(page: Path) -> None:
    assert differences(text_of(english_of(page)), text_of(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_has_the_numbers_of_the_english_page(page: Path) -> None:
    assert missing_numbers(text_of(english_of(page)), text_of(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_leads_where_the_english_page_leads(page: Path) -> None:
    assert destinations(page) == destinations(english_of(page))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_is_in_chinese(page: Path) -> None:
    assert untranslated(text_of(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_both_pages_begin_with_a_link_to_the_other(page: Path) -> None:
    english = english_of(page)
    assert text_of(page).splitlines()[2] == f"[English](../{english.relative_to(DOCS)})"
    assert text_of(english).splitlines()[2] == f"[中文](zh/{page.relative_to(DOCS / 'zh')})"


@pytest.mark.parametrize("page", [CHINESE, *PAGES], ids=name)
def test_chinese_page_leads_to_chinese_pages(page: Path) -> None:
    targets = {(page.parent / link.partition("#")[0]).resolve() for link in links(page)}
    translated = {english_of(other) for other in PAGES if other != page}
    assert targets & translated == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_is_reached_from_the_chinese_readme(page: Path) -> None:
    assert f"(docs/zh/{page.name})" in text_of(CHINESE)


def test_the_pages_for_every_user_are_there() -> None:
    assert {"what-a-change-does", "when-it-fails", "settings"} <= {page.stem for page in PAGES}
