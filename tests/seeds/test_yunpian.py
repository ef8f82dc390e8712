"""The page sign/add, by our client against the sandbox."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.application import examine
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.yunpian.application import SignatureApplication
from tests.contract.yunpian_sdk import YunpianSdk
from tests.images import jpeg, png
from tests.seeds.conftest import Api, Fault, Wire
from tests.seeds.pages import page
from tests.yunpian_applications import SIGN, WEBSITE, application, for_others

VENDOR = "yunpian"
PAGE = page("yunpian-add")
APIKEY = "5a1d00000000000000000000005b0c00"
HANDLE = Handle(SIGN, SIGN)
NO: dict[str, JsonValue] = {
    "http_status_code": 400,
    "code": 2,
    "msg": "请求参数格式错误",
    "detail": "参数sign格式不正确",
}
"""The page's own example of an error."""


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Arguments for another company's name, the papers as files."""
    return for_others(
        tmp_path,
        prove_type=6,
        notify=False,
        apply_vip=True,
        is_only_global=False,
        industry_type="IT/通信/电子服务",
    )


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    findings = examine(SignatureApplication, {**inputs, **changes}, frozenset())
    return {problem.property for problem in findings.problems}


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_every_field_is_sent_under_its_name(
    api: Api, wire: Wire, inputs: dict[str, object]
) -> None:
    """The papers as files, or their URLs instead."""
    api.submit(application(inputs))
    prefix = "data:image/jpg;base64,"
    files = wire.form()
    assert files == {
        "apikey": [APIKEY],
        "sign": [SIGN],
        "sign_use": ["1"],
        "website": [WEBSITE],
        "prove_type": ["6"],
        "license_base64": [prefix + encoded(png(1)), prefix + encoded(jpeg())],
        "business_license_name": ["极客科技有限公司"],
        "id_card_name": ["赵钱孙"],
        "id_card_number": ["11010119000101001X"],
        "id_card_front": [encoded(png(2))],
        "id_card_back": [encoded(jpeg(3))],
        "agent_mobile": ["13000000000"],
        "notify": ["false"],
        "apply_vip": ["true"],
        "is_only_global": ["false"],
        "industry_type": ["IT/通信/电子服务"],
    }
    changes: dict[str, object] = {
        "licence_urls": ["https://a.example/1.png", "https://a.example/2.png"],
        "id_card_front_url": "https://a.example/front.png",
        "id_card_back_url": "https://a.example/back.png",
        **dict.fromkeys(("licences", "id_card_front", "id_card_back")),
    }
    assert problems(inputs, **changes) == set()
    api.submit(application({**inputs, **changes}, sign="极客云科"))
    urls = {name: values for name, values in wire.form().items() if name not in files}
    assert urls == {
        "license_url": ["https://a.example/1.png", "https://a.example/2.png"],
        "id_card_front_url": ["https://a.example/front.png"],
        "id_card_back_url": ["https://a.example/back.png"],
    }
    assert wire.form().keys().isdisjoint({"license_base64", "id_card_front", "id_card_back"})
    assert {*files, *urls, "Accept", "Content-Type"} == set(PAGE.request)


def test_the_headers_are_the_pages(api: Api, wire: Wire, inputs: dict[str, object]) -> None:
    api.submit(application(inputs))
    assert wire.requests[-1].url.path == "/v2/sign/add.json"
    for header in ("Accept", "Content-Type"):
        assert [wire.headers()[header]] == PAGE.values[header]


@pytest.mark.parametrize("field", ["sign_use", "prove_type", "industry_type"])
def test_every_value_of_the_page_is_sent(
    api: Api, wire: Wire, inputs: dict[str, object], field: str
) -> None:
    for number, value in enumerate(PAGE.values[field]):
        changes = {field: value, "sign": f"极客科技{number}"}
        assert problems(inputs, **changes) == set()
        api.submit(application(inputs, **changes))
        assert wire.form()[field] == [str(value)]


