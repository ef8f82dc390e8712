"""Which applications Tencent's side takes, in both contracts and under every switch."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status
from pulumi_smssign.sandbox.tencent.contracts import DOCUMENT_TYPES
from tests.images import jpeg, png
from tests.sandbox.applications import application
from tests.sandbox.conftest import Tencent

SEED_2024 = {"tencent.contract": "seed-2024"}

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


def test_numeric_strings_are_taken_where_the_switch_says_so(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"tencent.numeric_strings": True})

    assert tencent.add(application(SignType="0"))


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


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"tencent.bad_sign_type_code": "InvalidParameter"}, "InvalidParameter"),
        ({"tencent.bad_sign_type_code": BAD_DOCUMENT_TYPE}, BAD_DOCUMENT_TYPE),
    ],
)
def test_the_code_for_a_bad_sign_type_is_a_switch(
    tencent: Tencent, sandbox: Sandbox, setting: dict[str, JsonValue], code: str
) -> None:
    sandbox.switches.set(setting)

    assert tencent.code("AddSmsSign", application(SignType=99)) == code


# Types and contracts


@pytest.mark.parametrize("sign_type", range(7))
@pytest.mark.parametrize("document_type", range(9))
def test_the_pages_of_2024_take_exactly_the_pairs_that_they_list(
    tencent: Tencent, sandbox: Sandbox, sign_type: int, document_type: int
) -> None:
    sandbox.switches.set(SEED_2024)
    fields = application(SignType=sign_type, DocumentType=document_type, QualificationId=None)

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


def test_a_withdrawn_document_type_has_its_own_code(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.switches.set({"tencent.pair_mismatch": "accepted"})

    assert tencent.code("AddSmsSign", application(DocumentType=5)) == BAD_DOCUMENT_TYPE


@pytest.mark.parametrize(
    ("switch", "change"),
    [
        ("tencent.pair_mismatch", {"DocumentType": 7}),
        ("tencent.withdrawn_types", {"SignType": 2}),
        ("tencent.missing_qualification", {"QualificationId": None}),
        ("tencent.missing_commission", {"SignPurpose": 1}),
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


@pytest.mark.parametrize("name", ["【极客】", "a[b]", "极"])
def test_a_bad_name_is_rejected_in_review(tencent: Tencent, sandbox: Sandbox, name: str) -> None:
    status, _ = verdict(sandbox, tencent.add(application(SignName=name)))

    assert status is Status.REJECTED


def test_the_pages_of_2024_know_no_qualification(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.switches.set(SEED_2024)

    assert tencent.code("AddSmsSign", application()) == "UnknownParameter"
    number = tencent.add(application(QualificationId=None))
    assert set(tencent.describe(number) or {}) == {
        "SignId",
        "International",
        "StatusCode",
        "ReviewReply",
        "SignName",
        "CreateTime",
    }


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


def test_what_an_image_may_be_is_a_switch(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.switches.set({"tencent.image_content": "base64", "tencent.base64": "lenient"})
    text = base64.urlsafe_b64encode(b"\xff\xfe\xfdplain text").decode()

    assert tencent.add(application(ProofImage=f"{text[:4]}\n{text[4:]}"))


def test_an_image_is_never_empty(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.switches.set({"tencent.image_content": "base64"})

    assert tencent.code("AddSmsSign", application(ProofImage="")) == BAD_IMAGE


def test_an_image_is_taken_up_to_the_limit(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.switches.set({"tencent.image_limit": len(png(padding=100))})
    images = [base64.b64encode(png(padding=padding)).decode() for padding in (100, 101)]

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


@pytest.mark.parametrize("code", [ALREADY_PASSED, DUPLICATE, OTHER_ERROR])
def test_an_approved_name_is_not_taken_again_by_the_code_of_the_switch(
    tencent: Tencent, sandbox: Sandbox, code: str
) -> None:
    sandbox.switches.set({"tencent.approved_duplicate_code": code})
    sandbox.approve("tencent", str(tencent.add(application())))

    assert tencent.code("AddSmsSign", application()) == code


def test_a_rejected_name_is_free(tencent: Tencent, sandbox: Sandbox) -> None:
    first = tencent.add(application())
    sandbox.reject("tencent", str(first), "blurred")

    assert tencent.add(application()) != first


def test_a_name_is_free_in_another_account(tencent: Tencent, other_account: Tencent) -> None:
    tencent.add(application())

    assert other_account.add(application())


@pytest.mark.parametrize("apart", [True, False])
def test_whether_mainland_and_global_share_names_is_a_switch(
    tencent: Tencent, sandbox: Sandbox, apart: bool
) -> None:
    sandbox.switches.set({"tencent.unique_per_international": apart})
    tencent.add(application())

    if apart:
        assert tencent.add(application(International=1))
    else:
        assert tencent.code("AddSmsSign", application(International=1)) == DUPLICATE


@pytest.mark.parametrize("ignored", [True, False])
def test_whether_case_matters_is_a_switch(
    tencent: Tencent, sandbox: Sandbox, ignored: bool
) -> None:
    sandbox.switches.set({"tencent.unique_ignores_case": ignored})
    tencent.add(application(SignName="Northwind"))

    if ignored:
        assert tencent.code("AddSmsSign", application(SignName="NORTHWIND")) == DUPLICATE
    else:
        assert tencent.add(application(SignName="NORTHWIND"))


def test_an_account_has_room_for_as_many_as_the_switch_says(
    tencent: Tencent, other_account: Tencent, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"tencent.sign_limit": 1})
    tencent.add(application())

    assert tencent.code("AddSmsSign", application(SignName="别的")) == (
        "FailedOperation.SignNumberLimit"
    )
    assert other_account.add(application())


def test_a_long_remark_is_refused_where_the_switch_says_so(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"tencent.remark_limit": 5})

    assert tencent.code("AddSmsSign", application(Remark="123456")) == OTHER_ERROR
    assert tencent.add(application(Remark="12345"))
