"""Answers of gateways, proxies and firewalls: what each proves, and when a call is made again.

Each HTTP status that says that a call was not carried out, and each that leaves it open, comes with
each kind of body that such servers send (none, a page, a text, JSON that is not the vendor's), to
each vendor's submission, deletion and question. Words and charsets are those of public pages of
firewalls and of this country's servers; forms of Retry-After are RFC 9110's and what breaks them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.answers import UnreadableError, document, read_as
from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.contract.transport import ATTEMPTS, LONGEST_RETRY, Call, Transport
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.submission import submit_once
from pulumi_smssign.model.errors import (
    AccountError,
    BlockedError,
    InputError,
    OutcomeUnknownError,
    RateLimitedError,
    SmsSignError,
    UnavailableError,
    UnreadAnswerError,
)
from pulumi_smssign.model.redaction import keep_secret
from pulumi_smssign.model.review import Handle
from tests.contract.by_hand import Peer, answer, served
from tests.engine.cases import ALIBABA, CASES, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case
from tests.images import png
from tests.vendors.calls import answered

PAGE = "<!DOCTYPE html><html><head><title>{}</title></head><body><h1>{}</h1></body></html>"
BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": ("", b""),
    "a page": ("text/html", PAGE.format("Blocked", "no").encode()),
    "a text": ("text/plain", b"not today"),
    "other JSON": ("application/json", b'{"message": "no", "data": null}'),
    "a list": ("application/json", b"[]"),
}

REFUSED = (301, 302, 307, 308, 401, 403, 404, 405, 407, 410, 411, 413, 414, 415, 421, 426, 431, 451)
OPEN = (200, 201, 202, 299, 300, 303, 304, 400, 402, 408, 409, 422, 423, 425, 444, 499, 500, 501)
OPEN_TOO = (502, 503, 504, 505, 507, 520, 521, 522, 523, 524, 530, 567, 599)
"""HTTP statuses that prove nothing of a call: a gateway's own troubles, and what several do so."""

Operation = Callable[[Api[Any], Application], object]
HANDLE = Handle("730001", "极客科技", "")


def submit(api: Api[Any], application: Application) -> object:
    return api.submit(application)


def withdraw(api: Api[Any], _application: Application) -> object:
    api.withdraw(HANDLE)
    return None


def ask(api: Api[Any], _application: Application) -> object:
    return api.reviews([HANDLE])


def search(api: Api[Any], application: Application) -> object:
    return api.find(application)


@pytest.fixture
def application(case: Case, tmp_path: Path) -> Application:
    return applied(case, tmp_path)


def applied(case: Case, folder: Path) -> Application:
    """The application of the lifecycle suite's program, its file uploaded already."""
    fields = dict(case.arguments)
    (folder / "licence.png").write_bytes(png())
    file = describe(folder / "licence.png")
    if case.takes_files:
        fields[case.evidence] = [file] if isinstance(fields[case.evidence], list) else file
    uploads = {file["sha256"]: "an-uploaded-file"} if case is HUAWEI else None
    return named(case.vendor).application.of(fields, str(folder), uploads)


def refusals(
    case: Case, operation: Operation, application: Application, content: httpx.Response
) -> tuple[SmsSignError, int]:
    """The error of an operation whose calls are answered so, and how many were made."""
    api, side = answered(case.vendor, *[content] * 200)
    with closing(api), pytest.raises(SmsSignError) as caught:
        operation(api, application)
    return caught.value, len(side.requests)


def bare(status: int, body: str) -> httpx.Response:
    media_type, content = BODIES[body]
    return httpx.Response(
        status, headers={"Content-Type": media_type} if media_type else {}, content=content
    )


each_vendor = pytest.mark.parametrize("case", CASES, ids=str)


each_write = pytest.mark.parametrize(
    ("case", "operation"),
    [
        pytest.param(case, operation, id=f"{case}-{operation.__name__}")
        for case in CASES
        for operation in (submit, withdraw)
        if case.deletes or operation is submit
    ],
)


