"""Lists that come in pages, gone through to their end; and they have one."""

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
from pulumi_smssign.model.review import Review

MOST_PAGES = 200
"""Pages of a list: at the smallest ones, 20,000 signatures of one account."""


class ListPage(NamedTuple):
    """A page of a list: what is on it and was on none before, and whether it is the last one."""

    items: Sequence[Review]
    is_last: bool


def by_pages(
    vendor: str, page: Callable[[int], tuple[Sequence[Review], bool]]
) -> Iterator[ListPage]:
    """Everything that a vendor lists, each once, a call a page.

    Args:
        vendor: the vendor's name.
        page: what the list has from an offset on, and whether it ends with that.

    Raises:
        UnavailableError: page after page brings something new, more than an account can have.
        SmsSignError: what `page` raises.
    """
    seen: set[str] = set()
    offset = 0
    for _ in range(MOST_PAGES):
        items, ends = page(offset)
        fresh = {item.id: item for item in items if item.id not in seen}
        is_last = ends or not fresh
        yield ListPage(tuple(fresh.values()), is_last)
        seen.update(fresh)
        offset += len(items)
        if is_last:
            return
    raise UnavailableError(
        f"the list of {vendor} has no end: {len(seen)} signatures on {MOST_PAGES} pages",
        vendor=vendor,
        advice="a proxy or gateway may stand between; check the endpoint and run it again.",
    )


def each(pages: Iterable[ListPage]) -> Iterator[Review]:
    """The items of all pages, one by one."""
    return chain.from_iterable(page.items for page in pages)


def unseen(lists_apart: bool) -> tuple[type[SmsSignError], ...]:  # noqa: FBT001
    """The errors of a list after which each signature may still be asked for by itself."""
    refused = (InputError, RefusedError)
    return (*refused, AccountError) if lists_apart else refused


def looked_up(
    pages: Iterable[ListPage], wanted: Collection[str], *, lists_apart: bool
) -> dict[str, Review]:
    """Reviews of several signatures from a list, by their ids, in no more calls than they are.

    A list that can't be asked (`unseen`) has none of them, and for one signature it isn't asked.
    """
    found: dict[str, Review] = {}
    if len(wanted) == 1:
        return found
    with suppress(*unseen(lists_apart)):
        for page in islice(pages, len(wanted)):
            found.update((review.id, review) for review in page.items if review.id in wanted)
            if len(found) == len(wanted):
                break
    return found
