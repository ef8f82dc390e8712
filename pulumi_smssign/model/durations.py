"""Spans of time as people write them, and moments as state keeps them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from pulumi_smssign.model.language import _, mark

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhd])")
_SPOKEN = (
    (86400, mark("{count}d")),
    (3600, mark("{count}h")),
    (60, mark("{count}m")),
    (1, mark("{count}s")),
)


def seconds(span: object) -> float:
    """The seconds of "30m", "1h30m", "2 d" or of a plain number.

    Raises:
        ValueError: it is no such thing, or negative.
    """
    if isinstance(span, str):
        text = span.strip().lower()
        parts = _PART.findall(text)
        if parts and not _PART.sub("", text).strip():
            return sum(float(count) * _UNITS[unit] for count, unit in parts)
    try:
        count = float(span)  # type: ignore[arg-type] # what a program gives may be anything
    except (ValueError, TypeError):
        raise _expected() from None
    if not 0 <= count < float("inf"):
        raise _expected()
    return count


def _expected() -> ValueError:
    return ValueError(_('must be a time such as "30m", "1h30m", "90s" or a number of seconds'))


def spoken(span: float) -> str:
    """A span of seconds for people: "45s", "2m 10s", "3h 5m", "2d 4h"."""
    rest = round(span)
    parts = []
    for size, words in _SPOKEN:
        count, rest = divmod(rest, size)
        if count:
            parts.append(_(words, count=count))
    if len(parts) > 1:
        return _("{longer} {shorter}", longer=parts[0], shorter=parts[1])
    return parts[0] if parts else _("{count}s", count=0)


def now() -> str:
    """This moment (ISO 8601, UTC, to the microsecond): what marks one submission."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def seconds_since(moment: str) -> float:
    """Seconds since a moment of `now`; infinite for "" and any text that is no moment."""
    try:
        then = datetime.fromisoformat(moment)
        return (datetime.now(UTC) - then).total_seconds()
    except (ValueError, TypeError):
        return float("inf")


def clock(moment: str, later: float) -> str:
    """The first whole minute so many seconds after a moment of `now`: "13:47 UTC"."""
    minute = datetime.fromisoformat(moment) + timedelta(seconds=later + 59)
    return minute.strftime("%H:%M UTC")


def is_recent(moment: str, within: float) -> bool:
    """Whether a moment of `now` is less than so many seconds ago.

    One that is as far ahead was told by a clock that went wrong: how long ago it was nobody knows,
    and to take it for recent would hold for as long as the clock was ahead.
    """
    return -within < seconds_since(moment) < within
