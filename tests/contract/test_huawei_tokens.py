"""Huawei's keys, which must never be locked by us, and tokens, which are fetched once."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pydantic import SecretStr

from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.signing import KeyAuth
from pulumi_smssign.huawei.tokens import TokenAuth, User
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import ManualClock
from tests.contract.client import Client, at
from tests.engine.cases import HUAWEI

pytestmark = at(HUAWEI)

CREATE, DELETE = "CreateSignature", "DeleteSignature"
SHOW, LIST = "ShowSignature", "ListSignatureDetails"
TOKEN = "KeystoneCreateUserTokenByPassword"
NOTHING = Handle("00000000-0000-4000-8000-000000000000")
"""A signature that no account has."""

KEY = {"ak": "smssign-sandbox", "sk": "smssign-sandbox-sk-0000000000000000"}
WRONG = {"sk": "smssign-sandbox-sk-wrong"}
USER: dict[str, str | None] = {
    "ak": None,
    "sk": None,
    "userName": "smssign-sandbox",
    "password": "smssign-sandbox-password",
    "domainName": "smssign-sandbox",
}
PROJECT = "5b0c00000000000000000000000d35c0"
REFUSED = "APIGW.0301"
DAY, HOUR = 86400.0, 3600.0
THREADS = 4


@pytest.fixture
def user(client: Client) -> SignatureApi:
    """The calls of an IAM user."""
    api: SignatureApi = client.connect(**USER)
    return api


def user_by(client: Client, clock: Callable[[], float]) -> SignatureApi:
    """The calls of an IAM user whose tokens go by another clock than the machine's."""
    password = SecretStr("smssign-sandbox-password")
    user = User("smssign-sandbox", password, "smssign-sandbox", PROJECT)
    api: SignatureApi = client.connect(TokenAuth(user, client.served.url, clock))
    return api


def at_once(call: Callable[[], object]) -> None:
    """Make a call in as many threads as the plugin has, and wait for all of them."""
    start = Barrier(THREADS)

    def begin(_number: int) -> None:
        start.wait(timeout=20)
        call()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(begin, range(THREADS)))


def refused(api: SignatureApi, match: str | None = None) -> Callable[[], None]:
    """A call that ends with the account's error."""

    def ask() -> None:
        with pytest.raises(errors.AccountError, match=match):
            api.reviews([NOTHING])

    return ask


# Keys


@pytest.mark.parametrize("prefix", ["APIGW", "APIG"])
def test_refused_key_is_not_used_again(client: Client, prefix: str) -> None:
    client.switch(gateway_prefix=prefix)
    api = client.connect(**WRONG)
    refused(api)()
    refused(api, "not asked again")()
    assert client.codes() == [f"{prefix}.0301"]


def test_wrong_secret_in_four_threads_locks_no_key(client: Client) -> None:
    wrong = client.connect(**WRONG)
    at_once(refused(wrong))
    at_once(refused(wrong))
    assert client.codes() == [REFUSED]
    assert client.api.reviews([NOTHING]) == {}


def test_locked_key_is_left_alone(client: Client) -> None:
    for _ in range(5):
        refused(client.connect(**WRONG))()
    client.sandbox.log.clear()
    at_once(refused(client.api, "AK access failed to reach the limit"))
    assert client.codes() == [REFUSED]


@pytest.mark.parametrize("seconds", [-1000, 1000])
def test_wrong_clock_in_four_threads_locks_no_key(client: Client, seconds: int) -> None:
    auth = KeyAuth(KEY["ak"], SecretStr(KEY["sk"]), clock=lambda: time.time() + seconds)
    at_once(refused(client.connect(auth), "machine's clock"))
    assert client.codes() == [REFUSED]


@pytest.mark.parametrize(
    "identity", [{}, {"ak": "smssign-temporary", "securityToken": "smssign-sandbox-token"}]
)
def test_threads_with_a_good_key_are_all_answered(client: Client, identity: dict[str, str]) -> None:
    api = client.connect(**identity)
    at_once(lambda: api.find(client.application(licence=None)))
    assert client.codes() == [""] * THREADS


# Tokens


def test_token_is_fetched_once_for_many_calls_and_threads(
    client: Client, user: SignatureApi
) -> None:
    application = client.application(licence=None)
    at_once(lambda: user.find(application))
    user.submit(application)
    at_once(lambda: user.find(application))
    assert client.calls() == [TOKEN, *[LIST] * THREADS, CREATE, *[LIST] * THREADS]
    assert set(client.codes()) == {""}


