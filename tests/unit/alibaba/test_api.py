"""What is sent, what is believed, and what leaves an outcome unknown."""

from __future__ import annotations

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
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from tests.alibaba_applications import NAME, QUALIFICATION, application
from tests.unit.alibaba.desk import HANDLE, SHOWN, TAKEN, connected, error

WHOLE: dict[str, object] = {
    "sign_source": 5,
    "third_party": True,
    "authorization_letter_id": 7,
    "sign_type": 0,
    "remark": "登录 & 测",
    "more_data": ["1/a.png", "1/b c.png"],
    "trademark_id": 8,
}


def test_a_submission_and_a_change_have_all_their_parameters_in_the_query() -> None:
    api, desk = connected(TAKEN, TAKEN)
    assert api.submit(application(**WHOLE)) == NAME
    api.resubmit(HANDLE, application(**WHOLE))
    assert desk.actions == ["CreateSmsSign", "UpdateSmsSign"]
    for request in desk.asked:
        assert (request.method, request.url.path) == ("POST", "/")
        assert request.headers["x-acs-version"] == "2017-05-25"
        assert dict(request.url.params) == {
            "SignName": NAME,
            "SignSource": "5",
            "QualificationId": str(QUALIFICATION),
            "ThirdParty": "true",
            "AuthorizationLetterId": "7",
            "SignType": "0",
            "Remark": "登录 & 测",
            "MoreData": '["1/a.png", "1/b c.png"]',
            "TrademarkId": "8",
        }


def test_a_review_in_the_common_words() -> None:
    api, _ = connected(
        {
            **SHOWN,
            "SignStatus": 2,
            "AuditInfo": {"RejectInfo": "unreadable", "AuditDate": "2026-11-20 10:00:00"},
            "QualificationId": 2000418,
            "AuthorizationLetterId": 0,
            "ThirdParty": False,
            "Remark": "",
            "FileUrlList": ["1/a.png"],
            "SignCode": "SIGN_1",
            "ApplyScene": "",
            "SignIspRegisterDetailList": [
                {
                    "OperatorCode": "mobile",
                    "RegisterStatus": 0,
                    "OperatorCompleteTime": "2026-11-21 09:00:00",
                    "RegisterStatusReasons": [{"ReasonCode": "QUALIFICATION_ERROR"}, {}],
                },
                {"OperatorCode": "unicom", "RegisterStatus": 7},
                {},
            ],
            "SomethingNew": {"of": "tomorrow"},
        }
    )
    review = api.reviews([HANDLE])[HANDLE]
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
            "reasons": ["QUALIFICATION_ERROR"],
        },
        {"operator": "unicom", "status": "7", "completed_at": "", "reasons": []},
        {"operator": "", "status": "", "completed_at": "", "reasons": []},
    ]


@pytest.mark.parametrize(
    ("told", "state", "deliverable"),
    [
        (-2, "none", "no"),
        (-1, "filing", "no"),
        (0, "failed", "no"),
        (1, "unverified", "no"),
        (2, "lapsed", "no"),
        (3, "filed", "yes"),
        (7, "unknown", "unknown"),
    ],
)
def test_only_what_is_verified_is_filed(told: int, state: str, deliverable: str) -> None:
    carriers = [
        {"OperatorCode": "mobile", "RegisterStatus": 3},
        {"OperatorCode": "unicom", "RegisterStatus": told},
    ]
    api, _ = connected({**SHOWN, "SignStatus": 1, "SignIspRegisterDetailList": carriers})
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.filing.state, review.deliverable) == (state, deliverable)


def test_a_cancelled_one_is_rejected() -> None:
    api, _ = connected({**SHOWN, "SignStatus": 10})
    assert api.reviews([HANDLE])[HANDLE].status is Status.REJECTED


def test_each_name_is_asked_for_once_and_what_is_not_there_is_absent() -> None:
    other = Handle("另一个", "另一个")
    api, desk = connected(SHOWN, error("SignatureNotFound", 404))
    found = api.reviews([HANDLE, Handle("x", NAME), other])
    assert found.keys() == {HANDLE, Handle("x", NAME)}
    assert [desk.sent(index)["SignName"] for index in (0, 1)] == [NAME, "另一个"]


def test_an_id_alone_is_the_name_that_is_asked_for() -> None:
    api, desk = connected(SHOWN)
    assert api.reviews([Handle(NAME)])
    assert desk.sent()["SignName"] == NAME


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SignName.Exists", DuplicateError),
        ("isv.ERROR_SIGN_NOT_DELETE", RefusedError),
        ("ForbiddenAction", AccountError),
    ],
)
def test_a_refusal_in_either_envelope_is_told_once_with_its_words(
    status: int, code: str, kind: type[SmsSignError]
) -> None:
    api, desk = connected(error(code, status, "their words"))
    with pytest.raises(kind) as refused:
        api.submit(application())
    assert (refused.value.code, refused.value.vendor_message) == (code, "their words")
    assert refused.value.request_id == "r-9"
    assert refused.value.action == "CreateSmsSign"
    assert len(desk.asked) == 1


ODD = [
    {},
    {"Code": ""},
    {"Code": 7, "SignName": NAME},
    {"SignName": NAME},
    {"Code": "OK"},
    {**SHOWN, "SignName": "另一个"},
    httpx.Response(502, json=TAKEN),
]


@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_an_odd_answer_to_a_write_leaves_its_outcome_unknown(answer: object) -> None:
    api, desk = connected(answer, answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(application())
    with pytest.raises(OutcomeUnknownError):
        api.resubmit(HANDLE, application())
    assert desk.actions == ["CreateSmsSign", "UpdateSmsSign"]


@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_an_odd_answer_to_a_question_is_never_taken_for_gone(answer: object) -> None:
    api, desk = connected(*[answer] * ATTEMPTS)
    with pytest.raises(UnavailableError):
        api.reviews([HANDLE])
    assert len(desk.asked) == ATTEMPTS
