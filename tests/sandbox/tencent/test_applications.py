"""Which applications Tencent's side takes, at once or in review."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status
from pulumi_smssign.sandbox.tencent.contracts import DOCUMENT_TYPES, LARGEST_IMAGE
from tests.images import jpeg, png
from tests.sandbox.applications import application
from tests.sandbox.conftest import Tencent

pytestmark = pytest.mark.usefixtures("screened")

ALREADY_PASSED = "InvalidParameterValue.SignAlreadyPassedCheck"
BAD_DOCUMENT_TYPE = "InvalidParameterValue.InvalidDocumentType"
BAD_IMAGE = "InvalidParameterValue.ImageInvalid"
DUPLICATE = "InvalidParameterValue.SignExistAndUnapproved"
OTHER_ERROR = "FailedOperation.OtherError"


def verdict(sandbox: Sandbox, number: int) -> tuple[Status, str]:
    signature = sandbox.signature("tencent", str(number))
    return signature.status, signature.reason


# Parameters


@pytest.mark.parametrize(
    "name", ["SignName", "SignType", "DocumentType", "International", "SignPurpose", "ProofImage"]
)
@pytest.mark.parametrize("action", ["AddSmsSign", "ModifySmsSign"])
def test_a_required_parameter_is_missed(tencent: Tencent, action: str, name: str) -> None:
    fields = application(**({"SignId": 1} if action == "ModifySmsSign" else {}))

    assert tencent.code(action, {**fields, name: None}) == "MissingParameter"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("ModifySmsSign", application()),
        ("DeleteSmsSign", {}),
        ("DescribeSmsSignList", {"SignIdSet": [1]}),
    ],
)
def test_every_action_misses_its_own_required_parameters(
    tencent: Tencent, action: str, fields: dict[str, JsonValue]
) -> None:
    assert tencent.code(action, fields) == "MissingParameter"


@pytest.mark.parametrize("action", ["AddSmsSign", "DeleteSmsSign", "DescribeSmsSignList"])
def test_an_unknown_parameter_is_refused(tencent: Tencent, action: str) -> None:
    assert tencent.code(action, {"Sign": 1}) == "UnknownParameter"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SignName", 7),
        ("SignType", "0"),
        ("SignType", 0.5),
        ("International", False),
        ("ProofImage", ["a"]),
    ],
)
def test_a_value_of_another_type_is_refused(tencent: Tencent, name: str, value: JsonValue) -> None:
    assert tencent.code("AddSmsSign", application(**{name: value})) == "InvalidParameter"


@pytest.mark.parametrize("action", ["AddSmsSign", "ModifySmsSign"])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"International": 2}, "InvalidParameterValue.InvalidInternational"),
        ({"SignName": "极" * 21}, "InvalidParameterValue.SignNameLengthTooLong"),
        ({"SignType": 7}, OTHER_ERROR),
        ({"SignType": -1}, OTHER_ERROR),
        ({"DocumentType": 9}, BAD_DOCUMENT_TYPE),
        ({"QualificationId": 0}, "InvalidParameterValue.QualificationIdNotFound"),
        ({"QualificationId": 17404}, "InvalidParameterValue.QualificationIdNotFound"),
        ({"QualificationId": 17403}, "FailedOperation.QualificationIdNotApproved"),
    ],
)
def test_a_bad_value_is_refused(
    tencent: Tencent, action: str, change: dict[str, JsonValue], code: str
) -> None:
    fields = application()
    if action == "ModifySmsSign":
        fields = {**fields, "SignId": tencent.add(fields)}

    assert tencent.code(action, {**fields, **change}) == code


def test_the_two_actions_name_a_bad_purpose_differently(tencent: Tencent) -> None:
    number = tencent.add(application())

    assert tencent.code("AddSmsSign", application(SignPurpose=2)) == (
        "InvalidParameterValue.InvalidUsedMethod"
    )
    assert tencent.code("ModifySmsSign", application(SignId=number, SignPurpose=2)) == (
        "InvalidParameterValue.InvalidSignPurpose"
    )


def test_a_global_name_may_be_longer(tencent: Tencent) -> None:
    name = "ABCDEFGHIJKLMNO"

    assert tencent.add(application(SignName=name, International=1))
    assert tencent.code("AddSmsSign", application(SignName=name + "P", International=1)) == (
        "InvalidParameterValue.SignNameLengthTooLong"
    )


# Types


@pytest.mark.parametrize("sign_type", range(7))
@pytest.mark.parametrize("document_type", range(9))
def test_the_pairs_that_the_pages_list_are_taken_and_no_other(
    tencent: Tencent, sandbox: Sandbox, sign_type: int, document_type: int
) -> None:
    sandbox.switches.set({"tencent.withdrawn_types": "accepted"})
    fields = application(SignType=sign_type, DocumentType=document_type)

    if document_type in DOCUMENT_TYPES[sign_type]:
        assert tencent.add(fields)
    else:
        assert tencent.code("AddSmsSign", fields) == BAD_DOCUMENT_TYPE


@pytest.mark.parametrize(
    ("sign_type", "document_type", "international", "code"),
    [
        (1, 0, 0, OTHER_ERROR),
        (2, 0, 0, OTHER_ERROR),
        (3, 0, 1, OTHER_ERROR),
        (6, 0, 1, OTHER_ERROR),
        (1, 4, 0, OTHER_ERROR),
    ],
)
def test_todays_contract_withdrew_sign_types(
    tencent: Tencent, sign_type: int, document_type: int, international: int, code: str
) -> None:
    fields = application(
        SignType=sign_type, DocumentType=document_type, International=international
    )

    assert tencent.code("AddSmsSign", fields) == code


@pytest.mark.parametrize(
    ("sign_type", "document_type", "international"),
    [(0, 1, 0), (4, 7, 0), (5, 2, 0), (1, 4, 1), (1, 0, 1)],
)
def test_todays_contract_takes_the_rest(
    tencent: Tencent, sign_type: int, document_type: int, international: int
) -> None:
    assert tencent.add(
        application(SignType=sign_type, DocumentType=document_type, International=international)
    )


@pytest.mark.parametrize(
    ("switch", "change"),
    [
        ("tencent.withdrawn_types", {"SignType": 2}),
        ("tencent.missing_qualification", {"QualificationId": None}),
    ],
)
def test_a_flaw_is_refused_or_rejected_in_review_or_taken(
    tencent: Tencent, sandbox: Sandbox, switch: str, change: dict[str, JsonValue]
) -> None:
    sandbox.switches.set({switch: "error"})
    assert tencent.code("AddSmsSign", application(**change))

    sandbox.switches.set({switch: "review"})
    status, reason = verdict(sandbox, tencent.add(application(**change)))
    assert status is Status.REJECTED
    assert reason

    sandbox.switches.set({switch: "accepted"})
    status, _ = verdict(sandbox, tencent.add(application(**change)))
    assert status is Status.PENDING


@pytest.mark.parametrize(
    "change",
    [{"SignName": "【极客】"}, {"SignName": "a[b]"}, {"SignName": "极"}, {"SignPurpose": 1}],
)
def test_what_no_code_fits_is_rejected_in_review(
    tencent: Tencent, sandbox: Sandbox, change: dict[str, JsonValue]
) -> None:
    status, reason = verdict(sandbox, tencent.add(application(**change)))

    assert status is Status.REJECTED
    assert reason


def test_todays_contract_shows_the_qualification(tencent: Tencent) -> None:
    item = tencent.describe(tencent.add(application(QualificationId=2000417)))

    assert item is not None
    assert item["QualificationId"] == 2000417
    assert item["QualificationStatusCode"] == 1
    assert item["QualificationName"]


def test_a_global_signature_shows_none(tencent: Tencent) -> None:
    item = tencent.describe(tencent.add(application(International=1, QualificationId=None)))

    assert item is not None
    assert (item["QualificationId"], item["QualificationName"]) == (0, "")


# Evidence


@pytest.mark.parametrize(
    "image",
    [
        "data:image/png;base64," + base64.b64encode(png()).decode(),
        "not base64!",
        "图",
        "",
        base64.b64encode(b"plain text").decode(),
        base64.b64encode(b"GIF89a...").decode(),
        base64.b64encode(png()).decode() + "\n",
    ],
)
def test_a_bad_image_is_refused(tencent: Tencent, image: str) -> None:
    assert tencent.code("AddSmsSign", application(ProofImage=image)) == BAD_IMAGE


def test_a_bad_commission_is_refused_only_where_it_has_effect(tencent: Tencent) -> None:
    assert tencent.code("AddSmsSign", application(SignPurpose=1, CommissionImage="x")) == BAD_IMAGE
    assert tencent.add(application(SignPurpose=0, CommissionImage="x"))


def test_an_image_is_taken_up_to_the_limit(tencent: Tencent) -> None:
    room = LARGEST_IMAGE - len(png(padding=1)) + 1
    images = [base64.b64encode(png(padding=size)).decode() for size in (room, room + 1)]

    assert tencent.add(application(ProofImage=images[0]))
    assert tencent.code("AddSmsSign", application(ProofImage=images[1])) == BAD_IMAGE


def test_the_desk_keeps_digest_size_and_type_of_the_images(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    commission = base64.b64encode(jpeg()).decode()
    number = tencent.add(application(SignPurpose=1, CommissionImage=commission))

    evidence = sandbox.signature("tencent", str(number)).evidence
    assert evidence["ProofImage"].media_type == "image/png"
    assert evidence["ProofImage"].size == len(png())
    assert evidence["CommissionImage"].media_type == "image/jpeg"


# Names


def test_a_name_in_review_is_not_taken_again(tencent: Tencent) -> None:
    tencent.add(application())

    assert tencent.code("AddSmsSign", application()) == DUPLICATE


def test_an_approved_name_is_not_taken_again(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.approve("tencent", str(tencent.add(application())))

    assert tencent.code("AddSmsSign", application()) == ALREADY_PASSED


def test_a_rejected_name_is_free(tencent: Tencent, sandbox: Sandbox) -> None:
    first = tencent.add(application())
    sandbox.reject("tencent", str(first), "blurred")

    assert tencent.add(application()) != first


def test_a_name_is_free_in_another_account(tencent: Tencent, other_account: Tencent) -> None:
    tencent.add(application())

    assert other_account.add(application())


@pytest.mark.parametrize("changes", [{"International": 1}, {"SignName": "northwind"}])
def test_a_name_of_another_kind_or_case_is_another(
    tencent: Tencent, changes: dict[str, JsonValue]
) -> None:
    name = "Northwind"
    tencent.add(application(SignName=name))

    assert tencent.add(application(**{"SignName": name, **changes}))
