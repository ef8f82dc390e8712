"""Lists that come in pages, and those that a broken vendor never ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_smssign.contract.pages import ListPage, by_pages, each, looked_up
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status


def reviews_of(*texts: str) -> list[Review]:
    return [Review(text, text, Status.APPROVED, "good") for text in texts]


class Book:
    """A list of so many in pages of two, and how it pages."""

    def __init__(
        self, size: int, *, ignores_offset: bool = False, never_last: bool = False
    ) -> None:
        self.size = size
        self.ignores_offset = ignores_offset
        self.never_last = never_last
        self.asked: list[int] = []

    def page(self, offset: int) -> tuple[list[Review], bool]:
        self.asked.append(offset)
        begin = 0 if self.ignores_offset else offset
        page = reviews_of(*map(str, range(begin, min(begin + 2, self.size))))
        return page, not self.never_last and begin + len(page) >= self.size

    def all(self) -> list[str]:
        return [review.id for review in each(by_pages("example", self.page))]


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


def test_signature_on_two_pages_is_listed_once() -> None:
    pages = {0: ["a", "b"], 2: ["b", "b"], 4: ["c"]}
    reviews = each(by_pages("example", lambda at: (reviews_of(*pages.get(at, [])), at >= 4)))
    assert [review.id for review in reviews] == ["a", "b"]


def test_a_list_without_an_end_is_given_up() -> None:
    book = Book(10**9)
    with pytest.raises(UnavailableError) as caught:
        book.all()
    assert len(book.asked) == 200
    assert caught.value.summary == ("the list of example has no end: 400 signatures on 200 pages")
    assert caught.value.vendor == "example"
    assert caught.value.advice == (
        "a proxy or gateway may have answered: check the endpoint and run it again."
    )


def test_a_list_that_ends_with_the_last_page_that_is_asked_for_is_whole() -> None:
    assert len(Book(400).all()) == 400
    assert len(Book(399, never_last=False).all()) == 399


def test_each_page_says_what_is_new_and_whether_it_is_the_last() -> None:
    pages = {0: ["a", "b"], 2: ["b", "c"], 4: ["c"]}
    read = by_pages("example", lambda at: (reviews_of(*pages[at]), False))
    assert [([each.id for each in page.items], page.is_last) for page in read] == [
        (["a", "b"], False),
        (["c"], False),
        ([], True),
    ]


def pages_of(*texts: str, then: SmsSignError | None = None) -> Iterator[ListPage]:
    """A list, of each text a page with a signature a letter; `then` is how it breaks off."""
    for number, text in enumerate(texts, 1):
        yield ListPage(reviews_of(*text), is_last=then is None and number == len(texts))
    if then is not None:
        raise then


def test_a_list_is_read_as_far_as_there_are_signatures_to_look_up() -> None:
    pages = pages_of("x", "b", "a")
    assert looked_up(pages, {"a", "b"}, lists_apart=False).keys() == {"b"}
    assert [review.id for review in each(pages)] == ["a"]


def test_a_list_is_read_no_further_than_to_the_last_that_is_wanted() -> None:
    pages = pages_of("ab", "x")
    assert looked_up(pages, {"a", "b"}, lists_apart=False).keys() == {"a", "b"}
    assert [review.id for review in each(pages)] == ["x"]


def test_what_is_looked_up_is_the_review_and_what_is_not_there_is_absent() -> None:
    reviews = looked_up(pages_of("ab", "c"), ("a", "c", "d"), lists_apart=False)
    assert reviews == {review.id: review for review in reviews_of("a", "c")}
    assert looked_up(pages_of("ab"), (), lists_apart=False) == {}


def test_for_one_signature_no_list_is_asked() -> None:
    assert looked_up(pages_of(then=UnavailableError("down")), {"a"}, lists_apart=False) == {}


@pytest.mark.parametrize("lists_apart", [True, False])
@pytest.mark.parametrize("refused", [InputError("what?"), RefusedError("no")], ids=type)
def test_pages_before_a_refusal_are_known(refused: SmsSignError, lists_apart: bool) -> None:
    reviews = looked_up(pages_of("a", then=refused), {"a", "b"}, lists_apart=lists_apart)
    assert reviews.keys() == {"a"}


def test_a_key_may_be_denied_the_list_only_where_that_is_an_action_of_its_own() -> None:
    denied = AccountError("the key may not list")
    assert looked_up(pages_of(then=denied), {"a", "b"}, lists_apart=True) == {}
    with pytest.raises(AccountError):
        looked_up(pages_of(then=denied), {"a", "b"}, lists_apart=False)


def test_a_vendor_that_can_not_answer_is_not_taken_for_an_empty_list() -> None:
    with pytest.raises(UnavailableError):
        looked_up(pages_of(then=UnavailableError("down")), {"a", "b"}, lists_apart=True)
