"""A served sandbox, a vendor's client of it, and the requests as they leave.

A module of tests names its vendor (`VENDOR`), and what its key has beside the sandbox's
(`SETTINGS`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.core.registry import named, part
from pulumi_smssign.sandbox import RunningSandbox, Sandbox, running

Api = BaseApi[Any, Any]
Fault = Callable[..., None]


class Wire:
    """The requests that a client has sent; the sandbox answers them."""

    def __init__(self, api: Api) -> None:
        self.requests: list[httpx.Request] = []
        api._transport._http.event_hooks["request"].append(self._note)

    def _note(self, request: httpx.Request) -> None:
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


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Calls wait for no rate limit and no retry."""
    with unpaced():
        yield


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[RunningSandbox]:
    with running(Sandbox(switches={"tencent.enforce_rate": False})) as served:
        yield served


@pytest.fixture
def served(module_sandbox: RunningSandbox) -> RunningSandbox:
    """A sandbox without signatures, calls and faults."""
    module_sandbox.sandbox.reset()
    return module_sandbox


@pytest.fixture
def api(request: pytest.FixtureRequest, served: RunningSandbox) -> Iterator[Api]:
    """A new connection to the sandbox: one that was refused once asks nothing more."""
    vendor: str = request.module.VENDOR
    key = named(vendor).credentials.sandbox(served.url, "default")
    settings = getattr(request.module, "SETTINGS", {})
    connect = part(vendor, "api.SignatureApi")
    connected: Api = connect(key.model_copy(update=settings))
    with closing(connected):
        yield connected


@pytest.fixture
def wire(api: Api) -> Wire:
    return Wire(api)


@pytest.fixture
def fault(request: pytest.FixtureRequest, served: RunningSandbox) -> Fault:
    """An order to the sandbox: the next call of an action fails in this way."""

    def order(action: str, kind: str, **more: JsonValue) -> None:
        vendor: str = request.module.VENDOR
        served.sandbox.faults.add({"vendor": vendor, "action": action, "kind": kind, **more})

    return order


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The official SDKs would send even loopback calls to a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
