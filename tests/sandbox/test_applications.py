"""The outcome of an application at each vendor: a code at once, or its review by the switches."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status
from pulumi_smssign.sandbox.desk import DeskState
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png
from tests.sandbox.caller import TEXT, Caller
from tests.sandbox.huawei.caller import FILE
from tests.sandbox.ucloud.caller import PROOF, UCloud, file

pytestmark = pytest.mark.usefixtures("screened")

PENDING, REJECTED, APPROVED = Status.PENDING, Status.REJECTED, Status.APPROVED
Row = tuple[Document, str]
"""Changes to the usual application, some of them of switches, and a code or the review's status."""


def rows(outcome: str, *changes: Document) -> list[Row]:
    return [(each, outcome) for each in changes]


def each(outcome: str, name: str, values: Iterable[JsonValue], **others: JsonValue) -> list[Row]:
    return [({**others, name: value}, outcome) for value in values]


def by_switch(switch: str, code: str, *changes: Document) -> Iterator[Row]:
    """A flaw under every setting of its switch."""
    for setting, outcome in (("error", code), ("review", REJECTED), ("accepted", PENDING)):
        yield from rows(outcome, *({switch: setting, **change} for change in changes))


# ---------------------------------------------------------------- Alibaba Cloud

LINK = "https://a.example/app"
APP: Document = {"SignSource": 2, "ApplySceneContent": LINK, "AppIcpRecordId": 7}
LETTER: Document = {"ThirdParty": True, "AuthorizationLetterId": 7}
TAKES_APPS: Document = {"alibaba.app_source": "accepted", "SignSource": 2}
NO_LETTER = "SmsAuthorizationLetterNotExist"
ALIBABA: list[Row] = [
    *each("MissingSignName", "SignName", [None, ""]),
    *each("MissingSignSource", "SignSource", [None, ""]),
    *each("MissingQualificationId", "QualificationId", [None, ""]),
    *each("MissingQualificationId", "QualificationId", [None, ""]),
    *each("InvalidParameter", "SignSource", ["company", "0.5"]),
    *each("InvalidParameter", "MoreData", ["1/a.png", '{"1": "a.png"}', "[1]"]),
    *each("InvalidParameter", "QualificationId", ["1" * 19]),
    *rows("InvalidParameter", {"ThirdParty": "yes"}, {"SignType": 2}, {"Remark": "x" * 201}),
    *each(PENDING, "SignName", ["极客", "极客科技Geek2025", "Geek-科技", "a" * 12]),
    *each("InvalidSignName", "SignName", ["【极客】", "[极客]", "(极客)", "\uff08极客\uff09"]),
    *each("InvalidSignName", "SignName", ["极 客", "极客 ", "极客\u3000科技", "极客,科技"]),
    *each("InvalidSignName", "SignName", ["极客\uff0c科技", "极客.", "极客。", "12345"]),
    *each("InvalidSignName", "SignName", ["极", "极" * 13]),
    *each("isv.SIGN_SOURCE_ILLEGAL", "SignSource", [1, 3, 4, 6, -1, 99]),
    ({"SignName": "极客测试"}, REJECTED),
    *by_switch("alibaba.app_source", "isv.SIGN_SOURCE_ILLEGAL", APP),
    (TAKES_APPS, "MissApplySceneContent"),
    ({**TAKES_APPS, "ApplySceneContent": "ftp://a"}, "InvalidApplySceneContent"),
    ({**TAKES_APPS, "ApplySceneContent": LINK}, "AppIcpRecordNotExist"),
    *each("TrademarkNotExist", "TrademarkId", [None, 1404], SignSource=5),
    *each("QualificationNotFound", "QualificationId", [0, 1404]),
    *each("InvalidQualification", "QualificationId", [1403]),
    *each("ParameterMismatch.ThirdParty", "QualificationId", [1402]),
    ({"QualificationId": 1401, **LETTER}, "ParameterMismatch.ThirdParty"),
    *rows(PENDING, {"QualificationId": 1401}, {"QualificationId": 1402, **LETTER}),
    *rows("AppIcpRecordNotExist", {"AppIcpRecordId": 1404}),
    *each(NO_LETTER, "AuthorizationLetterId", [None, 1404], ThirdParty=True),
    ({**LETTER, "AuthorizationLetterId": 1403}, "SmsAuthorizationLetterNotMatch"),
    ({**LETTER, "AuthorizationLetterId": 1401}, "SmsSignNotAuthorized"),
    *each(PENDING, "AuthorizationLetterId", [1403]),
]

