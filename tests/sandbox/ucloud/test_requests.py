"""UCloud's own gateway: its signature, the forms of a request, projects, records."""

from __future__ import annotations

import re

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.ucloud import auth
from tests.sandbox.caller import TEXT
from tests.sandbox.ucloud.caller import CREATE, DELETE, PROOF, QUERY, UPDATE, UCloud

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ANSWER = {"Action": "QueryUSMSSignatureResponse"}

# The signature


def signed(**parameters: JsonValue) -> Document:
    document: Document = {"Action": QUERY, "PublicKey": auth.PUBLIC_KEY, **parameters}
    return {**document, "Signature": auth.signature(document)}


def met(parameters: Document) -> str:
    """The RetCode that parameters meet, empty if they are verified."""
    try:
        assert auth.authenticate(parameters) == "default"
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    ("native", "as_text"),
    [
        ({"SigType": 0}, {"SigType": "0"}),
        ({"SigType": 42.0}, {"SigType": "42"}),
        ({"SigType": 0.5}, {"SigType": "0.5"}),
        ({"International": True}, {"International": "true"}),
        ({"International": False}, {"International": "false"}),
        ({"SigIds": ["a", "b"]}, {"SigIds": "ab"}),
        ({"Extra": {"b": 2, "a": 1}}, {"Extra": "a1b2"}),
        ({"SceneDesc": None}, {"SceneDesc": ""}),
    ],
)
def test_json_values_are_signed_in_their_form(native: Document, as_text: Document) -> None:
    assert auth.signature(native) == auth.signature(as_text)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        *(({"SigContent": text}, "171") for text in ("极客科枝", "")),
        *(({"Region": "cn-bj2"}, "171"), ({"PublicKey": "smssign-sandbox.other"}, "171")),
        *(({"Signature": text}, "171") for text in ("0" * 40, str(signed()["Signature"]).upper())),
        *(({"Signature": text}, "170") for text in (None, "", 7)),
        ({"PublicKey": ""}, "172"),
        ({}, ""),
    ],
)
def test_a_changed_parameter_is_noticed(change: Document, code: str) -> None:
    assert met({**signed(SigContent=TEXT, SceneDesc="", Zone=""), **change}) == code


# Answers


def test_an_answer_has_its_action_where_the_service_gives_it(ucloud: UCloud) -> None:
    data = {"SigId": ucloud.submit(), "SigContent": TEXT, "Status": 0, "ErrDesc": ""}

    assert ucloud.post(ucloud.signed()) == {"RetCode": 0, **ANSWER, "Message": "", "Data": data}
    assert ucloud.post({**ucloud.signed(), "Signature": "x"}) == {
        "RetCode": 171,
        "Message": "Signature VerifyAC Error",
    }
    assert ucloud.post(ucloud.signed(SigContent=None)) == {
        "RetCode": 18001,
        **ANSWER,
        "Message": "missing parameter: SigId or SigContent",
    }


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        *(({"Action": action}, 160) for action in (None, "")),
        ({"Action": "DescribeUSMSSignature"}, 161),
        ({"PublicKey": None}, 172),
        *(({"ProjectId": project}, 292) for project in ("nowhere", "org-404", "cn-bj2")),
        ({"ProjectId": "org-403"}, 290),
        *(({"ProjectId": project}, 18016) for project in ("org-other", "", None)),
    ],
)
def test_every_answer_is_200_with_a_request_id_and_its_code(
    ucloud: UCloud, http: httpx.Client, parameters: Document, code: int
) -> None:
    answer = http.post("/", data=ucloud.signed(**parameters))

    assert (answer.status_code, answer.json()["RetCode"]) == (200, code)
    assert answer.headers["content-type"] == "application/json"
    uuid = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    assert re.fullmatch(uuid, answer.headers["X-UCLOUD-REQUEST-UUID"])


@pytest.mark.parametrize(
    ("code", "head", "recorded"),
    [("17999", {}, "17999"), ("18000", ANSWER, "18000"), ("0", {}, ""), ("1", {}, "1")],
)
def test_an_action_is_told_from_18000_on_and_0_is_no_error(
    ucloud: UCloud, sandbox: Sandbox, code: str, head: Document, recorded: str
) -> None:
    sandbox.faults.add(vendor="ucloud", kind="error", code=code, message="ordered")

    assert ucloud.post(ucloud.signed()) == {"RetCode": int(code), **head, "Message": "ordered"}
    assert sandbox.calls()[0].code == recorded


def test_of_an_unknown_action_64_characters_are_recorded(ucloud: UCloud) -> None:
    ucloud.post(ucloud.signed(Action="x" * 65))

    assert ucloud.sandbox.calls()[0].action == "x" * 64


