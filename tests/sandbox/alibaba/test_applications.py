"""What Alibaba Cloud's side takes and refuses of an application, at once or in review."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status
from tests.sandbox.alibaba.caller import CREATE, NAME, Alibaba, application

# What is filed


pytestmark = pytest.mark.usefixtures("screened")


def test_an_application_is_filed_with_its_defaults(alibaba: Alibaba, sandbox: Sandbox) -> None:
    answer = alibaba.call(CREATE, **application())
    (signature,) = sandbox.signatures("alibaba")

    assert {name: answer[name] for name in ("Code", "Message", "SignName")} == {
        "Code": "OK",
        "Message": "OK",
        "SignName": NAME,
    }
    assert (signature.id, signature.text, signature.status) == (NAME, NAME, Status.PENDING)
    assert signature.fields == {
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
        "OrderId": answer["OrderId"],
    }


@pytest.mark.parametrize("word", ["True", "true", "TRUE"])
def test_booleans_are_read_in_any_case(alibaba: Alibaba, sandbox: Sandbox, word: str) -> None:
    alibaba.create(ThirdParty=word, AuthorizationLetterId=417)

    assert sandbox.signatures("alibaba")[0].fields["ThirdParty"] is True


def test_a_form_is_read_as_the_query_is(alibaba: Alibaba, sandbox: Sandbox) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = alibaba.send(CREATE, application(), headers=form, body="Remark=登录+codes".encode())

    assert answer.json()["Code"] == "OK"
    assert sandbox.signatures("alibaba")[0].fields["Remark"] == "登录 codes"


def test_every_application_has_a_ticket_of_its_own(alibaba: Alibaba) -> None:
    tickets = [alibaba.call(CREATE, **application(SignName=f"{n}号"))["OrderId"] for n in range(3)]

    assert len(set(tickets)) == 3
    assert all(isinstance(ticket, str) and ticket.isdecimal() for ticket in tickets)


def test_blank_and_unknown_parameters_are_ignored(alibaba: Alibaba, sandbox: Sandbox) -> None:
    alibaba.create(Remark="", SignType="", OwnerId=7, Surplus="x")

    assert sandbox.signatures("alibaba")[0].fields["SignType"] == 1
    assert sandbox.calls("alibaba")[0].fields["Surplus"] is True


def test_paths_are_recorded_without_what_may_open_a_file(
    alibaba: Alibaba, sandbox: Sandbox
) -> None:
    alibaba.create(MoreData='["1/a.png?Signature=x", "1/b.png"]')

    assert sandbox.calls("alibaba")[0].fields["MoreData"] == ["1/a.png", "1/b.png"]
    assert alibaba.get()["FileUrlList"] == ["1/a.png?Signature=x", "1/b.png"]


# Parameters


@pytest.mark.parametrize("name", ["SignName", "SignSource", "QualificationId"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_required_parameter_is_missed(alibaba: Alibaba, name: str, value: JsonValue) -> None:
    assert alibaba.refused(**{name: value}) == f"Missing{name}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SignSource", "company"),
        ("SignSource", "0.5"),
        ("QualificationId", "1" * 19),
        ("ThirdParty", "yes"),
        ("MoreData", "1/a.png"),
        ("MoreData", '{"1": "a.png"}'),
        ("MoreData", "[1]"),
        ("SignType", 2),
        ("Remark", "x" * 201),
    ],
)
def test_a_malformed_parameter_is_refused(alibaba: Alibaba, name: str, value: JsonValue) -> None:
    assert alibaba.refused(**{name: value}) == "InvalidParameter"


def test_indexed_files_are_no_files(alibaba: Alibaba) -> None:
    alibaba.create(**{"MoreData.1": "1/a.png"})

    assert alibaba.get()["FileUrlList"] == []


# The text


@pytest.mark.parametrize("text", ["极客", "极客科技Geek2025", "Geek-科技", "a" * 12])
def test_a_good_text_is_taken(alibaba: Alibaba, text: str) -> None:
    assert alibaba.refused(SignName=text) == "OK"


@pytest.mark.parametrize(
    "text",
    [
        "【极客】",
        "[极客]",
        "(极客)",
        "\uff08极客\uff09",
        "极 客",
        "极客 ",
        "极客\u3000科技",
        "极客,科技",
        "极客\uff0c科技",
        "极客.",
        "极客。",
        "12345",
    ],
)
def test_spaces_symbols_and_digits_alone_are_refused(alibaba: Alibaba, text: str) -> None:
    answer = alibaba.send(CREATE, application(SignName=text))

    assert (answer.status_code, answer.json()["Code"]) == (400, "InvalidSignName")


FLAWS: list[tuple[dict[str, JsonValue], str]] = [
    ({"SignName": "极"}, "InvalidSignName"),
    ({"SignName": "极" * 13}, "InvalidSignName"),
    ({"SignSource": 1}, "isv.SIGN_SOURCE_ILLEGAL"),
    ({"SignSource": 3}, "isv.SIGN_SOURCE_ILLEGAL"),
    ({"SignSource": 4}, "isv.SIGN_SOURCE_ILLEGAL"),
    ({"SignSource": 5}, "TrademarkNotExist"),
    ({"ThirdParty": True}, "SmsAuthorizationLetterNotExist"),
]


@pytest.mark.parametrize(("changes", "code"), FLAWS)
def test_a_flaw_is_refused_at_once(
    alibaba: Alibaba, sandbox: Sandbox, changes: dict[str, JsonValue], code: str
) -> None:
    assert alibaba.refused(**changes) == code
    assert sandbox.signatures("alibaba") == []


@pytest.mark.parametrize(
    ("setting", "code", "statuses"),
    [
        ("error", "isv.SIGN_SOURCE_ILLEGAL", []),
        ("review", "OK", [Status.REJECTED]),
        ("accepted", "OK", [Status.PENDING]),
    ],
)
def test_an_apps_name_is_refused_at_once_or_in_review_or_not_at_all(
    alibaba: Alibaba, sandbox: Sandbox, setting: str, code: str, statuses: list[Status]
) -> None:
    sandbox.switches.set({"alibaba.app_source": setting})
    link = "https://a.example/"

    assert alibaba.refused(SignSource=2, ApplySceneContent=link, AppIcpRecordId=7) == code
    assert [each.status for each in sandbox.signatures("alibaba")] == statuses


def test_what_the_reviewers_object_to_is_told(alibaba: Alibaba) -> None:
    alibaba.create(SignName="极客测试")
    audit = alibaba.get("极客测试")["AuditInfo"]

    assert isinstance(audit, dict)
    assert "banned word" in str(audit["RejectInfo"])


# The source


@pytest.mark.parametrize("source", [6, -1, 99])
def test_an_unknown_source_is_refused(alibaba: Alibaba, source: int) -> None:
    answer = alibaba.send(CREATE, application(SignSource=source))

    assert (answer.status_code, answer.json()["Code"]) == (200, "isv.SIGN_SOURCE_ILLEGAL")


def test_an_apps_name_needs_its_link_and_record(alibaba: Alibaba, sandbox: Sandbox) -> None:
    sandbox.switches.set({"alibaba.app_source": "accepted"})
    link = "https://a.example/app"

    assert alibaba.refused(SignSource=2) == "MissApplySceneContent"
    assert alibaba.refused(SignSource=2, ApplySceneContent="ftp://a") == "InvalidApplySceneContent"
    assert alibaba.refused(SignSource=2, ApplySceneContent=link) == "AppIcpRecordNotExist"
    assert alibaba.refused(SignSource=2, ApplySceneContent=link, AppIcpRecordId=7) == "OK"


# Numbers of other objects


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"QualificationId": 1404}, 404, "QualificationNotFound"),
        ({"QualificationId": 0}, 404, "QualificationNotFound"),
        ({"QualificationId": 1403}, 400, "InvalidQualification"),
        ({"QualificationId": 1402}, 400, "ParameterMismatch.ThirdParty"),
        (
            {"QualificationId": 1401, "ThirdParty": True, "AuthorizationLetterId": 7},
            400,
            "ParameterMismatch.ThirdParty",
        ),
        ({"SignSource": 5, "TrademarkId": 1404}, 400, "TrademarkNotExist"),
        ({"AppIcpRecordId": 1404}, 400, "AppIcpRecordNotExist"),
        (
            {"ThirdParty": True, "AuthorizationLetterId": 1404},
            400,
            "SmsAuthorizationLetterNotExist",
        ),
        (
            {"ThirdParty": True, "AuthorizationLetterId": 1403},
            400,
            "SmsAuthorizationLetterNotMatch",
        ),
        ({"ThirdParty": True, "AuthorizationLetterId": 1401}, 400, "SmsSignNotAuthorized"),
    ],
)
def test_a_number_that_does_not_fit_is_refused(
    alibaba: Alibaba, changes: dict[str, JsonValue], status: int, code: str
) -> None:
    answer = alibaba.send(CREATE, application(**changes))

    assert (answer.status_code, answer.json()["Code"]) == (status, code)


@pytest.mark.parametrize(
    "changes",
    [
        {"QualificationId": 1401},
        {"QualificationId": 1402, "ThirdParty": True, "AuthorizationLetterId": 7},
        {"AuthorizationLetterId": 1403},
    ],
)
def test_a_number_that_fits_is_taken(alibaba: Alibaba, changes: dict[str, JsonValue]) -> None:
    assert alibaba.refused(**changes) == "OK"


# Duplicates


def test_a_text_is_exact(alibaba: Alibaba, other_account: Alibaba) -> None:
    alibaba.create(SignName="Geek")

    assert alibaba.refused(SignName="Geek") == "SignName.Exists"
    assert alibaba.refused(SignName="Geek", SignType=0) == "SignName.Exists"
    assert alibaba.refused(SignName="GEEK") == "OK"
    assert other_account.refused(SignName="Geek") == "OK"


# Magic texts


@pytest.mark.parametrize(
    ("text", "status"),
    [("极客驳回", Status.REJECTED), ("极客待审", Status.PENDING), ("极客通过", Status.APPROVED)],
)
def test_magic_texts_decide_at_submission(
    alibaba: Alibaba, sandbox: Sandbox, text: str, status: Status
) -> None:
    sandbox.review_policy = "immediate"
    alibaba.create(SignName=text)

    assert sandbox.signature("alibaba", text).status is status
