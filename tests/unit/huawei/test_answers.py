"""Huawei's answers: reviews, absences, errors of three families, and odd ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.huawei.answers import fault
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