def answers(case: Case, *statuses: int) -> Iterator[tuple[int, str]]:
    """Each status with one of the bodies: each with each, over the five vendors."""
    bodies = list(BODIES)
    for number, status in enumerate(statuses):
        yield status, bodies[(number + CASES.index(case)) % len(bodies)]


@each_write
def test_status_that_proves_a_refusal_is_one(
    case: Case, operation: Operation, application: Application
) -> None:
    for status, body in answers(case, *REFUSED):
        error, calls = refusals(case, operation, application, bare(status, body))
        assert error.nothing_done, (status, error)
        assert not isinstance(error, OutcomeUnknownError)
        assert calls == 1, status
        assert str(status) in str(error)
        assert len(str(error).splitlines()) <= 4
        kind = InputError if status == 413 else (BlockedError, AccountError)
        assert isinstance(error, kind), (status, error)


@each_write
def test_status_that_leaves_it_open_is_an_unknown_outcome(
    case: Case, operation: Operation, application: Application
) -> None:
    for status, body in answers(case, *OPEN, *OPEN_TOO):
        if case is HUAWEI and operation is withdraw and status < 300:
            continue  # with these it says yes, whatever the body
        error, calls = refusals(case, operation, application, bare(status, body))
        assert isinstance(error, OutcomeUnknownError), (status, error)
        assert calls == 1, status


@each_vendor
@pytest.mark.parametrize("operation", [ask, search])
def test_no_status_says_that_a_signature_is_gone(
    case: Case, operation: Operation, application: Application
) -> None:
    for status, body in answers(case, *REFUSED, *OPEN, *OPEN_TOO):
        error, calls = refusals(case, operation, application, bare(status, body))
        assert isinstance(error, UnavailableError | AccountError | InputError), (status, error)
        is_page = body == "a page" and status not in (500, 502, 503, 504)
        most = 1 if status in REFUSED else 2 if is_page else ATTEMPTS
        assert calls == most, (status, error)


@each_vendor
def test_too_many_calls_are_repeated_whoever_says_so(case: Case, application: Application) -> None:
    for body in BODIES:
        for operation in (submit, ask):
            error, calls = refusals(case, operation, application, bare(429, body))
            assert type(error) is RateLimitedError
            assert error.nothing_done
            assert calls > ATTEMPTS


YES: Mapping[str, Mapping[str, object]] = {
    "alibaba": {"Code": "OK", "SignName": "极客科技"},
    "ucloud": {"RetCode": 0, "SigId": "SIG1"},
    "yunpian": {"code": 0, "sign": {"sign": "【极客科技】"}},
    "tencent": {"Response": {"AddSignStatus": {"SignId": 730001}, "RequestId": "1"}},
}


@pytest.mark.parametrize("case", [ALIBABA, UCLOUD, YUNPIAN, TENCENT], ids=str)
@pytest.mark.parametrize("status", [302, 401, 403, 404, 451])
def test_yes_of_the_vendor_under_an_error_is_an_unknown_outcome(
    case: Case, status: int, application: Application
) -> None:
    content = httpx.Response(status, json=YES[case.vendor])
    error, calls = refusals(case, submit, application, content)
    assert isinstance(error, OutcomeUnknownError)
    assert calls == 1


def test_refusal_by_a_gateway_is_not_looked_for(tmp_path: Path) -> None:
    api, side = answered("alibaba", httpx.Response(403, text="no"))
    application = applied(ALIBABA, tmp_path)
    with pytest.raises(BlockedError):
        submit_once(named("alibaba").rules, api, application)
    assert len(side.requests) == 1


FIREWALLS: Mapping[str, tuple[int, str, str]] = {
    "阿里云 WAF": (405, "text/html; charset=utf-8", "utf-8"),
    "您访问的URL有可能对网站造成安全威胁，您的访问被阻断": (405, "text/html", "utf-8"),
    "访问被拦截": (403, "text/html;charset=gb2312", "gb18030"),
    "网站防火墙": (200, "text/html", "gb18030"),
    "T-Sec-Web应用防火墙": (567, "text/html;charset=GBK", "gb18030"),
    "Attention Required! | Cloudflare": (503, "text/html; charset=UTF-8", "utf-8"),
    "Just a moment...": (503, "text/html", "utf-8"),
    "请完成人机验证": (500, "", "utf-8"),
    "Request blocked & logged": (200, "text/html; charset=nonsense", "utf-8"),
    "登录认证": (200, "text/html", "utf-16"),
}