# ---------------------------------------------------------------- Huawei

NOTHING = "MSGSMS.0002"
OF_APP: Document = {"signature_source": 2, "signature_related_file_id": FILE}
OF_TRADEMARK: Document = {"signature_source": 5, "signature_related_file_id": FILE}
FOR_OTHERS: Document = {"is_involved_third": "Yes", "file_id": FILE}
HUAWEI: list[Row] = [
    *each(NOTHING, "signature_source", [1, 3, 4, 6, True, 2.5, "10", "first"]),
    *by_switch("huawei.app_source", NOTHING, {**OF_APP, "license_number": "ICP-417"}),
    ({**OF_APP, "license_number": "ICP-417"}, PENDING),
    ({**OF_TRADEMARK, "registration_number": "T-4"}, PENDING),
    ({**FOR_OTHERS, "power_attorney_fileid": FILE}, PENDING),
    *rows(REJECTED, OF_APP, OF_TRADEMARK, FOR_OTHERS),
    ({"signature_source": 2, "license_number": "ICP-417"}, REJECTED),
    ({"signature_source": 5, "registration_number": "TM-417"}, REJECTED),
    *each(REJECTED, "signature_name", ["名", "12345", "a_b", "【名字】", "two words"]),
    *each(PENDING, "signature_name", ["名字", "Cloud9", "名" * 32, "1a"]),
    *each(NOTHING, "signature_name", [5, " ", "名" * 33]),
    *by_switch("huawei.missing_qualification", NOTHING, {"qualification_id": None}),
    ({"qualification_id": None}, REJECTED),
    ({"qualification_id": None, "huawei.contract": "intl"}, PENDING),
    ({"qualification_id": "资质"}, NOTHING),
    ({"signature_type": "PROMOTION_TYPE"}, PENDING),
    ({"signature_type": "PROMOTION_TYPE", "huawei.contract": "intl"}, "MSGSMS.0032"),
    *each(NOTHING, "is_involved_third", [None, True, "yes"]),
    *rows(NOTHING, {"app_id": 5}, {"registration_number": "x" * 65}),
    *rows(NOTHING, {"file_id": ""}, {"power_attorney_file_id": "misspelt"}),
    ({"app_id": "404"}, "MSGSMS.0014"),
]

# ---------------------------------------------------------------- Tencent

TYPES, BAD_TYPES = "FailedOperation.OtherError", "InvalidParameterValue.InvalidDocumentType"
BAD_IMAGE, NOT_FOUND = (
    f"InvalidParameterValue.{name}" for name in ("ImageInvalid", "QualificationIdNotFound")
)
TOO_LONG = "InvalidParameterValue.SignNameLengthTooLong"
NAMES = ("SignName", "SignType", "DocumentType", "International", "SignPurpose", "ProofImage")
PAIRS = {0: "01", 1: "01234", 2: "01235", 3: "01238", 4: "7", 5: "23", 6: "01236"}
BASE64 = base64.b64encode(png()).decode()
LARGEST = [
    base64.b64encode(png(padding=5 * 1024 * 1024 - len(png(padding=1)) + 1 + more)).decode()
    for more in (0, 1)
]


def pair(sign_type: int, document_type: int, international: int = 0) -> Document:
    types = {"SignType": sign_type, "DocumentType": document_type}
    return {**types, "International": international}


