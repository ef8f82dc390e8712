"""A served sandbox for each module, as new for each test; and our requests as they leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import parse_qs

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.transport import Transport
from pulumi_smssign.sandbox import RunningSandbox, Sandbox, running


class Connected(Protocol):
    """A vendor's calls, as far as a test looks into them."""

    _transport: Transport


class Wire:
    """The requests that a client has sent; the sandbox answers them."""

    def __init__(self, api: Connected) -> None:
        self.requests: list[httpx.Request] = []
        api._transport._limiters.clear()
        api._transport._http.event_hooks["request"].append(self._keep)

    def _keep(self, request: httpx.Request) -> None:
        request.read()
        self.requests.append(request)

    def json(self) -> dict[str, JsonValue]:
        """The last request's body, where it is an object."""
        document: dict[str, JsonValue] = json.loads(self.requests[-1].content)
        return document

    def form(self) -> dict[str, list[str]]:
        """The last request's body, where it is a form: the values of each field."""
        return parse_qs(self.requests[-1].content.decode(), strict_parsing=True)

    def headers(self) -> httpx.Headers:
        """The last request's headers."""
        return self.requests[-1].headers


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[RunningSandbox]:
    with running(Sandbox(switches={"tencent.enforce_rate": False})) as served:
        yield served


@pytest.fixture
def served(module_sandbox: RunningSandbox) -> RunningSandbox:
    """A sandbox without signatures, calls and faults."""
    module_sandbox.sandbox.reset()
    return module_sandbox


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The official SDKs would send even loopback calls to a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
