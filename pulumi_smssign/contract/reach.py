"""Reachability of an endpoint without a key, and its clock's difference from this machine's."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from pulumi_smssign.contract.credentials import is_loopback
from pulumi_smssign.model.errors import UnreachableError
from pulumi_smssign.model.redaction import quote
from pulumi_smssign.version import __version__

_TIMEOUT = 10.0


def clock_difference(vendor: str, endpoint: str) -> float | None:
    """Seconds by which the endpoint's clock is ahead of this machine's, to about a second.

    Returns:
        None where its answer has no date.

    Raises:
        UnreachableError: nothing answers there.
    """
    try:
        before = datetime.now(UTC)
        answer = httpx.head(
            endpoint,
            timeout=_TIMEOUT,
            trust_env=not is_loopback(endpoint),
            headers={"User-Agent": f"pulumi-smssign/{__version__}"},
        )
        half_way = before + (datetime.now(UTC) - before) / 2
    except httpx.HTTPError as error:
        why = quote(str(error)) or type(error).__name__
        raise UnreachableError(
            f"{httpx.URL(endpoint).host} doesn't answer ({why})",
            vendor=vendor,
        ) from None
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    if theirs.tzinfo is None:
        return None
    return (theirs - half_way).total_seconds()
