"""What the page sign/add lists, by our client against the sandbox."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.application import examine
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import AccountCredentials
from tests.contract.yunpian_sdk import Signing
from tests.images import jpeg, png
from tests.seeds.conftest import Wire
from tests.yunpian_applications import SIGN, WEBSITE, application, for_others

APIKEY = "5a1d00000000000000000000005b0c00"
HANDLE = Handle(SIGN, SIGN)


@pytest.fixture
def api(served: RunningSandbox) -> Iterator[SignatureApi]:
    credentials = AccountCredentials.sandbox(served.url, "default")
    with closing(SignatureApi(credentials, sleep=lambda _: None)) as api:
        yield api


@pytest.fixture
def wire(api: SignatureApi) -> Wire:
    return Wire(api)


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    """Everything about another company's name, the papers as files."""
    return for_others(
        tmp_path,
        prove_type=6,
        notify=False,
        apply_vip=True,
        is_only_global=False,
        industry_type="IT/通信/电子服务",
    )


def problems(inputs: Mapping[str, object], **changes: object) -> set[str]:
    found = examine(SignatureApplication, {**inputs, **changes}, frozenset()).problems
    return {problem.property for problem in found}


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def fault(served: RunningSandbox, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "yunpian", "action": "add", "kind": kind, **more})


def test_every_field_is_sent_under_its_name(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    api.submit(application(inputs))
    prefix = "data:image/jpg;base64,"
    assert wire.form() == {
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


def test_urls_are_sent_instead_of_files(
    api: SignatureApi, wire: Wire, inputs: dict[str, object]
) -> None:
    urls = {
        "licence_urls": ["https://a.example/1.png", "https://a.example/2.png"],
        "id_card_front_url": "https://a.example/front.png",
        "id_card_back_url": "https://a.example/back.png",
    }
    files = dict.fromkeys(("licences", "id_card_front", "id_card_back"))
    assert problems(inputs, **urls, **files) == set()
    api.submit(application(inputs, **urls, **files))
    form = wire.form()
    assert form["license_url"] == ["https://a.example/1.png", "https://a.example/2.png"]
    assert form["id_card_front_url"] == ["https://a.example/front.png"]
    assert form["id_card_back_url"] == ["https://a.example/back.png"]
    assert form.keys().isdisjoint({"license_base64", "id_card_front", "id_card_back"})


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Accept", "application/json;charset=utf-8"),
        ("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
    ],
)
def test_the_headers_are_the_pages(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], header: str, value: str
) -> None:
    api.submit(application(inputs))
    assert wire.headers()[header] == value
    assert wire.requests[-1].url.path == "/v2/sign/add.json"


@pytest.mark.parametrize("sign_use", [0, 1])
def test_sign_use_is_0_or_1(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], sign_use: int
) -> None:
    assert problems(inputs, sign_use=sign_use) == set()
    api.submit(application(inputs, sign_use=sign_use))
    assert wire.form()["sign_use"] == [str(sign_use)]


@pytest.mark.parametrize("prove_type", [1, 2, 3, 6])
def test_the_four_prove_types_are_sent(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], prove_type: int
) -> None:
    assert problems(inputs, prove_type=prove_type) == set()
    api.submit(application(inputs, prove_type=prove_type))
    assert wire.form()["prove_type"] == [str(prove_type)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("sign_use", 2), ("prove_type", 4), ("prove_type", 5), ("industry_type", "教育")],
)
def test_a_value_that_the_page_does_not_have_is_refused(
    inputs: dict[str, object], name: str, value: object
) -> None:
    assert problems(inputs, **{name: value}) == {name}


