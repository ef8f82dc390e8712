"""A sandbox on a socket for the vendors' official SDKs and for our clients."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, running


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDKs would send even loopback calls to a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="module")
def module_clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="module")
def module_sandbox(module_clock: ManualClock) -> Iterator[RunningSandbox]:
    with running(Sandbox(clock=module_clock)) as served:
        yield served


@pytest.fixture
def clock(module_clock: ManualClock) -> ManualClock:
    """The sandbox's time, at the machine's when a test begins: the SDKs sign with that."""
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