TENCENT: list[Row] = [
    *(row for name in NAMES for row in each("MissingParameter", name, [None])),
    ({"IdCardNumber": "11010119900307451X"}, "UnknownParameter"),
    *each("InvalidParameter", "SignType", ["0", 0.5]),
    *rows("InvalidParameter", {"SignName": 7}, {"International": False}, {"ProofImage": ["a"]}),
    ({"International": 2}, "InvalidParameterValue.InvalidInternational"),
    ({"SignPurpose": 2}, "InvalidParameterValue.InvalidUsedMethod"),
    *each(TOO_LONG, "SignName", ["极" * 21]),
    ({"SignName": "ABCDEFGHIJKLMNO", "International": 1}, PENDING),
    ({"SignName": "ABCDEFGHIJKLMNOP", "International": 1}, TOO_LONG),
    *each(TYPES, "SignType", [7, -1]),
    ({"DocumentType": 9}, BAD_TYPES),
    *each(NOT_FOUND, "QualificationId", [0, 17404]),
    ({"QualificationId": 17403}, "FailedOperation.QualificationIdNotApproved"),
    *(
        ({**pair(sign, document), "tencent.withdrawn_types": "accepted"}, outcome)
        for sign, documents in PAIRS.items()
        for document in range(9)
        for outcome in ([PENDING] if str(document) in documents else [BAD_TYPES])
    ),
    *rows(TYPES, pair(1, 0), pair(2, 0), pair(3, 0, 1), pair(6, 0, 1), pair(1, 4)),
    *rows(PENDING, pair(0, 1), pair(4, 7), pair(5, 2), pair(1, 4, 1), pair(1, 0, 1)),
    *by_switch("tencent.withdrawn_types", TYPES, {"SignType": 2}),
    *by_switch("tencent.missing_qualification", NOT_FOUND, {"QualificationId": None}),
    *each(REJECTED, "SignName", ["【极客】", "a[b]", "极"]),
    *rows(PENDING, {"SignName": "极客"}, {"QualificationId": 1}),
    ({"SignPurpose": 1}, REJECTED),
    *each(BAD_IMAGE, "ProofImage", ["data:image/png;base64," + BASE64, "not base64!", "图", ""]),
    *each(BAD_IMAGE, "ProofImage", [base64.b64encode(b"plain text").decode(), BASE64 + "\n"]),
    *each(BAD_IMAGE, "ProofImage", [base64.b64encode(b"GIF89a...").decode(), LARGEST[1]]),
    ({"ProofImage": LARGEST[0]}, PENDING),
    ({"SignPurpose": 1, "CommissionImage": "x"}, BAD_IMAGE),
    ({"SignPurpose": 0, "CommissionImage": "x"}, PENDING),
]

# ---------------------------------------------------------------- UCloud

MISSING, MALFORMED, INVALID = "18001", "18002", "18003"
COMMON: Document = {"ucloud.parameter_codes": "common"}
DOCUMENTED: Document = {"ucloud.file_format": "documented"}


def of_type(number: int) -> Document:
    return {"SigType": number, "CertificateType": number}


UCLOUD: list[Row] = [
    *(
        row
        for name in ("SigContent", "SigType", "SigPurpose", "CertificateType", "Description")
        for row in each(MISSING, name, [None, ""])
    ),
    *each(MALFORMED, "SigType", ["abc", 0.5]),
    *rows(MALFORMED, {"SigPurpose": "true"}, {"International": 1}),
    *each(MALFORMED, "File", ["no base64!", "image/png;base64,####", "签"]),
    *rows(MALFORMED, {"File": "text:base64," + BASE64}, {"ProxyFile": "data:;base64," + BASE64}),
    *each(INVALID, "SigType", [6, -1]),
    *each(INVALID, "CertificateType", [5, 6]),
    *rows(INVALID, {"SigPurpose": 2}, {"QualificationId": "Q404"}, {"File": "image/png;base64,"}),
    ({"SigPurpose": 1}, MISSING),
    ({"SigPurpose": 1, "ProxyFile": file(jpeg())}, PENDING),
    ({**COMMON, "Description": None}, "220"),
    *rows("230", {**COMMON, "SigType": "abc"}, {**COMMON, "SigPurpose": 2}),
    *by_switch("ucloud.bad_content", INVALID, {"SigContent": "极-客"}, {"SigContent": "极 客"}),
    *by_switch("ucloud.withdrawn_types", INVALID, *map(of_type, (1, 2, 3))),
    (of_type(6), INVALID),
    *((of_type(number), PENDING) for number in (4, 5)),
    (of_type(1), REJECTED),
    ({**of_type(1), "International": True}, PENDING),
    *by_switch("ucloud.missing_proof", MISSING, {"File": None}),
    *each(REJECTED, "File", [None, file(b"GIF89a"), file(b"x")]),
    ({"File": None, "QualificationId": "Q-7"}, PENDING),
    *each(
        REJECTED, "SigContent", ["短", "一二三四五六七八九十一二三", "【极客科技】", "[极客科技]"]
    ),
    *each(PENDING, "SigContent", ["一二", "ABCDEFGHIJKL", "极客-2 号", "a_1"]),
    *each(PENDING, "File", [BASE64, "data:image/png;base64," + BASE64]),
    *each(PENDING, "File", [file(jpeg()), file(b"%PDF-1.7")]),
    *each(MALFORMED, "File", [BASE64, "data:image/png;base64," + BASE64], **DOCUMENTED),
    ({"File": PROOF, **DOCUMENTED}, PENDING),
]

