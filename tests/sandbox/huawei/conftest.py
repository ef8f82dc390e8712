"""Clients of Huawei's side."""

from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock
from tests.sandbox.huawei.caller import AK, SK, Wire


@pytest.fixture
def wire(http: httpx.Client, clock: ManualClock) -> Wire:
    return Wire(http, clock)


@pytest.fixture
def other_account(http: httpx.Client, clock: ManualClock) -> Wire:
    return Wire(http, clock, (f"{AK}.marketing", SK))
