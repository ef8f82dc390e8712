"""What reaches UCloud's gateway, in which form, and how it answers."""

from __future__ import annotations

import base64
import json
import re

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import RunningSandbox, Sandbox
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.ucloud import auth
from tests.images import png
from tests.sandbox.conftest import Tencent
from tests.sandbox.ucloud.conftest import (
    CREATE,
    DELETE,
    PROOF,
    QUERY,
    UPDATE,
    UCloud,
    application,
    change,
)


def signed(**parameters: JsonValue) -> Document:
    """A query in the form of every SDK, well signed unless a test changes it."""
    document: Document = {
        "Action": QUERY,
        "PublicKey": auth.PUBLIC_KEY,
        "ProjectId": auth.PROJECT,
        "SigContent": "极客科技",
        **parameters,
    }
    document = {name: value for name, value in document.items() if value is not None}
    return {"Signature": auth.signature(document), **document}


def post(http: httpx.Client, parameters: Document) -> Document:
    answer = http.post("/", data={name: str(value) for name, value in parameters.items()})
    document: Document = answer.json()
    return document


def code(http: httpx.Client, parameters: Document) -> JsonValue:
    return post(http, parameters)["RetCode"]


@pytest.mark.parametrize(
    "parameters", [signed(), signed(Action="Nothing"), {"Action": QUERY}, signed(SigContent=None)]
)
def test_every_answer_is_200_with_a_request_id_in_its_header(
    http: httpx.Client, ucloud: UCloud, parameters: Document
) -> None:
    ucloud.create()
    answer = http.post("/", data=parameters)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert re.fullmatch(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer.headers["X-UCLOUD-REQUEST-UUID"]
    )


def test_a_success_has_its_action_and_an_empty_message(http: httpx.Client, ucloud: UCloud) -> None:
    signature_id = ucloud.create()

    assert post(http, signed()) == {
        "RetCode": 0,
        "Action": "QueryUSMSSignatureResponse",
        "Message": "",
        "Data": {"SigId": signature_id, "SigContent": "极客科技", "Status": 0, "ErrDesc": ""},
    }


def test_an_error_of_the_gateway_has_no_action(http: httpx.Client) -> None:
    assert post(http, {**signed(), "Signature": "x"}) == {
        "RetCode": 171,
        "Message": "Signature VerifyAC Error",
    }


def test_an_error_of_the_service_has_one(http: httpx.Client) -> None:
    assert post(http, signed(SigContent=None)) == {
        "RetCode": 18001,
        "Action": "QueryUSMSSignatureResponse",
        "Message": "missing parameter: SigId or SigContent",
    }


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (signed(Action=None), 160),
        (signed(Action=""), 160),
        (signed(Action="DescribeUSMSSignature"), 161),
        ({"Action": QUERY, "PublicKey": auth.PUBLIC_KEY}, 170),
        ({**signed(), "Signature": "0" * 40}, 171),
        (signed(PublicKey="nobody"), 172),
        (signed(PublicKey=None), 172),
        (signed(ProjectId="nowhere"), 292),
        (signed(ProjectId="org-404"), 292),
        (signed(ProjectId="org-403"), 290),
    ],
)
def test_what_the_gateway_refuses_has_its_code(
    http: httpx.Client, parameters: Document, expected: int
) -> None:
    assert code(http, parameters) == expected


# Forms of a request


def test_a_get_is_understood(http: httpx.Client, ucloud: UCloud) -> None:
    signature_id = ucloud.create()
    answer = http.get("/", params={name: str(value) for name, value in signed().items()})

    assert answer.json()["Data"]["SigId"] == signature_id


def test_a_flat_json_object_is_understood_as_the_java_sdk_sends_it(
    http: httpx.Client, ucloud: UCloud, sandbox: Sandbox
) -> None:
    answer = http.post("/", json=signed(Action=CREATE, **application(International=False)))
    deletion = signed(Action=DELETE, SigContent=None, **{"SigIds.0": answer.json()["SigId"]})

    assert answer.json()["RetCode"] == 0
    assert sandbox.signatures("ucloud")[0].fields["SigType"] == 0
    assert http.post("/", json=deletion).json()["RetCode"] == 0
    assert sandbox.signatures("ucloud") == []


def test_real_arrays_are_understood_as_the_go_sdk_sends_them(
    http: httpx.Client, ucloud: UCloud, sandbox: Sandbox
) -> None:
    ids: list[JsonValue] = [ucloud.create(), ucloud.create(SigContent="别的")]
    deletion = signed(Action=DELETE, SigContent=None, SigIds=ids)

    assert http.post(f"/?Action={DELETE}", json=deletion).json()["RetCode"] == 0
    assert sandbox.signatures("ucloud") == []


