"""Alibaba Cloud's own gateway: signed headers, nonces, methods, forms, envelopes."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import httpx
import pytest

from pulumi_smssign.sandbox import Sandbox
from tests.sandbox.alibaba.caller import CREATE, DELETE, GET, LIST, UPDATE, Alibaba
from tests.sandbox.caller import TEXT

FORM = {"content-type": "application/x-www-form-urlencoded"}
HEADERS = {
    "x-acs-action": LIST,
    "x-acs-version": "2017-05-25",
    "x-acs-date": "2025-01-02T03:04:05Z",
    "x-acs-signature-nonce": "0123456789abcdef0123456789abcdef",
    "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
}
NONCE = {"x-acs-signature-nonce": "0123456789abcdef"}


def code(answer: httpx.Response) -> str:
    return str(answer.json()["Code"])


# Which headers are signed


@pytest.mark.parametrize(
    "more",
    [
        {"user-agent": "x", "accept": "application/json", "x-invented": "two words"},
        {"x-acs-credentials-provider": "static_ak"},
        {"content-type": "application/json; charset=utf-8"},
    ],
)
def test_every_legal_set_of_signed_headers_is_verified(
    alibaba: Alibaba, more: dict[str, str]
) -> None:
    assert code(alibaba.send(LIST, headers=more)) == "OK"


@pytest.mark.parametrize("name", [*HEADERS, "host", "x-acs-invented", "content-type"])
def test_a_header_that_must_be_signed_is_missed(alibaba: Alibaba, name: str) -> None:
    headers = {"x-acs-invented": "x", "content-type": "text/plain"}
    answer = alibaba.send(LIST, headers=headers, unsigned=frozenset({name}))

    assert code(answer) == "IncompleteSignature"
    assert name in answer.json()["Message"]


@pytest.mark.parametrize("name", list(HEADERS)[2:])
def test_a_header_that_must_be_sent_is_missed(alibaba: Alibaba, name: str) -> None:
    answer = alibaba.send(LIST, headers={name: None})

    assert code(answer) == "IncompleteSignature"
    assert name in answer.json()["Message"]


@pytest.mark.parametrize(
    "header",
    [
        *("", "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=host"),
        "ACS3-HMAC-SM3 Credential=x,SignedHeaders=host,Signature=y",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=Host,Signature=y",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=x-acs-date;host,Signature=y",
        "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=host;x-acs-nothing,Signature=y",
    ],
)
def test_an_authorization_that_is_none_is_incomplete(http: httpx.Client, header: str) -> None:
    answer = http.post("/", headers={**HEADERS, "authorization": header})

    assert code(answer) == "IncompleteSignature"


# What is signed


def test_a_change_on_the_way_is_noticed(alibaba: Alibaba, http: httpx.Client) -> None:
    request = alibaba.send(GET, {"SignName": TEXT}).request
    digest = {"x-acs-content-sha256": HEADERS["x-acs-content-sha256"]}
    answers = [
        alibaba.send(LIST, secret="another"),
        alibaba.send(LIST, body=b"anything", headers=digest),
        http.post("/?SignName=x", headers=request.headers),
    ]

    assert {(answer.status_code, code(answer)) for answer in answers} == {
        (400, "SignatureDoesNotMatch")
    }
    assert code(alibaba.send(LIST, body=b"anything")) == "OK"


@pytest.mark.parametrize(
    "text",
    ["now", "2025-01-02 03:04:05", "2025-01-02T03:04:05", "2025-13-02T03:04:05Z", "1735787045"],
)
def test_a_date_that_is_none_is_malformed(alibaba: Alibaba, text: str) -> None:
    answer = alibaba.send(LIST, headers={"x-acs-date": text})

    assert code(answer) == "InvalidTimeStamp.Format"


def test_a_nonce_is_taken_once_from_a_key_by_a_genuine_call(alibaba: Alibaba) -> None:
    alibaba.send(LIST, headers=NONCE, secret="another")
    codes = [code(alibaba.send(LIST, headers=NONCE)) for _ in range(2)]

    assert codes == ["OK", "SignatureNonceUsed"]
    assert code(alibaba.of("marketing").send(LIST, headers=NONCE)) == "OK"
    alibaba.sandbox.reset()
    assert code(alibaba.send(LIST, headers=NONCE)) == "OK"


def test_a_nonce_is_remembered_while_its_call_could_be_sent_again(alibaba: Alibaba) -> None:
    codes = []
    for off, seconds in ((890, 0), (0, 1780), (0, 21)):
        alibaba.clock.advance(seconds)
        alibaba.off = off
        codes.append(code(alibaba.send(LIST, headers=NONCE)))

    assert codes == ["OK", "SignatureNonceUsed", "OK"]


# Calls and envelopes


@pytest.mark.parametrize("action", ["QuerySmsSign", "createsmssign", "AddSmsSign", ""])
def test_an_unknown_operation_is_not_found(alibaba: Alibaba, action: str) -> None:
    assert alibaba.code(action) == "InvalidAction.NotFound"


@pytest.mark.parametrize("version", ["2018-05-01", "", None])
def test_another_version_is_not_valid(alibaba: Alibaba, version: str | None) -> None:
    assert code(alibaba.send(LIST, headers={"x-acs-version": version})) == "InvalidVersion"


@pytest.mark.parametrize(
    ("call", "met"),
    [
        *((f"{method} {GET}", "OK") for method in ("GET", "POST")),
        *((f"{method} {GET}", "UnsupportedHTTPMethod") for method in ("PUT", "DELETE")),
        *((f"GET {DELETE}", "OK"), (f"POST {LIST}", "OK")),
        (f"GET {LIST}", "UnsupportedHTTPMethod"),
    ],
)
def test_methods_are_those_of_the_operation(alibaba: Alibaba, call: str, met: str) -> None:
    alibaba.approved()
    method, action = call.split()

    assert code(alibaba.send(action, {"SignName": TEXT}, method=method)) == met


@pytest.mark.parametrize("action", [GET, DELETE])
def test_a_text_is_needed(alibaba: Alibaba, action: str) -> None:
    assert alibaba.code(action) == "MissingSignName"


def test_a_form_is_read_as_the_query_is(alibaba: Alibaba, sandbox: Sandbox) -> None:
    body = "Remark=登录+codes".encode()
    answer = alibaba.send(CREATE, alibaba.application(), headers=FORM, body=body)

    assert code(answer) == "OK"
    assert sandbox.signatures("alibaba")[0].fields["Remark"] == "登录 codes"


@pytest.mark.parametrize("more", ['["a/\\ud800.png"]', "[" * 100_000, "[NaN]", "\ud800"])
def test_files_that_could_not_be_written_again_are_refused(alibaba: Alibaba, more: str) -> None:
    fields = alibaba.application(MoreData=more)
    in_form = urlencode(fields, errors="surrogatepass").encode()
    answer = alibaba.send(CREATE, body=in_form, headers=FORM)

    assert code(answer) == "InvalidParameter"
    assert alibaba.sandbox.signatures() == []
    assert alibaba.sandbox.calls()[0].fields.get("MoreData", True) is True


def test_a_request_beyond_10_megabytes_is_refused(
    alibaba: Alibaba, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.sandbox.alibaba.gateway.BODY_LIMIT", 100)
    answer = alibaba.send(LIST, body=b"x" * 101)

    assert (answer.status_code, code(answer)) == (413, "RequestEntityTooLarge")


def test_an_error_has_its_own_envelope(alibaba: Alibaba) -> None:
    answer = alibaba.send(CREATE, alibaba.application(SignName="极")).json()

    assert len(answer.pop("RequestId")) == 36
    assert answer == {
        "Code": "InvalidSignName",
        "Message": "SignName has 1 characters, not 2 to 12.",
        "HostId": "dysmsapi.aliyuncs.com",
        "Recommend": "https://error-center.aliyun.com/status/search"
        "?Keyword=InvalidSignName&source=PopGw",
    }


def test_of_an_unknown_operation_64_characters_are_recorded(alibaba: Alibaba) -> None:
    alibaba.code("x" * 65)

    assert alibaba.sandbox.calls()[0].action == "x" * 64


def test_every_answer_has_a_request_id_and_an_error_says_where_to_look(alibaba: Alibaba) -> None:
    alibaba.submit()
    answers = [alibaba.send(LIST), alibaba.send(DELETE, {"SignName": TEXT})]  # an older error
    answers.append(alibaba.send(GET, {"SignName": "别的"}))
    ids = [answer.json()["RequestId"] for answer in answers]

    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", each) for each in ids)
    assert [answer.headers["x-acs-request-id"] for answer in answers] == ids
    types = {answer.headers["content-type"] for answer in answers}
    assert types == {"application/json;charset=utf-8"}
    assert answers[0].json()["Message"] == "OK"
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert [len(answer.json().keys() & {"HostId", "Recommend"}) for answer in answers] == [0, 0, 2]


@pytest.mark.parametrize("action", [CREATE, UPDATE, GET, LIST, DELETE])
def test_every_operation_can_be_aimed_at_and_may_lack_its_code(
    alibaba: Alibaba, sandbox: Sandbox, action: str
) -> None:
    sandbox.faults.add(vendor="alibaba", action=action, kind="missing")

    assert "Code" not in alibaba.call(action)
