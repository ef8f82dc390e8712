"""What the reads of Alibaba Cloud's side show: a signature, a list, the carriers, and the trap."""

from __future__ import annotations

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
    approved,
    update,
)

WEEK = 7 * 24 * 3600


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
    "fields", [{"PageIndex": 0}, {"PageSize": 0}, {"PageSize": 51}, {"PageIndex": -3}]
)
def test_a_page_out_of_bounds_is_refused(alibaba: Alibaba, fields: dict[str, int]) -> None:
    assert alibaba.call(LIST, **fields)["Code"] == "InvalidParameter"


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