def test_an_action_in_the_query_as_well_is_signed_once(http: httpx.Client, ucloud: UCloud) -> None:
    ucloud.create()
    body = {name: str(value) for name, value in signed().items()}

    assert http.post(f"/?Action={QUERY}", data=body).json()["RetCode"] == 0


def test_an_action_in_the_query_alone_counts(http: httpx.Client, ucloud: UCloud) -> None:
    ucloud.create()
    body = {name: str(value) for name, value in signed().items() if name != "Action"}

    assert http.post(f"/?Action={QUERY}", data=body).json()["RetCode"] == 0


@pytest.mark.parametrize(
    "body",
    [
        *(b'{"Action": ', b'["Action"]', b'"Action"', b'{"Action": "\\ud800"}'),
        b'{"Action": ' + b"[" * 100_000,
    ],
    ids=["cut off", "an array", "a text", "a lone surrogate", "a deep nesting"],
)
def test_json_that_is_no_object_is_refused(http: httpx.Client, body: bytes) -> None:
    answer = http.post("/", content=body, headers={"Content-Type": "application/json"})

    assert answer.json()["RetCode"] == 18000


@pytest.mark.parametrize("text", ["%ED%A0%80", "%FF"])
def test_a_form_that_is_no_utf_8_is_refused(
    http: httpx.Client, sandbox: Sandbox, text: str
) -> None:
    form = f"Action={CREATE}&SigContent={text}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = http.post("/", content=form, headers=headers), http.get(f"/?{form}")

    assert [answer.json()["RetCode"] for answer in answers] == [18000, 18000]
    assert sandbox.signatures() == []


def test_a_query_beside_a_body_is_not_signed_over(http: httpx.Client, ucloud: UCloud) -> None:
    ucloud.create()
    body = {name: str(value) for name, value in signed().items()}

    assert http.post("/?stage=test&SigContent=other", data=body).json()["RetCode"] == 0


def test_ids_are_taken_in_the_order_of_their_numbers(ucloud: UCloud, sandbox: Sandbox) -> None:
    ids: list[JsonValue] = [ucloud.create(SigContent=f"签名{number}") for number in range(12)]
    sandbox.set_status("ucloud", str(ids[2]), "1")
    absent = [*ids[:10], "SIG1", *ids[11:]]

    assert ucloud.code(DELETE, SigIds=absent) == 18003
    sandbox.approve("ucloud", str(ids[2]))
    ucloud.call(DELETE, SigIds=ids)
    assert sandbox.signatures("ucloud") == []
    assert sandbox.calls("ucloud", DELETE)[0].fields["SigIds.10"] == "SIG1"


def test_two_files_of_the_largest_size_are_taken(ucloud: UCloud, sandbox: Sandbox) -> None:
    file = png(padding=4 * 1024 * 1024 - 200)
    text = "image/png;base64," + base64.b64encode(file).decode()
    ucloud.create(SigPurpose=1, File=text, ProxyFile=text)

    evidence = sandbox.signatures("ucloud")[0].evidence
    assert evidence["File"].size == evidence["ProxyFile"].size == len(file)