@pytest.mark.parametrize("lasts", [HOUR, DAY])
def test_token_is_renewed_before_its_end_and_not_long_before(
    client: Client, clock: ManualClock, lasts: float
) -> None:
    client.switch(token_seconds=lasts)
    api = user_by(client, clock.now)
    application = client.application(licence=None)
    api.find(application)
    clock.advance(lasts * 0.8)
    api.find(application)
    clock.advance(lasts * 0.15)
    api.find(application)
    assert client.calls() == [TOKEN, LIST, LIST, TOKEN, LIST]
    assert set(client.codes()) == {""}


@pytest.mark.parametrize("seconds", [-2 * DAY, 2 * DAY])
def test_token_needs_no_right_clock(client: Client, seconds: float) -> None:
    api = user_by(client, lambda: time.time() + seconds)
    for _ in range(3):
        api.find(client.application(licence=None))
    assert client.calls() == [TOKEN, LIST, LIST, LIST]


def test_write_with_a_token_that_died_early_is_made_once(
    client: Client,
    user: SignatureApi,
    clock: ManualClock,
) -> None:
    application = client.application(licence=None)
    user.find(application)
    clock.advance(DAY)
    user.submit(application)
    assert client.calls() == [TOKEN, LIST, CREATE, TOKEN, CREATE]
    assert client.codes(CREATE) == [REFUSED, ""]
    assert len(client.sandbox.signatures()) == 1


def test_four_threads_renew_a_dead_token_once(
    client: Client,
    user: SignatureApi,
    clock: ManualClock,
) -> None:
    application = client.application(licence=None)
    user.find(application)
    clock.advance(DAY)
    at_once(lambda: user.find(application))
    assert client.codes(TOKEN) == ["", ""]
    assert client.codes(LIST).count("") == 1 + THREADS


def test_new_token_that_is_refused_too_is_the_last(client: Client, user: SignatureApi) -> None:
    user.find(client.application(licence=None))
    client.fault(SHOW, "error", code=REFUSED, times=None)
    refused(user)()
    refused(user, "not asked again")()
    assert client.calls() == [TOKEN, LIST, SHOW, TOKEN, SHOW]


def test_token_that_only_the_service_refuses_is_the_accounts_trouble(
    client: Client,
    user: SignatureApi,
) -> None:
    client.fault(SHOW, "error", code="MSGSMS.0003", message="Token invalid", times=None)
    refused(user, "Token invalid")()
    assert client.calls() == [TOKEN, SHOW]


@pytest.mark.parametrize(
    "wrong",
    [
        {"userName": "smssign-nobody"},
        {"password": "smssign-wrong-password"},
        {"domainName": "smssign-nowhere"},
        {"projectId": "0" * 32},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_user_who_gets_no_token_asks_for_one_once(client: Client, wrong: dict[str, str]) -> None:
    api = client.connect(**{**USER, **wrong})
    at_once(refused(api, "userName, password, domainName and projectId"))
    with pytest.raises(errors.AccountError, match="not asked again") as caught:
        api.withdraw(NOTHING)
    assert caught.value.code == "401"
    assert "smssign-wrong-password" not in str(caught.value)
    assert client.calls() == [TOKEN]


LOST = ["html", "status", "drop_before", "drop_after"]


@pytest.mark.parametrize("kind", LOST)
def test_write_whose_token_was_lost_is_made_once(
    client: Client, user: SignatureApi, kind: str
) -> None:
    client.fault(TOKEN, kind)
    user.submit(client.application(licence=None))
    assert client.calls() == [TOKEN, TOKEN, CREATE]


@pytest.mark.parametrize("kind", LOST)
def test_lost_renewal_is_repeated_before_one_write(
    client: Client,
    user: SignatureApi,
    clock: ManualClock,
    kind: str,
) -> None:
    application = client.application(licence=None)
    user.find(application)
    clock.advance(DAY)
    client.fault(TOKEN, kind)
    user.submit(application)
    assert client.codes(CREATE).count("") == 1
    assert len(client.sandbox.signatures()) == 1


@pytest.mark.parametrize("kind", ["empty", "truncated", "unknown_fields"])
def test_token_is_taken_from_its_header_whatever_the_body(
    client: Client,
    user: SignatureApi,
    kind: str,
) -> None:
    client.fault(TOKEN, kind)
    user.submit(client.application(licence=None))
    assert client.calls() == [TOKEN, CREATE]


def test_rate_limit_of_iam_is_waited_out_even_by_a_write(
    client: Client, user: SignatureApi
) -> None:
    client.fault(TOKEN, "error", code="429", times=3)
    with pytest.raises(errors.NotFoundError):
        user.withdraw(NOTHING)
    assert client.calls() == [TOKEN, TOKEN, TOKEN, TOKEN, DELETE]
