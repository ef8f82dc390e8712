"""What reaches Yunpian's side, in which form, and how it answers."""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pytest

from pulumi_smssign.sandbox import RunningSandbox, Sandbox
from pulumi_smssign.sandbox.yunpian.codes import MESSAGES
from tests.sandbox.yunpian.caller import (
    APIKEY,
    Yunpian,
    application,
)

FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}


def test_a_success_is_200_with_json_in_utf_8(yunpian: Yunpian) -> None:
    response = yunpian.post("get", {})

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    assert response.json() == {"code": 0, "total": 0, "sign": []}


def test_an_error_has_the_vendors_four_fields(yunpian: Yunpian) -> None:
    response = yunpian.post("add", application(sign="云片网"))

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    assert response.json() == {
        "http_status_code": 400,
        "code": 2,
        "msg": "请求参数格式错误",
        "detail": "参数sign格式不正确,sign不能是'云片网'",
    }


@pytest.mark.parametrize(
    ("apikey", "code", "message"),
    [
        (None, 1, "请求参数缺失"),
        ("", 1, "请求参数缺失"),
        ("5a1d00000000000000000000005b0c01", -1, "非法的apikey"),
        (APIKEY + ".", -1, "非法的apikey"),
        (APIKEY.upper(), -1, "非法的apikey"),
    ],
)
def test_a_wrong_key_is_refused(
    yunpian: Yunpian, apikey: str | None, code: int, message: str
) -> None:
    document = yunpian.post("get", {"apikey": apikey}).json()

    assert (document["code"], document["msg"]) == (code, message)


def test_a_wrong_key_is_not_repeated(yunpian: Yunpian) -> None:
    assert "wrong-key" not in yunpian.post("get", {"apikey": "wrong-key"}).text


def test_a_key_in_the_query_does_not_count(http: httpx.Client) -> None:
    answer = http.post(f"/v2/sign/get.json?apikey={APIKEY}", content=b"", headers=FORM)

    assert answer.json()["code"] == 1


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", json.dumps({"apikey": APIKEY}).encode()),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("text/plain", f"apikey={APIKEY}".encode()),
        ("application/x-www-form-urlencoded", b""),
        ("application/x-www-form-urlencoded", b"&&=&apikey"),
        ("application/x-www-form-urlencoded", json.dumps({"apikey": APIKEY}).encode()),
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


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_refused(http: httpx.Client, method: str) -> None:
    refused = http.request(method, "/v2/sign/get.json")

    assert (refused.status_code, refused.json()["code"]) == (400, 11)


@pytest.mark.parametrize("call", ["del.json", "add", "delete.json", "", "get.json/x"])
def test_there_are_three_paths_and_no_deletion(
    http: httpx.Client, sandbox: Sandbox, call: str
) -> None:
    path = f"/v2/sign/{call}"
    bare = http.post(path, data={"apikey": APIKEY})

    assert (bare.status_code, bare.headers["content-type"]) == (404, "text/html")
    (received,) = sandbox.calls("yunpian")
    assert (received.action, received.code) == (path, "HTTP 404")


def test_a_double_slash_is_no_redirect(http: httpx.Client, served: RunningSandbox) -> None:
    answer = http.post(f"{served.url}//v2/sign/get.json", data={"apikey": APIKEY})

    assert (answer.status_code, answer.json()["code"]) == (200, 0)


@pytest.mark.parametrize("path", ["/", "/v2/tpl/get.json", "/v1/sign/get.json", "/v2/sign"])
def test_other_paths_are_left_to_others(http: httpx.Client, sandbox: Sandbox, path: str) -> None:
    http.post(path, data={"apikey": APIKEY})

    assert sandbox.calls("yunpian") == []


@pytest.mark.parametrize(("code", "message"), MESSAGES.items())
def test_every_code_can_be_ordered_and_has_its_text(
    yunpian: Yunpian, sandbox: Sandbox, code: str, message: str
) -> None:
    sandbox.faults.add(vendor="yunpian", kind="error", code=code, message="why")

    assert yunpian.post("get", {}).json() == {
        "http_status_code": 400,
        "code": int(code),
        "msg": message,
        "detail": "why",
    }


def test_an_unknown_code_can_be_ordered_with_its_status(yunpian: Yunpian, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="yunpian", kind="error", code="-999", http_status=503)
    sandbox.faults.add(vendor="yunpian", kind="error", code="E1")

    answer = yunpian.post("get", {})
    assert (answer.status_code, answer.json()["code"]) == (503, -999)
    assert yunpian.post("get", {}).json()["code"] == "E1"


def test_a_success_can_lack_its_sign(yunpian: Yunpian, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="yunpian", kind="missing")

    assert yunpian.call("get") == {"code": 0, "total": 0}


@pytest.mark.parametrize("kind", ["missing", "unknown_fields"])
def test_a_page_stays_a_page_where_json_was_to_be_changed(
    yunpian: Yunpian, sandbox: Sandbox, kind: str
) -> None:
    sandbox.faults.add(vendor="yunpian", kind=kind)
    answer = yunpian.post("nothing", {})

    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html")
    assert "Not Found" in answer.text


def test_a_body_above_the_limit_is_refused_unread(
    yunpian: Yunpian, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.sandbox.yunpian.gateway.BODY_LIMIT", 100)
    answer = yunpian.post("add", application())

    assert (answer.status_code, sandbox.signatures()) == (413, [])
    assert sandbox.calls()[0].fields == {}


def test_credentials_are_a_url_and_a_key(sandbox: Sandbox) -> None:
    assert sandbox.credentials("127.0.0.1:8725")["yunpian"] == {
        "YUNPIAN_BASE_URL": "http://127.0.0.1:8725",
        "YUNPIAN_APIKEY": APIKEY,
    }