# ---------------------------------------------------------------- Yunpian

YUNPIAN: list[Row] = [
    *each("1", "sign", [None, ""]),
    *each("2", "sign", ["极", "一二三四五六七八九十" * 2 + "一", "【极客】", "极客】", "云片网"]),
    *each(PENDING, "sign", ["极客", "云片网络", "一二三四五六七八九十" * 2, "R&D 2/3", "12"]),
    *each(PENDING, "sign", ["😀" * 20, "极客 科技"]),
    *each("1", "website", [None, ""]),
    *each("2", "sign_use", ["2", "own"]),
    *each("2", "prove_type", ["4", "5", "0", "1.0"]),
    *each(PENDING, "prove_type", ["1", "2", "3", "6"]),
    *rows("2", {"notify": "yes"}, {"apply_vip": "1"}),
]

OUTCOMES: dict[str, Sequence[Row]] = {
    "alibaba": ALIBABA,
    "huawei": HUAWEI,
    "tencent": TENCENT,
    "ucloud": UCLOUD,
    "yunpian": YUNPIAN,
}


def set_switches(sandbox: Sandbox, vendor: str, changes: Document) -> Document:
    """Set the switches among the changes, and give the rest."""
    settings = {name: value for name, value in changes.items() if name.startswith(f"{vendor}.")}
    sandbox.switches.set(settings)
    return {name: value for name, value in changes.items() if name not in settings}


@pytest.mark.parametrize(
    ("caller", "changes", "outcome"),
    [(vendor, *row) for vendor, table in OUTCOMES.items() for row in table],
    indirect=["caller"],
)
def test_an_application_meets_its_outcome(caller: Caller, changes: Document, outcome: str) -> None:
    code = caller.refused(**set_switches(caller.sandbox, caller.vendor, changes))

    signatures = caller.sandbox.signatures(caller.vendor)
    assert [code or each.status for each in signatures] == [outcome] * (not code)
    assert code in {"", outcome}
    assert all(bool(each.reason) is (outcome == REJECTED) for each in signatures)
    for each in signatures:
        review = caller.review(each.id)
        assert review is None or review.reason == each.reason


SELECTING = {"SignName", "SignPurpose", "International"}
"""Fields by which a change selects its signature, or whose flaw has another code in it."""


@pytest.mark.parametrize(
    ("caller", "changes", "code"),
    [
        (vendor, changes, code)
        for vendor in ("alibaba", "huawei", "tencent")
        for changes, code in OUTCOMES[vendor]
        if not (isinstance(code, Status) or SELECTING & changes.keys())
        and changes.get("ProofImage") != ""
    ],
    indirect=["caller"],
)
def test_a_change_is_checked_like_an_application_and_changes_nothing_if_refused(
    caller: Caller, sandbox: Sandbox, changes: Document, code: str
) -> None:
    signature_id = caller.rejected()
    before = sandbox.signature(caller.vendor, signature_id)
    changes = set_switches(sandbox, caller.vendor, changes)

    assert caller.change(signature_id, **changes) == code
    assert sandbox.signature(caller.vendor, signature_id) == before


def test_files_of_four_megabytes_are_taken_by_ucloud(ucloud: UCloud, sandbox: Sandbox) -> None:
    largest = png(padding=4 * 1024 * 1024 - len(png(padding=1)) + 1)
    codes = [
        ucloud.apply_at_once(SigPurpose=1, File=file(content), ProxyFile=file(largest))
        for content in (largest + b"\0", largest)
    ]

    assert codes == [INVALID, "0"]
    evidence = sandbox.signatures("ucloud")[0].evidence
    assert [evidence[name].size for name in ("File", "ProxyFile")] == [4 * 1024 * 1024] * 2


# ---------------------------------------------------------------- what is filed

