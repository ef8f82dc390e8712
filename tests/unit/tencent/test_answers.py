"""Tencent's answers: a signature as the list reports it, refusals, and odd envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.answers import EnvelopeError, UnreadableError
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.model.errors import AccountError, DuplicateError, ReviewMovedError
from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_BEGUN,
    NOT_TOLD,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.tencent.answers import Item, payload_of

LISTED: Mapping[str, Any] = {
    "SignId": 730021,
    "International": 0,
    "StatusCode": 0,
    "SignName": "极客科技",
}
MAY_BE_FILING = (
    "-1 without a reason: refused, or its first filing with the carriers is not finished; the "
    "vendor doesn't tell which"
)


def reviewed(**changes: object) -> Review:
    return Item.model_validate({**LISTED, **changes}).review()


def test_least_that_the_list_tells_is_a_review() -> None:
    assert reviewed() == Review(
        id="730021",
        text="极客科技",
        status=Status.APPROVED,
        vendor_status="0",
        reported={"sign_name": "极客科技", "international": False},
        filing=NOT_TOLD,
        qualification=NO_QUALIFICATION,
    )


def test_all_that_the_list_tells_is_in_the_review() -> None:
    review = reviewed(
        International=1,
        StatusCode=-1,
        ReviewReply="证件不清晰",
        CreateTime=1_700_000_000,
        QualificationId=2000417,
        QualificationName="极客科技有限公司",
        QualificationStatusCode=1,
    )
    assert review == Review(
        id="730021",
        text="极客科技",
        status=Status.REJECTED,
        vendor_status="-1",
        reason="证件不清晰",
        submitted_at="2023-11-14T22:13:20Z",
        reported={"sign_name": "极客科技", "international": True, "qualification_id": 2000417},
        scope="international",
        filing=NOT_BEGUN,
        qualification=Qualification("2000417", "极客科技有限公司", QualificationState.APPROVED),
    )


@pytest.mark.parametrize(
    ("code", "reply", "status", "filing", "remark"),
    [
        (0, None, Status.APPROVED, NOT_TOLD, ""),
        (0, "well done", Status.APPROVED, NOT_TOLD, ""),
        (1, None, Status.PENDING, NOT_BEGUN, ""),
        (2, None, Status.PENDING, Filing(FilingState.FILING), ""),
        (-1, "blurred", Status.REJECTED, NOT_BEGUN, ""),
        (-1, None, Status.PENDING, NOT_TOLD, MAY_BE_FILING),
        (-1, "", Status.PENDING, NOT_TOLD, MAY_BE_FILING),
        (-1, "  ", Status.PENDING, NOT_TOLD, MAY_BE_FILING),
        (7, None, Status.UNKNOWN, NOT_BEGUN, ""),
    ],
)
def test_status_and_reason_tell_whether_the_carriers_file_it(
    code: int, reply: str | None, status: Status, filing: Filing, remark: str
) -> None:
    review = reviewed(StatusCode=code, ReviewReply=reply)
    assert (review.status, review.vendor_status) == (status, str(code))
    assert (review.filing, review.remark) == (filing, remark)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (0, "pending"),
        (1, "approved"),
        (2, "refused"),
        (3, "supplement"),
        (4, "changing"),
        (5, "change-refused"),
        (6, "unknown"),
        (-1, "unknown"),
        (None, "unknown"),
    ],
)
def test_qualification_has_the_state_of_the_vendors_number(code: int | None, state: str) -> None:
    qualification = reviewed(QualificationId=7, QualificationStatusCode=code).qualification
    assert qualification == Qualification("7", "", QualificationState(state))


@pytest.mark.parametrize("identifier", [None, 0])
def test_signature_without_a_qualification_has_none(identifier: int | None) -> None:
    review = reviewed(
        QualificationId=identifier, QualificationStatusCode=1, QualificationName="极客科技"
    )
    assert review.qualification == NO_QUALIFICATION
    assert "qualification_id" not in review.reported


@pytest.mark.parametrize(("number", "scope"), [(0, ""), (1, "international"), (2, "")])
def test_only_the_number_1_is_international(number: int, scope: str) -> None:
    review = reviewed(International=number)
    assert (review.scope, review.reported["international"]) == (scope, number == 1)


# The envelope


def answer(payload: object, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"Response": payload})


@pytest.mark.parametrize("status", [200, 400])
def test_error_is_read_under_any_status(status: int) -> None:
    error = {"Code": "AuthFailure.TokenFailure", "Message": "token failure"}
    with pytest.raises(Fault) as fault:
        payload_of(
            "AddSignStatus", "AddSmsSign", answer({"Error": error, "RequestId": "r-7"}, status)
        )
    assert (fault.value.code, fault.value.vendor_message) == (
        "AuthFailure.TokenFailure",
        "token failure",
    )
    assert fault.value.request_id == "r-7"
    assert fault.value.meaning.error is AccountError


def test_error_without_words_has_none() -> None:
    with pytest.raises(Fault) as fault:
        payload_of("AddSignStatus", "AddSmsSign", answer({"Error": {"Code": None}}))
    found = fault.value
    assert (found.code, found.vendor_message, found.request_id) == ("", "", "")


@pytest.mark.parametrize(
    ("action", "kind"), [("AddSmsSign", DuplicateError), ("ModifySmsSign", ReviewMovedError)]
)
def test_approved_name_is_a_twin_to_a_new_application_alone(
    action: str, kind: type[Exception]
) -> None:
    error = {"Code": "InvalidParameterValue.SignAlreadyPassedCheck", "Message": "no"}
    with pytest.raises(Fault) as fault:
        payload_of("AddSignStatus", action, answer({"Error": error}))
    assert fault.value.meaning.error is kind


@pytest.mark.parametrize(
    ("code", "message", "problem"),
    [
        ("InvalidAuthorization", "`Service` in Credential not valid", "of another service"),
        ("InvalidAuthorization", "service in credential", "of another service"),
        ("InvalidAuthorization", "Signature is missing", "could not read the request's signature"),
        ("TokenFailure", "`Service` in Credential not valid", "the token is wrong or has ended"),
    ],
)
def test_signature_for_another_service_is_told_by_the_vendors_words(
    code: str, message: str, problem: str
) -> None:
    error = {"Code": f"AuthFailure.{code}", "Message": message}
    with pytest.raises(Fault) as fault:
        payload_of("AddSignStatus", "AddSmsSign", answer({"Error": error}))
    assert fault.value.meaning.problem.endswith(problem)


@pytest.mark.parametrize(
    ("response", "kind", "why"),
    [
        (httpx.Response(200, json=[]), UnreadableError, "it is not a JSON object"),
        (httpx.Response(200, json={}), UnreadableError, "Response is missing"),
        (answer([]), UnreadableError, "Response is missing"),
        (answer({"RequestId": "r-1"}), EnvelopeError, "AddSignStatus is missing"),
        (answer({"Error": "none"}), EnvelopeError, "AddSignStatus is missing"),
        (
            answer({"AddSignStatus": {"SignId": 7}}, 500),
            EnvelopeError,
            "it has no Error, and the HTTP status is one",
        ),
    ],
)
def test_odd_envelope_says_what_is_wrong_with_it(
    response: httpx.Response, kind: type[Exception], why: str
) -> None:
    with pytest.raises(kind) as odd:
        payload_of("AddSignStatus", "AddSmsSign", response)
    assert type(odd.value) is kind
    assert str(odd.value) == why


def test_value_under_the_key_is_the_answer() -> None:
    assert payload_of("Items", "DescribeSmsSignList", answer({"Items": None})) is None
    assert payload_of("Items", "DescribeSmsSignList", answer({"Items": [7]})) == [7]
