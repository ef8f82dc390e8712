"""A served sandbox, emptied for each test, and a client of each vendor's side."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, running
from tests.sandbox.alibaba.caller import Alibaba
from tests.sandbox.caller import Caller
from tests.sandbox.huawei.caller import Huawei
from tests.sandbox.tencent.caller import Tencent
from tests.sandbox.ucloud.caller import UCloud
from tests.sandbox.yunpian.caller import Yunpian

CALLERS: dict[str, type[Caller]] = {
    caller.vendor: caller for caller in (Alibaba, Huawei, Tencent, UCloud, Yunpian)
}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDKs would send even loopback calls to a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session")
def session_clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def session_sandbox(session_clock: ManualClock) -> Iterator[RunningSandbox]:
    sandbox = Sandbox(clock=session_clock, switches={"tencent.enforce_rate": False})
    with running(sandbox) as served:
        yield served


@pytest.fixture(scope="session")
def session_http(session_sandbox: RunningSandbox) -> Iterator[httpx.Client]:
    """One client for all tests: each that is made reads the machine's certificates first."""
    with httpx.Client(base_url=session_sandbox.url, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def clock(session_clock: ManualClock) -> ManualClock:
    """The served sandbox's clock; it stands until a test moves it."""
    session_clock.advance(time.time() - session_clock.now())
    return session_clock


@pytest.fixture
def served(session_sandbox: RunningSandbox, clock: ManualClock) -> RunningSandbox:
    """An empty sandbox on a socket, with manual review and without rate limits."""
    session_sandbox.sandbox.reset()
    return session_sandbox


@pytest.fixture
def sandbox(served: RunningSandbox) -> Sandbox:
    return served.sandbox


@pytest.fixture
def screened(sandbox: Sandbox) -> None:
    """Have the vendor's own rules decide at once; a manual review has nothing decided by itself."""
    sandbox.review_policy = "after:3600"


@pytest.fixture
def http(session_http: httpx.Client, served: RunningSandbox) -> httpx.Client:
    return session_http


@pytest.fixture
def caller(
    request: pytest.FixtureRequest,
    served: RunningSandbox,
    http: httpx.Client,
    clock: ManualClock,
) -> Caller:
    """The client of the vendor that a test's parameters name."""
    return CALLERS[request.param](served, http, clock)


@pytest.fixture
def alibaba(served: RunningSandbox, http: httpx.Client, clock: ManualClock) -> Alibaba:
    return Alibaba(served, http, clock)


@pytest.fixture
def huawei(served: RunningSandbox, http: httpx.Client, clock: ManualClock) -> Huawei:
    return Huawei(served, http, clock)


@pytest.fixture
def tencent(served: RunningSandbox, http: httpx.Client, clock: ManualClock) -> Tencent:
    return Tencent(served, http, clock)


@pytest.fixture
def ucloud(served: RunningSandbox, http: httpx.Client, clock: ManualClock) -> UCloud:
    return UCloud(served, http, clock)


@pytest.fixture
def yunpian(served: RunningSandbox, http: httpx.Client, clock: ManualClock) -> Yunpian:
    return Yunpian(served, http, clock)
