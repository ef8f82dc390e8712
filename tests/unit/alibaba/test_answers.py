"""Alibaba's answers: a signature and its filing, refusals in two envelopes, and odd ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pulumi_smssign.alibaba.answers import successful
from pulumi_smssign.contract.answers import EnvelopeError, UnreadableError
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.filing import NO_QUALIFICATION, NOT_TOLD, Qualification
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.alibaba_applications import NAME, application
from tests.vendors.calls import Answer, answered

HANDLE = Handle(NAME, NAME)
TAKEN = {"Code": "OK", "Message": "OK", "RequestId": "r-1", "SignName": NAME, "OrderId": "2000"}
SHOWN = {**TAKEN, "SignStatus": 0}


NOTHING: Mapping[str, object] = {"completed_at": "", "reasons": []}


def error(code: str, status: int = 400, message: str = "no") -> httpx.Response:
    body = {"Code": code, "Message": message, "RequestId": "r-9"}
    return httpx.Response(status, json=body)


def reviewed(**changes: object) -> Review:
    api, _ = answered("alibaba", {**SHOWN, **changes})
    review: Review = api.reviews([HANDLE])[HANDLE]
    return review


def test_signature_is_told_in_the_common_words() -> None:
    carriers = [
        {
            "OperatorCode": "mobile",
            "RegisterStatus": 0,
            "OperatorCompleteTime": "2026-11-21 09:00:00",
            "RegisterStatusReasons": [
                {"ReasonCode": "QUALIFICATION_ERROR", "ReasonDescList": ["资质不符。", None]},
                {"ReasonDescList": "see the console"},
                {},
            ],
        },
        {"OperatorCode": "unicom", "RegisterStatus": 7},
        {},
    ]
    review = reviewed(
        SignStatus=2,
        AuditInfo={"RejectInfo": "unreadable", "AuditDate": "2026-11-20 10:00:00"},
        QualificationId=2000418,
        AuthorizationLetterId=0,
        ThirdParty=False,
        Remark="",
        FileUrlList=["1/a.png"],
        SignCode="SIGN_1",
        ApplyScene="",
        SignIspRegisterDetailList=carriers,
        SomethingNew={"of": "tomorrow"},
    )
    assert (review.id, review.text, review.reason) == (NAME, NAME, "unreadable")
    assert (review.status, review.vendor_status) == (Status.REJECTED, "2")
    assert review.reported == {
        "sign_name": NAME,
        "third_party": False,
        "qualification_id": 2000418,
        "more_data": ["1/a.png"],
    }
    assert (review.trace, review.outputs["order_id"]) == ("2000", "2000")
    assert review.outputs["sign_code"] == "SIGN_1"
    assert review.outputs["registrations"] == [
        {
            "operator": "mobile",
            "status": "FAILED",
            "completed_at": "2026-11-21 09:00:00",
            "reasons": ["QUALIFICATION_ERROR: 资质不符。", "see the console"],
        },
        {"operator": "unicom", "status": "7", **NOTHING},
        {"operator": "", "status": "", **NOTHING},
    ]


@pytest.mark.parametrize(
    ("audit", "reason"),
    [
        (None, ""),
        ({}, ""),
        ({"RejectInfo": "blurred"}, "blurred"),
        ({"RejectSubInfo": "page 2"}, "page 2"),
        ({"RejectInfo": "blurred", "RejectSubInfo": "page 2"}, "blurred: page 2"),
        ({"RejectInfo": "blurred: page 2", "RejectSubInfo": "page 2"}, "blurred: page 2"),
        ("blurred", "blurred"),
    ],
)
def test_reason_has_the_remark_where_that_says_more(audit: object, reason: str) -> None:
    assert reviewed(SignStatus=2, AuditInfo=audit).reason == reason


@pytest.mark.parametrize(
    ("number", "status"),
    [(0, "PENDING"), (1, "APPROVED"), (2, "REJECTED"), (10, "REJECTED"), (7, "UNKNOWN")],
)
def test_status_is_that_of_the_vendors_number(number: int, status: str) -> None:
    review = reviewed(SignStatus=number)
    assert (review.status.name, review.vendor_status) == (status, str(number))


def test_all_that_a_program_says_is_reported() -> None:
    review = reviewed(
        QualificationId=7,
        AuthorizationLetterId=11,
        TrademarkId=12,
        AppIcpRecordId=13,
        ThirdParty=True,
        Remark="login codes",
        FileUrlList=["1/a.png\r\n", "1/b.png"],
        ApplyScene="https://app.example\n",
        OrderId=None,
        SignCode=None,
    )
    assert review.reported == {
        "sign_name": NAME,
        "qualification_id": 7,
        "authorization_letter_id": 11,
        "trademark_id": 12,
        "app_icp_record_id": 13,
        "third_party": True,
        "remark": "login codes",
        "more_data": ["1/a.png", "1/b.png"],
        "apply_scene_content": "https://app.example",
    }
    assert review.outputs == {"sign_code": "", "order_id": "", "registrations": []}
    assert (review.trace, review.qualification) == ("", Qualification("7"))


def test_least_that_the_vendor_tells_is_a_review() -> None:
    api, _ = answered("alibaba", {"Code": "OK", "SignName": NAME, "SignStatus": 1})
    assert api.reviews([HANDLE])[HANDLE] == Review(
        id=NAME,
        text=NAME,
        status=Status.APPROVED,
        vendor_status="1",
        reported={"sign_name": NAME},
        outputs={"sign_code": "", "order_id": "", "registrations": []},
        filing=NOT_TOLD,
        qualification=NO_QUALIFICATION,
    )


@pytest.mark.parametrize(
    ("register_status", "name"),
    [
        *((-2, "NOT_FILED"), (-1, "FILING"), (0, "FAILED"), (1, "FILED_UNVERIFIED")),
        *((2, "LAPSED"), (3, "FILED"), (4, "4"), (None, "")),
    ],
)
def test_carriers_filing_is_told_by_its_name(register_status: int | None, name: str) -> None:
    carrier = {
        "OperatorCode": "mobile",
        "RegisterStatus": register_status,
        "OperatorCompleteTime": "2026-11-21 09:00:00",
        "RegisterStatusReasons": [{"ReasonCode": "R", "ReasonDescList": ["one", "two"]}],
    }
    review = reviewed(SignStatus=1, SignIspRegisterDetailList=[carrier, {"RegisterStatus": 3}])
    told = {"completed_at": "2026-11-21 09:00:00", "reasons": ["R: one two"]}
    assert review.outputs["registrations"] == [
        {"operator": "mobile", "status": name, **told},
        {"operator": "", "status": "FILED", **NOTHING},
    ]
    (filed,) = review.filing.carriers.values()
    assert review.filing.carriers.keys() == {"mobile"}
    assert (filed.since, list(filed.reasons)) == (told["completed_at"], told["reasons"])


@pytest.mark.parametrize(
    ("audit", "number", "status"),
    [
        ("AUDIT_STATE_INIT", "0", "PENDING"),
        ("AUDIT_STATE_PASS", "1", "APPROVED"),
        ("AUDIT_STATE_NOT_PASS", "2", "REJECTED"),
        ("AUDIT_STATE_CANCEL", "10", "REJECTED"),
        ("AUDIT_SATE_CANCEL", "10", "REJECTED"),
        ("AUDIT_STATE_NEW", "AUDIT_STATE_NEW", "UNKNOWN"),
        ("THE_AUDIT_STATE_PASS", "THE_AUDIT_STATE_PASS", "UNKNOWN"),
        (None, "", "UNKNOWN"),
    ],
)
def test_lists_status_is_that_of_a_single_signature(
    audit: str | None, number: str, status: str
) -> None:
    listed = {"SignName": NAME, "AuditStatus": audit, "OrderId": 2000, "Reason": "blurred"}
    (page,) = catalogue({"SmsSignList": [listed], "TotalCount": 1})
    assert page == Review(NAME, NAME, Status[status], number, reason="blurred", trace="2000")


def test_least_that_the_list_tells_is_a_review() -> None:
    listed = {"SignName": NAME, "AuditStatus": "AUDIT_STATE_INIT"}
    (page,) = catalogue({"SmsSignList": [listed], "TotalCount": 1})
    assert page == Review(NAME, NAME, Status.PENDING, "0")


def catalogue(body: Mapping[str, object]) -> list[Review]:
    api, _ = answered("alibaba", {"Code": "OK", **body})
    return [review for page in api.catalogue("") for review in page.items]


@pytest.mark.parametrize(
    ("body", "headers", "request_id"),
    [
        ({"RequestId": "r-1"}, {"x-acs-request-id": "r-2"}, "r-1"),
        ({}, {"x-acs-request-id": "r-2"}, "r-2"),
        ({}, {}, ""),
    ],
)
def test_request_id_of_a_refusal_is_the_bodys_or_the_headers(
    body: Mapping[str, str], headers: Mapping[str, str], request_id: str
) -> None:
    answer = httpx.Response(400, json={"Code": "SignName.Exists", **body}, headers=headers)
    with pytest.raises(Fault) as fault:
        successful("CreateSmsSign", answer)
    assert (fault.value.request_id, fault.value.vendor_message) == (request_id, "")


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (httpx.Response(200, json=[]), UnreadableError, "it is not JSON with a Code"),
        (httpx.Response(200, json={"Code": ""}), UnreadableError, "it is not JSON with a Code"),
        (httpx.Response(200, json={"Code": 7}), UnreadableError, "it is not JSON with a Code"),
        (
            httpx.Response(500, json={"Code": "OK"}),
            EnvelopeError,
            "Code is OK, and the HTTP status is an error",
        ),
    ],
)
def test_odd_envelope_says_what_is_wrong_with_it(
    answer: httpx.Response, kind: type[Exception], why: str
) -> None:
    with pytest.raises(kind) as odd:
        successful("CreateSmsSign", answer)
    assert (type(odd.value), str(odd.value)) == (kind, why)


@pytest.mark.parametrize(
    ("register_status", "state", "deliverable"),
    [
        *((-2, "none", "no"), (-1, "filing", "no"), (0, "failed", "no"), (1, "unverified", "no")),
        *((2, "lapsed", "no"), (3, "filed", "yes"), (7, "unknown", "unknown")),
    ],
)
def test_only_a_verified_signature_is_filed(
    register_status: int, state: str, deliverable: str
) -> None:
    carriers = [
        {"OperatorCode": "mobile", "RegisterStatus": 3},
        {"OperatorCode": "unicom", "RegisterStatus": register_status},
    ]
    review = reviewed(SignStatus=1, SignIspRegisterDetailList=carriers)
    assert (review.filing.state, review.deliverable) == (state, deliverable)


def test_each_name_is_asked_for_once_and_by_an_id_too() -> None:
    api, side = answered("alibaba", SHOWN, error("SignatureNotFound", 404))
    handles = [HANDLE, Handle("x", NAME), Handle(NAME), Handle("另一个", "另一个")]
    assert list(api.reviews(handles)) == handles[:3]
    names = {request.url.params["SignName"] for request in side.requests}
    assert (names, len(side.requests)) == ({NAME, "另一个"}, 2)


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SignName.Exists", DuplicateError),
        ("isv.ERROR_SIGN_NOT_DELETE", RefusedError),
        ("ForbiddenAction", AccountError),
    ],
)
def test_refusal_in_either_envelope_is_told_once(
    status: int, code: str, kind: type[SmsSignError]
) -> None:
    api, side = answered("alibaba", error(code, status, "their message"))
    with pytest.raises(kind) as refused:
        api.submit(application())
    assert (refused.value.code, refused.value.vendor_message) == (code, "their message")
    assert (refused.value.request_id, refused.value.action) == ("r-9", "CreateSmsSign")
    assert len(side.requests) == 1


ODD: Mapping[str, Any] = {
    "nothing": {},
    "an empty code": {"Code": ""},
    "a number for a code": {"Code": 7, "SignName": NAME},
    "no code": {"SignName": NAME},
    "a yes about nothing": {"Code": "OK"},
    "a yes about another one": {**SHOWN, "SignName": "另一个"},
    "a yes with a failed status": httpx.Response(502, json=TAKEN),
}


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_odd_answer_to_a_write_leaves_its_outcome_unknown(answer: Answer) -> None:
    api, _ = answered("alibaba", answer, answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(application())
    with pytest.raises(OutcomeUnknownError):
        api.resubmit(HANDLE, application())


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_odd_answer_to_a_question_is_never_taken_for_gone(answer: Answer) -> None:
    api, _ = answered("alibaba", *[answer] * ATTEMPTS)
    with pytest.raises(UnavailableError):
        api.reviews([HANDLE])
