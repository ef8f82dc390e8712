from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.model.durations import is_recent, seconds, spoken


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
    [(0, "0s"), (0.4, "0s"), (45, "45s"), (130, "2m 10s"), (11100, "3h 5m"), (187200, "2d 4h")],
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
