"""Paging: the pages of a vendor's list, each signature once, and `MOST_PAGES` at most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import NamedTuple

from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Review

MOST_PAGES = 200
"""Pages of a list: at the smallest ones, 20,000 signatures of one account."""


class ListPage(NamedTuple):
    """A page of a list: the reviews that no page before had, and whether it is the last page."""

    items: Sequence[Review]
    is_last: bool


def by_pages(
    vendor: str, page: Callable[[int], tuple[Sequence[Review], bool]]
) -> Iterator[ListPage]:
    """The pages of a vendor's list, a call each; a signature that comes again is left out.

    Args:
        vendor: the vendor's name.
        page: the reviews from an offset on, and whether the list ends with them.

    Raises:
        UnavailableError: `MOST_PAGES` pages have all brought new signatures.
        SmsSignError: what `page` raises.
    """
    seen: set[str] = set()
    offset = 0
    for _page in range(MOST_PAGES):
        items, ends = page(offset)
        fresh = {item.id: item for item in items if item.id not in seen}
        is_last = ends or not fresh  # a gateway that ignores the offset repeats its first page
        yield ListPage(tuple(fresh.values()), is_last)
        seen.update(fresh)
        offset += len(items)
        if is_last:
            return
    raise UnavailableError(
        _(
            "the list of {vendor} has no end: {count} signatures on {pages} pages",
            vendor=vendor,
            count=len(seen),
            pages=MOST_PAGES,
        ),
        vendor=vendor,
        advice=_("a proxy or gateway may have answered: check the endpoint and run it again."),
    )


def each(pages: Iterable[ListPage]) -> Iterator[Review]:
    """The reviews on all pages, in their order."""
    return chain.from_iterable(page.items for page in pages)


def list_refusals(lists_apart: bool) -> tuple[type[SmsSignError], ...]:  # noqa: FBT001
    """The list's refusals after which each signature may still be asked for by itself."""
    refused = (InputError, RefusedError)
    return (*refused, AccountError) if lists_apart else refused


def looked_up(
    pages: Iterable[ListPage], wanted: Collection[str], *, lists_apart: bool
) -> dict[str, Review]:
    """Reviews of several signatures from a list, by id, in at most a call for each of them.

    Empty where the list is refused (`list_refusals`); for one signature a question costs no more.
    """
    reviews: dict[str, Review] = {}
    if len(wanted) == 1:
        return reviews
    with suppress(*list_refusals(lists_apart)):
        for page in islice(pages, len(wanted)):
            reviews.update((review.id, review) for review in page.items if review.id in wanted)
            if len(reviews) == len(wanted):
                break
    return reviews
