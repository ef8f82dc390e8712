"""Retry-After: seconds, or a date that is held against the answer's own."""

from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.contract.gateways import retry_after

DATE = "Fri, 27 Nov 2026 10:00:00"
LATER = "Fri, 27 Nov 2026 10:00:30"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        (" 2.5 ", 2.5),
        ("0", 0.0),
        ("999999999", 999_999_999.0),
        ("9999999999", 0.0),
        ("-1", 0.0),
        ("1e3", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        (f"{DATE} GMT", 0.0),
    ],
)
def test_seconds_are_those_that_are_written(text: str, seconds: float) -> None:
    answer = httpx.Response(429, headers={"Retry-After": text, "Date": f"{LATER} GMT"})
    assert retry_after(answer) == seconds
    assert retry_after(httpx.Response(429)) == 0.0


@pytest.mark.parametrize("zone", [" GMT", " -0000", " +0000", "", " UTC"])
@pytest.mark.parametrize("own_zone", [" GMT", " -0000", ""])
def test_date_without_a_zone_is_of_utc(zone: str, own_zone: str) -> None:
    answer = httpx.Response(429, headers={"Retry-After": LATER + zone, "Date": DATE + own_zone})
    assert retry_after(answer) == 30


def test_date_of_another_zone_is_that_moment() -> None:
    headers = {"Retry-After": "Fri, 27 Nov 2026 18:00:30 +0800", "Date": f"{DATE} GMT"}
    assert retry_after(httpx.Response(429, headers=headers)) == 30
