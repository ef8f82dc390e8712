"""Yunpian's side of the served sandbox."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.yunpian.caller import APIKEY, Yunpian


@pytest.fixture
def yunpian(http: httpx.Client) -> Yunpian:
    return Yunpian(http)


@pytest.fixture
def marketing(http: httpx.Client) -> Yunpian:
    """Another account."""
    return Yunpian(http, f"{APIKEY}.marketing")
