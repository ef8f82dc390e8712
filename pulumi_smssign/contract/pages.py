"""Lists that come in pages, gone through to their end; and they have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pulumi_smssign.errors import UnavailableError

_T = TypeVar("_T")

MOST_PAGES = 200
"""Pages of a list: at the smallest ones, 20,000 signatures of one account."""


def each_once(
    vendor: str,
    page: Callable[[int], tuple[Sequence[_T], bool]],
    identity: Callable[[_T], str],
) -> Iterator[_T]:
    """Everything that a vendor lists, each once.

    Args:
        vendor: the vendor's name.
        page: what the list has from an offset on, and whether it ends with that.
        identity: tells one from another.

    Raises:
        UnavailableError: page after page brings something new, more than an account can have.
        SmsSignError: what `page` raises.
    """
    seen: set[str] = set()
    offset = 0
    for _ in range(MOST_PAGES):
        items, is_last = page(offset)
        fresh = {identity(item): item for item in items if identity(item) not in seen}
        yield from fresh.values()
        seen.update(fresh)
        offset += len(items)
        if is_last or not fresh:
            return
    raise UnavailableError(
        f"the list of {vendor} has no end: {len(seen)} signatures on {MOST_PAGES} pages",
        vendor=vendor,
        advice="a proxy or gateway may stand between; check the endpoint and run it again.",
    )
