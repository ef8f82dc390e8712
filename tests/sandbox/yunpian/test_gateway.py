"""Yunpian's own gateway: its paths, its forms, its envelope, and the values that it forgets."""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.yunpian.codes import MESSAGES
from tests.sandbox.yunpian.caller import (
    APIKEY,
    FOR_OTHERS,
    FORM,
    ID_CARD_NUMBER,
    MOBILE,
    Yunpian,
    licences,
)

PLAIN = FORM["Content-Type"].partition(";")[0]


# Envelopes


def test_a_success_and_an_error_are_json_in_utf_8(yunpian: Yunpian) -> None:
    success = yunpian.post("get", {})
    error = yunpian.post("add", yunpian.application(sign="云片网"))

    types = {answer.headers["content-type"] for answer in (success, error)}
    assert types == {"application/json;charset=utf-8"}
    assert (success.status_code, success.json()) == (200, {"code": 0, "total": 0, "sign": []})
    assert (error.status_code, error.json()) == (
        400,
        {
            "http_status_code": 400,
            "code": 2,
            "msg": "请求参数格式错误",
            "detail": "参数sign格式不正确,sign不能是'云片网'",
        },
    )


@pytest.mark.parametrize(("code", "message"), [*MESSAGES.items(), ("E1", "未知错误")])
def test_every_code_has_its_text(yunpian: Yunpian, code: str, message: str) -> None:
    fault: Document = {"kind": "error", "code": code, "message": "why", "http_status": 503}
    yunpian.sandbox.faults.add({"vendor": "yunpian", **fault})
    answer = yunpian.post("get", {})

    number: JsonValue = code if code == "E1" else int(code)
    assert (answer.status_code, answer.json()) == (
        503,
        {"http_status_code": 503, "code": number, "msg": message, "detail": "why"},
    )


# Keys and forms


@pytest.mark.parametrize("apikey", [None, ""])
def test_a_key_is_missed(yunpian: Yunpian, apikey: str | None) -> None:
    assert yunpian.error("get", apikey=apikey) == ("1", "参数 apikey 必须传入")


def test_a_key_is_not_repeated_and_does_not_count_in_the_query(yunpian: Yunpian) -> None:
    assert "wrong-key" not in yunpian.post("get", {"apikey": "wrong-key"}).text
    answer = yunpian.http.post(f"/v2/sign/get.json?apikey={APIKEY}", content=b"", headers=FORM)
    assert answer.json()["code"] == 1


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", json.dumps({"apikey": APIKEY}).encode()),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("text/plain", f"apikey={APIKEY}".encode()),
        *((PLAIN, body) for body in (b"", b"&&=&apikey", b'{"apikey": "x"}')),
    ],
)
def test_a_body_that_is_no_form_has_no_key(
    http: httpx.Client, content_type: str, body: bytes
) -> None:
    answer = http.post("/v2/sign/get.json", content=body, headers={"Content-Type": content_type})

    assert answer.json()["code"] == 1


def test_a_text_that_is_not_utf_8_is_refused(http: httpx.Client) -> None:
    body = f"apikey={APIKEY}&sign=".encode() + quote("极客".encode("gbk")).encode()
    answer = http.post("/v2/sign/add.json", content=body, headers=FORM)

    assert (answer.status_code, answer.json()["code"]) == (400, 14)


# Paths


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_refused(http: httpx.Client, method: str) -> None:
    answer = http.request(method, "/v2/sign/get.json")

    assert (answer.status_code, answer.json()["code"]) == (400, 11)


@pytest.mark.parametrize("call", ["del.json", "add", "delete.json", "", "get.json/x"])
@pytest.mark.parametrize("kind", ["missing", "unknown_fields", ""])
def test_there_are_three_paths_and_no_deletion_and_a_page_stays_one(
    http: httpx.Client, sandbox: Sandbox, call: str, kind: str
) -> None:
    if kind:
        sandbox.faults.add(vendor="yunpian", kind=kind)
    path = f"/v2/sign/{call}"
    page = http.post(path, data={"apikey": APIKEY})

    assert (page.status_code, page.headers["content-type"]) == (404, "text/html")
    assert "Not Found" in page.text
    (received,) = sandbox.calls("yunpian")
    assert (received.action, received.code) == (path, "HTTP 404")


def test_a_double_slash_is_no_redirect(http: httpx.Client, yunpian: Yunpian) -> None:
    url = f"{yunpian.served.url}//v2/sign/get.json"
    answer = http.post(url, data={"apikey": APIKEY})

    assert (answer.status_code, answer.json()["code"]) == (200, 0)


def test_a_body_above_the_limit_is_refused_unread(
    yunpian: Yunpian, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.sandbox.yunpian.gateway.BODY_LIMIT", 100)
    answer = yunpian.post("add", yunpian.application())

    assert (answer.status_code, sandbox.signatures()) == (413, [])
    assert sandbox.calls()[0].fields == {}


# What is forgotten: personal values, keys and files


def assert_forgotten(sandbox: Sandbox, *values: str) -> None:
    memory = repr((sandbox.calls(), sandbox.signatures(), sandbox.desk.state()))
    for value in ("张三", ID_CARD_NUMBER, MOBILE, "token=secret", "有限公司", *values):
        assert value not in memory


def test_of_personal_fields_only_their_presence_is_remembered(yunpian: Yunpian) -> None:
    sides = [f"id_card_{side}_url" for side in ("front", "back")]
    url = "https://geek.example/front.png?token=secret"
    yunpian.submit(**FOR_OTHERS, **dict.fromkeys(sides, url))
    yunpian.change("极客科技", license_url=url)

    personal = dict.fromkeys([*FOR_OTHERS.keys() - {"sign_use"}, *sides], True)
    added, updated = yunpian.sandbox.calls()
    (signature,) = yunpian.sandbox.signatures()
    for fields in (added.fields, signature.fields):
        assert {name: fields[name] for name in personal} == personal
    assert set(signature.evidence) == {"license_url.1"}
    digest = Evidence.of(url.encode()).summary()
    assert updated.fields["license_url"] == [{**digest, "media_type": "text/uri-list"}]
    assert_forgotten(yunpian.sandbox)


def test_several_licences_are_remembered_by_their_digests(yunpian: Yunpian) -> None:
    yunpian.submit(license_base64=licences(1, 2))
    yunpian.refused(sign="别的", license_base64="xxxxx")
    first, second = (call.fields["license_base64"] for call in yunpian.sandbox.calls())

    digests = [each.summary() for each in yunpian.sandbox.signatures()[0].evidence.values()]
    assert (first, second) == (digests, [None])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id_card_number", "1101001900010100"),
        ("agent_mobile", "2300000000"),
        ("id_card_front_url", "secret"),
    ],
)
def test_a_malformed_personal_value_is_echoed_but_not_kept(
    yunpian: Yunpian, sandbox: Sandbox, name: str, value: str
) -> None:
    fields = yunpian.application(**{**FOR_OTHERS, name: value})

    assert yunpian.error("add", **fields)[1] == f"参数 {name} 格式不正确，{name}:{value}"
    assert_forgotten(sandbox, value)


@pytest.mark.parametrize(
    "body", [f'{{"id_card_number": "{ID_CARD_NUMBER}"}}', f"{MOBILE}", f"x{'y' * 60}={MOBILE}"]
)
def test_a_name_that_is_none_is_not_remembered(
    http: httpx.Client, sandbox: Sandbox, body: str
) -> None:
    http.post("/v2/sign/add.json", content=body.encode(), headers=FORM)

    assert sandbox.calls()[0].fields == {"?": True}
