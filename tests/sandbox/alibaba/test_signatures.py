"""What Alibaba Cloud's side does with signatures in every status, and under every switch."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox, Status
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

WEEK = 7 * 24 * 3600


def update(alibaba: Alibaba, **changes: JsonValue) -> str:
    """The code that an update meets."""
    return alibaba.code(UPDATE, **application(**changes))


def approved(alibaba: Alibaba, sandbox: Sandbox, **changes: JsonValue) -> None:
    sandbox.approve("alibaba", alibaba.create(**changes))


# Statuses


@pytest.mark.parametrize(
    ("raw", "status", "word"),
    [
        ("0", Status.PENDING, "AUDIT_STATE_INIT"),
        ("1", Status.APPROVED, "AUDIT_STATE_PASS"),
        ("2", Status.REJECTED, "AUDIT_STATE_NOT_PASS"),
        ("10", Status.OTHER, "AUDIT_STATE_CANCEL"),
        ("7", Status.OTHER, "AUDIT_STATE_7"),
    ],
)
def test_every_status_can_be_set_and_is_shown(
    alibaba: Alibaba, sandbox: Sandbox, raw: str, status: Status, word: str
) -> None:
    alibaba.create()
    view = sandbox.set_status("alibaba", NAME, raw, "words")
    (item,) = alibaba.items()

    assert (view.status, view.vendor_status) == (status, raw)
    assert alibaba.get()["SignStatus"] == int(raw)
    assert item["AuditStatus"] == word


def test_a_status_that_is_no_integer_can_not_be_set(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create()

    with pytest.raises(ValueError, match="a status of Alibaba Cloud is an integer"):
        sandbox.set_status("alibaba", NAME, "approved")


def test_a_rejection_is_shown_with_its_words_and_date(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create()
    sandbox.reject("alibaba", NAME, "资质不清晰")
    audit, reason = alibaba.get()["AuditInfo"], alibaba.items()[0]["Reason"]

    assert isinstance(audit, dict)
    assert isinstance(reason, dict)
    assert audit["RejectInfo"] == reason["RejectInfo"] == "资质不清晰"
    assert audit["AuditDate"] == reason["RejectDate"] != ""


def test_an_approval_leaves_no_reason(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox)

    assert alibaba.items()[0]["Reason"] == {
        "RejectInfo": "",
        "RejectSubInfo": "",
        "RejectDate": "",
    }


# What the reads give


def test_get_gives_everything_but_type_and_source(alibaba: Alibaba) -> None:
    alibaba.create(SignType=0, SignSource=5, TrademarkId=88, Remark="logins")

    assert set(alibaba.get()) == {
        "RequestId",
        "Code",
        "Message",
        "SignName",
        "SignStatus",
        "AuditInfo",
        "CreateDate",
        "OrderId",
        "QualificationId",
        "AuthorizationLetterId",
        "TrademarkId",
        "AppIcpRecordId",
        "AuthorizationLetterAuditPass",
        "ThirdParty",
        "Remark",
        "FileUrlList",
        "ApplyScene",
        "SignUsage",
        "SignTag",
        "SignCode",
        "SignIspRegisterDetailList",
    }


@pytest.mark.parametrize(("sign_type", "label"), [(0, "验证码类型"), (1, "通用类型")])
def test_the_list_gives_the_type_as_a_label(alibaba: Alibaba, sign_type: int, label: str) -> None:
    alibaba.create(SignType=sign_type)

    assert alibaba.items()[0]["BusinessType"] == label


def test_dates_are_in_chinas_time(alibaba: Alibaba, clock: ManualClock) -> None:
    clock.advance(1_800_000_000 - clock.now())
    answer = alibaba.send(CREATE, application(), at=clock.now())
    shown = alibaba.send(GET, {"SignName": NAME}, at=clock.now()).json()

    assert answer.json()["Code"] == "OK"
    assert shown["CreateDate"] == "2027-01-15 16:00:00"


def test_drift_at_the_desk_is_shown(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create()
    sandbox.change("alibaba", NAME, text="极客云科", fields={"Remark": "changed"})

    assert alibaba.get("极客云科")["Remark"] == "changed"
    assert alibaba.code(GET, SignName=NAME) == "SignatureNotFound"
    assert sandbox.signature("alibaba", "极客云科").text == "极客云科"


@pytest.mark.parametrize("text", ["", "【极客】"])
def test_a_text_that_none_can_have_is_refused_at_the_desk(
    alibaba: Alibaba, sandbox: Sandbox, text: str
) -> None:
    alibaba.create()

    with pytest.raises(ValueError, match="the text of a signature of Alibaba Cloud"):
        sandbox.change("alibaba", NAME, text=text)


def test_the_reads_may_be_late(alibaba: Alibaba, sandbox: Sandbox, clock: ManualClock) -> None:
    sandbox.switches.set({"alibaba.visibility_delay": 5})
    alibaba.create()
    early = (alibaba.code(GET, SignName=NAME), alibaba.items())
    clock.advance(5)

    assert early == ("SignatureNotFound", [])
    assert alibaba.get()["SignName"] == NAME


# The carriers


def carriers(alibaba: Alibaba) -> dict[str, tuple[JsonValue, JsonValue]]:
    """By carrier, the status and the reason that are shown."""
    found = alibaba.get()["SignIspRegisterDetailList"]
    assert isinstance(found, list)
    shown: dict[str, tuple[JsonValue, JsonValue]] = {}
    for each in found:
        assert isinstance(each, dict)
        reasons = each["RegisterStatusReasons"]
        assert isinstance(reasons, list)
        assert isinstance(reasons[0], dict)
        shown[str(each["OperatorCode"])] = (each["RegisterStatus"], reasons[0]["ReasonCode"])
    return shown


def test_the_carriers_file_an_approved_signature_in_a_week(
    alibaba: Alibaba, sandbox: Sandbox, clock: ManualClock
) -> None:
    alibaba.create()
    before = carriers(alibaba)
    sandbox.approve("alibaba", NAME)
    filing = carriers(alibaba)
    sandbox.switches.set({"alibaba.filing_delay": 0})

    assert set(before.values()) == {(-2, "NON_REGISTER")}
    assert set(filing.values()) == {(-1, "REGISTERING")}
    assert set(carriers(alibaba).values()) == {(3, "DETECT_SUCCESS")}
    assert set(before) == {"mobile", "unicom", "telecom"}


def test_the_filing_takes_its_time(alibaba: Alibaba, sandbox: Sandbox, clock: ManualClock) -> None:
    approved(alibaba, sandbox)
    clock.advance(WEEK)
    shown = alibaba.send(GET, {"SignName": NAME}, at=clock.now()).json()
    first = shown["SignIspRegisterDetailList"][0]

    assert (first["RegisterStatus"], first["OperatorCompleteTime"] != "") == (3, True)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(0, "SIGNATURE_QUALIFICATION_ERROR"), (1, "DETECTING"), (2, "NO_SEND_RECORD")],
)
def test_a_carriers_status_is_set_at_the_desk(
    alibaba: Alibaba, sandbox: Sandbox, status: int, reason: str
) -> None:
    approved(alibaba, sandbox)
    sandbox.change("alibaba", NAME, fields={"RegisterStatus": {"mobile": status}})

    assert carriers(alibaba)["mobile"] == (status, reason)
    assert carriers(alibaba)["unicom"] == (-1, "REGISTERING")


# Update


@pytest.mark.parametrize(
    ("setting", "taken"),
    [("1,2", {"1", "2"}), ("2", {"2"}), ("1,2,10", {"1", "2", "10"}), ("0,1,2,10", {"*"})],
)
@pytest.mark.parametrize("raw", ["0", "1", "2", "10"])
def test_an_update_is_taken_in_some_statuses(
    alibaba: Alibaba, sandbox: Sandbox, setting: str, taken: set[str], raw: str
) -> None:
    sandbox.switches.set({"alibaba.update_statuses": setting})
    alibaba.create()
    sandbox.set_status("alibaba", NAME, raw)
    code = update(alibaba)

    assert code == ("OK" if taken & {raw, "*"} else "isv.ERROR_SIGN_NOT_MODIFY")


def test_an_update_is_reviewed_again(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox, MoreData='["1/a.png"]')
    before = alibaba.get()
    answer = alibaba.call(UPDATE, **application(Remark="edited", MoreData='["1/b.png"]'))
    after = alibaba.get()

    assert (before["SignStatus"], after["SignStatus"]) == (1, 0)
    assert before["OrderId"] != answer["OrderId"] == after["OrderId"]
    assert (after["Remark"], after["FileUrlList"]) == ("edited", ["1/b.png"])
    assert sandbox.signature("alibaba", NAME).submissions == 2


def test_an_update_selects_by_the_text(alibaba: Alibaba) -> None:
    alibaba.create()

    assert update(alibaba, SignName="极客云科") == "SignatureNotFound"


def test_another_accounts_signature_is_not_there(alibaba: Alibaba, other_account: Alibaba) -> None:
    alibaba.create()

    assert other_account.code(GET, SignName=NAME) == "SignatureNotFound"
    assert update(other_account) == "SignatureNotFound"
    assert other_account.code(DELETE, SignName=NAME) == "SignatureNotFound"
    assert other_account.items() == []


def test_the_code_of_a_missing_update_is_a_switch(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.switches.set({"alibaba.update_missing_code": "SmsSignatureNotExist"})

    assert update(alibaba) == "SmsSignatureNotExist"


def test_the_code_of_a_wrong_status_is_a_switch(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.switches.set({"alibaba.not_modifiable_code": "SMS_STATUS_ILLEGAL"})
    alibaba.create()

    assert update(alibaba) == "SMS_STATUS_ILLEGAL"


@pytest.mark.parametrize(("setting", "remark", "files"), [("reset", "", 0), ("kept", "logins", 1)])
def test_what_an_update_leaves_out_is_a_switch(
    alibaba: Alibaba, sandbox: Sandbox, setting: str, remark: str, files: int
) -> None:
    sandbox.switches.set({"alibaba.update_omitted": setting})
    approved(alibaba, sandbox, Remark="logins", MoreData='["1/a.png"]')
    update(alibaba)
    shown = alibaba.get()

    assert shown["Remark"] == remark
    assert isinstance(shown["FileUrlList"], list)
    assert len(shown["FileUrlList"]) == files


def test_a_flawed_update_changes_nothing(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox)

    assert update(alibaba, QualificationId=1404) == "QualificationNotFound"
    assert alibaba.get()["SignStatus"] == 1


# The trap: the reads go on showing what was approved


def seen(alibaba: Alibaba) -> tuple[JsonValue, JsonValue]:
    """The status and the remark that GetSmsSign shows."""
    shown = alibaba.get()
    return shown["SignStatus"], shown["Remark"]


@pytest.mark.parametrize(
    ("setting", "meanwhile"),
    [
        ("submitted", (0, "new")),
        ("earlier-material", (0, "old")),
        ("last-approved", (1, "old")),
    ],
)
def test_the_reads_may_go_on_showing_what_was_approved(
    alibaba: Alibaba, sandbox: Sandbox, setting: str, meanwhile: tuple[int, str]
) -> None:
    sandbox.switches.set({"alibaba.reads_show": setting})
    approved(alibaba, sandbox, Remark="old")
    before = alibaba.get()
    ticket = alibaba.call(UPDATE, **application(Remark="new"))["OrderId"]
    in_review = seen(alibaba)
    ticket_in_review = alibaba.get()["OrderId"]
    sandbox.approve("alibaba", NAME)

    assert in_review == meanwhile
    assert ticket_in_review == (ticket if setting == "submitted" else before["OrderId"])
    assert seen(alibaba) == (1, "new")
    assert alibaba.get()["OrderId"] == ticket


def test_the_trap_hides_the_review_wholly(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.switches.set({"alibaba.reads_show": "last-approved"})
    approved(alibaba, sandbox, Remark="old")
    before, listed = alibaba.get(), alibaba.items()
    update(alibaba, Remark="new")
    after = alibaba.get()
    ignored = ("RequestId", "SignIspRegisterDetailList")

    assert {n: after[n] for n in after if n not in ignored} == {
        n: before[n] for n in before if n not in ignored
    }
    assert alibaba.items() == listed
    assert sandbox.signature("alibaba", NAME).status is Status.PENDING


def test_the_trap_lets_nothing_be_done_that_the_review_forbids(
    alibaba: Alibaba, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"alibaba.reads_show": "last-approved"})
    approved(alibaba, sandbox)
    update(alibaba)

    assert update(alibaba) == "isv.ERROR_SIGN_NOT_MODIFY"
    assert alibaba.code(DELETE, SignName=NAME) == "isv.ERROR_SIGN_NOT_DELETE"


def test_a_rejected_edit_is_shown_as_rejected(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.switches.set({"alibaba.reads_show": "last-approved"})
    approved(alibaba, sandbox, Remark="old")
    update(alibaba, Remark="new")
    sandbox.reject("alibaba", NAME, "no")

    assert seen(alibaba) == (2, "old")


def test_of_one_never_approved_the_first_material_is_shown(
    alibaba: Alibaba, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"alibaba.reads_show": "last-approved"})
    alibaba.create(Remark="first")
    for remark in ("second", "third"):
        sandbox.reject("alibaba", NAME, "no")
        update(alibaba, Remark=remark)

    assert seen(alibaba) == (0, "first")
    sandbox.approve("alibaba", NAME)
    assert seen(alibaba) == (1, "third")


# List


def test_a_list_has_pages(alibaba: Alibaba) -> None:
    for number in range(12):
        alibaba.create(SignName=f"签名{number}")
    first, second = alibaba.call(LIST), alibaba.call(LIST, PageIndex=2)
    largest, beyond = alibaba.call(LIST, PageSize=50), alibaba.call(LIST, PageIndex=9)

    def count(answer: dict[str, JsonValue]) -> int:
        items = answer["SmsSignList"]
        assert isinstance(items, list)
        return len(items)

    assert (count(first), count(second), count(largest), count(beyond)) == (10, 2, 12, 0)
    assert (second["TotalCount"], second["CurrentPage"], second["PageSize"]) == (12, 2, 10)


@pytest.mark.parametrize(
    ("fields", "nearest"),
    [
        ({"PageIndex": 0}, (1, 10)),
        ({"PageSize": 0}, (1, 1)),
        ({"PageSize": 51}, (1, 50)),
        ({"PageIndex": -3}, (1, 10)),
    ],
)
def test_a_page_out_of_bounds_is_refused_or_clamped(
    alibaba: Alibaba, sandbox: Sandbox, fields: dict[str, int], nearest: tuple[int, int]
) -> None:
    usual = alibaba.call(LIST, **fields)["Code"]
    sandbox.switches.set({"alibaba.bad_page": "clamped"})
    answer = alibaba.call(LIST, **fields)

    assert usual == "InvalidParameter"
    assert (answer["CurrentPage"], answer["PageSize"]) == nearest


@pytest.mark.parametrize(("order", "first"), [("newest", "二号"), ("oldest", "一号")])
def test_the_lists_order_is_a_switch(
    alibaba: Alibaba, sandbox: Sandbox, order: str, first: str
) -> None:
    sandbox.switches.set({"alibaba.list_order": order})
    alibaba.create(SignName="一号")
    alibaba.create(SignName="二号")

    assert alibaba.items()[0]["SignName"] == first


# Delete


@pytest.mark.parametrize(
    ("raw", "code"),
    [("0", "isv.ERROR_SIGN_NOT_DELETE"), ("1", "OK"), ("2", "OK"), ("10", "OK")],
)
def test_a_deletion_waits_for_the_review(
    alibaba: Alibaba, sandbox: Sandbox, raw: str, code: str
) -> None:
    alibaba.create()
    sandbox.set_status("alibaba", NAME, raw)
    answer = alibaba.call(DELETE, SignName=NAME)

    assert answer["Code"] == code
    assert len(sandbox.signatures("alibaba")) == (code != "OK")


def test_a_deletion_of_what_is_not_there_is_a_switch(alibaba: Alibaba, sandbox: Sandbox) -> None:
    usual = alibaba.send(DELETE, {"SignName": NAME})
    sandbox.switches.set({"alibaba.delete_missing": "isv.SMS_SIGN_ILLEGAL"})
    other = alibaba.code(DELETE, SignName=NAME)
    sandbox.switches.set({"alibaba.delete_missing": "accepted"})

    assert (usual.status_code, usual.json()["Code"]) == (404, "SignatureNotFound")
    assert (other, alibaba.code(DELETE, SignName=NAME)) == ("isv.SMS_SIGN_ILLEGAL", "OK")


@pytest.mark.parametrize("action", [GET, DELETE])
def test_a_text_is_needed(alibaba: Alibaba, action: str) -> None:
    assert alibaba.code(action) == "MissingSignName"


# The account, the policy, the state file


def test_a_blocked_account_may_list_and_delete_alone(alibaba: Alibaba, sandbox: Sandbox) -> None:
    approved(alibaba, sandbox)
    sandbox.switches.set({"alibaba.account_blocked": True})

    assert alibaba.code(GET, SignName=NAME) == "ForbiddenAction"
    assert update(alibaba) == alibaba.refused() == "ForbiddenAction"
    assert len(alibaba.items()) == 1
    assert alibaba.code(DELETE, SignName=NAME) == "OK"


def test_the_policy_approves_in_time(
    alibaba: Alibaba, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.review_policy = "after:20"
    alibaba.create()
    before = alibaba.get()["SignStatus"]
    clock.advance(20)

    assert (before, alibaba.get()["SignStatus"]) == (0, 1)


def test_the_state_file_keeps_signatures_and_what_was_approved(
    alibaba: Alibaba, sandbox: Sandbox, tmp_path: Path
) -> None:
    approved(alibaba, sandbox, Remark="old")
    update(alibaba, Remark="new")
    kept = Sandbox(state=tmp_path / "desk.json")
    kept.desk.restore(sandbox.desk.state())
    kept.switches.set({"alibaba.reads_show": "last-approved"})
    again = Sandbox(state=tmp_path / "desk.json")

    assert again.signature("alibaba", NAME).vendor_status == "1"
    assert again.signature("alibaba", NAME).fields["Remark"] == "new"
