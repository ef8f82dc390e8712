"""An IAM user's token: how it is asked for, how long it is good, and what its loss proves."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from pulumi_smssign.contract.attempt import LONGEST_CALL
from pulumi_smssign.huawei.tokens import TokenAuth, User
from pulumi_smssign.model.errors import (
    AccountError,
    BlockedError,
    OutcomeUnknownError,
    RateLimitedError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.model.review import Handle
from tests.unit.huawei.answers import ID, ITEM, PROJECT, SIGNATURES, error, iam_error
from tests.vendors.calls import NOWHERE, Answer, Answering, answered

HANDLE = Handle(ID)
DAY = 24 * 3600.0
IAM, SHOW = "/v3/auth/tokens", f"{SIGNATURES}/{ID}"
USER = User("reviewer", SecretStr("an-invented-password"), "cloudtest", PROJECT)
TIMES = {"issued_at": "2025-04-11T12:00:00.000000Z", "expires_at": "2025-04-12T12:00:00.000000Z"}


class Clock:
    """A clock that a test drives."""

    now = 1_744_372_800.0

    def __call__(self) -> float:
        return self.now


def token(value: str = "t-1", times: dict[str, str] = TIMES) -> httpx.Response:
    body = {"token": {"methods": ["password"], **times}}
    return httpx.Response(201, json=body, headers={"X-Subject-Token": f"{value}-of-iam"})


def asked(*answers: Answer, clock: Clock | None = None) -> tuple[Any, Answering]:
    """The calls of an IAM user."""
    return answered("huawei", *answers, auth=TokenAuth(USER, NOWHERE, clock or Clock()))


def paths(side: Answering) -> list[str]:
    return [request.url.path for request in side.requests]


def test_token_of_the_project_is_asked_for_with_the_users_password() -> None:
    api, side = answered(
        "huawei",
        *(token(), ITEM),
        ak=None,
        sk=None,
        userName="reviewer",
        password="an-invented-password",
        domainName="cloudtest",
    )
    assert HANDLE in api.reviews([HANDLE])
    assert paths(side) == [IAM, SHOW]
    question, call = side.requests
    name = {"name": "reviewer", "password": "an-invented-password", "domain": {"name": "cloudtest"}}
    assert json.loads(question.content) == {
        "auth": {
            "identity": {"methods": ["password"], "password": {"user": name}},
            "scope": {"project": {"id": PROJECT}},
        }
    }
    assert question.headers["Content-Type"] == "application/json;charset=utf8"
    assert call.headers["X-Auth-Token"] == "t-1-of-iam"
    assert "Authorization" not in call.headers
    for request in side.requests:
        timeouts = request.extensions["timeout"]
        assert timeouts.keys() == {"connect", "read", "write", "pool"}
        assert all(0 < seconds <= LONGEST_CALL for seconds in timeouts.values())


def test_neither_token_nor_password_is_shown() -> None:
    api, _ = asked(token("seldom-seen"), ITEM)
    api.reviews([HANDLE])
    assert hide("the vendor echoes seldom-seen-of-iam") == "the vendor echoes [secret]"
    assert "an-invented-password" not in repr((USER, vars(TokenAuth(USER, NOWHERE))))


@pytest.mark.parametrize(
    "times",
    [
        {"expires_at": "tomorrow"},
        {"issued_at": "2025-04-11T12:00:00", "expires_at": "2025-04-12T12:00:00Z"},
    ],
    ids=["no time", "times of two kinds"],
)
def test_token_without_an_end_is_taken_for_one_of_a_day(times: dict[str, str]) -> None:
    clock = Clock()
    api, side = asked(token(times=times), ITEM, ITEM, token("t-2"), ITEM, clock=clock)
    for elapsed in (0, DAY * 0.8, DAY * 0.15):
        clock.now += elapsed
        api.reviews([HANDLE])
    assert paths(side) == [IAM, SHOW, SHOW, IAM, SHOW]
    assert side.requests[-1].headers["X-Auth-Token"] == "t-2-of-iam"


@pytest.mark.parametrize(
    "refused",
    [
        iam_error(403, 403, "Forbidden"),
        iam_error(404, 404, "Could not find project"),
        error("APIGW.0101", 404, "The API does not exist"),
        httpx.Response(401, text="Unauthorized"),
    ],
)
def test_refused_password_is_the_accounts_error_and_never_repeated(
    refused: httpx.Response,
) -> None:
    api, side = asked(refused)
    with pytest.raises(AccountError) as first:
        api.reviews([HANDLE])
    with pytest.raises(AccountError, match="not asked again"):
        api.withdraw(HANDLE)
    assert paths(side) == [IAM]
    assert first.value.action == "KeystoneCreateUserTokenByPassword"
    assert "userName, password, domainName" in first.value.advice


LOST: list[Answer] = [
    httpx.ConnectError("refused"),
    httpx.ReadTimeout("slow"),
    iam_error(500, 500, "Internal"),
    httpx.Response(502, text="<html>Bad Gateway</html>"),
    httpx.Response(201, json={"token": {}}),
]


@pytest.mark.parametrize("answer", LOST)
def test_write_for_which_no_token_was_had_was_never_made(answer: Answer) -> None:
    api, side = asked(*[answer] * 3, token(), ITEM)
    with pytest.raises(UnreachableError) as lost:
        api.withdraw(HANDLE)
    assert paths(side) == [IAM] * 3
    assert "127.0.0.1" in lost.value.summary
    assert "iamEndpoint" in lost.value.advice
    assert HANDLE in api.reviews([HANDLE])


def test_token_that_a_gateway_withholds_is_asked_for_once() -> None:
    redirect = httpx.Response(302, headers={"Location": "https://login.example"})
    api, side = asked(redirect, token(), ITEM)
    with pytest.raises(BlockedError) as blocked:
        api.withdraw(HANDLE)
    assert paths(side) == [IAM]
    assert "127.0.0.1" in blocked.value.summary
    assert "iamEndpoint" in blocked.value.advice
    assert HANDLE in api.reviews([HANDLE])


def test_rate_limit_of_iam_without_end_is_told_as_one() -> None:
    api, _ = asked(*[httpx.Response(429)] * 200)
    with pytest.raises(RateLimitedError):
        api.reviews([HANDLE])


def test_lost_answer_of_the_call_itself_is_not_blamed_on_the_token() -> None:
    api, _ = asked(token(), httpx.ReadTimeout("slow"))
    with pytest.raises(OutcomeUnknownError):
        api.withdraw(HANDLE)
    api, _ = asked(token(), *[httpx.ReadTimeout("slow")] * 6)
    with pytest.raises(UnavailableError) as lost:
        api.reviews([HANDLE])
    assert not isinstance(lost.value, UnreachableError)


@pytest.mark.parametrize(
    ("times", "lifetime"),
    [
        (TIMES, DAY),
        ({**TIMES, "expires_at": "2025-04-11T14:00:00.000000Z"}, 7200.0),
        ({}, DAY),
        ({"issued_at": TIMES["issued_at"]}, DAY),
    ],
    ids=["a day", "two hours", "unsaid", "half said"],
)
def test_token_is_renewed_from_nine_tenths_of_its_time_on(
    times: dict[str, str], lifetime: float
) -> None:
    clock = Clock()
    api, side = asked(token(times=times), ITEM, ITEM, token("t-2"), ITEM, clock=clock)
    for elapsed in (0, lifetime * 0.9 - 1, 1):
        clock.now += elapsed
        api.reviews([HANDLE])
    assert paths(side) == [IAM, SHOW, SHOW, IAM, SHOW]


def test_body_that_is_no_token_leaves_a_day_too() -> None:
    clock = Clock()
    bare = httpx.Response(201, text="welcome", headers={"X-Subject-Token": "t-1-of-iam"})
    api, side = asked(bare, ITEM, ITEM, clock=clock)
    for elapsed in (0, DAY * 0.9 - 1):
        clock.now += elapsed
        api.reviews([HANDLE])
    assert paths(side) == [IAM, SHOW, SHOW]


def test_token_that_is_refused_before_its_time_is_renewed_once() -> None:
    refused = httpx.Response(401, text="Unauthorized")
    api, side = asked(token(), ITEM, refused, token("t-2"), ITEM, ITEM)
    for _ in range(3):
        assert HANDLE in api.reviews([HANDLE])
    assert paths(side) == [IAM, SHOW, SHOW, IAM, SHOW, SHOW]
    sent = [request.headers.get("X-Auth-Token", "") for request in side.requests]
    first, second = "t-1-of-iam", "t-2-of-iam"
    assert sent == ["", first, first, "", second, second]


@pytest.mark.parametrize("is_new", [True, False])
def test_new_token_that_is_refused_ends_the_calls_of_this_run(is_new: bool) -> None:
    refused = error("APIGW.0301", 401)
    before: list[Answer] = [token()] if is_new else [token(), ITEM, refused, token("t-2")]
    api, side = asked(*before, refused)
    if not is_new:
        api.reviews([HANDLE])
    with pytest.raises(AccountError) as first:
        api.reviews([HANDLE])
    with pytest.raises(AccountError) as second:
        api.reviews([HANDLE])
    assert len(side.requests) == len(before) + 1
    assert (first.value.code, second.value.code) == ("APIGW.0301", "APIGW.0301")
    assert second.value.summary == (
        "huawei refused the account's keys earlier in this run, and was not asked again"
    )
    assert second.value.advice.startswith("check the keys of the configuration smssign:huawei")


def test_token_is_asked_for_at_the_endpoint_without_its_catalogue() -> None:
    api, side = asked(token(), ITEM)
    api.reviews([HANDLE])
    question, call = side.requests
    assert (question.method, str(question.url)) == (
        "POST",
        f"{NOWHERE}/v3/auth/tokens?nocatalog=true",
    )
    assert question.headers["User-Agent"] == call.headers["User-Agent"]


def test_lost_token_is_told_with_its_host_and_why() -> None:
    api, _ = asked(*[httpx.ConnectError("refused")] * 3)
    with pytest.raises(UnreachableError) as lost:
        api.withdraw(HANDLE)
    assert lost.value.summary == "huawei's token can't be fetched from 127.0.0.1 (refused)"
    assert (lost.value.vendor, lost.value.action) == ("huawei", "KeystoneCreateUserTokenByPassword")
    assert lost.value.advice == "check the network, the proxy and iamEndpoint, and run it again."


def test_refused_user_is_told_with_what_to_check() -> None:
    api, _ = asked(iam_error(401, 401, "The username or password is wrong."))
    with pytest.raises(AccountError) as refused:
        api.withdraw(HANDLE)
    assert refused.value.summary == "huawei gave the IAM user no token"
    assert (refused.value.vendor, refused.value.code) == ("huawei", "401")
    assert refused.value.vendor_message == "The username or password is wrong."
    assert refused.value.advice == (
        "check userName, password, domainName and projectId of the configuration smssign:huawei."
    )