FILED: dict[str, tuple[Document, Document]] = {
    "alibaba": (
        {"Remark": "", "SignType": "", "OwnerId": 7, "Surplus": "x"},
        {
            "SignSource": 0,
            "QualificationId": 1000000417,
            "MoreData": [],
            "SignType": 1,
            "ThirdParty": False,
            "AuthorizationLetterId": 0,
            "Remark": "",
            "ApplySceneContent": "",
            "TrademarkId": 0,
            "AppIcpRecordId": 0,
            "OrderId": "20044170001",
        },
    ),
    "huawei": (
        {"apply_desc": None, "source_title_content": "shop"},
        {
            "app_id": "5b0c0000-0000-4000-8000-000000000a99",
            "signature_name": TEXT,
            "signature_type": "NOTIFY_TYPE",
            "signature_source": 0,
            "is_involved_third": "No",
            "qualification_id": "q-417",
            "source_title_content": "shop",
        },
    ),
    "tencent": (
        {"Remark": None},
        {
            "SignType": 0,
            "DocumentType": 1,
            "International": 0,
            "SignPurpose": 0,
            "Remark": "",
            "QualificationId": 2000417,
        },
    ),
    "ucloud": (
        {
            "SigType": 4,
            "CertificateType": 4,
            "QualificationId": "Q-7",
            "SceneDesc": "a",
            "International": True,
            "Document": "x",
            "Region": "cn-bj2",
            "Unknown": "",
        },
        {
            "ProjectId": "org-sandbox",
            "SigType": 4,
            "SigPurpose": 0,
            "CertificateType": 4,
            "International": True,
            "Description": "login codes",
            "QualificationId": "Q-7",
            "SceneDesc": "a",
        },
    ),
    "yunpian": (
        dict.fromkeys(
            ("sign_use", "prove_type", "notify", "apply_vip", "is_only_global", "industry_type")
        ),
        {
            "sign_use": 0,
            "notify": True,
            "apply_vip": False,
            "is_only_global": False,
            "industry_type": "其它",
            "website": "https://geek.example/",
            "extend": "0421",
        },
    ),
}
OWN_NUMBERS = ("OrderId", "extend", "signature_id")
"""Fields that the vendor fills in itself, with another text each time."""
EVIDENCE = {
    "tencent": {"ProofImage": Evidence.of(png())},
    "ucloud": {"File": Evidence.of(png())},
    "yunpian": {"license_base64.1": Evidence.of(jpeg())},
}


@pytest.mark.parametrize("caller", FILED, indirect=True)
def test_an_application_is_filed_with_its_defaults(caller: Caller) -> None:
    changes, fields = FILED[caller.vendor]
    signature = caller.sandbox.signature(caller.vendor, caller.submit(**changes))

    filed = {name: value for name, value in signature.fields.items() if name not in OWN_NUMBERS}
    assert filed == {name: value for name, value in fields.items() if name not in OWN_NUMBERS}
    assert (signature.account, signature.text) == ("default", TEXT)
    assert (signature.status, signature.submitted_at) == (PENDING, caller.clock.now())
    assert signature.evidence == EVIDENCE.get(caller.vendor, {})


@pytest.mark.parametrize("caller", FILED, indirect=True)
def test_numbers_of_the_vendors_own_are_given_once(caller: Caller, sandbox: Sandbox) -> None:
    ids = [caller.submit(**caller.named(f"{number}号科技")) for number in "甲乙丙"]
    fields = [sandbox.signature(caller.vendor, each).fields for each in ids]

    assert len(set(ids)) == 3
    for name in OWN_NUMBERS:
        assert len({each[name] for each in fields if name in each}) in {0, 3}


FIRST_NUMBERS = {
    "alibaba": "20044170001",
    "tencent": "730001",
    "ucloud": "A00001",
    "yunpian": "0421",
}


@pytest.mark.parametrize("caller", FIRST_NUMBERS, indirect=True)
def test_the_first_number_of_a_desk_is_always_the_same(caller: Caller, sandbox: Sandbox) -> None:
    sandbox.desk.restore(DeskState())
    signature = sandbox.signature(caller.vendor, caller.submit())

    numbers = [signature.id[-6:], *(signature.fields.get(name) for name in OWN_NUMBERS)]
    assert FIRST_NUMBERS[caller.vendor] in numbers


@pytest.mark.parametrize(
    ("caller", "changes", "name"),
    [
        *(("alibaba", {**LETTER, "ThirdParty": word}, "ThirdParty") for word in ("True", "TRUE")),
        ("ucloud", {"International": "true"}, "International"),
        *(("yunpian", {"apply_vip": word}, "apply_vip") for word in ("true", "True", "TRUE")),
    ],
    indirect=["caller"],
)
def test_booleans_are_read_in_any_case(caller: Caller, changes: Document, name: str) -> None:
    caller.submit(**changes)
    no = str(changes[name]).replace("true", "false").replace("True", "False")
    no = no.replace("TRUE", "FALSE")
    caller.submit(**caller.named("极客网络"), **{**changes, name: no})

    signatures = caller.sandbox.signatures(caller.vendor)
    assert [each.fields[name] for each in signatures] == [True, False]