def test_a_request_beyond_reason_is_refused(http: httpx.Client, sandbox: Sandbox) -> None:
    answer = http.post(
        "/",
        content=b"Action=CreateUSMSSignature&File=" + b"A" * (32 * 1024 * 1024),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.json()["RetCode"] == 240
    assert sandbox.calls()[0].fields == {}


# Whose request it is


@pytest.mark.parametrize(
    ("headers", "body", "ours"),
    [
        ({}, b"Action=QueryUSMSSignature&SigId=x", True),
        ({}, b"SigId=x&PublicKey=y", True),
        ({"content-type": "application/json; charset=utf-8"}, b'{"Action": "x"}', True),
        ({"x-tc-action": "AddSmsSign"}, b"Action=AddSmsSign", False),
        ({}, b"Action=AddSmsSign&SecretId=AKIDsmssign-sandbox", False),
        ({}, b"apikey=x&sign=Action", False),
    ],
)
def test_other_vendors_requests_are_not_claimed(
    sandbox: Sandbox, headers: dict[str, str], body: bytes, ours: bool
) -> None:
    request = HttpRequest("POST", "/", "", headers, body)

    assert sandbox.vendors["ucloud"].claims(request) is ours


def test_tencents_requests_stay_tencents(tencent: Tencent, sandbox: Sandbox) -> None:
    assert tencent.describe(1) is None
    assert [call.vendor for call in sandbox.calls()] == ["tencent"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/?Reaction=x"), ("POST", "/"), ("PUT", "/"), ("POST", "/v2/sign/add.json")],
)
def test_other_requests_are_not_taken(http: httpx.Client, method: str, path: str) -> None:
    named = (
        {"Action": QUERY} if (method, path) not in {("GET", "/?Reaction=x"), ("POST", "/")} else {}
    )
    answer = http.request(method, path, data={"Reaction": "x", **named})

    assert "Action" not in answer.json()
    assert "RetCode" not in answer.json()


def test_credentials_are_the_environment_of_a_client(
    http: httpx.Client, served: RunningSandbox
) -> None:
    assert http.get("/_desk/credentials").json()["ucloud"] == {
        "UCLOUD_BASE_URL": served.url,
        "UCLOUD_PUBLIC_KEY": "smssign-sandbox",
        "UCLOUD_PRIVATE_KEY": "smssign-sandbox-private-key-0000",
        "UCLOUD_PROJECT_ID": "org-sandbox",
    }


# Projects


def test_a_project_has_signatures_of_its_own(served: RunningSandbox, ucloud: UCloud) -> None:
    other = UCloud(served, project="org-other")
    signature_id = ucloud.create()

    assert other.code(QUERY, SigId=signature_id) == 18016
    assert other.not_updated(signature_id) == 18016
    assert other.code(DELETE, SigIds=[signature_id]) == 18016
    assert other.create() != signature_id


def test_a_call_without_a_project_is_for_the_default_one(
    served: RunningSandbox, ucloud: UCloud
) -> None:
    without = UCloud(served, project=None)
    signature_id = without.create()

    assert ucloud.query(SigId=signature_id)
    assert without.query(SigId=signature_id, ProjectId="")


@pytest.mark.parametrize(
    ("project", "expected"), [("org-other", 18016), ("cn-bj2", 292), ("org-404", 292)]
)
def test_projects_begin_with_org(served: RunningSandbox, project: str, expected: int) -> None:
    assert UCloud(served, project=project).code(QUERY, SigId="x") == expected


def test_accounts_are_apart(ucloud: UCloud, other_account: UCloud) -> None:
    signature_id = ucloud.create()

    assert other_account.code(QUERY, SigId=signature_id) == 18016
    assert other_account.not_updated(signature_id) == 18016
    assert other_account.code(DELETE, SigIds=[signature_id]) == 18016
    assert other_account.create()


# Envelopes


def test_a_ret_code_may_be_quoted(http: httpx.Client, ucloud: UCloud, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.quoted_ret_code": True})

    assert code(http, signed()) == "18016"
    ucloud.create()
    assert code(http, signed()) == "0"
    assert [call.code for call in sandbox.calls()] == ["18016", "", ""]


# The record


def test_calls_are_recorded_with_their_outcome(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    ucloud.not_updated(signature_id + "0")

    assert [
        (call.vendor, call.action, call.account, call.code, call.http_status)
        for call in sandbox.calls("ucloud")
    ] == [("ucloud", CREATE, "default", "", 200), ("ucloud", UPDATE, "default", "18016", 200)]


def test_the_record_has_fields_as_sent_but_neither_files_nor_keys_nor_unknown_values(
    ucloud: UCloud, sandbox: Sandbox
) -> None:
    ucloud.create(Region="cn-bj2", International=False)

    assert sandbox.calls("ucloud")[0].fields == {
        "ProjectId": "org-sandbox",
        "SigContent": "极客科技",
        "SigType": "0",
        "SigPurpose": "0",
        "CertificateType": "0",
        "Description": "login codes",
        "International": "false",
        "Region": True,
        "File": {
            "sha256": sandbox.signatures("ucloud")[0].evidence["File"].sha256,
            "size": len(png()),
            "media_type": "image/png",
        },
    }


@pytest.mark.parametrize("file", [PROOF.replace("base64,", "base64,!"), "image/png;base64,签"])
def test_a_file_that_is_no_base64_is_recorded_by_its_digest_too(
    ucloud: UCloud, sandbox: Sandbox, file: str
) -> None:
    ucloud.refused(File=file)

    fields = sandbox.calls("ucloud")[0].fields
    assert fields["File"] != file
    assert PROOF[40:80] not in json.dumps(fields)


def test_a_file_that_is_no_text_is_not_recorded(http: httpx.Client, sandbox: Sandbox) -> None:
    http.post("/", json=signed(Action=CREATE, File={"secret": "words"}))

    assert sandbox.calls("ucloud")[0].fields["File"] is True


def test_the_url_of_a_document_is_recorded_without_its_query(
    ucloud: UCloud, sandbox: Sandbox
) -> None:
    url = "https://files.example.com/proof.png"
    ucloud.call(UPDATE, **change(ucloud.create(), Document=f"{url}?token=secret"))

    assert sandbox.calls("ucloud", UPDATE)[0].fields["Document"] == url


def test_a_call_with_another_key_is_recorded_without_an_account(
    http: httpx.Client, sandbox: Sandbox
) -> None:
    post(http, signed(PublicKey="nobody"))

    assert (sandbox.calls()[0].account, sandbox.calls()[0].code) == ("", "172")
