"""A bench for each vendor, on which no time goes by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import JsonValue
from pyrate_limiter import Limiter

from pulumi_smssign.contract import lifeline
from pulumi_smssign.core import accounts
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.chaos.bench import Bench, Connections, Line, OffClock, Way
from tests.engine.cases import CASES


@pytest.fixture(scope="package")
def clock() -> OffClock:
    """The vendors' clock."""
    return OffClock()


@pytest.fixture(scope="package")
def served(clock: OffClock) -> Iterator[RunningSandbox]:
    """A sandbox that nothing slows down; at UCloud, of which it is only inferred, with twins."""
    switches: dict[str, JsonValue] = {
        "alibaba.enforce_looks": False,
        "huawei.enforce_lock": False,
        "huawei.rate_limit": 0,
        "tencent.enforce_rate": False,
        "ucloud.duplicates": "accepted",
    }
    with running(Sandbox(clock=clock, switches=switches)) as sandbox:
        yield sandbox


@pytest.fixture(params=CASES, ids=str)
def bench(
    request: pytest.FixtureRequest,
    served: RunningSandbox,
    clock: OffClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """A vendor's bench; its hooks wait for nobody."""
    monkeypatch.setattr(Limiter, "try_acquire", lambda *_, **_how: True)
    monkeypatch.setattr(lifeline.cancelled, "wait", lambda *_: False)
    line = Line(served.sandbox, httpx.HTTPTransport.handle_request)

    def send(http: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return line.handle(http, request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", send)
    connections = Connections()
    monkeypatch.setattr(accounts, "_connected", connections)
    yield Bench(request.param, served, clock, Way(line, connections), tmp_path)
    connections.close()
