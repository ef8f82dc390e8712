"""An application on Alibaba's wire: every parameter of CreateSmsSign, and every other call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.alibaba_applications import NAME, QUALIFICATION, application
from tests.vendors.calls import answered

HANDLE = Handle("an old name", NAME)
TAKEN = {"Code": "OK", "RequestId": "r-1", "SignName": NAME}
LEAST: Mapping[str, str] = {
    "SignName": NAME,
    "SignSource": "0",
    "QualificationId": str(QUALIFICATION),
    "ThirdParty": "false",
    "SignType": "1",
}


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, LEAST),
        (
            {
                "sign_source": 2,
                "third_party": True,
                "authorization_letter_id": 11,
                "sign_type": 0,
                "remark": "登录验证码",
                "more_data": ["1/a.png", "1/证.png"],
                "apply_scene_content": "https://app.example",
                "trademark_id": 12,
                "app_icp_record_id": 13,
            },
            {
                **LEAST,
                "SignSource": "2",
                "ThirdParty": "true",
                "AuthorizationLetterId": "11",
                "SignType": "0",
                "Remark": "登录验证码",
                "MoreData": '["1/a.png", "1/证.png"]',
                "ApplySceneContent": "https://app.example",
                "TrademarkId": "12",
                "AppIcpRecordId": "13",
            },
        ),
        ({"more_data": []}, {**LEAST, "MoreData": "[]"}),
    ],
    ids=["least", "whole", "an empty list"],
)
def test_application_is_sent_field_by_field(
    changes: Mapping[str, Any], sent: Mapping[str, str]
) -> None:
    api, side = answered("alibaba", TAKEN, TAKEN)
    assert api.submit(application(**changes)).id == NAME
    api.resubmit(HANDLE, application(**changes))
    assert [dict(request.url.params) for request in side.requests] == [sent, sent]
    actions = [request.headers["x-acs-action"] for request in side.requests]
    assert actions == ["CreateSmsSign", "UpdateSmsSign"]
    for request in side.requests:
        assert (request.method, request.url.path) == ("POST", "/")
        assert request.headers["x-acs-version"] == "2017-05-25"
        assert request.headers["Accept"] == "application/json"


def test_signature_is_read_and_deleted_by_its_present_name() -> None:
    api, side = answered("alibaba", {**TAKEN, "SignStatus": 1}, TAKEN)
    assert list(api.reviews([HANDLE])) == [HANDLE]
    api.withdraw(HANDLE)
    assert [
        (request.headers["x-acs-action"], dict(request.url.params)) for request in side.requests
    ] == [("GetSmsSign", {"SignName": NAME}), ("DeleteSmsSign", {"SignName": NAME})]
    assert api.identity(HANDLE) == NAME
    assert api.identity(Handle("an id")) == "an id"


def listed(number: int, total: int, first: int = 0) -> dict[str, object]:
    """A page of so many signatures; `total` counts those on all pages."""
    items = [
        {"SignName": f"极客{each}", "AuditStatus": "AUDIT_STATE_PASS", "OrderId": each}
        for each in range(first, first + number)
    ]
    return {"Code": "OK", "SmsSignList": items, "TotalCount": total}


def test_list_is_asked_for_page_by_page_until_all_are_there() -> None:
    api, side = answered("alibaba", listed(50, 51), listed(1, 51, 50))
    assert [(len(list(page.items)), page.is_last) for page in api.catalogue("")] == [
        (50, False),
        (1, True),
    ]
    assert [dict(request.url.params) for request in side.requests] == [
        {"PageIndex": "1", "PageSize": "50"},
        {"PageIndex": "2", "PageSize": "50"},
    ]
    assert {request.headers["x-acs-action"] for request in side.requests} == {"QuerySmsSignList"}


def test_each_name_on_the_list_that_has_the_text_is_read() -> None:
    shown = {**TAKEN, "SignName": "极客1", "SignStatus": 1}
    api, side = answered("alibaba", listed(3, 3), shown)
    assert [review.id for review in api.listed("客1")] == ["极客1"]
    assert len(side.requests) == 2


def test_verdicts_of_several_come_of_the_list_and_of_one_of_its_page() -> None:
    handles = [Handle(f"极客{number}") for number in range(3)]
    api, side = answered("alibaba", listed(3, 3))
    assert list(api.verdicts(handles)) == handles
    assert len(side.requests) == 1
    api, side = answered("alibaba", {**TAKEN, "SignStatus": 1})
    assert list(api.verdicts([HANDLE])) == [HANDLE]
    assert side.requests[0].headers["x-acs-action"] == "GetSmsSign"


@pytest.mark.parametrize(
    ("changes", "is_unmoved"),
    [
        ({}, True),
        ({"vendor_status": "1"}, False),
        ({"reason": "clear"}, False),
        ({"order_id": "2001"}, False),
        ({"order_id": ""}, False),
    ],
)
def test_listed_signature_is_unmoved_while_status_reason_and_ticket_are_the_same(
    changes: Mapping[str, str], is_unmoved: bool
) -> None:
    api, _ = answered("alibaba")
    review = Review(NAME, NAME, Status.REJECTED, "2", reason="blurred", trace="2000")
    known = {"vendor_status": "2", "reason": "blurred", "order_id": "2000", **changes}
    assert api.is_unmoved(review, known) is is_unmoved


def test_listed_signature_without_a_ticket_may_have_moved() -> None:
    api, _ = answered("alibaba")
    known = {"vendor_status": "2", "reason": "", "order_id": ""}
    assert api.is_unmoved(Review(NAME, NAME, Status.REJECTED, "2"), known) is False