def test_every_industry_is_kept_as_it_is(api: Api, inputs: dict[str, object]) -> None:
    for number, industry in enumerate(PAGE.values["industry_type"]):
        sign = f"极客科技{number}"
        api.submit(application(inputs, industry_type=industry, sign=sign))
        handle = Handle(sign, sign)
        assert api.reviews([handle])[handle].reported["industry_type"] == industry


@pytest.mark.parametrize(
    ("name", "value"),
    [("sign_use", 2), ("prove_type", 4), ("prove_type", 5), ("industry_type", "教育")],
)
def test_a_value_that_the_page_does_not_have_is_refused(
    inputs: dict[str, object], name: str, value: object
) -> None:
    assert value not in PAGE.values[name]
    assert problems(inputs, **{name: value}) == {name}


def test_code_0_with_the_text_in_brackets_is_a_yes(
    api: Api, fault: Fault, inputs: dict[str, object]
) -> None:
    """The vendor's state of it is then that it is checked."""
    taken: JsonValue = {"apply_state": "CHECKING", "sign": f"【{SIGN}】"}
    fault("add", "body", body={"code": PAGE.values["code"][0], "msg": "OK", "sign": taken})
    assert api.submit(application(inputs)).id == SIGN
    api.submit(application(inputs))
    review = api.reviews([HANDLE])[HANDLE]
    assert [review.vendor_status] == PAGE.values["sign.apply_state"]
    assert review.status is Status.PENDING


def test_an_add_tells_the_official_sdk_its_state(served: RunningSandbox) -> None:
    assert [YunpianSdk(served).add()["apply_state"]] == PAGE.values["sign.apply_state"]


@pytest.mark.parametrize(
    "order",
    [
        {"kind": "missing", "key": "sign"},
        {"kind": "missing", "key": "sign.sign"},
        {"kind": "body", "body": {"code": 0, "msg": "OK", "sign": {"sign": "【极客云科】"}}},
    ],
    ids=str,
)
def test_a_yes_that_does_not_tell_of_the_text_is_of_unknown_outcome(
    api: Api, fault: Fault, inputs: dict[str, object], order: dict[str, JsonValue]
) -> None:
    fault("add", **order)
    with pytest.raises(errors.OutcomeUnknownError, match=r"sign is not what|not JSON with a code"):
        api.submit(application(inputs))


def test_the_rest_of_the_answer_is_asked_of_get_and_not_needed(
    api: Api, served: RunningSandbox, fault: Fault, inputs: dict[str, object]
) -> None:
    for key in set(PAGE.response) - {"code", "sign", "sign.sign", "http_status_code", "detail"}:
        served.sandbox.reset()
        fault("add", "missing", key=key)
        assert api.submit(application(inputs)).id == SIGN
        review = api.reviews([HANDLE])[HANDLE]
        assert (review.status, review.text) == (Status.PENDING, SIGN)
        assert review.reported == {
            "sign": SIGN,
            "is_only_global": False,
            "industry_type": "IT/通信/电子服务",
        }


@pytest.mark.parametrize("http_status", [*PAGE.statuses, 200])
def test_code_2_is_the_users_mistake_with_the_vendors_message_and_detail(
    api: Api, fault: Fault, inputs: dict[str, object], http_status: int
) -> None:
    fault("add", "body", body=NO, http_status=http_status)
    with pytest.raises(errors.InputError) as caught:
        api.submit(application(inputs))
    assert (caught.value.action, caught.value.code) == ("sign/add", "2")
    assert caught.value.vendor_message == "请求参数格式错误: 参数sign格式不正确"


@pytest.mark.parametrize("key", ["http_status_code", "detail"])
def test_an_error_needs_neither_its_http_status_nor_its_detail(
    api: Api, fault: Fault, inputs: dict[str, object], key: str
) -> None:
    assert [NO["code"]] == PAGE.errors
    body = {name: value for name, value in NO.items() if name != key}
    fault("add", "body", body=body, http_status=400)
    with pytest.raises(errors.InputError, match="not what the vendor takes"):
        api.submit(application(inputs))
