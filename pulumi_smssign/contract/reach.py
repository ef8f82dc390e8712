"""Reachability of an endpoint without a key, and its clock's difference from this machine's."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.transport import Call, Transport

if TYPE_CHECKING:
    import httpx

_LONGEST = 10.0
"""Seconds within which an endpoint has to answer a question that asks for nothing."""


def clock_difference(vendor: str, endpoint: str) -> float | None:
    """Seconds by which the endpoint's clock is ahead of this machine's, to about a second.

    Returns:
        None where its answer has no date.

    Raises:
        SmsSignError: nothing answers there in time, or this environment lets nothing be asked.
    """
    with closing(Transport(vendor, endpoint)) as transport, lifeline.within(_LONGEST):
        return transport.exchange(Call("HEAD", transport.request("HEAD", "")), _difference)


def _difference(answer: httpx.Response) -> float | None:
    half_way = datetime.now(UTC) - answer.elapsed / 2
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        return None if theirs.tzinfo is None else (theirs - half_way).total_seconds()
    # OverflowError: a year that no clock has.
    except (ValueError, OverflowError):
        return None
