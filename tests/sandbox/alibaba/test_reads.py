"""The reads of Alibaba Cloud's side: a signature, a list, the carriers, and the trap."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox, Status
from pulumi_smssign.sandbox.http_messages import Document
from tests.sandbox.alibaba.caller import CREATE, DELETE, LIST, UPDATE, Alibaba
from tests.sandbox.caller import TEXT

WEEK = 7 * 24 * 3600
TRAP = {"alibaba.reads_show": "last-approved"}


def test_get_gives_everything_but_type_and_source(alibaba: Alibaba) -> None:
    files = '["1/a.png?Signature=x", "1/b.png"]'
    alibaba.submit(SignType=0, SignSource=5, TrademarkId=88, MoreData=files)
    item = alibaba.get()

    assert item["FileUrlList"] == ["1/a.png?Signature=x", "1/b.png"]
    assert (item["SignUsage"], item["TrademarkId"], item["SignTag"]) == ("商标名", 88, "2")
    assert set(item) == {
        *("RequestId", "Code", "Message", "SignName", "SignStatus", "AuditInfo", "CreateDate"),
        *("OrderId", "QualificationId", "AuthorizationLetterId", "TrademarkId", "AppIcpRecordId"),
        *("AuthorizationLetterAuditPass", "ThirdParty", "Remark", "FileUrlList", "ApplyScene"),
        *("SignUsage", "SignTag", "SignCode", "SignIspRegisterDetailList", "RegisterResult"),
    }


NOTHING: Document = dict.fromkeys(
    ("QualificationId", "AuthorizationLetterId", "TrademarkId", "AppIcpRecordId"), 0
)


def without(item: Document, *names: str) -> Document:
    """What is shown but for what is another each time."""
    names = ("RequestId", "SignCode", *names)
    return {name: value for name, value in item.items() if name not in names}


def test_all_that_was_filed_is_shown(alibaba: Alibaba, clock: ManualClock) -> None:
    clock.advance(1_800_000_000 - clock.now())
    numbers = {"AuthorizationLetterId": 7, "TrademarkId": 88, "AppIcpRecordId": 9}
    alibaba.submit(SignSource=5, ThirdParty=True, Remark="x", ApplySceneContent="y", **numbers)
    alibaba.sandbox.desk.submit(
        "alibaba", "default", signature_id="云杉", text="云杉", fields={}, evidence={}
    )
    clock.advance(60)
    alibaba.sandbox.reject("alibaba", TEXT, "blurred")
    filing = "SignIspRegisterDetailList"

    assert without(alibaba.get(), "OrderId", filing) == {
        "Code": "OK",
        "Message": "OK",
        "SignName": TEXT,
        "SignStatus": 2,
        **numbers,
        "QualificationId": 1000000417,
        "ThirdParty": True,
        "Remark": "x",
        "ApplyScene": "y",
        "FileUrlList": [],
        "SignUsage": "商标名",
        "SignTag": "2",
        "RegisterResult": -1,
        "AuthorizationLetterAuditPass": True,
        "CreateDate": "2027-01-15 16:00:00",
        "AuditInfo": {"RejectInfo": "blurred", "AuditDate": "2027-01-15 16:01:00"},
    }
    assert str(alibaba.get()["SignCode"]).startswith("SIGN_")
    bare = alibaba.get("云杉")
    assert {name: bare[name] for name in NOTHING} == NOTHING
    assert (bare["SignUsage"], bare["AuthorizationLetterAuditPass"]) == ("", False)
    assert bare["AuditInfo"] == {"RejectInfo": "", "AuditDate": ""}
    newest, oldest = alibaba.items()
    assert without(oldest, "OrderId", "Reason") == {
        "SignName": TEXT,
        "AuditStatus": "AUDIT_STATE_NOT_PASS",
        "BusinessType": "通用类型",
        "CreateDate": "2027-01-15 16:00:00",
        "authorizationLetterAuditPass": True,
        **numbers,
    }
    assert newest == {
        **{name: 0 for name in NOTHING if name != "QualificationId"},
        "SignName": "云杉",
        "AuditStatus": "AUDIT_STATE_INIT",
        "BusinessType": "通用类型",
        "CreateDate": "2027-01-15 16:00:00",
        "authorizationLetterAuditPass": False,
        "OrderId": None,
        "Reason": {"RejectInfo": "无审核备注"},
    }


@pytest.mark.parametrize(
    ("source", "usage"),
    [
        *((0, "企事业单位名"), (1, "工信部备案网站名"), (2, "APP应用名")),
        *((3, "公众号或小程序名"), (4, "电商平台店铺名"), (5, "商标名"), (6, "")),
    ],
)
def test_the_usage_is_that_of_the_source(alibaba: Alibaba, source: int, usage: str) -> None:
    alibaba.submit()
    alibaba.sandbox.change("alibaba", TEXT, fields={"SignSource": source})

    assert alibaba.get()["SignUsage"] == usage


def test_indexed_files_are_no_files(alibaba: Alibaba) -> None:
    alibaba.submit(**{"MoreData.1": "1/a.png"})

    assert alibaba.get()["FileUrlList"] == []


def test_the_ticket_is_the_one_that_was_given(alibaba: Alibaba) -> None:
    ticket = alibaba.call(CREATE, **alibaba.application())["OrderId"]

    assert isinstance(ticket, str)
    assert ticket.isdecimal()
    assert (alibaba.get()["OrderId"], alibaba.items()[0]["OrderId"]) == (ticket, ticket)


@pytest.mark.parametrize(("sign_type", "label"), [(0, "验证码类型"), (1, "通用类型")])
def test_the_list_gives_the_type_as_a_label(alibaba: Alibaba, sign_type: int, label: str) -> None:
    alibaba.submit(SignType=sign_type)

    assert alibaba.items()[0]["BusinessType"] == label


@pytest.mark.parametrize(
    ("raw", "word", "reason"),
    [
        ("0", "INIT", ""),
        ("1", "PASS", ""),
        ("2", "NOT_PASS", "words"),
        ("10", "CANCEL", ""),
        ("7", "7", ""),
    ],
)
def test_the_list_has_statuses_in_words_and_reasons_of_rejections_alone(
    alibaba: Alibaba, sandbox: Sandbox, raw: str, word: str, reason: str
) -> None:
    sandbox.set_status("alibaba", alibaba.submit(), raw, "words")
    audit, (item,) = alibaba.get()["AuditInfo"], alibaba.items()

    assert isinstance(audit, dict)
    assert item["AuditStatus"] == f"AUDIT_STATE_{word}"
    rejected = {"RejectInfo": reason, "RejectSubInfo": reason, "RejectDate": audit["AuditDate"]}
    assert item["Reason"] == (rejected if reason else {"RejectInfo": "无审核备注"})
    assert audit["AuditDate"]


def test_dates_are_in_chinas_time(alibaba: Alibaba, clock: ManualClock) -> None:
    clock.advance(1_800_000_000 - clock.now())
    alibaba.submit()

    assert alibaba.get()["CreateDate"] == "2027-01-15 16:00:00"


# The carriers


def carriers(alibaba: Alibaba) -> dict[str, tuple[JsonValue, ...]]:
    """By carrier, the status and the reason that are item, and whether there is a time."""
    details = alibaba.get()["SignIspRegisterDetailList"]
    assert isinstance(details, list)
    item: dict[str, tuple[JsonValue, ...]] = {}
    for each in details:
        assert isinstance(each, dict)
        reasons = each["RegisterStatusReasons"]
        assert isinstance(reasons, list)
        assert isinstance(reasons[0], dict)
        is_dated = each["OperatorCompleteTime"] != ""
        code = reasons[0]["ReasonCode"]
        item[str(each["OperatorCode"])] = (each["RegisterStatus"], code, is_dated)
    return item


def test_the_carriers_file_an_approved_signature_in_a_week(alibaba: Alibaba) -> None:
    alibaba.submit()
    stages = [carriers(alibaba)]
    alibaba.sandbox.approve("alibaba", TEXT)
    stages.append(carriers(alibaba))
    alibaba.clock.advance(WEEK - 1)
    stages.append(carriers(alibaba))
    alibaba.clock.advance(1)
    stages.append(carriers(alibaba))

    names = ("mobile", "unicom", "telecom")
    assert stages == [
        dict.fromkeys(names, (-2, "NON_REGISTER", False)),
        *[dict.fromkeys(names, (-1, "REGISTERING", False))] * 2,
        dict.fromkeys(names, (3, "DETECT_SUCCESS", True)),
    ]


@pytest.mark.parametrize(
    ("status", "reason"),
    [(0, "SIGNATURE_QUALIFICATION_ERROR"), (1, "DETECTING"), (2, "NO_SEND_RECORD")],
)
def test_a_carriers_status_is_set_at_the_desk(alibaba: Alibaba, status: int, reason: str) -> None:
    alibaba.sandbox.switches.set({"alibaba.filing_delay": 1})
    alibaba.approved()
    alibaba.sandbox.change("alibaba", TEXT, fields={"RegisterStatus": {"mobile": status}})

    assert carriers(alibaba)["mobile"] == (status, reason, False)
    details = alibaba.get()["SignIspRegisterDetailList"]
    assert isinstance(details, list)
    words = ["签名与资质不符。"] if status == 0 else []
    assert details[0] == {
        "OperatorCode": "mobile",
        "RegisterStatus": status,
        "OperatorCompleteTime": "",
        "RegisterStatusReasons": [{"ReasonCode": reason, "ReasonDescList": words}],
    }
    assert carriers(alibaba)["unicom"] == (-1, "REGISTERING", False)


# The list


def test_a_list_has_pages(alibaba: Alibaba) -> None:
    for number in range(12):
        alibaba.submit(SignName=f"签名{number}")
    pages = [{}, {"PageIndex": 2}, {"PageSize": 50}, {"PageIndex": 9}]
    second = alibaba.call(LIST, PageIndex=2)

    assert [len(alibaba.items(**page)) for page in pages] == [10, 2, 12, 0]
    assert (second["TotalCount"], second["CurrentPage"], second["PageSize"]) == (12, 2, 10)
    assert alibaba.lists()[0] == "签名11"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        *(({"PageIndex": index}, "PageIndex is 1 or more.") for index in (0, -3)),
        *(({"PageSize": size}, "PageSize is 1 to 50.") for size in (0, 51)),
    ],
)
def test_a_page_out_of_bounds_is_refused(
    alibaba: Alibaba, fields: dict[str, JsonValue], message: str
) -> None:
    answer = alibaba.call(LIST, **fields)

    assert (answer["Code"], answer["Message"]) == ("InvalidParameter", message)


# The trap: the reads go on showing what was approved


def seen(alibaba: Alibaba) -> tuple[JsonValue, JsonValue]:
    """The status and the remark that GetSmsSign shows."""
    item = alibaba.get()
    return item["SignStatus"], item["Remark"]


@pytest.mark.parametrize(
    ("setting", "meanwhile"),
    [("submitted", (0, "new")), ("earlier-material", (0, "old")), ("last-approved", (1, "old"))],
)
def test_the_reads_may_go_on_showing_what_was_approved(
    alibaba: Alibaba, sandbox: Sandbox, setting: str, meanwhile: tuple[int, str]
) -> None:
    sandbox.switches.set({"alibaba.reads_show": setting})
    alibaba.approved(Remark="old")
    before = alibaba.get()
    ticket = alibaba.call(UPDATE, **alibaba.application(Remark="new"))["OrderId"]
    in_review = (seen(alibaba), alibaba.get()["OrderId"])
    sandbox.approve("alibaba", TEXT)

    assert ticket != before["OrderId"]
    assert in_review == (meanwhile, ticket if setting == "submitted" else before["OrderId"])
    assert (seen(alibaba), alibaba.get()["OrderId"]) == ((1, "new"), ticket)


def test_the_trap_hides_the_review_wholly_and_lets_nothing_be_done_meanwhile(
    alibaba: Alibaba, sandbox: Sandbox
) -> None:
    sandbox.switches.set(TRAP)
    alibaba.approved(Remark="old")
    before, listed = alibaba.get(), alibaba.items()
    alibaba.change(TEXT, Remark="new")
    after = alibaba.get()
    ignored = ("RequestId", "SignIspRegisterDetailList")

    assert {n: after[n] for n in after if n not in ignored} == {
        n: before[n] for n in before if n not in ignored
    }
    assert alibaba.items() == listed
    assert sandbox.signature("alibaba", TEXT).status is Status.PENDING
    assert alibaba.change(TEXT) == "isv.ERROR_SIGN_NOT_MODIFY"
    assert alibaba.code(DELETE, SignName=TEXT) == "isv.ERROR_SIGN_NOT_DELETE"
    sandbox.reject("alibaba", TEXT, "no")
    assert seen(alibaba) == (2, "old")


def test_of_one_never_approved_the_first_material_is_shown(alibaba: Alibaba) -> None:
    alibaba.sandbox.switches.set(TRAP)
    alibaba.rejected(Remark="first")
    alibaba.change(TEXT, Remark="second")
    alibaba.sandbox.reject("alibaba", TEXT, "no")
    alibaba.change(TEXT, Remark="third")

    assert seen(alibaba) == (0, "first")
    alibaba.sandbox.approve("alibaba", TEXT)
    assert seen(alibaba) == (1, "third")