@pytest.mark.parametrize(
    "industry",
    [
        "游戏",
        "移动应用",
        "视频",
        "IT/通信/电子服务",
        "电子商务",
        "金融",
        "网站",
        "商业服务",
        "房地产/建筑",
        "零售/租赁/贸易",
        "生产/加工/制造",
        "交通/物流",
        "文化传媒",
        "能源/电气",
        "政府企业",
        "农业",
        "物联网",
        "其它",
    ],
)
def test_every_industry_is_sent_and_kept_as_it_is(
    api: SignatureApi, wire: Wire, inputs: dict[str, object], industry: str
) -> None:
    assert problems(inputs, industry_type=industry) == set()
    api.submit(application(inputs, industry_type=industry))
    assert wire.form()["industry_type"] == [industry]
    assert api.reviews([HANDLE])[HANDLE].reported["industry_type"] == industry


@pytest.mark.parametrize("code", [0])
def test_code_0_with_the_text_in_brackets_is_a_yes(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], code: int
) -> None:
    taken: JsonValue = {"apply_state": "CHECKING", "sign": f"【{SIGN}】"}
    fault(served, "body", body={"code": code, "msg": "OK", "sign": taken})
    assert api.submit(application(inputs)) == SIGN


@pytest.mark.parametrize("key", ["sign", "sign.sign"])
def test_a_yes_that_does_not_tell_of_the_text_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], key: str
) -> None:
    fault(served, "missing", key=key)
    with pytest.raises(errors.OutcomeUnknownError, match=r"sign is not what|not JSON with a code"):
        api.submit(application(inputs))


def test_a_yes_about_another_text_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    fault(served, "body", body={"code": 0, "msg": "OK", "sign": {"sign": "【极客云科】"}})
    with pytest.raises(errors.OutcomeUnknownError, match="sign is not what"):
        api.submit(application(inputs))


@pytest.mark.parametrize(
    "key",
    [
        "msg",
        "sign.apply_state",
        "sign.is_apply_vip",
        "sign.is_only_global",
        "sign.industry_type",
    ],
)
def test_what_else_an_add_tells_is_asked_of_get_and_not_needed(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], key: str
) -> None:
    fault(served, "missing", key=key)
    assert api.submit(application(inputs)) == SIGN
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.status, review.text) == (Status.PENDING, SIGN)
    assert review.reported == {
        "sign": SIGN,
        "is_only_global": False,
        "industry_type": "IT/通信/电子服务",
    }


@pytest.mark.parametrize("apply_state", ["CHECKING"])
def test_an_add_tells_the_official_sdk_its_state(served: RunningSandbox, apply_state: str) -> None:
    added = Signing(served).add()
    assert {"sign.apply_state": added["apply_state"]} == {"sign.apply_state": apply_state}


@pytest.mark.parametrize(("state", "status"), [("CHECKING", Status.PENDING)])
def test_a_new_signature_is_checked(
    api: SignatureApi, inputs: dict[str, object], state: str, status: Status
) -> None:
    api.submit(application(inputs))
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.vendor_status, review.status) == (state, status)


@pytest.mark.parametrize(("code", "http_status"), [(2, 400), (2, 200)])
def test_code_2_is_the_users_mistake_with_the_vendors_message_and_detail(
    api: SignatureApi,
    served: RunningSandbox,
    inputs: dict[str, object],
    code: int,
    http_status: int,
) -> None:
    no: JsonValue = {
        "http_status_code": 400,
        "code": code,
        "msg": "请求参数格式错误",
        "detail": "参数sign格式不正确",
    }
    fault(served, "body", body=no, http_status=http_status)
    with pytest.raises(errors.InputError) as caught:
        api.submit(application(inputs))
    assert (caught.value.action, caught.value.code) == ("sign/add", "2")
    assert caught.value.vendor_message == "请求参数格式错误: 参数sign格式不正确"


@pytest.mark.parametrize("key", ["http_status_code", "detail"])
def test_an_error_needs_neither_its_http_status_nor_its_detail(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], key: str
) -> None:
    no: dict[str, JsonValue] = {
        "http_status_code": 400,
        "code": 2,
        "msg": "请求参数格式错误",
        "detail": "?",
    }
    del no[key]
    fault(served, "body", body=no, http_status=400)
    with pytest.raises(errors.InputError, match="not what the vendor takes"):
        api.submit(application(inputs))
