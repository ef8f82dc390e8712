"""A served sandbox, emptied for each test, and the official Tencent SDK as its client."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator

import httpx
import pytest
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, running
from pulumi_smssign.sandbox.http_messages import Document

SECRET_KEY = "smssign-sandbox-secret-key-0000000"


class Tencent:
    """Calls actions by the official SDK; gives an error's code where it doesn't give an answer."""

    def __init__(
        self,
        address: str,
        account: str = "",
        *,
        method: str = "POST",
        unsigned_payload: bool = False,
    ) -> None:
        key = f"AKIDsmssign-sandbox.{account}" if account else "AKIDsmssign-sandbox"
        profile = ClientProfile(
            httpProfile=HttpProfile(
                protocol="http", endpoint=address, reqTimeout=10, reqMethod=method
            )
        )
        profile.unsignedPayload = unsigned_payload
        self._client = CommonClient(
            "sms", "2021-01-11", Credential(key, SECRET_KEY), "ap-guangzhou", profile
        )

    def call(self, action: str, fields: Document) -> Document:
        """The answer without its envelope."""
        with warnings.catch_warnings():
            # The SDK asks for the time in a way that Python 3.12 calls deprecated.
            warnings.filterwarnings("ignore", ".*utcfromtimestamp", DeprecationWarning)
            answer: Document = self._client.call_json(action, fields)["Response"]
        return answer

    def code(self, action: str, fields: Document) -> str:
        """The code of the error that is answered."""
        with pytest.raises(TencentCloudSDKException) as caught:
            self.call(action, fields)
        return str(caught.value.get_code())

    def add(self, fields: Document) -> int:
        """Applies for a signature and gives its id."""
        status = self.call("AddSmsSign", fields)["AddSignStatus"]
        assert isinstance(status, dict)
        number = status["SignId"]
        assert isinstance(number, int)
        return number

    def describe(self, number: int) -> Document | None:
        """One signature as the list shows it, or None."""
        answer = self.call("DescribeSmsSignList", {"International": 0, "SignIdSet": [number]})
        found = answer["DescribeSignListStatusSet"]
        assert isinstance(found, list)
        if not found:
            return None
        assert isinstance(found[0], dict)
        return found[0]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK would send even loopback calls to a proxy."""
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
def http(served: RunningSandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def tencent(served: RunningSandbox) -> Tencent:
    return Tencent(served.address)


@pytest.fixture
def other_account(served: RunningSandbox) -> Tencent:
    return Tencent(served.address, "marketing")
