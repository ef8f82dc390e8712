"""Failures of a call as errors: whole messages, their advice, and how often it was made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import httpx
import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.attempt import Abandoned
from pulumi_smssign.contract.connections import UnusableSetting, UnwantedAnswer
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.model.errors import (
    AccountError,
    InterruptedRunError,
    OutcomeUnknownError,
    RateLimitedError,
    SmsSignError,
    UnavailableError,
    UnreachableError,
    UnreadAnswerError,
)
from pulumi_smssign.version import __version__
from tests.vendors.calls import Answer, Answering

URL = "https://sms.acme.example"
NETWORK = "check the network, the proxy and the endpoint, and run it again."
SANDBOX = "start the sandbox in another terminal with `smssign sandbox{}`, and run it again."
LATER = "run it again in a while."
SETTING = "name a valid host and port, such as http://host:3128 for a proxy; or unset the variable."


@pytest.fixture(autouse=True)
def cancelled(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The event of Ctrl-C, for this test alone, in no environment's proxy."""
    event = threading.Event()
    monkeypatch.setattr(lifeline, "cancelled", event)
    monkeypatch.setattr(lifeline, "_is_gone", [])
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return event


@contextmanager
def answering(
    side: Callable[[httpx.Request], httpx.Response], url: str = URL
) -> Iterator[Transport]:
    with closing(Transport("acme", url)) as transport:
        transport._http._transport = httpx.MockTransport(side)
        yield transport


def call(transport: Transport, *, write: bool = False) -> int:
    request = transport.request("POST", "/", content=b"{}")
    return transport.exchange(Call("Act", request, write=write), lambda answer: answer.status_code)


def failed(*answers: Answer, write: bool = False, url: str = URL) -> tuple[SmsSignError, int]:
    """The error of a call that fails so, in the end for ever, and how often it was made."""
    side = Answering(*answers[:-1], *[answers[-1]] * 30)
    with answering(side, url) as transport, pytest.raises(SmsSignError) as caught:
        call(transport, write=write)
    return caught.value, len(side.requests)


def unusable() -> UnusableSetting:
    setting = UnusableSetting()
    setting.__cause__ = ValueError("odd")
    return setting


NEVER_SENT: list[tuple[Exception, str, str]] = [
    (httpx.ConnectError("no route"), "no route", NETWORK),
    (httpx.ConnectTimeout("too late"), "too late", NETWORK),
    (httpx.PoolTimeout("full"), "full", NETWORK),
    (httpx.ProxyError("403"), "403", NETWORK),
    (httpx.UnsupportedProtocol("odd"), "odd", NETWORK),
    (Abandoned(90.0, was_sent=False), "no connection within 1m 30s", NETWORK),
]


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(("error", "why", "advice"), NEVER_SENT)
def test_what_was_never_sent_is_sent_again(
    error: Exception, why: str, advice: str, write: bool
) -> None:
    told, calls = failed(error, write=write)
    assert type(told) is UnreachableError
    assert told.summary == f"acme can't be reached at sms.acme.example ({why})"
    assert (told.vendor, told.action, told.advice) == ("acme", "Act", advice)
    assert calls == UnreachableError.attempts


LOST: list[tuple[Exception, type[UnavailableError], str, str]] = [
    (
        httpx.ReadError("x"),
        UnavailableError,
        "the connection to acme broke off (ReadError)",
        LATER,
    ),
    (
        httpx.RemoteProtocolError("x"),
        UnavailableError,
        "the connection to acme broke off (RemoteProtocolError)",
        LATER,
    ),
    (
        UnwantedAnswer("it is large"),
        UnreadAnswerError,
        "the answer of acme was not read: it is large",
        "a proxy or gateway may have answered: check the endpoint.",
    ),
    (
        Abandoned(60.0, was_sent=True),
        UnreadAnswerError,
        "acme did not answer within 1m",
        LATER,
    ),
]


@pytest.mark.parametrize(("error", "kind", "summary", "advice"), LOST)
def test_a_lost_answer_is_asked_for_again_and_of_a_write_its_outcome_is_unknown(
    error: Exception, kind: type[UnavailableError], summary: str, advice: str
) -> None:
    told, calls = failed(error)
    assert type(told) is kind
    assert (told.summary, told.advice) == (summary, advice)
    assert (told.vendor, told.action) == ("acme", "Act")
    assert calls == kind.attempts
    told, calls = failed(error, write=True)
    assert type(told) is OutcomeUnknownError
    assert told.summary == f"the answer of acme was lost: {summary}"
    assert (told.vendor, told.action, told.advice) == ("acme", "Act", advice)
    assert calls == 1


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("error", [unusable(), OverflowError("port"), UnicodeError("label")])
def test_a_setting_that_allows_no_call_is_told_once(error: Exception, write: bool) -> None:
    told, calls = failed(error, write=write)
    assert type(told) is AccountError
    assert told.summary == "acme can't be asked: the endpoint is not usable"
    assert (told.vendor, told.advice) == ("acme", SETTING)
    assert calls == 1


@pytest.mark.parametrize(
    ("url", "place", "advice"),
    [
        (f"{URL}:8443/base", "sms.acme.example:8443", NETWORK),
        (f"{URL}:443", "sms.acme.example", NETWORK),
        (
            "http://127.0.0.1:8725",
            "127.0.0.1:8725",
            SANDBOX.format(""),
        ),
        (
            "http://localhost",
            "localhost",
            SANDBOX.format(""),
        ),
        (
            "http://[::1]:9",
            "[::1]:9",
            SANDBOX.format(" --port 9"),
        ),
    ],
)
def test_who_can_not_be_reached_is_named_with_the_port(url: str, place: str, advice: str) -> None:
    told, _ = failed(httpx.ConnectError("no route"), url=url)
    assert told.summary == f"acme can't be reached at {place} (no route)"
    assert told.advice == advice


