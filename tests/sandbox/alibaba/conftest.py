"""Clients of the served sandbox's Alibaba Cloud."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.alibaba.caller import Alibaba


@pytest.fixture
def alibaba(http: httpx.Client) -> Alibaba:
    return Alibaba(http)


@pytest.fixture
def other_account(http: httpx.Client) -> Alibaba:
    return Alibaba(http, "marketing")
