from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.model.durations import clock, is_recent, now, seconds, seconds_since, spoken


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("30m", 1800),
        ("1h30m", 5400),
        ("90s", 90),
        ("2 d", 172800),
        ("1.5h", 5400),
        (" 10S ", 10),
        ("0 s", 0),
        ("45", 45),
        (0.0, 0),
        (2.5, 2.5),
    ],
)
def test_spans_as_people_write_them(span: str | float, expected: float) -> None:
    assert seconds(span) == expected


@pytest.mark.parametrize("span", ["", "soon", "5 weeks", "-1", -2, "1h later", "inf", "nan"])
def test_bad_duration_is_refused_with_an_example(span: str | float) -> None:
    with pytest.raises(ValueError, match="30m"):
        seconds(span)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (0, "0s"),
        (0.4, "0s"),
        (0.6, "1s"),
        (45, "45s"),
        (59, "59s"),
        (60, "1m"),
        (61, "1m 1s"),
        (130, "2m 10s"),
        (3599, "59m 59s"),
        (3600, "1h"),
        (11100, "3h 5m"),
        (86399, "23h 59m"),
        (86400, "1d"),
        (86401, "1d 1s"),
        (90061, "1d 1h"),
        (187200, "2d 4h"),
    ],
)
def test_spans_for_people(span: float, expected: str) -> None:
    assert spoken(span) == expected


@pytest.mark.parametrize(
    ("seconds_ago", "recent"), [(1, True), (-1, True), (59, True), (61, False), (-61, False)]
)
def test_a_moment_of_a_clock_that_went_wrong_is_not_recent(seconds_ago: int, recent: bool) -> None:
    moment = (datetime.now(UTC) - timedelta(seconds=seconds_ago)).isoformat()
    assert is_recent(moment, 60) is recent
    assert not is_recent("", 60)
    assert not is_recent("a day", 60)


@pytest.mark.parametrize(
    ("moment", "later", "minute"),
    [
        ("2026-11-22T13:46:00Z", 0, "13:46 UTC"),
        ("2026-11-22T13:46:01Z", 0, "13:47 UTC"),
        ("2026-11-22T13:36:00Z", 600, "13:46 UTC"),
        ("2026-11-22T13:36:59Z", 600, "13:47 UTC"),
        ("2026-11-22T23:55:30Z", 600, "00:06 UTC"),
    ],
)
def test_a_clock_shows_the_first_whole_minute_after_a_span(
    moment: str, later: float, minute: str
) -> None:
    assert clock(moment, later) == minute


def test_this_moment_is_in_utc_and_a_moment_ago() -> None:
    assert now().endswith("Z")
    assert 0 <= seconds_since(now()) < 60
    hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    assert 3600 <= seconds_since(hour_ago) < 3660


@pytest.mark.parametrize("moment", ["", "a day", "2026-11-22", "2026-11-22T10:00:00"])
def test_a_text_that_is_no_moment_was_never(moment: str) -> None:
    """A time without a zone is none either."""
    assert seconds_since(moment) == float("inf")