@pytest.mark.parametrize(
    ("write", "was_sent", "is_open"),
    [(False, False, False), (False, True, False), (True, False, False), (True, True, True)],
)
def test_ctrl_c_leaves_open_what_a_write_has_done_that_was_sent(
    write: bool, was_sent: bool, is_open: bool, cancelled: threading.Event
) -> None:
    def side(_request: httpx.Request) -> httpx.Response:
        cancelled.set()
        raise Abandoned(1.0, was_sent=was_sent)

    with answering(side) as transport, pytest.raises(SmsSignError) as caught:
        call(transport, write=write)
    told = caught.value
    assert type(told) is (OutcomeUnknownError if is_open else InterruptedRunError)
    assert told.summary == (
        "the answer of acme was lost: the run was ended before it came"
        if is_open
        else "the run was ended during Act: nothing was changed"
    )
    assert told.advice == (
        "run `pulumi up` again: it looks whether the call arrived."
        if is_open
        else "run `pulumi up` again to go on."
    )
    assert (told.vendor, told.action) == ("acme", "Act")


@pytest.mark.parametrize("write", [False, True])
def test_after_ctrl_c_nothing_is_sent(write: bool, cancelled: threading.Event) -> None:
    cancelled.set()
    side = Answering()
    with answering(side) as transport, pytest.raises(InterruptedRunError) as caught:
        call(transport, write=write)
    assert caught.value.summary == "the run was ended before Act: nothing was sent"
    assert caught.value.advice == "run `pulumi up` again to go on."
    assert side.requests == []


def test_an_engine_that_is_gone_is_asked_for_before_a_write_alone() -> None:
    lifeline.ask(lambda: True)
    with answering(Answering({})) as transport:
        assert call(transport) == 200
        with pytest.raises(InterruptedRunError):
            call(transport, write=True)


@pytest.mark.parametrize("write", [False, True])
def test_without_time_nothing_is_sent(write: bool) -> None:
    with lifeline.within(0):
        told, calls = failed({}, write=write)
    assert type(told) is UnreachableError
    assert told.summary == "the time was up before acme could be asked"
    assert (told.vendor, told.action) == ("acme", "Act")
    assert told.advice == "run it again with more time."
    assert calls == 0


def test_a_generation_of_writes_begins_and_ends_with_each() -> None:
    seen: list[int] = []
    with closing(Transport("acme", URL)) as transport:

        def side(_request: httpx.Request) -> httpx.Response:
            seen.append(transport.writes)
            return httpx.Response(200)

        transport._http._transport = httpx.MockTransport(side)
        for write in (False, True, True, False):
            call(transport, write=write)
        transport._http._transport = httpx.MockTransport(Answering(httpx.ReadError("x")))
        with pytest.raises(OutcomeUnknownError):
            call(transport, write=True)
    assert seen == [0, 1, 3, 4]
    assert transport.writes == 6


def test_a_call_says_who_makes_it_and_follows_no_redirect_and_keeps_no_cookie() -> None:
    elsewhere = {"Location": "/elsewhere", "Set-Cookie": "a=b"}
    side = Answering(httpx.Response(302, headers=elsewhere), {})
    with answering(side) as transport:
        assert [call(transport), call(transport)] == [302, 200]
    for request in side.requests:
        assert request.headers["User-Agent"] == f"pulumi-smssign/{__version__}"
        assert request.headers["Accept-Encoding"] == "identity"
        assert "Cookie" not in request.headers
        assert str(request.url) == f"{URL}/"


def limited(_answer: httpx.Response) -> None:
    raise RateLimitedError("too many", advice="wait")


@pytest.mark.parametrize(
    ("text", "is_repeated", "advice"),
    [
        ("60", True, "wait"),
        ("90", False, "wait"),
        ("91", False, "run it again in 1m 31s, as it says."),
    ],
)
@pytest.mark.parametrize("write", [False, True])
def test_a_wait_that_is_longer_than_a_call_lasts_is_told(
    text: str, is_repeated: bool, advice: str, write: bool
) -> None:
    side = Answering(*[httpx.Response(429, headers={"Retry-After": text})] * 200)
    with answering(side) as transport, pytest.raises(RateLimitedError) as caught:
        transport.exchange(Call("Act", transport.request("POST", "/"), write=write), limited)
    assert caught.value.advice == advice
    assert (len(side.requests) > 1) is is_repeated


@pytest.mark.parametrize(
    ("draws", "pauses"),
    [(max, [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]), (min, [0.2] * 7)],
    ids=["longest", "shortest"],
)
def test_pauses_grow_and_are_drawn(
    draws: Callable[[float, float], float], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []
    monkeypatch.setattr("pulumi_smssign.contract.transport._pause", made.append)
    monkeypatch.setattr("tenacity.wait.random.uniform", draws)
    answers = iter([httpx.Response(429)] * 7)
    with answering(lambda _: next(answers, httpx.Response(200))) as transport:
        request = transport.request("POST", "/")
        transport.exchange(
            Call("Act", request), lambda it: limited(it) if it.status_code == 429 else None
        )
    assert made == pauses
