"""A sandbox on a socket, for our clients and for the vendors' official SDKs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, running
from tests.contract.client import Client
from tests.engine.cases import CASES
from tests.vendors.calls import connected


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDKs would send even loopback calls to a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Calls wait for no rate limit and no retry."""
    with unpaced():
        yield


@pytest.fixture(scope="module")
def module_clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="module")
def module_sandbox(module_clock: ManualClock) -> Iterator[RunningSandbox]:
    with running(Sandbox(clock=module_clock)) as served:
        yield served


@pytest.fixture
def clock(module_clock: ManualClock) -> ManualClock:
    """The sandbox's time, at the machine's when a test begins: requests are signed with that."""
    module_clock.advance(time.time() - module_clock.now())
    return module_clock


@pytest.fixture
def served(module_sandbox: RunningSandbox, clock: ManualClock) -> RunningSandbox:
    """A sandbox as new."""
    module_sandbox.sandbox.reset()
    return module_sandbox


@pytest.fixture
def sandbox(served: RunningSandbox) -> Sandbox:
    return served.sandbox


@pytest.fixture(params=CASES, ids=str)
def client(
    request: pytest.FixtureRequest, served: RunningSandbox, tmp_path: Path
) -> Iterator[Client]:
    """A vendor's client; `at` names the vendors of a test that is not about all."""
    case = request.param
    served.sandbox.switches.set({"tencent.enforce_rate": False})
    with ExitStack() as connections:

        def connect(
            auth: httpx.Auth | None = None, url: str = served.url, **settings: str | None
        ) -> Any:  # noqa: ANN401 - each vendor's calls have a type of their own
            return connections.enter_context(closing(connected(case.vendor, url, auth, **settings)))

        yield Client(case, served, tmp_path, connect, connect())