def test_a_ret_code_may_be_quoted(ucloud: UCloud, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.quoted_ret_code": True})
    codes = [ucloud.post(ucloud.signed())["RetCode"]]
    ucloud.submit()
    codes.append(ucloud.post(ucloud.signed())["RetCode"])

    assert codes == ["18016", "0"]
    assert [call.code for call in sandbox.calls()] == ["18016", "", ""]


# Forms of a request


def test_every_sdks_form_is_understood(ucloud: UCloud) -> None:
    """Java's flat JSON, Go's arrays and its Action in the query too or alone, and a GET."""
    first = ucloud.http.post(
        "/", json=ucloud.signed(Action=CREATE, **ucloud.application(International=False))
    )
    second = ucloud.submit(SigContent="别的")
    form = {name: str(value) for name, value in ucloud.signed().items()}
    actionless = {name: text for name, text in form.items() if name != "Action"}
    answers = [
        first,
        ucloud.http.get("/", params=form),
        ucloud.http.post(f"/?Action={QUERY}", data=form),
        ucloud.http.post(f"/?Action={QUERY}", data=actionless),
        ucloud.http.post("/?stage=test&SigContent=other", data=form),  # not signed over
    ]
    flat = {"SigIds.0": first.json()["SigId"], "SigContent": None}
    answers.append(ucloud.http.post("/", json=ucloud.signed(Action=DELETE, **flat)))
    deletion = ucloud.signed(Action=DELETE, SigContent=None, SigIds=[second])
    answers.append(ucloud.http.post(f"/?Action={DELETE}", json=deletion))

    assert [answer.json()["RetCode"] for answer in answers] == [0] * 7
    assert ucloud.sandbox.signatures("ucloud") == []


@pytest.mark.parametrize("text", ["%ED%A0%80", "%FF"])
def test_a_form_that_is_no_utf_8_is_refused(
    http: httpx.Client, sandbox: Sandbox, text: str
) -> None:
    form = f"Action={CREATE}&SigContent={text}"
    answers = http.post("/", content=form, headers=FORM), http.get(f"/?{form}")

    assert [answer.json()["RetCode"] for answer in answers] == [18000, 18000]
    assert sandbox.signatures() == []


def test_ids_are_taken_in_the_order_of_their_numbers(ucloud: UCloud, sandbox: Sandbox) -> None:
    ids: list[JsonValue] = [ucloud.submit(SigContent=f"签名{number}") for number in range(12)]
    sandbox.set_status("ucloud", str(ids[2]), "1")
    messages = []
    for absent in ([*ids[:10], "SIG1", *ids[11:]], ["SIG1", *ids]):
        indexed = {f"SigIds.{n}": each for n, each in reversed(list(enumerate(absent)))}
        answer = ucloud.post(ucloud.signed(Action=DELETE, SigContent=None, **indexed))
        messages.append(str(answer["Message"]))
    sandbox.approve("ucloud", str(ids[2]))

    assert ["status 1" in message for message in messages] == [True, False]
    assert ucloud.code(DELETE, SigIds=[*ids, ids[0]]) == ""
    assert sandbox.signatures("ucloud") == []
    assert sandbox.calls("ucloud", DELETE)[0].fields["SigIds.10"] == "SIG1"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        *(({}, "18001"), ({"SigIds.0": ""}, "18001"), ({"SigIds": "SIG1"}, "18002")),
        ({"SigIds": []}, "18001"),
    ],
)
def test_a_deletion_of_nothing_is_refused(
    ucloud: UCloud, fields: dict[str, JsonValue], code: str
) -> None:
    assert ucloud.code(DELETE, **fields) == code


# Projects


def test_a_project_has_signatures_of_its_own_and_there_is_a_default_one(ucloud: UCloud) -> None:
    other, without = (UCloud(ucloud.served, ucloud.http, ucloud.clock) for _ in range(2))
    other.project, without.project = "org-other", None
    signature_id = without.submit()

    assert ucloud.review(signature_id) == without.review(signature_id) is not None
    assert other.review(signature_id) is None
    assert other.code(QUERY, SigContent=TEXT) == "18016"
    assert other.change(signature_id) == "18016"
    assert other.withdraw(signature_id) == "18016"
    assert other.submit() != signature_id


# Records


@pytest.mark.parametrize(
    "file", [PROOF.replace("base64,", "base64,!"), "image/png;base64,签", {"secret": "words"}]
)
def test_a_file_that_is_no_base64_is_not_recorded_as_it_was_sent(
    ucloud: UCloud, http: httpx.Client, sandbox: Sandbox, file: JsonValue
) -> None:
    http.post("/", json=ucloud.signed(Action=CREATE, File=file))

    record = sandbox.calls("ucloud")[0].fields["File"]
    assert isinstance(record, dict) is isinstance(file, str)
    assert record is True or isinstance(record, dict)
    assert PROOF[40:80] not in repr(record)


def test_the_url_of_a_document_is_recorded_without_its_query(ucloud: UCloud) -> None:
    url = "https://files.example.com/proof.png"
    ucloud.change(ucloud.submit(), Document=f"{url}?token=secret")

    assert ucloud.sandbox.calls("ucloud", UPDATE)[0].fields["Document"] == url
