"""An application on Tencent's wire: every field of both writes, and every header."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.review import Handle
from tests.images import jpeg, png
from tests.tencent_applications import application, usual, whole
from tests.vendors.calls import answered


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


LEAST = {
    "SignName": "极客科技",
    "SignType": 0,
    "DocumentType": 1,
    "International": 0,
    "SignPurpose": 0,
    "ProofImage": encoded(png()),
    "QualificationId": 2000417,
}
WHOLE = {
    **LEAST,
    "SignType": 4,
    "DocumentType": 7,
    "International": 1,
    "SignPurpose": 1,
    "CommissionImage": encoded(jpeg()),
    "Remark": "登录验证码",
}


def done(key: str, value: object) -> dict[str, object]:
    return {"Response": {key: value, "RequestId": "r-1"}}


@pytest.mark.parametrize("is_whole", [False, True], ids=["least", "whole"])
def test_application_is_sent_field_by_field(is_whole: bool, tmp_path: Path) -> None:
    wanted = application((whole if is_whole else usual)(tmp_path))
    api, side = answered(
        "tencent", done("AddSignStatus", {"SignId": 7}), done("ModifySignStatus", {})
    )
    assert api.submit(wanted).id == "7"
    api.resubmit(Handle("7"), wanted)
    sent = WHOLE if is_whole else LEAST
    assert [json.loads(request.content) for request in side.requests] == [
        sent,
        {"SignId": 7, **sent},
    ]


def test_each_call_names_its_action_version_and_region(tmp_path: Path) -> None:
    api, side = answered(
        "tencent",
        done("AddSignStatus", {"SignId": 7}),
        done("ModifySignStatus", None),
        done("DescribeSignListStatusSet", []),
        done("DescribeSignListStatusSet", []),
        done("DeleteSignStatus", None),
        region="ap-beijing",
    )
    wanted = application(usual(tmp_path))
    api.submit(wanted)
    api.resubmit(Handle("7"), wanted)
    api.reviews([Handle("7")])
    api.withdraw(Handle("7"))
    actions = [request.headers["X-TC-Action"] for request in side.requests]
    assert actions == [
        "AddSmsSign",
        "ModifySmsSign",
        "DescribeSmsSignList",
        "DescribeSmsSignList",
        "DeleteSmsSign",
    ]
    assert json.loads(side.requests[-1].content) == {"SignId": 7}
    for request in side.requests:
        said = {name: request.headers[name] for name in ("X-TC-Version", "X-TC-Region")}
        assert said == {"X-TC-Version": "2021-01-11", "X-TC-Region": "ap-beijing"}
        assert request.headers["X-TC-Language"] == "en-US"
        assert request.headers["Content-Type"] == "application/json"
        assert (request.method, request.url.path) == ("POST", "/")


def test_list_is_asked_for_page_by_page_until_one_is_not_full() -> None:
    items = [
        {"SignId": number, "International": 0, "StatusCode": 0, "SignName": f"极客{number}"}
        for number in range(1, 131)
    ]
    abroad = {"SignId": 900, "International": 1, "StatusCode": 0, "SignName": "极客"}
    pages = [items[:100], items[100:], [abroad]]
    api, side = answered("tencent", *(done("DescribeSignListStatusSet", page) for page in pages))
    found = api.listed("极客1")
    assert [review.id for review in found][:3] == ["1", "10", "11"]
    assert [json.loads(request.content) for request in side.requests] == [
        {"International": 0, "Limit": 100, "Offset": 0},
        {"International": 0, "Limit": 100, "Offset": 100},
        {"International": 1, "Limit": 100, "Offset": 0},
    ]


@pytest.mark.parametrize(
    ("scope", "international"), [("mainland", 0), ("", 0), ("international", 1)]
)
def test_catalogue_is_that_of_its_scope(scope: str, international: int) -> None:
    api, side = answered("tencent", done("DescribeSignListStatusSet", []))
    (page,) = api.catalogue(scope)
    assert (list(page.items), page.is_last) == ([], True)
    assert json.loads(side.requests[0].content)["International"] == international


def test_id_that_is_no_number_is_told_with_where_the_numbers_are() -> None:
    api, side = answered("tencent")
    for call in (api.withdraw, lambda handle: api.reviews([handle])):
        with pytest.raises(InputError) as refused:
            call(Handle("SIG-7"))
        assert refused.value.summary == "'SIG-7' is not a SignId of Tencent"
        assert refused.value.vendor == "tencent"
        assert refused.value.advice == "a SignId is a number; the vendor's console lists it."
    assert not side.requests
