"""The table `covered.md`: all that the seed pages list, and the tests that exercise it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.seeds.mentions import Spoken, spoken
from tests.seeds.pages import FOLDER, Item, items, written

PAGES = ("tencent-add", "tencent-modify", "huawei-create", "ucloud-update", "yunpian-add")
COUNTS: Mapping[str, Mapping[str, int]] = {
    "tencent-add": {"request": 11, "enum": 22, "pair": 25, "response": 3, "error": 27},
    "tencent-modify": {"request": 12, "enum": 22, "pair": 25, "response": 3, "error": 28},
    "huawei-create": {"request": 15, "enum": 11, "response": 3, "status": 6},
    "ucloud-update": {"request": 14, "enum": 17, "response": 3, "error": 1},
    "yunpian-add": {"request": 21, "enum": 28, "response": 10, "error": 1, "status": 1},
}
"""How much each page lists, counted apart from the extraction: one that lost some would show."""

Row = tuple[str, str, str]


@cache
def table() -> Mapping[str, Mapping[Row, tuple[str, ...]]]:
    """The tests by page and item; a row that stands twice is refused."""
    found: dict[str, dict[Row, tuple[str, ...]]] = {}
    page = ""
    for line in (Path(__file__).parent / "covered.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            page = line.removeprefix("## ")
            found[page] = {}
        elif line.startswith("| ") and page and not line.startswith(("| kind |", "| --- |")):
            kind, name, value, tests = (cell.strip(" `") for cell in line.strip("|").split("|"))
            assert (kind, name, value) not in found[page], line
            found[page][kind, name, value] = tuple(test.strip(" `") for test in tests.split("<br>"))
    return found


def row(item: Item) -> Row:
    return item.kind, item.name, item.value


def test_there_is_a_table_for_each_page() -> None:
    assert tuple(table()) == PAGES
    assert {file.stem for file in FOLDER.glob("*.json")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_as_much_as_was_counted_on_it(page: str) -> None:
    assert Counter(item.kind for item in items(page)) == COUNTS[page]
    assert len(set(map(row, items(page)))) == len(items(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_pages_file_is_as_the_extraction_writes_it(page: str) -> None:
    assert (FOLDER / f"{page}.json").read_text("utf-8") == written(items(page))


@pytest.mark.parametrize("page", PAGES)
def test_the_table_lists_what_the_page_lists_in_its_order_and_nothing_else(page: str) -> None:
    assert list(table()[page]) == [row(item) for item in items(page)]


@pytest.mark.parametrize("page", PAGES)
def test_every_test_of_the_table_exists(page: str) -> None:
    tests = {test for tests in table()[page].values() for test in tests}
    assert [test for test in sorted(tests) if spoken(test) is None] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_test_of_the_table_speaks_of_its_item(page: str) -> None:
    silent = [
        f"{item}: {test}"
        for item in items(page)
        for test in table()[page].get(row(item), ())
        if not (found := spoken(test)) or not found.of(item)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "test",
    [
        "tests/seeds/test_none.py::test_nothing",
        "tests/seeds/test_covered.py::test_nothing",
        "tests/seeds/test_covered.py::row",
        "tests/seeds/test_covered.py",
        "",
    ],
)
def test_a_test_that_is_not_there_would_be_found_out(test: str) -> None:
    assert spoken(test) is None


@pytest.mark.parametrize(
    ("item", "is_spoken_of"),
    [
        (Item("error", "Error.Code", "InvalidParameter"), True),
        (Item("error", "Error.Code", "Invalid"), False),
        (Item("request", "SignName"), True),
        (Item("request", "Sign"), False),
        (Item("response", "Response.RequestId"), True),
        (Item("response", "Response.SignId"), False),
        (Item("enum", "SignType", "4"), True),
        (Item("enum", "SignName", "7"), False),
        (Item("enum", "SignKind", "4"), False),
        (Item("pair", "SignType 4", "SignName 5"), True),
        (Item("pair", "SignType 4", "SignName 6"), False),
    ],
)
def test_a_test_that_does_not_speak_of_its_item_would_be_found_out(
    item: Item, is_spoken_of: bool
) -> None:
    literals = {"InvalidParameter", "SignName", '{"Response": {"RequestId": 1}}', "SignType", "7"}
    assert Spoken(frozenset(literals), frozenset({"4", "5"})).of(item) is is_spoken_of


def test_a_docstring_speaks_of_nothing() -> None:
    """It names `the-words-of-this-docstring` in vain."""
    found = spoken("tests/seeds/test_covered.py::test_a_docstring_speaks_of_nothing")
    assert found is not None
    assert not any(
        literal.startswith("It names") and "vain" in literal for literal in found.literals
    )
