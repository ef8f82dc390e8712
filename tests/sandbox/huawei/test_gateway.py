"""What reaches Huawei's gateway, in which form, and how it answers."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, Status
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei.gateway import Huawei
from pulumi_smssign.sandbox.huawei.iam import Token, sealed
from tests.images import png
from tests.sandbox.huawei.caller import (
    AK,
    JSON,
    PROJECT,
    SERVICE,
    SIGNATURES,
    SK,
    Wire,
    application,
    code_of,
)


@pytest.mark.parametrize("path", [SIGNATURES, f"{SIGNATURES}/none", f"{SERVICE}/none"])
def test_every_answer_has_a_request_id_of_its_own(wire: Wire, path: str) -> None:
    answers = [wire.send("GET", path) for _ in range(2)]
    ids = {answer.headers["X-Request-Id"] for answer in answers}

    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in ids)
    assert {answer.headers["content-type"] for answer in answers} == {JSON}


def test_an_error_of_the_service_has_its_envelope(wire: Wire) -> None:
    answer = wire.send("POST", SIGNATURES, application(app_id="app-404"))

    assert answer.status_code == 404
    assert answer.json() == {
        "error_code": "MSGSMS.0014",
        "error_msg": "App does not exist.",
        "error_detail": "id=app-404",
    }


@pytest.mark.parametrize("prefix", ["APIGW", "APIG"])
def test_an_error_of_the_gateway_has_its_own(wire: Wire, sandbox: Sandbox, prefix: str) -> None:
    sandbox.switches.set({"huawei.gateway_prefix": prefix})
    answer = wire.bare("GET", SIGNATURES)

    assert answer.status_code == 401
    assert answer.json() == {
        "error_code": f"{prefix}.0301",
        "error_msg": "Incorrect IAM authentication information: x-auth-token not found",
        "request_id": answer.headers["X-Request-Id"],
    }
    assert sandbox.calls()[0].code == f"{prefix}.0301"


@pytest.mark.parametrize(("setting", "status"), [("200", 200), ("400", 400), ("500", 500)])
def test_which_status_an_error_comes_with_is_a_switch(
    wire: Wire, sandbox: Sandbox, setting: str, status: int
) -> None:
    sandbox.switches.set({"huawei.error_status": setting})
    service = wire.send("GET", f"{SIGNATURES}/none")
    gateway = wire.bare("GET", SIGNATURES)

    assert (service.status_code, code_of(service)) == (status, "MSGSMS.0005")
    assert gateway.status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{SERVICE}/templates"),
        ("PATCH", f"{SIGNATURES}/1"),
        ("POST", f"{SERVICE}/apps"),
        ("DELETE", f"{SERVICE}/upload-files"),
        ("GET", f"{SIGNATURES}/"),
        ("GET", f"/v2/{PROJECT}/msgsms"),
        ("GET", "/v3/auth/tokens"),
    ],
)
def test_what_is_no_api_is_told_so(wire: Wire, sandbox: Sandbox, method: str, path: str) -> None:
    answer = wire.send(method, path)

    assert (answer.status_code, code_of(answer)) == (404, "APIGW.0101")
    assert sandbox.calls("huawei")[0].action == ""


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        (SIGNATURES, True),
        ("/v2/%7Bproject_id%7D/msgsms/signatures", True),
        ("/v3/auth/tokens", True),
        ("/v3/projects", True),
        ("/", False),
        ("/v2/sign/add.json", False),
        ("/v2/sign/msgsms.json", False),
        ("/v3/users", False),
    ],
)
def test_only_its_own_paths_are_claimed(sandbox: Sandbox, path: str, claimed: bool) -> None:
    huawei = Huawei(sandbox.desk, sandbox.switches, sandbox.clock)

    assert huawei.claims(HttpRequest("POST", path, "", {}, b"")) is claimed


@pytest.mark.parametrize("project", ["0" * 32, "%7Bproject_id%7D", ""])
def test_another_project_is_unauthorized(wire: Wire, project: str) -> None:
    answer = wire.send("GET", f"/v2/{project}/msgsms/signatures")

    assert (answer.status_code, code_of(answer)) == (401, "MSGSMS.0003")


@pytest.mark.parametrize(
    ("content_type", "taken"),
    [
        ("application/json", True),
        ("application/json;charset=utf8", True),
        ("Application/JSON; charset=UTF-8", True),
        ("text/plain", False),
        (None, False),
    ],
)
def test_the_content_type_is_mandatory_even_without_a_body(
    wire: Wire, content_type: str | None, taken: bool
) -> None:
    answer = wire.send("GET", SIGNATURES, content_type=content_type)

    assert answer.is_success is taken
    if not taken:
        assert answer.json()["error_detail"] == "Content-Type"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b'{"app_id": "\\ud800"}', b"[" * 100_000]
)
def test_a_body_that_is_none_is_refused(wire: Wire, sandbox: Sandbox, body: bytes) -> None:
    assert wire.code("POST", SIGNATURES, body) == "MSGSMS.0002"
    assert sandbox.calls()[0].fields == {}


@pytest.mark.parametrize("query", ["signature_name=%ED%A0%80", "%FF=1"])
def test_a_query_that_is_no_utf_8_is_refused(wire: Wire, sandbox: Sandbox, query: str) -> None:
    token = sealed(Token("default", PROJECT, wire.clock.now() + 60))
    headers = {"X-Auth-Token": token, "Content-Type": JSON}
    answer = wire.bare("GET", f"{SIGNATURES}?{query}", headers=headers)

    assert (code_of(answer), answer.json()["error_detail"]) == ("MSGSMS.0002", "query")
    assert sandbox.calls()[0].fields == {}


def test_a_body_beyond_12_megabytes_is_refused(wire: Wire) -> None:
    answer = wire.upload(b"x" * (12 * 1024 * 1024))

    assert (answer.status_code, code_of(answer)) == (413, "APIGW.0201")


def test_calls_are_limited_by_account_and_api_over_a_second(
    wire: Wire, other_account: Wire, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"huawei.rate_limit": 2})
    answers = [wire.send("GET", SIGNATURES) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["error_code"] == "APIGW.0308"
    assert answers[2].json()["error_msg"].endswith("limit:2,time:1 second")
    assert wire.send("GET", f"{SERVICE}/apps").is_success
    assert other_account.send("GET", SIGNATURES).is_success
    clock.advance(1)
    assert wire.send("GET", SIGNATURES).is_success


def test_the_limit_is_200_unless_it_is_switched_off(wire: Wire, sandbox: Sandbox) -> None:
    assert sandbox.switches.number("huawei.rate_limit") == 200
    sandbox.switches.set({"huawei.rate_limit": 0})

    assert all(wire.send("GET", SIGNATURES).is_success for _ in range(3))


def test_a_call_that_fails_to_authenticate_uses_up_no_limit(
    wire: Wire, http: httpx.Client, clock: ManualClock, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"huawei.rate_limit": 1})
    Wire(http, clock, (AK, "wrong")).send("GET", SIGNATURES)

    assert wire.send("GET", SIGNATURES).is_success


def test_a_token_counts_before_a_signature(wire: Wire) -> None:
    answer = wire.send("GET", SIGNATURES, headers={"X-Auth-Token": "none"})

    assert "decrypt token fail" in answer.json()["error_msg"]


def test_calls_are_recorded_with_their_outcome(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    wire.show(number)
    wire.code("DELETE", f"{SIGNATURES}/{number}")
    wire.send("GET", f"{SIGNATURES}?limit=5&colour=red")

    calls = sandbox.calls("huawei")
    assert [(call.action, call.account, call.code, call.http_status) for call in calls] == [
        ("CreateSignature", "default", "", 200),
        ("ShowSignature", "default", "", 200),
        ("DeleteSignature", "default", "MSGSMS.0007", 400),
        ("ListSignatureDetails", "default", "", 200),
    ]
    assert calls[0].fields == application()
    assert calls[1].fields == {"id": number}
    assert calls[3].fields == {"limit": "5", "colour": True}


def test_the_record_has_digests_but_neither_files_nor_unknown_values(
    wire: Wire, sandbox: Sandbox
) -> None:
    wire.upload(png())
    wire.code("POST", SIGNATURES, application(legal_person="张三", apply_desc={"nested": "张三"}))

    upload, create = (call.fields for call in sandbox.calls("huawei"))
    file = upload["file"]
    assert isinstance(file, dict)
    assert (file["size"], file["media_type"]) == (len(png()), "image/png")
    assert create["legal_person"] is True
    assert create["apply_desc"] is True
    assert "张三" not in json.dumps(create, ensure_ascii=False)


@pytest.mark.parametrize("status", ["pending review", "", "1", "REVIEW-PASSED"])
def test_a_status_that_can_not_be_is_refused(wire: Wire, sandbox: Sandbox, status: str) -> None:
    number = wire.create()

    with pytest.raises(ValueError, match="a status of Huawei Cloud is in capitals"):
        sandbox.set_status("huawei", number, status)


def test_a_status_that_clients_do_not_know_can_be_shown(wire: Wire, sandbox: Sandbox) -> None:
    number = wire.create()
    view = sandbox.set_status("huawei", number, "UNDER_THE_MOON")

    assert view.status is Status.OTHER
    assert wire.show(number)["status"] == "UNDER_THE_MOON"


def test_credentials_are_those_that_the_sandbox_takes(
    served: RunningSandbox, sandbox: Sandbox
) -> None:
    assert sandbox.credentials(served.address)["huawei"] == {
        "HUAWEICLOUD_MSGSMS_ENDPOINT": served.url,
        "HUAWEICLOUD_IAM_ENDPOINT": served.url,
        "HUAWEICLOUD_SDK_AK": AK,
        "HUAWEICLOUD_SDK_SK": SK,
        "HUAWEICLOUD_SDK_PROJECT_ID": PROJECT,
    }


def test_a_fault_gives_no_body_to_an_answer_that_can_have_none(
    wire: Wire, sandbox: Sandbox
) -> None:
    number = wire.create()
    sandbox.approve("huawei", number)
    sandbox.faults.add(action="DeleteSignature", kind="unknown_fields")
    answer = wire.send("DELETE", f"{SIGNATURES}/{number}")

    assert (answer.status_code, answer.content) == (204, b"")


def test_the_default_fault_of_a_missing_key_takes_the_id(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(action="CreateSignature", kind="missing")
    answer = wire.document("POST", SIGNATURES, application())

    assert set(answer) == {"signature_id", "signature_name"}