@each_vendor
@pytest.mark.parametrize("title", FIREWALLS)
def test_page_of_a_firewall_is_named_and_not_asked_for_again_and_again(
    case: Case, title: str, application: Application
) -> None:
    status, media_type, charset = FIREWALLS[title]
    shown = title.replace("&", "&amp;")
    page = f"<!doctype html>\n<html><head><title> {shown} </title></head><body>x</body></html>"
    headers = {"Content-Type": media_type, "Server": "Tengine/2.4"}
    content = httpx.Response(status, headers=headers, content=page.encode(charset))
    error, calls = refusals(case, ask, application, content)
    assert isinstance(error, UnavailableError)
    assert calls == (1 if status in REFUSED else 2)
    if charset != "utf-16":
        assert title in error.summary
    assert f"HTTP {status}" in error.summary
    assert "from Tengine/2.4" in error.summary
    error, calls = refusals(case, submit, application, content)
    assert calls == 1
    assert error.nothing_done is (status in REFUSED)


def test_page_without_a_title_is_named_by_its_text() -> None:
    page = "<html><style>h1 {}</style><body><script>f()</script><h1>拦截</h1>&nbsp;编号 7"
    error, calls = page_error(page, 200)
    assert "“拦截 编号 7”" in error.summary
    assert calls == 2


def test_words_of_a_page_are_bounded_and_say_nothing_confidential() -> None:
    keep_secret(["invented-key-of-the-page"])
    page = f"<html><title>{'x' * 5_000}\x1b]52;c;invented-key-of-the-page\x07</title></html>"
    error, _ = page_error(page, 200)
    assert len(error.summary) < 400
    error, _ = page_error("<html><title>\x1b]52;invented-key-of-the-page 13912345678", 200)
    assert "invented-key" not in error.summary
    assert "13912345678" not in error.summary
    assert "\x1b" not in error.summary


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_page_of_an_outage_is_asked_for_again(status: int) -> None:
    page = f"<html><head><title>{status} Bad Gateway</title></head><body>nginx</body></html>"
    error, calls = page_error(page, status)
    assert type(error) is UnavailableError
    assert calls == ATTEMPTS


def page_error(page: str, status: int) -> tuple[SmsSignError, int]:
    content = httpx.Response(status, html=page)
    api, side = answered("tencent", *[content] * ATTEMPTS)
    with closing(api), pytest.raises(SmsSignError) as caught:
        api.reviews([HANDLE])
    return caught.value, len(side.requests)


GBK_ERRORS = {
    "tencent": ({"Response": {"Error": {"Code": "AuthFailure", "Message": "{}"}}}, AccountError),
    "alibaba": ({"Code": "isp.RAM_PERMISSION_DENY", "Message": "{}"}, AccountError),
    "huawei": ({"error_code": "MSGSMS.0003", "error_msg": "{}"}, AccountError),
    "ucloud": ({"RetCode": 171, "Message": "{}"}, AccountError),
    "yunpian": ({"code": -1, "msg": "{}"}, AccountError),
}


@each_vendor
@pytest.mark.parametrize("charset", ["", "gbk", "GB2312", "gb18030", "utf-8"])
@pytest.mark.parametrize("words", ["签名校验失败，请检查密钥", "密钥错误", "鉴权失败𠮷"])
def test_error_in_another_charset_keeps_its_words(
    case: Case, charset: str, words: str, application: Application
) -> None:
    envelope, kind = GBK_ERRORS[case.vendor]
    text = json.dumps(envelope, ensure_ascii=False).replace("{}", words)
    content_type = "application/json" + (f"; charset={charset}" if charset else "")
    for status in (200, 403):
        content = httpx.Response(
            status, headers={"Content-Type": content_type}, content=text.encode("gb18030")
        )
        error, calls = refusals(case, ask, application, content)
        assert isinstance(error, kind)
        assert error.vendor_message == words
        assert calls == 1


