"""Huawei's answers: reviews, absences, errors of three families, and odd ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.answers import UnreadableError
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.huawei.answers import fault, succeeded
from pulumi_smssign.huawei.codes import is_unauthenticated, meaning
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.model.decide import Known, Replace, decide
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    OutcomeUnknownError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_BEGUN,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.huawei_applications import FIELDS, application
from tests.unit.huawei.answers import ID, ITEM, SIGNATURES, error, iam_error, json, page
from tests.vendors.calls import Answer, answered

HANDLE = Handle(ID)


def reviewed(answer: Answer, region: str = "cn-north-4") -> Review:
    api, _ = answered("huawei", answer, region=region)
    review: Review = api.reviews([HANDLE])[HANDLE]
    return review


# Reviews


@pytest.mark.parametrize(
    ("region", "filing", "papers", "deliverable"),
    [
        ("cn-north-4", "none", "supplement", "no"),
        ("cn-south-1", "none", "supplement", "no"),
        ("ap-southeast-1", "unknown", "unknown", "unknown"),
        ("eu-west-101", "unknown", "unknown", "unknown"),
    ],
)
def test_approved_signature_lacks_papers_on_the_china_site_alone(
    region: str, filing: str, papers: str, deliverable: str
) -> None:
    review = reviewed({**ITEM, "status": "REVIEW_PASSED", "qualification_id": "Q-7"}, region=region)
    assert review.usable
    assert (review.filing.state, review.qualification.state) == (filing, papers)
    assert (review.deliverable, review.qualification.id) == (deliverable, "Q-7")
    assert reviewed({**ITEM, "status": "REVIEW_PASSED"}).qualification.state == "supplement"


@pytest.mark.parametrize(
    "answer",
    [
        {"id": ID, "signature_name": "极客科技", "status": "PENDING_REVIEW"},
        {
            **ITEM,
            "apply_desc": "",
            "qualification_id": None,
            "review_desc": None,
            "is_involved_third": "perhaps",
            "signature_type": None,
            "signature_source": None,
        },
    ],
    ids=["bare", "empty"],
)
def test_absent_fields_are_not_reported(answer: Mapping[str, Any]) -> None:
    review = reviewed(answer)
    assert review.reported == {"signature_name": "极客科技"}
    assert (review.reason, review.outputs["channel_num"]) == ("", "")


@pytest.mark.parametrize(
    ("apps", "app_id"),
    [
        ([{"id": "app-2", "app_key": "k-2"}, {"id": "app-1", "app_key": "k-1"}], "app-1"),
        ([{"id": "app-1", "app_key": "k-1"}, {"id": "app-3", "app_key": "k-1"}], None),
        ([{"id": "app-2"}], None),
        ([], None),
    ],
    ids=["one has its key", "two have it", "none tells a key", "there is none"],
)
def test_app_of_a_signature_is_the_one_with_its_name_and_key(
    apps: list[dict[str, str]], app_id: str | None
) -> None:
    item = {**ITEM, "app_name": "云杉 app", "app_key": "k-1"}
    api, side = answered("huawei", item, {"results": apps})
    assert api.details(HANDLE).reported.get("app_id") == app_id
    assert dict(side.requests[1].url.params) == {"app_name": "云杉 app", "limit": "500"}


def test_app_that_can_not_be_asked_for_is_left_out() -> None:
    item = {**ITEM, "app_name": "a", "app_key": "k-1"}
    api, _ = answered("huawei", item, error("SMS.0001", 403))
    assert "app_id" not in api.details(HANDLE).reported


def test_list_is_filtered_by_name_and_type_whatever_the_app() -> None:
    named = {**ITEM, "signature_name": "CloudTest"}
    items = [
        {**named, "id": "id-1"},
        {**named, "id": "id-2", "signature_name": "CLOUDTEST"},
        {**named, "id": "id-3", "signature_type": "VERIFY_CODE_TYPE"},
        {**named, "id": "id-4", "signature_type": None},
        {**named, "id": "id-5", "app_name": "another app"},
    ]
    api, _ = answered("huawei", page(*items))
    reviews = api.find(application({**FIELDS, "signature_name": "CloudTest"}))
    assert [review.id for review in reviews] == ["id-1", "id-5"]


def test_old_signature_takes_its_templates_and_channel_number_with_it() -> None:
    passed = Review(ID, "云杉", Status.APPROVED, "REVIEW_PASSED")
    decision = decide(RULES, passed, frozenset({"signature_name"}), Known(policy="delete"))
    assert isinstance(decision, Replace)
    assert decision.warning == "With the old signature go its templates and its channel number."


TOLD = {
    **ITEM,
    "status": "PROCESSING",
    "review_desc": "证件不清晰",
    "is_involved_third": "Yes",
    "apply_desc": "login codes",
    "qualification_id": "Q-7",
    "qualification_name": "极客科技有限公司",
    "registration_number": "TM-0042",
    "license_number": "ICP-0042",
    "channel_num": "106900",
    "urge_status": "PROCESSING",
    "urge_time": "2026-11-20 10:00:00",
    "urge_desc": "tomorrow",
}


def test_all_that_the_vendor_tells_is_in_the_review() -> None:
    assert reviewed(TOLD) == Review(
        id=ID,
        text="极客科技",
        status=Status.PENDING,
        vendor_status="PROCESSING",
        reason="证件不清晰",
        reported={
            "signature_name": "极客科技",
            "signature_type": "NOTIFY_TYPE",
            "signature_source": 0,
            "is_involved_third": True,
            "apply_desc": "login codes",
            "qualification_id": "Q-7",
            "registration_number": "TM-0042",
            "license_number": "ICP-0042",
        },
        outputs={
            "signature_id": ITEM["signature_id"],
            "channel_num": "106900",
            "urge_status": "PROCESSING",
            "urge_time": "2026-11-20 10:00:00",
            "urge_desc": "tomorrow",
        },
        filing=NOT_BEGUN,
        qualification=Qualification("Q-7", "极客科技有限公司", QualificationState.UNKNOWN),
    )


@pytest.mark.parametrize("urged", [None, "NO"])
def test_what_nobody_asked_to_hurry_has_no_word_of_it(urged: str | None) -> None:
    outputs = reviewed({**ITEM, "urge_status": urged, "signature_id": None}).outputs
    names = ("signature_id", "channel_num", "urge_status", "urge_time", "urge_desc")
    assert outputs == dict.fromkeys(names, "")


@pytest.mark.parametrize(("said", "meant"), [("Yes", True), ("No", False)])
def test_third_party_is_reported_as_a_program_says_it(said: str, meant: bool) -> None:
    assert reviewed({**ITEM, "is_involved_third": said}).reported["is_involved_third"] is meant


@pytest.mark.parametrize(
    ("vendor_status", "status", "filing", "papers"),
    [
        ("PENDING_REVIEW", "PENDING", "none", "unknown"),
        ("PENDING_QUALIFICATION_REVIEW", "PENDING", "none", "pending"),
        ("PROCESSING", "PENDING", "none", "unknown"),
        ("REAL_NAME_REGISTRATING", "PENDING", "filing", "unknown"),
        ("REVIEW_PASSED", "APPROVED", "none", "supplement"),
        ("REVIEW_PROCESSING_COMPLETED", "APPROVED", "filed", "unknown"),
        ("REVIEW_PASSED_QUALIFICATION_PROCESSING", "APPROVED", "none", "pending"),
        ("REVIEW_PASSED_REAL_NAME_REGISTRATING", "APPROVED", "filing", "unknown"),
        ("REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL", "APPROVED", "failed", "unknown"),
        ("REVIEW_NOT_PASS", "REJECTED", "none", "unknown"),
        ("TO_BE_ACTIVATED", "SUSPENDED", "unknown", "unknown"),
        ("PENDING_ACTIVATE", "SUSPENDED", "filing", "unknown"),
        ("ARCHIVED", "UNKNOWN", "unknown", "unknown"),
    ],
)
def test_status_tells_of_the_filing_and_of_the_papers(
    vendor_status: str, status: str, filing: str, papers: str
) -> None:
    review = reviewed({**TOLD, "status": vendor_status})
    assert (review.status.name, review.vendor_status) == (status, vendor_status)
    assert (review.filing.state, review.qualification.state) == (filing, papers)
    assert list(review.filing.reasons) == (["证件不清晰"] if filing == "failed" else [])
    assert (review.qualification.id, review.qualification.name) == ("Q-7", "极客科技有限公司")


def test_failed_filing_may_have_no_reason() -> None:
    failed = {**ITEM, "status": "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL"}
    review = reviewed(failed)
    assert (list(review.filing.reasons), review.qualification) == ([], NO_QUALIFICATION)


@pytest.mark.parametrize(("name", "key"), [(None, "k-1"), ("", "k-1"), ("a", None), ("a", "")])
def test_app_is_not_looked_for_by_half_of_what_tells_it(name: str | None, key: str | None) -> None:
    api, side = answered("huawei", {**ITEM, "app_name": name, "app_key": key})
    assert api.details(HANDLE).reported == reviewed(ITEM).reported
    assert len(side.requests) == 1


def test_details_of_what_is_not_there_are_none() -> None:
    api, _ = answered("huawei", error("MSGSMS.0005", 404))
    assert api.details(HANDLE) is None


# Ids


@pytest.mark.parametrize("identifier", ["", ".", "..", "x" * 65])
def test_text_that_can_be_no_id_is_not_asked_for(identifier: str) -> None:
    api, side = answered("huawei")
    for call in (api.withdraw, lambda handle: api.reviews([handle])):
        with pytest.raises(InputError, match="not the id"):
            call(Handle(identifier))
    assert not side.requests


def test_id_never_leads_to_another_path() -> None:
    api, side = answered("huawei", error("MSGSMS.0005", 404))
    assert api.reviews([Handle("../apps?x=1")]) == {}
    assert side.requests[0].url.raw_path.decode() == f"{SIGNATURES}/..%2Fapps%3Fx%3D1"


# Odd answers

NOT_THE_VENDORS = "not in the format of huawei|a proxy or gateway before huawei"
ODD: list[httpx.Response] = [
    httpx.Response(302, headers={"Location": "https://login.example"}),
    httpx.Response(404, text="<html>nothing here</html>"),
    httpx.Response(403, text="<html>a proxy's</html>"),
    json("fine"),
    json({"message": "not found"}, 404),
]
NOTHING: list[dict[str, Any] | None] = [
    *({}, None, {"error": None}),
    {"error": {"message": "not found"}},
    {"results": [], "total": 0},
]
NO_ITEM: list[httpx.Response] = [
    *(json(content, 404) for content in NOTHING),
    json({"id": ID, "signature_name": "极客科技"}),
    *(json({**ITEM, name: None}) for name in ("id", "status")),
    json({**ITEM, "id": 7}),
    json({**ITEM, "signature_source": "many"}),
]
NO_PAGE: list[httpx.Response] = [
    *(json({}), json({"total": 0}), json({"results": []})),
    json({"results": None, "total": 0}),
    json({"results": [{"id": "1"}], "total": 1}),
]


@pytest.mark.parametrize("answer", [*ODD, *NO_ITEM])
def test_odd_answer_to_a_question_is_no_absence(answer: httpx.Response) -> None:
    api, _ = answered("huawei", *[answer] * 6)
    with pytest.raises(UnavailableError, match=NOT_THE_VENDORS):
        api.reviews([HANDLE])


@pytest.mark.parametrize("answer", [*ODD, *NO_PAGE])
def test_odd_list_is_no_empty_list(answer: httpx.Response) -> None:
    api, _ = answered("huawei", *[answer] * 6)
    with pytest.raises(UnavailableError, match=NOT_THE_VENDORS):
        api.find(application())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(error("MSGSMS.9999", 404), RefusedError), (error("MSGSMS.0014", 404), InputError)],
)
def test_another_404_is_an_error_and_no_absence(
    answer: httpx.Response, kind: type[SmsSignError]
) -> None:
    with pytest.raises(kind):
        reviewed(answer)


def test_unreadable_answer_says_which_fields_are_missing() -> None:
    api, _ = answered("huawei", *[{"id": ID}] * 6)
    with pytest.raises(UnavailableError, match=r"signature_name, status is missing.*HTTP 200"):
        api.reviews([HANDLE])


# Writes whose answer has no content


@pytest.mark.parametrize(
    "answer", [httpx.Response(200), httpx.Response(201), httpx.Response(204), json({"id": ID})]
)
def test_deletion_and_activation_are_confirmed_without_content(answer: httpx.Response) -> None:
    api, side = answered("huawei", answer, answer)
    api.withdraw(HANDLE)
    api.request("activate", HANDLE)
    assert [request.method for request in side.requests] == ["DELETE", "PUT"]


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("slow"), error("MSGSMS.0001", 200), ODD[3]])
def test_lost_activation_is_of_unknown_outcome(answer: Answer) -> None:
    api, _ = answered("huawei", answer)
    with pytest.raises(OutcomeUnknownError):
        api.request("activate", HANDLE)


def test_there_is_no_other_request() -> None:
    api, _ = answered("huawei")
    with pytest.raises(RefusedError):
        api.request("hurry", HANDLE)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (json("fine"), "it is not a JSON object"),
        (httpx.Response(204), "it is not a JSON object"),
        (json({"message": "no"}, 404), "it names no error code"),
    ],
)
def test_answer_that_is_no_success_says_why(answer: httpx.Response, why: str) -> None:
    with pytest.raises(UnreadableError) as odd:
        succeeded(answer)
    assert str(odd.value) == why


# Errors


def test_error_has_the_vendors_message_code_and_request_id() -> None:
    body = {"error_code": "MSGSMS.0006", "error_msg": "Duplicate.", "error_detail": "name=云杉"}
    reported = fault(httpx.Response(400, json=body, headers={"X-Request-Id": "r-417"}))
    assert reported is not None
    text = str(reported.error("huawei", "CreateSignature"))
    assert "huawei refused CreateSignature" in text
    assert "code: MSGSMS.0006" in text
    assert "huawei says: Duplicate. name=云杉" in text
    assert "request id: r-417" in text
    assert "adopt=ID" in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error_msg": "Duplicate."}, "Duplicate."),
        ({"error_detail": "name"}, "name"),
        ({"error_msg": "", "error_detail": None}, ""),
        ({}, ""),
    ],
)
def test_error_has_the_words_that_there_are(body: dict[str, object], message: str) -> None:
    reported = fault(json({"error_code": 7, **body}))
    assert reported is not None
    assert (reported.code, reported.vendor_message, reported.request_id) == ("7", message, "")


@pytest.mark.parametrize("status", [401, 413, 429])
def test_error_of_a_status_has_the_headers_request_id(status: int) -> None:
    headers = {"X-Request-Id": "r-1"}
    for answer in (
        httpx.Response(status, text="<html>", headers=headers),
        httpx.Response(status, json={"message": "no"}, headers=headers),
    ):
        reported = fault(answer)
        assert reported is not None
        assert (reported.code, reported.request_id) == (f"HTTP {status}", "r-1")


def test_nested_error_has_the_headers_request_id_and_its_own_words_or_none() -> None:
    body = {"error": {"code": "IAM.0101"}}
    reported = fault(httpx.Response(500, json=body, headers={"X-Request-Id": "r-1"}))
    assert reported is not None
    assert (reported.code, reported.vendor_message, reported.request_id) == ("IAM.0101", "", "r-1")
    assert reported.meaning.error is UnavailableError


def test_nested_number_is_a_status_of_its_own() -> None:
    reported = fault(iam_error(403, 200))
    assert reported is not None
    assert reported.meaning.error is AccountError


def test_request_id_of_the_gateway_goes_before_the_headers() -> None:
    body = {"error_code": "APIGW.0308", "error_msg": "throttled", "request_id": "r-2"}
    reported = fault(httpx.Response(429, json=body, headers={"X-Request-Id": "r-1"}))
    assert reported is not None
    assert reported.request_id == "r-2"


@pytest.mark.parametrize("code", [401, "401"], ids=["number", "text"])
def test_nested_error_of_iam_is_read(code: int | str) -> None:
    reported = fault(iam_error(code, 401, "The username or password is wrong."))
    assert reported is not None
    assert (reported.code, reported.vendor_message) == ("401", "The username or password is wrong.")
    assert is_unauthenticated(reported)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(401, text="<html>"), AccountError),
        (json({"message": "no"}, 403), AccountError),
        (httpx.Response(413, text="<html>"), InputError),
        (httpx.Response(429), RateLimitedError),
    ],
)
def test_some_statuses_say_enough_without_a_code(
    answer: httpx.Response, kind: type[SmsSignError]
) -> None:
    reported = fault(answer)
    assert reported is not None
    assert isinstance(reported.error("huawei", "ShowSignature"), kind)
    assert reported.code == f"HTTP {answer.status_code}"


@pytest.mark.parametrize(
    "answer",
    [
        *(json(content) for content in NOTHING),
        *(json({"error_code": "", "error_msg": ""}), json({"error_code": None})),
        *(json({"error": {}}), json({"error": "none"})),
        json([{"error_code": "MSGSMS.0001"}]),
        httpx.Response(204),
        httpx.Response(502, text="Bad Gateway"),
        *ODD[1:],
    ],
)
def test_answer_without_the_vendors_error_reports_none(answer: httpx.Response) -> None:
    assert fault(answer) is None


@pytest.mark.parametrize(
    ("code", "status", "locks"),
    [
        *(("APIGW.0301", 401, True), ("APIG.0301", 200, True), ("APIG.0307", 401, True)),
        *(("401", 401, True), ("HTTP 401", 401, True)),
        *(("MSGSMS.0003", 401, False), ("MSGSMS.9999", 401, False)),
        *(("APIGW.0302", 403, False), ("APIGW.0308", 429, False)),
    ],
)
def test_failed_authentication_is_told_from_other_errors(
    code: str, status: int, locks: bool
) -> None:
    assert is_unauthenticated(Fault(meaning(code, status), code)) is locks
