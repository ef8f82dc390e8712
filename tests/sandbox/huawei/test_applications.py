"""What Huawei's side takes for an application, at once or in review."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import png
from tests.sandbox.huawei.caller import SIGNATURES, Wire, application

pytestmark = pytest.mark.usefixtures("screened")

PENDING = "PENDING_REVIEW"
REJECTED = "REVIEW_NOT_PASS"


def outcome(wire: Wire, **changes: JsonValue) -> str:
    """The status that an application has at once, or the code that it is refused with."""
    answer = wire.send("POST", SIGNATURES, application(**changes))
    document = answer.json()
    if "error_code" in document:
        return str(document["error_code"])
    return str(wire.show(document["id"])["status"])


def by_switch(default: str) -> pytest.MarkDecorator:
    """Each setting of a switch with what it leads to; None is the default."""
    outcomes = {"error": "MSGSMS.0002", "review": REJECTED, "accepted": PENDING}
    return pytest.mark.parametrize(
        ("setting", "expected"), [*outcomes.items(), (None, outcomes[default])]
    )


@pytest.mark.parametrize("source", [1, 3, 4])
def test_a_discarded_source_is_refused(wire: Wire, source: int) -> None:
    assert outcome(wire, signature_source=source) == "MSGSMS.0002"


@by_switch("accepted")
def test_what_the_name_of_an_app_meets(
    wire: Wire, sandbox: Sandbox, setting: str | None, expected: str
) -> None:
    sandbox.switches.set({"huawei.app_source": setting})
    proved = with_file(wire, {"signature_related_file_id": "FILE", "license_number": "ICP-417"})

    assert outcome(wire, signature_source=2, **proved) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"signature_source": 2, "license_number": "ICP-417"},
        {"signature_source": 5, "registration_number": "TM-417"},
        {"is_involved_third": "Yes"},
        *({"signature_name": name} for name in ("名", "12345", "a_b", "【名字】", "two words")),
    ],
)
def test_what_the_pages_ask_for_is_the_reviewers_to_find(
    wire: Wire, changes: dict[str, JsonValue]
) -> None:
    assert outcome(wire, **changes) == REJECTED


@pytest.mark.parametrize(
    ("changes", "objection"),
    [
        ({"signature_source": 2, "signature_related_file_id": "FILE"}, "license_number"),
        ({"signature_source": 5, "signature_related_file_id": "FILE"}, "registration_number"),
        ({"signature_source": 2, "license_number": "1"}, "signature_related_file_id"),
        ({"is_involved_third": "Yes", "file_id": "FILE"}, "power_attorney_fileid"),
    ],
)
def test_reviewers_name_what_is_missing(
    wire: Wire, changes: dict[str, JsonValue], objection: str
) -> None:
    shown = wire.show(wire.create(**with_file(wire, changes)))

    assert (shown["status"], shown["review_desc"]) == (REJECTED, f"{objection} is missing.")


@pytest.mark.parametrize(
    "changes",
    [
        {"signature_source": 2, "signature_related_file_id": "FILE", "license_number": "ICP-417"},
        {"signature_source": 5, "signature_related_file_id": "FILE", "registration_number": "T-4"},
        {"is_involved_third": "Yes", "file_id": "FILE", "power_attorney_fileid": "FILE"},
    ],
)
def test_what_has_all_its_evidence_is_reviewed(
    wire: Wire, sandbox: Sandbox, changes: dict[str, JsonValue]
) -> None:
    fields = with_file(wire, changes)
    number = wire.create(**fields)

    shown = wire.show(number)
    assert shown["status"] == PENDING
    shown_as = {"power_attorney_fileid": "power_attorney_file_id"}
    assert {name: shown[shown_as.get(name, name)] for name in fields} == fields
    named = {name for name, value in changes.items() if value == "FILE"}
    assert set(sandbox.signature("huawei", number).evidence) == named


def with_file(wire: Wire, changes: dict[str, JsonValue]) -> Document:
    """The changes, an uploaded file's id in place of FILE."""
    file_id = wire.upload(png()).json()["file_id"]
    return {name: file_id if value == "FILE" else value for name, value in changes.items()}


def test_a_licence_may_be_missing(wire: Wire) -> None:
    assert outcome(wire, file_id=None) == PENDING


@by_switch("review")
def test_what_a_missing_qualification_meets_in_china(
    wire: Wire, sandbox: Sandbox, setting: str | None, expected: str
) -> None:
    sandbox.switches.set({"huawei.missing_qualification": setting})

    assert outcome(wire, qualification_id=None) == expected


def test_the_international_site_asks_for_no_qualification(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.contract": "intl"})

    assert outcome(wire, qualification_id=None) == PENDING


@pytest.mark.parametrize("name", ["名字", "Cloud9", "名" * 32, "1a"])
def test_a_good_name_is_reviewed(wire: Wire, name: str) -> None:
    assert outcome(wire, signature_name=name) == PENDING


@pytest.mark.parametrize(("contract", "met"), [("cn", PENDING), ("intl", "MSGSMS.0032")])
def test_promotion_is_a_type_of_the_china_site(
    wire: Wire, sandbox: Sandbox, contract: str, met: str
) -> None:
    sandbox.switches.set({"huawei.contract": contract})

    assert outcome(wire, signature_type="PROMOTION_TYPE") == met


def test_an_unknown_field_is_refused(wire: Wire) -> None:
    assert outcome(wire, power_attorney_file_id="misspelt") == "MSGSMS.0002"


@pytest.mark.parametrize(
    "changes",
    [
        {"app_id": 5},
        {"signature_name": 5},
        {"signature_source": True},
        {"signature_source": 2.5},
        {"signature_source": "10"},
        {"is_involved_third": True},
        {"file_id": ""},
        {"registration_number": "x" * 65},
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(wire: Wire, changes: dict[str, JsonValue]) -> None:
    answer = wire.send("POST", SIGNATURES, application(**changes))

    assert answer.json()["error_code"] == "MSGSMS.0002"
    assert answer.json()["error_detail"] in changes


def test_null_counts_as_not_sent(wire: Wire) -> None:
    document: Document = {**application(), "apply_desc": None, "file_id": None}

    assert "apply_desc" not in wire.show(str(wire.document("POST", SIGNATURES, document)["id"]))


def test_an_app_that_is_not_there_is_refused(wire: Wire) -> None:
    assert outcome(wire, app_id="404") == "MSGSMS.0014"


def test_a_file_of_another_account_is_not_there(wire: Wire, other_account: Wire) -> None:
    foreign = other_account.upload(png()).json()["file_id"]

    assert outcome(wire, file_id=foreign) == "MSGSMS.0011"


def test_a_magic_text_decides_at_once(wire: Wire) -> None:
    assert outcome(wire, signature_name="通过科技") == "REVIEW_PROCESSING_COMPLETED"
    assert outcome(wire, signature_name="驳回科技") == REJECTED
