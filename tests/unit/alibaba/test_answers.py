"""Alibaba's answers: a signature and its filing, refusals in two envelopes, and odd ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
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
