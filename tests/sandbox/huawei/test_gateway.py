"""Huawei's own gateway: SDK-HMAC signatures, the lock of a key, paths, envelopes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei import auth
from pulumi_smssign.sandbox.huawei.iam import Token, sealed
from pulumi_smssign.sandbox.switches import Switches, declared
from tests.images import png
from tests.sandbox.huawei.caller import (
    AK,
    JSON,
    PROJECT,
    SERVICE,
    SIGNATURES,
    SK,
    Huawei,
    code_of,
    signed_headers,
)

# Signatures, and a verifier whose clock stands still

MISMATCH = "verify aksk signature fail"
EXPIRED = "calc ak sk signature fail:signature expired"
LOCKED = "AK access failed to reach the limit,forbidden"
FORM = {"Content-Type": "multipart/form-data; boundary=B"}
URL = "http://127.0.0.1:8080/v2/p/msgsms/signatures?limit=10"


class Verifier:
    """A verifier, and requests that the official signer made by its clock."""

    def __init__(self) -> None:
        self.switches = Switches(declared("huawei"))
        self.clock = ManualClock(1_744_372_800.0)
        self.verifier = auth.KeyVerifier(self.switches, self.clock)

    def signed(
        self,
        url: str = URL,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        keys: tuple[str, str] = (AK, SK),
    ) -> HttpRequest:
        target = httpx.URL(url)
        sent = signed_headers("GET", target, headers or {}, body, at=self.clock.now(), keys=keys)
        path, _, query = target.raw_path.decode().partition("?")
        lower = {name.lower(): value for name, value in sent.items()}
        return HttpRequest("GET", path, query, lower, body)

    def flaw(self, request: HttpRequest) -> str:
        """The flaw of a request, empty if it is verified."""
        try:
            assert self.verifier.account(request).startswith(("default", "marketing"))
        except Refusal as refusal:
            head = "APIGW.0301: Incorrect IAM authentication information: "
            return str(refusal).removeprefix(head)
        return ""

    def flaws(self, count: int) -> list[str]:
        return [self.flaw(self.signed(keys=(AK, "wrong"))) for _ in range(count)]


@pytest.fixture
def verifier() -> Verifier:
    return Verifier()


def changed(request: HttpRequest, **headers: str) -> HttpRequest:
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    return dataclasses.replace(request, headers={**request.headers, **own})


@pytest.mark.parametrize(
    "url",
    [
        "http://h/v2/p/msgsms/signatures/a%2Fb",
        "http://h/v2/p/msgsms/signatures/~a-b_c.d%20e",
        "http://h/v2/p/msgsms/signatures?b=2&a=%2B&a=&c=%E4%BA%91",
        "http://h/v2/p/msgsms/signatures?a=b%2Fc",
        "http://h/v2/p/msgsms/signatures/",
    ],
)
def test_a_request_target_is_read_as_the_signer_reads_it(verifier: Verifier, url: str) -> None:
    assert verifier.flaw(verifier.signed(url, headers={"x-note": "云 "})) == ""


@pytest.mark.parametrize(
    "change", [{"body": b"{}"}, {"path": "/v2/p/msgsms/apps"}, {"query": ""}, {"method": "PUT"}]
)
def test_a_change_on_the_way_is_noticed(verifier: Verifier, change: dict[str, str]) -> None:
    request = dataclasses.replace(verifier.signed(body=b'{"a":1}'), **change)  # type: ignore[arg-type] # its fields

    assert verifier.flaw(request) == MISMATCH


def test_headers_are_signed_but_for_the_host_and_a_plus_is_no_space(verifier: Verifier) -> None:
    """The official SDK for Go signs user-agent, x-project-id and x-sdk-date alone."""
    request = verifier.signed("http://h/v2/p/msgsms/signatures?signature_name=a%20b")
    names = ("x-sdk-date",)
    head = f"SDK-HMAC-SHA256 Access={AK}, SignedHeaders={';'.join(names)}"
    hostless = changed(request, authorization=f"{head}, Signature={auth.signature(request, names)}")

    assert verifier.flaw(hostless) == ""
    assert verifier.flaw(changed(request, host="elsewhere")) == MISMATCH
    plus = dataclasses.replace(request, query="signature_name=a+b")
    assert verifier.flaw(plus) == MISMATCH


def test_a_body_goes_unsigned_only_by_a_signed_header(verifier: Verifier) -> None:
    unsigned = verifier.signed(body=b"1", headers=FORM)
    smuggled = changed(verifier.signed(body=b"1"), x_sdk_content_sha256="UNSIGNED-PAYLOAD")

    assert verifier.flaw(dataclasses.replace(unsigned, body=b"2")) == ""
    assert verifier.flaw(dataclasses.replace(smuggled, body=b"2")) == MISMATCH
    assert verifier.flaw(verifier.signed(headers=FORM)) == ""  # an empty body is hashed


@pytest.mark.parametrize(
    ("headers", "flaw"),
    [
        *(({"x_sdk_date": date}, MISMATCH) for date in ("yesterday", "20251399T999999Z")),
        ({"x_sdk_date": "2025-04-11T12:00:00Z"}, MISMATCH),
        ({"x_sdk_date": "20250411T110000Z"}, EXPIRED),
        *(
            ({"authorization": head}, f"{MISMATCH}: ")
            for head in (
                "Basic x",
                f"V11-HMAC-SHA256 Access={AK}, SignedHeaders=host;x-sdk-date, Signature=0",
                f"SDK-HMAC-SHA256 Access={AK}, SignedHeaders=host, Signature=0",
                f"SDK-HMAC-SHA256 Access={AK}, SignedHeaders=x-sdk-date;host, Signature=0",
                f"SDK-HMAC-SHA256 Access={AK}, SignedHeaders=x-none;x-sdk-date, Signature=0",
                f"SDK-HMAC-SHA256 Access={AK}, SignedHeaders=Host;x-sdk-date, Signature=0",
            )
        ),
    ],
)
def test_a_date_or_an_authorization_that_is_none_is_told_so(
    verifier: Verifier, headers: dict[str, str], flaw: str
) -> None:
    assert verifier.flaw(changed(verifier.signed(), **headers)).startswith(flaw)


def test_an_unknown_key_and_a_wrong_token_are_told_so(verifier: Verifier) -> None:
    stranger = verifier.flaw(verifier.signed(keys=("nobody", SK)))
    tokenless = verifier.flaw(verifier.signed(keys=("smssign-temporary", SK)))

    assert stranger == "ak nobody not exist"
    assert tokenless == "the security token is missing, wrong or expired"


# The lock


def test_a_key_is_locked_for_five_minutes_from_its_fifth_failure(verifier: Verifier) -> None:
    met = verifier.flaws(5)
    verifier.clock.advance(299)
    locked = verifier.flaw(verifier.signed())
    verifier.clock.advance(1)

    assert (met, locked) == ([MISMATCH] * 5, LOCKED)
    assert verifier.flaw(verifier.signed()) == ""
    assert verifier.flaws(6) == [*[MISMATCH] * 5, LOCKED]


def test_the_fifth_failure_begins_the_lock_and_not_one_before_it(verifier: Verifier) -> None:
    verifier.flaws(4)
    verifier.clock.advance(200)
    verifier.flaws(1)
    verifier.clock.advance(299)

    assert verifier.flaw(verifier.signed()) == LOCKED


def test_only_failures_in_a_row_lock_a_key(verifier: Verifier) -> None:
    verifier.flaws(4)
    verifier.flaw(verifier.signed())

    assert verifier.flaws(5) == [MISMATCH] * 5


def test_a_lock_is_of_its_key_alone_and_goes_with_a_reset_or_the_switch(verifier: Verifier) -> None:
    verifier.flaws(5)

    assert verifier.flaw(verifier.signed(keys=(f"{AK}.marketing", SK))) == ""
    verifier.verifier.reset()
    assert verifier.flaw(verifier.signed()) == ""
    verifier.switches.set({"huawei.enforce_lock": False})
    verifier.flaws(6)
    assert verifier.flaw(verifier.signed()) == ""


def test_a_lock_is_met_by_the_whole_gateway_and_ends_with_a_reset(huawei: Huawei) -> None:
    wrong = dataclasses.replace(huawei, secret_key="wrong")
    statuses = [wrong.send("GET", SIGNATURES).status_code for _ in range(5)]
    answer = huawei.send("GET", "/v3/projects")
    huawei.sandbox.reset()

    assert statuses == [401] * 5
    assert LOCKED in answer.json()["error_msg"]
    assert huawei.ping() == ""


# Envelopes


@pytest.mark.parametrize("path", [SIGNATURES, f"{SIGNATURES}/none", f"{SERVICE}/none"])
def test_every_answer_has_a_request_id_of_its_own(huawei: Huawei, path: str) -> None:
    answers = [huawei.send("GET", path) for _ in range(2)]
    ids = {answer.headers["X-Request-Id"] for answer in answers}

    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in ids)
    assert {answer.headers["content-type"] for answer in answers} == {JSON}


def test_an_error_of_the_service_has_its_envelope(huawei: Huawei) -> None:
    answer = huawei.send("POST", SIGNATURES, huawei.application(app_id="app-404"))
    refused = huawei.send("POST", SIGNATURES, huawei.application(app_id=5))

    assert (answer.status_code, answer.json()) == (
        404,
        {
            "error_code": "MSGSMS.0014",
            "error_msg": "App does not exist.",
            "error_detail": "id=app-404",
        },
    )
    assert refused.json()["error_detail"] == "app_id"


@pytest.mark.parametrize("prefix", ["APIGW", "APIG"])
def test_an_error_of_the_gateway_has_its_own(
    http: httpx.Client, sandbox: Sandbox, prefix: str
) -> None:
    sandbox.switches.set({"huawei.gateway_prefix": prefix, "huawei.error_status": "500"})
    answer = http.get(SIGNATURES)

    assert (answer.status_code, answer.json()) == (
        401,
        {
            "error_code": f"{prefix}.0301",
            "error_msg": "Incorrect IAM authentication information: x-auth-token not found",
            "request_id": answer.headers["X-Request-Id"],
        },
    )
    assert sandbox.calls()[0].code == f"{prefix}.0301"


@pytest.mark.parametrize(
    ("switches", "status", "code"),
    [
        ({"huawei.error_status": "200"}, 200, "MSGSMS.0005"),
        ({"huawei.error_status": "500"}, 500, "MSGSMS.0005"),
        ({"huawei.service_open": False}, 403, "MSGSMS.0013"),
    ],
)
def test_a_switch_decides_of_an_errors_status_and_of_the_service(
    huawei: Huawei, sandbox: Sandbox, switches: dict[str, str], status: int, code: str
) -> None:
    sandbox.switches.set(dict(switches))
    answer = huawei.send("GET", f"{SIGNATURES}/none")

    assert (answer.status_code, code_of(answer)) == (status, code)


# Requests


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(
            ("GET", f"{SERVICE}/templates"),
            ("PATCH", f"{SIGNATURES}/1"),
            ("POST", f"{SERVICE}/apps"),
        ),
        *(("DELETE", f"{SERVICE}/upload-files"), ("GET", f"{SIGNATURES}/")),
        *(("GET", f"/v2/{PROJECT}/msgsms"), ("GET", "/v3/auth/tokens")),
    ],
)
def test_a_path_that_is_no_api_is_told_so(huawei: Huawei, method: str, path: str) -> None:
    answer = huawei.send(method, path)

    assert (answer.status_code, code_of(answer)) == (404, "APIGW.0101")
    assert huawei.sandbox.calls("huawei")[0].action == ""


@pytest.mark.parametrize("project", ["0" * 32, "%7Bproject_id%7D", ""])
def test_another_project_is_unauthorized(huawei: Huawei, project: str) -> None:
    answer = huawei.send("GET", f"/v2/{project}/msgsms/signatures")

    assert (answer.status_code, code_of(answer)) == (401, "MSGSMS.0003")


@pytest.mark.parametrize(
    ("content_type", "detail"),
    [
        *(("application/json;charset=utf8", None), ("Application/JSON; charset=UTF-8", None)),
        *(("text/plain", "Content-Type"), (None, "Content-Type")),
    ],
)
def test_the_content_type_is_mandatory_even_without_a_body(
    huawei: Huawei, content_type: str | None, detail: str | None
) -> None:
    answer = huawei.send("GET", SIGNATURES, content_type=content_type)

    assert answer.json().get("error_detail") == detail


@pytest.mark.parametrize("query", ["signature_name=%ED%A0%80", "%FF=1"])
def test_a_query_that_is_no_utf_8_is_refused(
    http: httpx.Client, clock: ManualClock, sandbox: Sandbox, query: str
) -> None:
    token = sealed(Token("default", PROJECT, clock.now() + 60))
    headers = {"X-Auth-Token": token, "Content-Type": JSON}
    answer = http.get(f"{SIGNATURES}?{query}", headers=headers)

    assert (code_of(answer), answer.json()["error_detail"]) == ("MSGSMS.0002", "query")
    assert sandbox.calls()[0].fields == {}


def test_a_token_counts_before_a_signature(huawei: Huawei) -> None:
    answer = huawei.send("GET", SIGNATURES, headers={"X-Auth-Token": "none"})

    assert "decrypt token fail" in answer.json()["error_msg"]


def test_ids_queries_and_files_are_recorded(huawei: Huawei, sandbox: Sandbox) -> None:
    signature_id = huawei.submit()
    huawei.show(signature_id)
    huawei.send("GET", f"{SIGNATURES}?limit=5&colour=red")
    huawei.upload(png())

    calls = [(call.action, call.fields) for call in sandbox.calls("huawei")[1:]]
    assert calls == [
        ("ShowSignature", {"id": signature_id}),
        ("ListSignatureDetails", {"limit": "5", "colour": True}),
        ("UploadSignatureFile", {"file": Evidence.of(png()).summary()}),
    ]


def test_a_fault_gives_no_body_to_an_answer_that_can_have_none_and_takes_an_id(
    huawei: Huawei, sandbox: Sandbox
) -> None:
    sandbox.faults.add(action="DeleteSignature", kind="unknown_fields")
    answer = huawei.send("DELETE", f"{SIGNATURES}/{huawei.approved()}")
    sandbox.faults.add(action="CreateSignature", kind="missing")

    assert (answer.status_code, answer.content) == (204, b"")
    created = huawei.document("POST", SIGNATURES, huawei.application())
    assert set(created) == {"signature_id", "signature_name"}
