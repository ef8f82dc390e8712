"""The life of a signature at each vendor: statuses, changes, deletions, drift, and absence."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status, UnknownSignatureError
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg
from tests.sandbox.caller import TEXT, Caller, Review
from tests.sandbox.test_applications import TWIN
from tests.sandbox.yunpian.caller import DISABLED

VENDORS = list(TWIN)
WITH_DELETION = [vendor for vendor in VENDORS if vendor != "yunpian"]
OTHER_TEXT = "极客网络"

ALIBABA_FIXED, ALIBABA_HELD = "isv.ERROR_SIGN_NOT_MODIFY", "isv.ERROR_SIGN_NOT_DELETE"
HUAWEI_FIXED = "MSGSMS.0007"
PASSED = "InvalidParameterValue.SignAlreadyPassedCheck"
APPROVED_BY_HUAWEI = (
    *("REVIEW_PROCESSING_COMPLETED", "REVIEW_PASSED", "REVIEW_PASSED_QUALIFICATION_PROCESSING"),
    *("REVIEW_PASSED_REAL_NAME_REGISTRATING", "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL"),
)
PENDING_AT_HUAWEI = ("PENDING_REVIEW", "PENDING_QUALIFICATION_REVIEW", "PROCESSING")
STATUSES: list[tuple[str, str, Status, tuple[str, str]]] = [
    ("alibaba", "0", Status.PENDING, (ALIBABA_FIXED, ALIBABA_HELD)),
    ("alibaba", "1", Status.APPROVED, ("", "")),
    ("alibaba", "2", Status.REJECTED, ("", "")),
    *(("alibaba", raw, Status.OTHER, (ALIBABA_FIXED, "")) for raw in ("10", "7")),
    *(
        ("huawei", raw, Status.PENDING, (HUAWEI_FIXED, HUAWEI_FIXED))
        for raw in (*PENDING_AT_HUAWEI, "REAL_NAME_REGISTRATING")
    ),
    *(("huawei", raw, Status.APPROVED, (HUAWEI_FIXED, "")) for raw in APPROVED_BY_HUAWEI),
    ("huawei", "REVIEW_NOT_PASS", Status.REJECTED, ("", "")),
    ("huawei", "TO_BE_ACTIVATED", Status.OTHER, (HUAWEI_FIXED, "")),
    ("huawei", "UNDER_THE_MOON", Status.OTHER, (HUAWEI_FIXED, "")),
    ("tencent", "1", Status.PENDING, ("", "")),
    ("tencent", "0", Status.APPROVED, (PASSED, "")),
    ("tencent", "2", Status.PENDING, (PASSED, "")),
    ("tencent", "-1", Status.REJECTED, ("", "")),
    ("tencent", "7", Status.OTHER, ("FailedOperation.OtherError", "")),
    ("ucloud", "0", Status.PENDING, ("", "")),
    ("ucloud", "1", Status.PENDING, ("", "18003")),
    ("ucloud", "2", Status.APPROVED, ("18003", "")),
    ("ucloud", "3", Status.REJECTED, ("", "")),
    *(("ucloud", raw, Status.OTHER, ("18003", "")) for raw in "49"),
    ("yunpian", "CHECKING", Status.PENDING, ("", "")),
    ("yunpian", "SUCCESS", Status.APPROVED, ("2", "")),
    ("yunpian", "FAIL", Status.REJECTED, ("", "")),
    ("yunpian", "APLLYING_VIP", Status.APPROVED, ("2", "")),
    *(("yunpian", raw, Status.OTHER, ("2", "")) for raw in (DISABLED, "ARCHIVED")),
]
"""Vendor, raw status, its meaning, and the codes that a change and a deletion meet in it."""


@pytest.mark.parametrize(("caller", "raw", "status", "codes"), STATUSES, indirect=["caller"])
def test_a_status_is_shown_and_decides_what_may_be_done(
    caller: Caller, sandbox: Sandbox, raw: str, status: Status, codes: tuple[str, str]
) -> None:
    change, deletion = codes
    signature_id = caller.submit()
    view = sandbox.set_status(caller.vendor, signature_id, raw, "why")
    review = caller.review(signature_id)
    changed = caller.change(signature_id)
    after = sandbox.signature(caller.vendor, signature_id)

    assert (view.status, view.vendor_status) == (status, raw)
    assert review == Review(TEXT, raw, "why")
    assert (changed, after.submissions) == (change, 1 if change else 2)
    assert after.status is (status if change else Status.PENDING)
    assert after.reason == ("why" if change else "")
    if caller.vendor in WITH_DELETION:
        sandbox.set_status(caller.vendor, signature_id, raw)
        assert caller.withdraw(signature_id) == deletion
        assert len(sandbox.signatures(caller.vendor)) == bool(deletion)
        assert (caller.review(signature_id) is None) is not bool(deletion)


@pytest.mark.parametrize(
    ("caller", "switches", "raw", "codes"),
    [
        ("alibaba", {"alibaba.update_statuses": "2"}, "1", (ALIBABA_FIXED, "")),
        ("alibaba", {"alibaba.update_statuses": "2"}, "2", ("", "")),
        ("huawei", {"huawei.delete_pending": "accepted"}, "PROCESSING", (HUAWEI_FIXED, "")),
        ("ucloud", {"ucloud.update_statuses": "0,3"}, "1", ("18003", "18003")),
        ("ucloud", {"ucloud.update_statuses": "0,3"}, "0", ("", "")),
        ("ucloud", {"ucloud.update_statuses": "3"}, "0", ("18003", "")),
        ("ucloud", {"ucloud.wrong_state_code": 18088}, "2", ("18088", "")),
        ("ucloud", {"ucloud.wrong_state_code": 18088}, "1", ("", "18088")),
        ("yunpian", {"yunpian.update_statuses": "FAIL"}, "CHECKING", ("2", "")),
        ("yunpian", {"yunpian.update_approved_code": "-2"}, "SUCCESS", ("-2", "")),
    ],
    indirect=["caller"],
)
def test_a_switch_says_what_may_be_done_in_a_status(
    caller: Caller, sandbox: Sandbox, switches: Document, raw: str, codes: tuple[str, str]
) -> None:
    sandbox.switches.set(switches)
    signature_id = caller.submit()
    sandbox.set_status(caller.vendor, signature_id, raw)

    assert caller.change(signature_id) == codes[0]
    if caller.vendor in WITH_DELETION:
        sandbox.set_status(caller.vendor, signature_id, raw)
        assert caller.withdraw(signature_id) == codes[1]


@pytest.mark.parametrize(
    ("caller", "raw", "message"),
    [
        ("alibaba", "approved", "a status of Alibaba Cloud is an integer"),
        *(
            ("huawei", raw, "a status of Huawei Cloud is in capitals")
            for raw in ("pending review", "", "1", "REVIEW-PASSED")
        ),
        ("tencent", "APPROVED", "a status of Tencent Cloud is an integer"),
        ("ucloud", "approved", "a status of UCloud is an integer"),
        *(
            ("yunpian", raw, "a status of Yunpian is in capitals")
            for raw in ("", "success", "FAIL (disabled)", "1")
        ),
    ],
    indirect=["caller"],
)
def test_a_status_that_the_vendor_can_not_show_is_refused_at_the_desk(
    caller: Caller, sandbox: Sandbox, raw: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sandbox.set_status(caller.vendor, caller.submit(), raw)


RAW = {
    "alibaba": ("0", "1", "2"),
    "huawei": ("PENDING_REVIEW", "REVIEW_PROCESSING_COMPLETED", "REVIEW_NOT_PASS"),
    "tencent": ("1", "0", "-1"),
    "ucloud": ("0", "2", "3"),
    "yunpian": ("CHECKING", "SUCCESS", "FAIL"),
}
"""By vendor, what is shown of one in review, approved and rejected."""


@pytest.mark.parametrize("caller", VENDORS, indirect=True)
def test_a_review_is_shown_with_its_words(caller: Caller) -> None:
    pending, approved, rejected = RAW[caller.vendor]
    caller.sandbox.review_policy = "after:20"
    signature_id = caller.submit()
    before = caller.review(signature_id)
    caller.sandbox.reject(caller.vendor, signature_id, "资质不清晰")
    refused = caller.review(signature_id)
    caller.sandbox.approve(caller.vendor, signature_id)
    after = caller.review(signature_id)
    other = caller.submit(**caller.named(OTHER_TEXT))
    caller.clock.advance(20)

    assert before == Review(TEXT, pending, "")
    assert refused == Review(TEXT, rejected, "资质不清晰")
    assert after == Review(TEXT, approved, "")
    assert caller.review(other) == Review(OTHER_TEXT, approved, "")


PICTURE = base64.b64encode(jpeg(1)).decode()
CHANGED: dict[str, tuple[Document, Document, Document]] = {
    "alibaba": (
        {"Remark": "logins", "MoreData": '["1/a.png"]'},
        {"TrademarkId": 7},
        {"Remark": "", "MoreData": [], "TrademarkId": 7},
    ),
    "huawei": (
        {"apply_desc": "first"},
        {"signature_name": OTHER_TEXT, "apply_desc": None},
        {"signature_name": OTHER_TEXT, "apply_desc": None},
    ),
    "tencent": (
        {"Remark": "first"},
        {"SignName": OTHER_TEXT, "DocumentType": 0, "ProofImage": PICTURE},
        {"DocumentType": 0, "Remark": ""},
    ),
    "ucloud": (
        {"SceneDesc": "logins", "International": True, "QualificationId": "Q-7"},
        {
            "SigContent": OTHER_TEXT,
            "SigType": 5,
            "File": "image/jpeg;base64," + PICTURE,
            "International": False,
            "QualificationId": "Q-8",
            "Description": "other",
        },
        {
            "SigType": 5,
            "CertificateType": 5,
            "International": True,
            "SceneDesc": "logins",
            "QualificationId": "Q-7",
            "Description": "login codes",
        },
    ),
    "yunpian": (
        {"apply_vip": "true", "notify": "false", "is_only_global": "true"},
        {"sign": OTHER_TEXT, "website": "https://other.example/", "prove_type": "6"},
        {
            "apply_vip": False,
            "notify": True,
            "is_only_global": False,
            "prove_type": 6,
            "industry_type": "电子商务",
            "website": "https://other.example/",
        },
    ),
}
"""By vendor, an application, a change, and what is filed then: replaced, kept, or put back."""


@pytest.mark.parametrize("caller", CHANGED, indirect=True)
def test_a_change_is_reviewed_again_with_all_that_it_replaces(caller: Caller) -> None:
    application, change, filed = CHANGED[caller.vendor]
    signature_id = caller.rejected(**application)
    caller.clock.advance(10)
    code = caller.change(signature_id, **change)

    (signature,) = caller.sandbox.signatures(caller.vendor)
    assert (code, signature.status, signature.reason) == ("", Status.PENDING, "")
    assert (signature.submissions, signature.submitted_at) == (2, caller.clock.now())
    assert signature.text == change.get(caller.text, TEXT)
    assert {name: signature.fields.get(name) for name in filed} == filed
    sent = [name for name, value in change.items() if PICTURE in str(value)]
    assert {signature.evidence[name].media_type for name in sent} <= {"image/jpeg"}


@pytest.mark.parametrize(
    ("caller", "changes", "code"),
    [
        ("alibaba", {"QualificationId": 1404}, "QualificationNotFound"),
        ("huawei", {"app_id": "another"}, "MSGSMS.0002"),
        ("tencent", {"International": 1}, "InvalidParameterValue.InvalidInternational"),
        ("tencent", {"SignPurpose": 2}, "InvalidParameterValue.InvalidSignPurpose"),
        ("tencent", {"SignName": "极" * 21}, "InvalidParameterValue.SignNameLengthTooLong"),
        *(("ucloud", {n: None}, "18001") for n in ("SigId", "SigContent", "SigType", "SigPurpose")),
        *(("ucloud", change, "18003") for change in ({"SigType": 6}, {"CertificateType": 6})),
        *(("ucloud", change, "18003") for change in ({"CertificateType": 4}, {"SigPurpose": 2})),
        *(("ucloud", change, "18002") for change in ({"File": "!"}, {"ProxyFile": "!"})),
        ("ucloud", {"SigPurpose": 1}, "18001"),
        *(("yunpian", {"old_sign": old}, "1") for old in (None, "")),
        *(("yunpian", {"sign": sign}, "2") for sign in ("【新名】", "新", "云片网")),
    ],
    indirect=["caller"],
)
def test_a_refused_change_changes_nothing(caller: Caller, changes: Document, code: str) -> None:
    signature_id = caller.rejected()
    before = caller.sandbox.signature(caller.vendor, signature_id)

    assert caller.change(signature_id, **changes) == code
    assert caller.sandbox.signature(caller.vendor, signature_id) == before


@pytest.mark.parametrize(
    "caller", [vendor for vendor in VENDORS if vendor != "alibaba"], indirect=True
)
def test_a_change_keeps_its_own_text_and_can_not_take_another_ones(caller: Caller) -> None:
    caller.submit(**caller.named(OTHER_TEXT))
    signature_id = caller.rejected()

    assert caller.change(signature_id, **caller.named(OTHER_TEXT)) == TWIN[caller.vendor]
    assert caller.change(signature_id, **caller.named(TEXT)) == ""
    if caller.vendor == "ucloud":
        caller.sandbox.switches.set({"ucloud.duplicates": "accepted"})
        assert caller.change(signature_id, **caller.named(OTHER_TEXT)) == ""


# ---------------------------------------------------------------- what is absent

ABSENT: dict[str, tuple[str, str, str]] = {
    "alibaba": ("别的", "SignatureNotFound", "SignatureNotFound"),
    "huawei": ("no-such-id", "MSGSMS.0005", "MSGSMS.0005"),
    "tencent": ("1", "FailedOperation.MissingSignatureToModify", "FailedOperation.SignIdNotExist"),
    "ucloud": ("SIG20260101AAAAAA", "18016", "18016"),
    "yunpian": ("别的", "-55", ""),
}
"""By vendor, an id that no signature has, and the codes that a change and a deletion of it meet."""


def absent(caller: Caller, signature_id: str, change: str, deletion: str) -> bool:
    """Whether no call of the client gets to a signature."""
    return (
        caller.review(signature_id) is None
        and caller.change(signature_id) == change
        and (caller.vendor == "yunpian" or caller.withdraw(signature_id) == deletion)
    )


@pytest.mark.parametrize("caller", ABSENT, indirect=True)
def test_an_absent_signature_is_read_changed_and_deleted_by_nobody(caller: Caller) -> None:
    signature_id, change, deletion = ABSENT[caller.vendor]
    own, vanished = caller.submit(), caller.submit(**caller.named(OTHER_TEXT))
    caller.sandbox.remove(caller.vendor, vanished)

    assert absent(caller, signature_id, change, deletion)
    assert absent(caller.of("marketing"), own, change, deletion)
    assert absent(caller, vanished, change, deletion)
    with pytest.raises(UnknownSignatureError):
        caller.sandbox.signature(caller.vendor, vanished)
    assert caller.submit(**caller.named(OTHER_TEXT))


@pytest.mark.parametrize(
    ("caller", "switch", "code"),
    [
        ("huawei", "huawei.missing_code", "MSGSMS.0033"),
        ("ucloud", "ucloud.not_found_code", "18003"),
    ],
    indirect=["caller"],
)
def test_the_code_of_an_absent_signature_is_a_switch(
    caller: Caller, sandbox: Sandbox, switch: str, code: str
) -> None:
    sandbox.switches.set({switch: int(code) if code.isdecimal() else code})

    assert absent(caller, ABSENT[caller.vendor][0], code, code)


@pytest.mark.parametrize("caller", WITH_DELETION, indirect=True)
def test_a_deleted_one_frees_its_text_and_no_id_is_given_again(caller: Caller) -> None:
    signature_id = caller.approved()
    deleted = caller.withdraw(signature_id)
    again = caller.submit()

    assert deleted == ""
    assert (again == signature_id) is (caller.vendor == "alibaba")


# ---------------------------------------------------------------- the desk

DRIFT: dict[str, tuple[str, JsonValue]] = {
    "alibaba": ("Remark", "changed"),
    "huawei": ("apply_desc", "elsewhere"),
    "tencent": ("QualificationId", 7),
    "ucloud": ("SceneDesc", "orders"),
    "yunpian": ("website", "x"),
}


@pytest.mark.parametrize("caller", DRIFT, indirect=True)
def test_drift_at_the_desk_is_shown(caller: Caller, sandbox: Sandbox) -> None:
    name, value = DRIFT[caller.vendor]
    view = sandbox.change(caller.vendor, caller.submit(), text="改了名", fields={name: value})
    review = caller.review(view.id)

    assert review is not None
    assert (review.text, view.text, view.fields[name]) == ("改了名", "改了名", value)
    if caller.vendor in {"alibaba", "yunpian"}:  # the text is the id
        assert view.id == "改了名"
        assert caller.review(TEXT) is None


@pytest.mark.parametrize(
    ("caller", "text", "message"),
    [
        *(("alibaba", each, "the text of a signature of Alibaba Cloud") for each in ("", "【x】")),
        *(("yunpian", each, "the text of a signature of Yunpian") for each in ("", "【x】")),
        ("yunpian", OTHER_TEXT, f"has a yunpian signature with the id '{OTHER_TEXT}' already"),
    ],
    indirect=["caller"],
)
def test_a_text_that_can_not_be_is_refused_at_the_desk(
    caller: Caller, sandbox: Sandbox, text: str, message: str
) -> None:
    ids = [caller.submit(), caller.submit(**caller.named(OTHER_TEXT))]

    with pytest.raises(ValueError, match=message):
        sandbox.change(caller.vendor, TEXT, text=text)
    assert [each.id for each in sandbox.signatures(caller.vendor)] == ids


@pytest.mark.parametrize(
    ("caller", "immediate"),
    [("alibaba", "SignatureNotFound"), ("huawei", ""), ("tencent", ""), ("yunpian", "")],
    indirect=["caller"],
)
def test_a_new_signature_is_shown_only_after_the_delay(caller: Caller, immediate: str) -> None:
    caller.sandbox.switches.set({f"{caller.vendor}.visibility_delay": 5})
    signature_id = caller.submit()
    before = (caller.review(signature_id) is None, caller.lists())
    caller.clock.advance(5)

    assert before == (caller.vendor != "huawei", [])  # its id shows a signature at once
    assert caller.review(signature_id) == Review(TEXT, RAW[caller.vendor][0], "")
    assert caller.lists() == [TEXT]


@pytest.mark.parametrize(
    ("caller", "verdict", "raw"),
    [
        ("alibaba", {"verdict": "approve"}, "1"),
        ("alibaba", {"verdict": "reject", "reason": "no"}, "2"),
        ("alibaba", {"verdict": "status", "vendor_status": "10"}, "10"),
        ("tencent", {"verdict": "reject", "reason": "blurred"}, "-1"),
        ("tencent", {"vendor": "*", "verdict": "status", "vendor_status": "2"}, "2"),
        ("ucloud", {"verdict": "approve"}, "2"),
        ("yunpian", {"verdict": "remove"}, None),
    ],
    indirect=["caller"],
)
def test_a_verdict_comes_just_before_a_call(
    caller: Caller, sandbox: Sandbox, verdict: Document, raw: str | None
) -> None:
    signature_id = caller.submit()
    vendor = "tencent" if verdict.get("vendor_status") == "2" else caller.vendor
    sandbox.faults.add({"kind": "verdict", "text": TEXT, **verdict, "vendor": vendor})
    review = caller.review(signature_id)

    assert (review and review.status) == raw


@pytest.mark.parametrize("caller", VENDORS, indirect=True)
def test_a_restart_keeps_all_that_is_shown(caller: Caller, tmp_path: Path) -> None:
    caller.rejected()
    caller.approved(**caller.named(OTHER_TEXT))
    earlier = Sandbox(state=tmp_path / "desk.json")
    earlier.desk.restore(caller.sandbox.desk.state())
    earlier.review_policy = "manual"

    assert Sandbox(state=tmp_path / "desk.json").signatures() == caller.sandbox.signatures()