def test_success_in_a_guessed_charset_is_not_believed() -> None:
    item = {"SignName": "极客科技", "SignStatus": 1, "Code": "OK"}
    text = json.dumps(item, ensure_ascii=False).encode("gb18030")
    for charset, is_understood in (
        ("; charset=gbk", True),
        ("", False),
        ("; charset=utf-8", False),
    ):
        headers = {"Content-Type": f"application/json{charset}"}
        api, _ = answered(
            "alibaba", *[httpx.Response(200, headers=headers, content=text)] * ATTEMPTS
        )
        if is_understood:
            assert api.reviews([HANDLE])[HANDLE].text == "极客科技"
        else:
            with pytest.raises(UnavailableError, match="not in the charset"):
                api.reviews([HANDLE])


TWICE = {
    "tencent": '{"Response": {"DescribeSignListStatusSet": [], "RequestId": "1", %s}}',
    "alibaba": '{"Code": "SignatureNotFound", %s}',
    "huawei": '{"error_code": "MSGSMS.0005", %s}',
    "ucloud": '{"RetCode": 0, "Action": "QueryUSMSSignatureResponse", %s}',
    "yunpian": '{"code": 0, "total": 0, "sign": [], %s}',
}
AGAIN = {
    "beside": '"RequestId": "1", "RequestId": "2"',
    "deep inside": '"More": [{"a": {"b": 1, "c": [], "b": 1}}]',
    "in another spelling": '"Request\\u0049d": "1", "RequestId": "1"',
    "as half characters": '"\\ud800": 1, "\\ud801": 2',
}


@each_vendor
@pytest.mark.parametrize("again", AGAIN)
@pytest.mark.parametrize("status", [200, 400, 403, 404])
def test_key_that_comes_twice_makes_an_answer_no_answer(
    case: Case, again: str, status: int, application: Application
) -> None:
    text = TWICE[case.vendor] % AGAIN[again]
    for operation in (ask, search):
        error, _ = refusals(case, operation, application, httpx.Response(status, text=text))
        assert isinstance(error, UnavailableError)
        assert "it has a key twice" in error.summary
        assert not isinstance(error, BlockedError)
    error, calls = refusals(case, submit, application, httpx.Response(status, text=text))
    assert isinstance(error, OutcomeUnknownError)
    assert calls == 1


def test_the_same_without_a_key_twice_is_what_it_says() -> None:
    for vendor, text in TWICE.items():
        status = 404 if vendor in ("alibaba", "huawei") else 200
        plain = text.replace(", %s", "")
        api, _ = answered(
            vendor, httpx.Response(status, text=plain), *[httpx.Response(status, text=plain)] * 3
        )
        assert api.reviews([HANDLE]) == {}


CODINGS = [
    "",
    " ",
    "identity",
    "Identity",
    "identity, identity",
    ",",
    "utf-8",
    "none",
    "binary",
    "*",
]


@pytest.mark.parametrize("coding", CODINGS)
def test_other_word_than_a_coding_changes_nothing(coding: str) -> None:
    def behave(peer: Peer) -> None:
        peer.serve(answer({"id": "1"}, Content_Encoding=coding))

    assert once(behave) == {"id": "1"}


@pytest.mark.parametrize(
    "coding", ["gzip", "GZIP", "identity, gzip", "x-gzip", "br", "zstd", "deflate"]
)
def test_compressed_answer_is_refused(coding: str) -> None:
    def behave(peer: Peer) -> None:
        peer.serve(*[answer({"id": "1"}, Content_Encoding=coding)] * 2)

    with pytest.raises(UnreadAnswerError, match="it is compressed"):
        once(behave)


def once(behave: Callable[[Peer], None], *, write: bool = False) -> object:
    """The result of one call on a socket."""
    with served(behave) as server, closing(Transport("example", server.url)) as transport:
        return exchange(transport, write=write)


