"""An IAM user's token: fetched once, renewed in time, and never asked for with a wrong password."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest
from pydantic import SecretStr

from pulumi_smssign.contract.attempt import LONGEST_CALL
from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.tokens import TokenAuth, User
from pulumi_smssign.model.errors import (
    AccountError,
    OutcomeUnknownError,
    RateLimitedError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.model.review import Handle
from tests.unit.huawei.desk import (
    ENDPOINT,
    ID,
    PROJECT,
    SIGNATURES,
    Answer,
    Desk,
    api_at,
    credentials,
    error,
    iam_error,
    shown,
)

HANDLE = Handle(ID)
DAY = 24 * 3600.0
IAM = "POST /v3/auth/tokens"
SHOW = f"GET {SIGNATURES}/{ID}"
DELETE = f"DELETE {SIGNATURES}/{ID}"
USER = User("reviewer", SecretStr("an-invented-password"), "cloudtest", PROJECT)


class Clock:
    """A clock that a test drives."""

    def __init__(self) -> None:
        self.now = 1_744_372_800.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def token(value: str = "t-1", **times: str) -> httpx.Response:
    times = times or {
        "issued_at": "2025-04-11T12:00:00.000000Z",
        "expires_at": "2025-04-12T12:00:00.000000Z",
    }
    body = {"token": {"methods": ["password"], **times}}
    return httpx.Response(201, json=body, headers={"X-Subject-Token": f"{value}-of-iam"})


def user_s_api(desk: Callable[[httpx.Request], httpx.Response], clock: Clock) -> SignatureApi:
    return api_at(desk, auth=TokenAuth(USER, ENDPOINT, clock))


def test_a_user_s_credentials_fetch_a_token_of_the_project() -> None:
    desk = Desk(token(), shown())
    account = credentials(
        userName="reviewer", password="an-invented-password", domainName="cloudtest"
    )
    assert HANDLE in api_at(desk, account).reviews([HANDLE])
    assert desk.calls == [IAM, SHOW]
    asked, call = desk.asked
    assert json.loads(asked.content) == {
        "auth": {
            "identity": {
                "methods": ["password"],
                "password": {
                    "user": {
                        "name": "reviewer",
                        "password": "an-invented-password",
                        "domain": {"name": "cloudtest"},
                    }
                },
            },
            "scope": {"project": {"id": PROJECT}},
        }
    }
    assert asked.headers["Content-Type"] == "application/json;charset=utf8"
    assert call.headers["X-Auth-Token"] == "t-1-of-iam"
    assert "Authorization" not in call.headers


def test_the_request_for_a_token_has_the_time_outs_of_the_call(clock: Clock) -> None:
    desk = Desk(token(), shown())
    user_s_api(desk, clock).reviews([HANDLE])
    for asked in desk.asked:
        assert asked.extensions["timeout"].keys() == {"connect", "read", "write", "pool"}
        assert all(0 < seconds <= LONGEST_CALL for seconds in asked.extensions["timeout"].values())


def test_a_token_is_never_shown(clock: Clock) -> None:
    user_s_api(Desk(token("seldom-seen"), shown()), clock).reviews([HANDLE])
    assert hide("the vendor echoes seldom-seen-of-iam") == "the vendor echoes [secret]"


@pytest.mark.parametrize(
    "times",
    [
        {"expires_at": "tomorrow"},
        {"issued_at": "2025-04-11T12:00:00", "expires_at": "2025-04-12T12:00:00Z"},
    ],
    ids=["no time", "times of two kinds"],
)
def test_a_token_that_does_not_tell_its_end_is_taken_for_one_of_a_day(
    clock: Clock, times: dict[str, str]
) -> None:
    desk = Desk(token(**times), shown(), shown(), token("t-2"), shown())
    api = user_s_api(desk, clock)
    api.reviews([HANDLE])
    clock.now += DAY * 0.8
    api.reviews([HANDLE])
    clock.now += DAY * 0.15
    api.reviews([HANDLE])
    assert desk.calls == [IAM, SHOW, SHOW, IAM, SHOW]
    assert desk.asked[-1].headers["X-Auth-Token"] == "t-2-of-iam"


@pytest.mark.parametrize(
    "refused",
    [
        error("APIG.0307", 401, "The token must be updated."),
        error("MSGSMS.9999", 401, "Token invalid"),
        iam_error(401, 401, "Unauthorized"),
    ],
)
def test_a_token_that_died_early_is_renewed_once(clock: Clock, refused: httpx.Response) -> None:
    desk = Desk(token(), shown(), refused, token("t-2"), httpx.Response(204))
    api = user_s_api(desk, clock)
    api.reviews([HANDLE])
    api.withdraw(HANDLE)
    assert desk.calls == [IAM, SHOW, DELETE, IAM, DELETE]
    assert desk.asked[-1].headers["X-Auth-Token"] == "t-2-of-iam"


def test_a_new_token_that_is_refused_ends_it_for_this_run(clock: Clock) -> None:
    desk = Desk(token(), error("APIGW.0301", 401, "token expires"))
    api = user_s_api(desk, clock)
    for _ in range(2):
        with pytest.raises(AccountError):
            api.reviews([HANDLE])
    assert desk.calls == [IAM, SHOW]


@pytest.mark.parametrize(
    "refused",
    [
        iam_error("401", 401, "The username or password is wrong."),
        iam_error(403, 403, "Forbidden"),
        iam_error(404, 404, "Could not find project"),
        error("APIGW.0101", 404, "The API does not exist"),
        httpx.Response(401, text="Unauthorized"),
    ],
)
def test_a_refused_password_is_the_account_s_error_and_never_repeated(
    clock: Clock, refused: httpx.Response
) -> None:
    desk = Desk(refused)
    api = user_s_api(desk, clock)
    with pytest.raises(AccountError) as first:
        api.reviews([HANDLE])
    with pytest.raises(AccountError, match="not asked again"):
        api.withdraw(HANDLE)
    assert desk.calls == [IAM]
    assert first.value.action == "KeystoneCreateUserTokenByPassword"
    assert "userName, password, domainName" in first.value.advice


LOST: list[Answer] = [
    httpx.ConnectError("refused"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("gone"),
    iam_error(500, 500, "Internal"),
    httpx.Response(502, text="<html>Bad Gateway</html>"),
    httpx.Response(201, json={"token": {}}),
    httpx.Response(302, headers={"Location": "https://login.example"}),
]


@pytest.mark.parametrize("answer", LOST)
def test_a_write_for_which_no_token_was_had_was_never_made(clock: Clock, answer: Answer) -> None:
    desk = Desk(*[answer] * 3)
    with pytest.raises(UnreachableError) as lost:
        user_s_api(desk, clock).withdraw(HANDLE)
    assert desk.calls == [IAM] * 3
    assert "127.0.0.1" in lost.value.summary
    assert "iamEndpoint" in lost.value.advice
    assert not isinstance(lost.value, OutcomeUnknownError)


def test_iam_s_rate_limit_that_does_not_end_is_told_as_one(clock: Clock) -> None:
    with pytest.raises(RateLimitedError):
        user_s_api(Desk(*[httpx.Response(429)] * 6), clock).reviews([HANDLE])


def test_the_lost_answer_of_the_call_itself_is_not_blamed_on_the_token(clock: Clock) -> None:
    desk = Desk(token(), httpx.ReadTimeout("slow"))
    with pytest.raises(OutcomeUnknownError):
        user_s_api(desk, clock).withdraw(HANDLE)
    reads = Desk(token(), *[httpx.ReadTimeout("slow")] * 6)
    with pytest.raises(UnavailableError) as lost:
        user_s_api(reads, clock).reviews([HANDLE])
    assert not isinstance(lost.value, UnreachableError)


def test_after_a_lost_token_the_next_call_asks_anew(clock: Clock) -> None:
    desk = Desk(*[httpx.ReadTimeout("slow")] * 3, token(), shown())
    api = user_s_api(desk, clock)
    with pytest.raises(UnreachableError):
        api.reviews([HANDLE])
    assert HANDLE in api.reviews([HANDLE])


def test_neither_password_nor_token_is_in_a_representation() -> None:
    auth = TokenAuth(USER, ENDPOINT)
    assert "an-invented-password" not in repr((USER, vars(auth)))
