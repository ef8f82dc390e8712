"""Who calls: ACS3-HMAC-SHA256 over any legal set of headers, the clock, the nonces, the keys."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.alibaba import auth
from pulumi_smssign.sandbox.http_messages import HttpRequest
from tests.sandbox.alibaba.caller import CREATE, GET, LIST, NAME, Alibaba, application

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
VECTOR = {
    "MoreData": '["1/a.png"]',
    "QualificationId": "1234567890123",
    "Remark": "登录 & 测",
    "SignName": "示例 A*~(b)",
    "SignSource": "0",
    "ThirdParty": "False",
}
HEADERS = {
    "accept": "application/json",
    "host": "127.0.0.1:8080",
    "user-agent": "vector-test",
    "x-acs-action": CREATE,
    "x-acs-content-sha256": EMPTY,
    "x-acs-credentials-provider": "static_ak",
    "x-acs-date": "2025-01-02T03:04:05Z",
    "x-acs-signature-nonce": "0123456789abcdef0123456789abcdef",
    "x-acs-version": "2017-05-25",
}


@pytest.mark.parametrize("encode", [quote, quote_plus])
@pytest.mark.parametrize("names", [list(VECTOR), list(reversed(VECTOR))])
def test_the_official_sdks_vector_is_signed_alike(encode: object, names: list[str]) -> None:
    assert callable(encode)
    query = "&".join(f"{name}={encode(VECTOR[name])}" for name in names)
    request = HttpRequest("POST", "/", query, HEADERS, b"")
    given = auth.signature(request, tuple(sorted(HEADERS)), secret="local-secret-for-tests")

    assert given == "62477be32083de791e1e5dad1b4a688ba60be18b760f3275fffb3a841e171d23"


# Which headers are signed


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"user-agent": "x", "accept": "application/json"},
        {"x-acs-credentials-provider": "static_ak"},
        {"x-acs-retry-attempts": "1", "x-acs-retry-delay": "100"},
        {"content-type": "application/json; charset=utf-8"},
        {"x-invented": "two words"},
    ],
)
def test_every_legal_set_of_signed_headers_is_verified(
    alibaba: Alibaba, more: dict[str, str]
) -> None:
    answer = alibaba.send(LIST, headers=more)

    assert answer.json()["Code"] == "OK"


@pytest.mark.parametrize(
    "name",
    [
        "host",
        "x-acs-action",
        "x-acs-version",
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-content-sha256",
        "x-acs-credentials-provider",
        "content-type",
    ],
)
def test_a_header_that_must_be_signed_is_missed(alibaba: Alibaba, name: str) -> None:
    headers = {"x-acs-credentials-provider": "static_ak", "content-type": "text/plain"}
    answer = alibaba.send(LIST, headers=headers, unsigned=frozenset({name})).json()

    assert answer["Code"] == "IncompleteSignature"
    assert name in answer["Message"]


@pytest.mark.parametrize("name", ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"])
def test_a_header_that_must_be_sent_is_missed(alibaba: Alibaba, name: str) -> None:
    answer = alibaba.send(LIST, headers={name: None}).json()

    assert answer["Code"] == "IncompleteSignature"
    assert name in answer["Message"]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "ACS3-HMAC-SHA256",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=host",
        "ACS3-HMAC-SM3 Credential=x,SignedHeaders=host,Signature=y",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=Host,Signature=y",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=x-acs-date;host,Signature=y",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=host;x-acs-nothing,Signature=y",
    ],
)
def test_an_authorization_that_is_none_is_incomplete(http: httpx.Client, header: str) -> None:
    headers = {**HEADERS, "x-acs-action": LIST, "authorization": header}
    del headers["host"]

    assert http.post("/", headers=headers).json()["Code"] == "IncompleteSignature"


def test_the_old_signature_in_the_query_is_not_verified(http: httpx.Client) -> None:
    query = {
        "Action": LIST,
        "Version": "2017-05-25",
        "AccessKeyId": auth.ACCESS_KEY_ID,
        "Signature": "x",
    }

    assert http.post("/", params=query).json()["Code"] == "IncompleteSignature"


# What is signed


def test_a_wrong_secret_is_refused(alibaba: Alibaba) -> None:
    answer = alibaba.send(LIST, secret="another")

    assert (answer.status_code, answer.json()["Code"]) == (400, "SignatureDoesNotMatch")


def test_a_body_is_signed_by_its_digest(alibaba: Alibaba) -> None:
    true = alibaba.send(LIST, body=b"anything")
    false = alibaba.send(LIST, body=b"anything", headers={"x-acs-content-sha256": EMPTY})

    assert true.json()["Code"] == "OK"
    assert false.json()["Code"] == "SignatureDoesNotMatch"


def test_a_query_that_was_changed_is_refused(alibaba: Alibaba, http: httpx.Client) -> None:
    request = alibaba.send(GET, {"SignName": NAME}).request
    changed = http.post("/?SignName=x", headers=request.headers)

    assert changed.json()["Code"] == "SignatureDoesNotMatch"


# Keys and accounts


def test_an_unknown_key_is_not_found(http: httpx.Client) -> None:
    stranger = Alibaba(http)
    stranger.key = "LTAInobody"
    answer = stranger.send(LIST)

    assert (answer.status_code, answer.json()["Code"]) == (404, "InvalidAccessKeyId.NotFound")


@pytest.mark.parametrize("suffix", [".", "x", ".a.b", ".a/b"])
def test_a_suffix_that_names_no_account_is_an_unknown_key(http: httpx.Client, suffix: str) -> None:
    stranger = Alibaba(http)
    stranger.key += suffix

    assert stranger.send(LIST).json()["Code"] == "InvalidAccessKeyId.NotFound"


def test_a_suffix_names_an_account(other_account: Alibaba, sandbox: Sandbox) -> None:
    other_account.create()

    assert sandbox.signatures("alibaba")[0].account == "marketing"
    assert sandbox.signatures("alibaba")[0].id == f"marketing【{NAME}】"
    assert sandbox.calls("alibaba")[0].account == "marketing"


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("smssign-sandbox-token", "OK"),
        ("another", "InvalidSecurityToken.Expired"),
        (None, "MissingSecurityToken"),
    ],
)
def test_a_temporary_key_needs_its_token(http: httpx.Client, token: str | None, code: str) -> None:
    temporary = Alibaba(http)
    temporary.key = "STS.smssign-temporary"
    answer = temporary.send(LIST, headers={"x-acs-security-token": token})

    assert answer.json()["Code"] == code


def test_a_claimed_account_is_told_without_verifying() -> None:
    def claimed(authorization: str) -> str:
        headers = {"authorization": authorization}
        return auth.claimed_account(HttpRequest("POST", "/", "", headers, b""))

    head = "ACS3-HMAC-SHA256 Credential="
    assert claimed(f"{head}{auth.ACCESS_KEY_ID},SignedHeaders=host,Signature=x") == "default"
    assert claimed(f"{head}{auth.ACCESS_KEY_ID}.x,SignedHeaders=host,Signature=x") == "x"
    assert claimed(f"{head}nobody,SignedHeaders=host,Signature=x") == ""
    assert claimed("") == ""


# Clock and nonces


@pytest.mark.parametrize(
    ("off", "code"),
    [(0, "OK"), (-895, "OK"), (895, "OK"), (-905, None), (905, None)],
)
def test_the_clock_may_be_off_by_a_quarter_of_an_hour(
    alibaba: Alibaba, clock: ManualClock, off: float, code: str | None
) -> None:
    answer = alibaba.send(LIST, at=clock.now() + off)

    assert answer.json()["Code"] == (code or "InvalidTimeStamp.Expired")


@pytest.mark.parametrize(
    "text",
    ["now", "2025-01-02 03:04:05", "2025-01-02T03:04:05", "2025-13-02T03:04:05Z", "1735787045"],
)
def test_a_date_that_is_none_is_malformed(alibaba: Alibaba, text: str) -> None:
    answer = alibaba.send(LIST, headers={"x-acs-date": text})

    assert answer.json()["Code"] == "InvalidTimeStamp.Format"


def test_a_nonce_is_taken_once(alibaba: Alibaba, other_account: Alibaba) -> None:
    nonce = {"x-acs-signature-nonce": "0123456789abcdef"}
    codes = [each.send(LIST, headers=nonce).json()["Code"] for each in (alibaba, alibaba)]

    assert codes == ["OK", "SignatureNonceUsed"]
    assert other_account.send(LIST, headers=nonce).json()["Code"] == "OK"


def test_a_forged_call_uses_up_no_nonce(alibaba: Alibaba) -> None:
    nonce = {"x-acs-signature-nonce": "0123456789abcdef"}
    alibaba.send(LIST, headers=nonce, secret="another")

    assert alibaba.send(LIST, headers=nonce).json()["Code"] == "OK"


def test_a_nonce_is_remembered_while_its_call_could_be_sent_again(
    alibaba: Alibaba, clock: ManualClock
) -> None:
    nonce = {"x-acs-signature-nonce": "0123456789abcdef"}
    alibaba.send(LIST, headers=nonce, at=clock.now() + 890)
    clock.advance(1780)
    again = alibaba.send(LIST, headers=nonce, at=clock.now())
    clock.advance(1801)
    later = alibaba.send(LIST, headers=nonce, at=clock.now())

    assert again.json()["Code"] == "SignatureNonceUsed"
    assert later.json()["Code"] == "OK"


def test_a_reset_forgets_the_nonces(alibaba: Alibaba, sandbox: Sandbox) -> None:
    nonce = {"x-acs-signature-nonce": "0123456789abcdef"}
    alibaba.send(CREATE, application(), headers=nonce)
    sandbox.reset()

    assert alibaba.send(CREATE, application(), headers=nonce).json()["Code"] == "OK"
