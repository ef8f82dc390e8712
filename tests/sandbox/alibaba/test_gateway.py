"""What reaches Alibaba Cloud's gateway, in which form, and how it answers."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox
from tests.sandbox.alibaba.caller import (
    CREATE,
    DELETE,
    GET,
    LIST,
    NAME,
    UPDATE,
    Alibaba,
    application,
)

REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")


# Envelopes


def test_a_success_has_code_message_and_request_id(alibaba: Alibaba) -> None:
    answer = alibaba.send(LIST)
    document = answer.json()

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert (document["Code"], document["Message"]) == ("OK", "OK")
    assert REQUEST_ID.fullmatch(document["RequestId"])
    assert answer.headers["x-acs-request-id"] == document["RequestId"]


def test_an_error_of_the_gateway_has_all_that_it_needs(alibaba: Alibaba) -> None:
    answer = alibaba.send(GET, {"SignName": NAME})
    document = answer.json()

    assert answer.status_code == 404
    assert set(document) == {"RequestId", "Code", "Message", "HostId", "Recommend"}
    assert document["Code"] == "SignatureNotFound"


def test_an_older_error_is_a_success_to_http(alibaba: Alibaba) -> None:
    alibaba.create()
    answer = alibaba.send(DELETE, {"SignName": NAME})

    assert (answer.status_code, set(answer.json())) == (200, {"RequestId", "Code", "Message"})


def test_every_answer_has_a_request_id_of_its_own(alibaba: Alibaba) -> None:
    ids = {str(alibaba.call(LIST)["RequestId"]) for _ in range(3)}

    assert len(ids) == 3


# Calls


@pytest.mark.parametrize("action", ["QuerySmsSign", "createsmssign", "AddSmsSign", ""])
def test_an_unknown_operation_is_not_found(alibaba: Alibaba, action: str) -> None:
    answer = alibaba.send(action)

    assert (answer.status_code, answer.json()["Code"]) == (404, "InvalidAction.NotFound")


@pytest.mark.parametrize("version", ["2018-05-01", "", None])
def test_another_version_is_not_valid(alibaba: Alibaba, version: str | None) -> None:
    answer = alibaba.send(LIST, headers={"x-acs-version": version})

    assert answer.json()["Code"] == "InvalidVersion"


@pytest.mark.parametrize(
    ("action", "method", "taken"),
    [
        (GET, "GET", True),
        (GET, "POST", True),
        (DELETE, "GET", True),
        (LIST, "GET", False),
        (LIST, "POST", True),
        (GET, "PUT", False),
        (GET, "DELETE", False),
    ],
)
def test_methods_are_those_of_the_operation(
    alibaba: Alibaba, sandbox: Sandbox, action: str, method: str, taken: bool
) -> None:
    sandbox.approve("alibaba", alibaba.create())
    answer = alibaba.send(action, {"SignName": NAME}, method=method)

    assert answer.json()["Code"] == ("OK" if taken else "UnsupportedHTTPMethod")


def test_a_request_beyond_reason_is_refused(alibaba: Alibaba) -> None:
    answer = alibaba.send(LIST, body=b"x" * (10 * 1024 * 1024 + 1))

    assert (answer.status_code, answer.json()["Code"]) == (413, "RequestEntityTooLarge")


@pytest.mark.parametrize("more", ['["a/\\ud800.png"]', "[" * 100_000, "[NaN]", "\ud800"])
def test_what_could_not_be_written_again_is_refused(
    alibaba: Alibaba, sandbox: Sandbox, more: str
) -> None:
    if len(more) > 1000:  # more than the server takes in a target: in a form
        body = urlencode({**application(), "MoreData": more}).encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = alibaba.send(CREATE, body=body, headers=headers)
    else:
        answer = alibaba.send(CREATE, {**application(), "MoreData": more})

    assert answer.json()["Code"] == "InvalidParameter"
    assert sandbox.signatures() == []


# Limits


def test_looks_are_limited(alibaba: Alibaba, sandbox: Sandbox, clock: ManualClock) -> None:
    alibaba.create()
    codes = [alibaba.code(GET, SignName=NAME) for _ in range(151)]
    clock.advance(1)

    assert codes == ["OK"] * 150 + ["Throttling.User"]
    assert alibaba.code(GET, SignName=NAME) == "OK"


def test_the_limit_of_looks_can_be_lifted(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.switches.set({"alibaba.enforce_looks": False})
    alibaba.create()

    assert {alibaba.code(GET, SignName=NAME) for _ in range(151)} == {"OK"}


# Records


def test_calls_are_recorded(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create()
    alibaba.refused()
    first, second = sandbox.calls("alibaba", CREATE)

    assert (first.account, first.code, first.http_status) == ("default", "", 200)
    assert (second.code, second.http_status) == ("SignName.Exists", 400)
    assert first.fields == {
        "SignName": NAME,
        "SignSource": "0",
        "QualificationId": "1000000417",
    }


def test_a_call_without_an_operation_is_recorded_by_its_query(
    http: httpx.Client, sandbox: Sandbox
) -> None:
    http.post("/?Action=GetSmsSign&Version=2017-05-25&AccessKeyId=x")

    (call,) = sandbox.calls("alibaba")
    assert (call.action, call.code) == (GET, "IncompleteSignature")


# Faults


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("Throttling.User", 400),
        ("Throttling.Api", 400),
        ("InvalidSecurityToken.Expired", 400),
        ("InvalidTimeStamp.Expired", 400),
        ("SignatureDoesNotMatch", 400),
        ("InvalidAccessKeyId.NotFound", 404),
        ("ServiceUnavailable", 503),
        ("InternalError", 500),
        ("isp.SYSTEM_ERROR", 200),
        ("isp.RAM_PERMISSION_DENY", 200),
        ("isv.SMS_OVER_LIMIT", 200),
        ("SIGNATURE_BLACKLIST", 200),
    ],
)
def test_any_code_can_be_ordered_in_its_envelope(
    alibaba: Alibaba, sandbox: Sandbox, code: str, status: int
) -> None:
    sandbox.faults.add(vendor="alibaba", action=CREATE, kind="error", code=code)
    answer = alibaba.send(CREATE, application())

    assert (answer.status_code, answer.json()["Code"]) == (status, code)
    assert alibaba.refused() == "OK"


@pytest.mark.parametrize("action", [CREATE, UPDATE, GET, LIST, DELETE])
def test_every_operation_can_be_aimed_at(sandbox: Sandbox, action: str) -> None:
    assert sandbox.faults.add(vendor="alibaba", action=action, kind="drop_before")


def test_a_code_may_be_missing(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="alibaba", kind="missing")

    assert "Code" not in alibaba.call(LIST)


@pytest.mark.parametrize(
    ("verdict", "shown"),
    [
        ({"verdict": "approve"}, 1),
        ({"verdict": "reject", "reason": "no"}, 2),
        ({"verdict": "status", "vendor_status": "10"}, 10),
    ],
)
def test_a_verdict_comes_just_before_a_call(
    alibaba: Alibaba, sandbox: Sandbox, verdict: dict[str, JsonValue], shown: int
) -> None:
    alibaba.create()
    sandbox.faults.add({"vendor": "alibaba", "kind": "verdict", "text": NAME, **verdict})

    assert alibaba.get()["SignStatus"] == shown