ALL_OF_UCLOUD = (
    "SigContent has 1 characters; 2 to 12 are allowed; "
    "neither a proof document (File) nor a QualificationId was given"
)


@pytest.mark.parametrize(
    ("caller", "changes", "reason"),
    [
        ("alibaba", {"SignName": "极客测试"}, "SignName has a banned word, such as 'test'."),
        ("huawei", OF_APP, "license_number is missing."),
        ("huawei", OF_TRADEMARK, "registration_number is missing."),
        ("huawei", FOR_OTHERS, "power_attorney_fileid is missing."),
        (
            "huawei",
            {"signature_source": 2, "license_number": "1"},
            "signature_related_file_id is missing.",
        ),
        (
            "ucloud",
            {"SigContent": "短", "File": None},
            ALL_OF_UCLOUD,
        ),
    ],
    indirect=["caller"],
)
def test_the_reviewers_say_all_that_they_object_to(
    caller: Caller, sandbox: Sandbox, changes: Document, reason: str
) -> None:
    assert sandbox.signature(caller.vendor, caller.submit(**changes)).reason == reason


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize("caller", FILED, indirect=True)
@pytest.mark.parametrize(
    ("mark", "status"), [("驳回", REJECTED), ("待审", PENDING), ("通过", APPROVED)]
)
def test_a_magic_text_decides_at_submission(caller: Caller, mark: str, status: Status) -> None:
    caller.sandbox.review_policy = "immediate"
    signature_id = caller.submit(**caller.named(f"{mark}科技"))

    assert caller.sandbox.signature(caller.vendor, signature_id).status is status


TWIN = {
    "alibaba": "SignName.Exists",
    "huawei": "MSGSMS.0006",
    "tencent": "InvalidParameterValue.SignExistAndUnapproved",
    "ucloud": "18003",
    "yunpian": "-54",
}
"""By vendor, the code for a text that is in review already."""


@pytest.mark.parametrize("caller", TWIN, indirect=True)
def test_a_text_is_taken_once_in_an_account_as_it_is_written(caller: Caller) -> None:
    caller.submit(**caller.named("Geek"))

    assert caller.refused(**caller.named("Geek")) == TWIN[caller.vendor]
    assert caller.refused(**caller.named("GEEK")) == ""
    assert caller.of("marketing").refused(**caller.named("Geek")) == ""


@pytest.mark.parametrize(
    ("caller", "changes", "code"),
    [
        ("alibaba", {"SignType": 0}, "SignName.Exists"),
        ("huawei", {"signature_type": "VERIFY_CODE_TYPE"}, ""),
        ("huawei", {"app_id": "another"}, "MSGSMS.0006"),
        ("huawei", {"huawei.duplicate_code": "MSGSMS.0004"}, "MSGSMS.0004"),
        ("tencent", {"International": 1}, ""),
        ("ucloud", {"International": True}, ""),
        ("ucloud", {"ucloud.duplicates": "accepted"}, ""),
    ],
    indirect=["caller"],
)
def test_a_twin_is_of_the_same_kind(caller: Caller, changes: Document, code: str) -> None:
    caller.submit()
    changes = set_switches(caller.sandbox, caller.vendor, changes)

    assert caller.refused(**changes) == code
    assert len(caller.sandbox.signatures(caller.vendor)) == 1 + (not code)


@pytest.mark.parametrize(
    ("caller", "status", "code"),
    [
        *(("alibaba", status, "SignName.Exists") for status in ("1", "2", "10")),
        *(("huawei", status, "MSGSMS.0006") for status in ("REVIEW_PASSED", "REVIEW_NOT_PASS")),
        *(("tencent", raw, "InvalidParameterValue.SignAlreadyPassedCheck") for raw in "02"),
        ("tencent", "-1", ""),
        *(("ucloud", status, "18003") for status in "234"),
        *(("yunpian", status, "-54") for status in ("SUCCESS", "FAIL", "APLLYING_VIP")),
    ],
    indirect=["caller"],
)
def test_a_text_is_free_or_not_by_the_status_of_its_holder(
    caller: Caller, sandbox: Sandbox, status: str, code: str
) -> None:
    sandbox.set_status(caller.vendor, caller.submit(), status)

    assert caller.refused() == code
