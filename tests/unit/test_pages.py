"""Lists that come in pages, and those that a broken vendor never ends."""

from __future__ import annotations

import pytest

from pulumi_smssign.contract.pages import MOST_PAGES, by_pages, each
from pulumi_smssign.errors import UnavailableError


class Book:
    """A list of so many in pages of two, and how it pages."""

    def __init__(
        self, size: int, *, ignores_offset: bool = False, never_last: bool = False
    ) -> None:
        self.size = size
        self.ignores_offset = ignores_offset
        self.never_last = never_last
        self.asked: list[int] = []

    def page(self, offset: int) -> tuple[list[str], bool]:
        self.asked.append(offset)
        begin = 0 if self.ignores_offset else offset
        page = [str(number) for number in range(begin, min(begin + 2, self.size))]
        return page, not self.never_last and begin + len(page) >= self.size

    def all(self) -> list[str]:
        return list(each(by_pages("example", self.page, lambda item: item)))


def test_every_page_is_asked_for_once() -> None:
    book = Book(5)
    assert book.all() == ["0", "1", "2", "3", "4"]
    assert book.asked == [0, 2, 4]


def test_an_empty_list_is_one_page() -> None:
    book = Book(0, never_last=True)
    assert book.all() == []
    assert book.asked == [0]


def test_a_page_that_brings_nothing_new_is_the_last() -> None:
    book = Book(5, ignores_offset=True, never_last=True)
    assert book.all() == ["0", "1"]
    assert len(book.asked) == 2


def test_what_two_pages_show_is_there_once() -> None:
    pages = {0: ["a", "b"], 2: ["b", "b"], 4: ["c"]}
    found = each(by_pages("example", lambda at: (pages.get(at, []), at >= 4), lambda item: item))
    assert list(found) == ["a", "b"]


def test_a_list_without_an_end_is_given_up() -> None:
    book = Book(10**9)
    with pytest.raises(UnavailableError, match="the list of example has no end"):
        book.all()
    assert len(book.asked) == MOST_PAGES