def exchange(transport: Transport, *, write: bool = False) -> object:
    def read(response: httpx.Response) -> object:
        def parsed() -> object:
            content = document(response)
            if content is None:
                raise UnreadableError("it is not a JSON object")
            return content

        return read_as("example", "Act", response, parsed)

    return transport.exchange(Call("Act", transport.request("POST", "/"), write=write), read)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of each pause between attempts; none is made."""
    made: list[float] = []
    monkeypatch.setattr("pulumi_smssign.contract.transport._pause", made.append)
    return made


OK = answer({"id": "1"})


def throttled(text: str, status: str = "429 Too Many Requests", date: str = "") -> bytes:
    return answer(b"slow down", status, Retry_After=text, Date=date)


def in_seconds(seconds: float, now: datetime | None = None) -> str:
    return format_datetime((now or datetime.now(UTC)) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("7", 7, 10),
        (" 30 ", 30, 30),
        ("60", 60, 60),
        ("2.5", 2.5, 10),
        ("0", 0.2, 10),
        (None, 38, 42),
    ],
    ids=["seconds", "blanks", "a minute", "a part", "at once", "a date"],
)
def test_retry_after_is_followed(
    text: str | None, least: float, most: float, write: bool, pauses: list[float]
) -> None:
    date = in_seconds(3600)  # an hour ahead of this machine's clock, which does not count
    text = in_seconds(3600 + 40) if text is None else text

    def behave(peer: Peer) -> None:
        while peer.request():
            is_first = len(peer.server.requests) == 1
            peer.send(throttled(text, date=date) if is_first else OK)

    assert once(behave, write=write) == {"id": "1"}
    (pause,) = pauses
    assert least <= pause <= most


@pytest.mark.parametrize(
    "form", ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"]
)
def test_each_form_of_a_date_is_read(form: str, pauses: list[float]) -> None:
    now = datetime.now(UTC)
    text = (now + timedelta(seconds=20)).strftime(form)

    def behave(peer: Peer) -> None:
        while peer.request():
            is_first = len(peer.server.requests) == 1
            peer.send(throttled(text, date=now.strftime(form)) if is_first else OK)

    assert once(behave) == {"id": "1"}
    assert pauses == [20]


def test_date_without_the_answers_own_is_held_against_this_clock(pauses: list[float]) -> None:
    def behave(peer: Peer) -> None:
        while peer.request():
            is_first = len(peer.server.requests) == 1
            peer.send(throttled(in_seconds(20)) if is_first else OK)

    assert once(behave) == {"id": "1"}
    assert 15 <= pauses[0] <= 21


ODD = ["soon", "-5", "", "1e9", "NaN", "12 apples", "5, 10", "99999999999999999999", "Mon, 99 Foo"]
ODD += ["Sun, 06 Nov 1994 08:49:37 +9999999999", "Sun, 06 Nov 99999 08:49:37 GMT", "06 Nov"]


@pytest.mark.parametrize(
    "text",
    [*ODD, pytest.param(in_seconds(-100), id="a while ago"), "Thu, 01 Jan 1970 00:00:00 GMT"],
)
def test_odd_retry_after_is_none(text: str, pauses: list[float]) -> None:
    def behave(peer: Peer) -> None:
        while peer.request():
            peer.send(throttled(text) if len(peer.server.requests) == 1 else OK)

    assert once(behave) == {"id": "1"}
    assert 0.2 <= pauses[0] <= 10


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    "text", ["3600", "86400", "91", pytest.param(in_seconds(7200), id="in two hours")]
)
def test_call_to_be_repeated_later_than_it_lasts_is_made_once(
    text: str, write: bool, pauses: list[float]
) -> None:
    with pytest.raises(RateLimitedError) as limited:
        once(lambda peer: peer.serve(*[throttled(text)] * 3), write=write)
    assert limited.value.nothing_done
    assert limited.value.advice.startswith("run it again in ")
    assert pauses == []


def test_retry_after_beyond_the_callers_time_is_not_waited_for(pauses: list[float]) -> None:
    with lifeline.within(5), pytest.raises(RateLimitedError):
        once(lambda peer: peer.serve(*[throttled("30")] * 3))
    assert pauses == []


@pytest.mark.parametrize("status", ["503 Service Unavailable", "502 Bad Gateway"])
def test_retry_after_of_an_outage_is_followed_by_a_read_alone(
    status: str, pauses: list[float]
) -> None:
    def behave(peer: Peer) -> None:
        while peer.request():
            is_first = len(peer.server.requests) == 1
            peer.send(throttled("25", status) if is_first else OK)

    assert once(behave) == {"id": "1"}
    assert pauses == [25]
    with pytest.raises(OutcomeUnknownError):
        once(behave, write=True)
    assert pauses == [25]


def test_throttled_read_goes_on_for_the_calls_time(pauses: list[float]) -> None:
    def behave(peer: Peer) -> None:
        while peer.request():
            is_over = sum(pauses) > 60
            peer.send(OK if is_over else answer(b"", "429 Too Many Requests"))

    assert once(behave) == {"id": "1"}
    assert len(pauses) > ATTEMPTS


def test_throttling_without_end_has_one(pauses: list[float]) -> None:
    def behave(peer: Peer) -> None:
        while peer.request():
            peer.send(answer(b"", "429 Too Many Requests"))

    with pytest.raises(RateLimitedError):
        once(behave)
    assert LONGEST_RETRY - 11 < sum(pauses) <= LONGEST_RETRY


def test_time_that_attempts_take_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = "pulumi_smssign.contract.transport"
    monkeypatch.setattr(f"{transport}.LONGEST_RETRY", 0.3)
    monkeypatch.setattr(f"{transport}._back_off", lambda _state: 0.1)
    asked: list[object] = []

    def behave(peer: Peer) -> None:
        while request := peer.request():
            asked.append(request)
            time.sleep(0.4)
            peer.send(answer(b"", "429 Too Many Requests"))

    with pytest.raises(RateLimitedError):
        once(behave)
    assert len(asked) == 1


LONG_LIMITS = {
    "tencent": ("RequestLimitExceeded", ["超过当天调用次数上限", "daily limit of calls reached"]),
    "alibaba": ("Throttling", ["Request was denied due to day flow control", "触发小时级流控"]),
    "huawei": (
        "APIG.0308",
        ["policy user over ratelimit,limit:5,time:1 day", "limit:100,time:1 hour"],
    ),
    "ucloud": (153, ["今日请求次数超限", "per day"]),
    "yunpian": (-5, ["每天的请求次数已超限", "24小时内请求过多"]),
}
SHORT_LIMITS = {
    "tencent": ("RequestLimitExceeded", "Your request count has exceeded the frequency limit"),
    "alibaba": ("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1"),
    "huawei": ("APIG.0308", "policy ip over ratelimit,limit:5,time:1 minute"),
    "ucloud": (153, "too many requests per second"),
    "yunpian": (-5, "访问频率超限"),
}


def limited(vendor: str, code: object, message: str) -> httpx.Response:
    """A vendor's own answer to too many calls."""
    match vendor:
        case "tencent":
            content: object = {"Response": {"Error": {"Code": code, "Message": message}}}
        case "alibaba":
            content = {"Code": code, "Message": message}
        case "huawei":
            content = {"error_code": code, "error_msg": message}
        case "ucloud":
            content = {"RetCode": code, "Message": message}
        case _:
            content = {"code": code, "msg": message}
    return httpx.Response(200, json=content)


@each_vendor
def test_limit_of_a_day_or_an_hour_is_asked_once(case: Case, application: Application) -> None:
    code, messages = LONG_LIMITS[case.vendor]
    for message in messages:
        for operation in (ask, submit):
            content = limited(case.vendor, code, message)
            error, calls = refusals(case, operation, application, content)
            assert isinstance(error, RateLimitedError)
            assert error.advice.startswith(("run it again tomorrow", "run it again in an hour"))
            assert calls == 1, message


@each_vendor
def test_limit_of_a_minute_is_waited_for(case: Case, application: Application) -> None:
    code, message = SHORT_LIMITS[case.vendor]
    for operation in (ask, submit):
        content = limited(case.vendor, code, message)
        error, calls = refusals(case, operation, application, content)
        assert isinstance(error, RateLimitedError)
        assert calls > ATTEMPTS
