"""Specials of Yunpian's official SDK; the story that all share is in `test_sdks`."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_smssign.sandbox import Evidence, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.yunpian.contracts import INDUSTRY_TYPES
from tests.contract.sdk import TEXT
from tests.contract.yunpian_sdk import FOR_OTHERS, SdkRefusalError, YunpianSdk, licence
from tests.images import jpeg


@pytest.fixture
def sdk(served: RunningSandbox) -> YunpianSdk:
    return YunpianSdk(served)


def test_every_field_is_shown(sdk: YunpianSdk, sandbox: Sandbox) -> None:
    assert sdk.add() == {
        "apply_state": "CHECKING",
        "sign": f"【{TEXT}】",
        "is_apply_vip": False,
        "is_only_global": False,
        "industry_type": "IT/通信/电子服务",
    }
    assert sdk.get(sign=f"【{TEXT}】") == [
        {
            "chan": "NONE",
            "check_status": "CHECKING",
            "enabled": False,
            "extend": "",
            "industry_type": "IT/通信/电子服务",
            "only_global": False,
            "remark": "",
            "sign": f"【{TEXT}】",
            "vip": False,
        }
    ]
    (signature,) = sandbox.signatures("yunpian")
    assert signature.fields["website"] == "https://geek.example/?a=1&b=2"
    assert signature.evidence == {"license_base64.1": Evidence.of(jpeg())}


def test_application_for_others_is_taken_with_seven_licences(
    sdk: YunpianSdk, sandbox: Sandbox
) -> None:
    licences = [licence(seed) for seed in range(7)]
    sdk.add(**{**FOR_OTHERS, "license_base64": licences, "apply_vip": True, "prove_type": 6})
    (signature,) = sandbox.signatures()
    assert (signature.fields["apply_vip"], signature.fields["prove_type"]) == (True, 6)
    assert len(signature.evidence) == 7


def test_urls_of_papers_are_taken(sdk: YunpianSdk, sandbox: Sandbox) -> None:
    url = "https://geek.example/paper.png?a=1&b=2"
    files = dict.fromkeys(("license_base64", "id_card_front", "id_card_back"))
    urls = {"id_card_front_url": url, "id_card_back_url": url, "license_url": [url, url]}
    sdk.add(**{**FOR_OTHERS, **files, **urls})
    assert list(sandbox.signatures()[0].evidence) == ["license_url.1", "license_url.2"]


@pytest.mark.parametrize(
    ("changes", "chan", "vip"),
    [
        ({}, "NORMAL", False),
        ({"apply_vip": "true"}, "VIP", True),
        ({"is_only_global": "true"}, "GLOBAL", False),
    ],
)
def test_approval_has_a_channel(
    sdk: YunpianSdk, sandbox: Sandbox, changes: dict[str, Any], chan: str, vip: bool
) -> None:
    sdk.add(**changes)
    sandbox.approve("yunpian", TEXT)
    (item,) = sdk.get(sign="极客")
    assert (item["enabled"], item["chan"], item["vip"]) == (True, chan, vip)


@pytest.mark.parametrize(
    ("state", "status", "enabled"),
    [
        ("FAIL", "FAIL", False),
        ("APLLYING_VIP", "APLLYING_VIP", True),
        ("SUCCESS (disabled)", "SUCCESS", False),
    ],
)
def test_state_is_a_status_and_whether_it_is_switched_on(
    sdk: YunpianSdk, sandbox: Sandbox, state: str, status: str, enabled: bool
) -> None:
    sdk.add()
    sandbox.set_status("yunpian", TEXT, state)
    (item,) = sdk.get()
    assert (item["check_status"], item["enabled"]) == (status, enabled)


def test_change_renames_and_resets_what_it_leaves_out_but_the_industry(sdk: YunpianSdk) -> None:
    sdk.add(apply_vip="true")
    changed = sdk.change(f"【{TEXT}】", sign="极客网络")
    assert (changed["apply_state"], changed["sign"]) == ("CHECKING", "【极客网络】")
    assert (changed["is_apply_vip"], changed["industry_type"]) == (False, "IT/通信/电子服务")
    assert sdk.change("极客网络", industry_type="金融")["industry_type"] == "金融"


@pytest.mark.parametrize("industry", [*INDUSTRY_TYPES, "教育", "其他"])
def test_industry_that_there_is_not_becomes_other(sdk: YunpianSdk, industry: str) -> None:
    known = industry if industry in INDUSTRY_TYPES else "其它"
    assert sdk.add(industry_type=industry)["industry_type"] == known


def test_list_has_pages_and_a_search(sdk: YunpianSdk) -> None:
    for text in ("极客", "极客科技", "云极"):
        sdk.add(sign=text)

    def listed(**fields: Any) -> list[str]:  # noqa: ANN401 - the SDK's
        return [item["sign"] for item in sdk.get(**fields)]

    assert listed() == listed(sign="") == ["【云极】", "【极客科技】", "【极客】"]
    assert listed(sign="极客") == ["【极客科技】", "【极客】"]
    assert listed(sign="【极客】") == ["【极客】"]
    assert listed(sign="【客】") == []
    assert listed(page_num=1, page_size=2) == ["【云极】", "【极客科技】"]
    assert listed(page_num=2, page_size=2) == ["【极客】"]
    assert listed(page_num=3, page_size=2) == []
    assert listed(page_num=2, page_size=0) == listed()


def test_slash_at_the_hosts_end_does_not_matter(served: RunningSandbox) -> None:
    assert YunpianSdk(served, slash="/").add()


def test_error_has_the_pages_words(sdk: YunpianSdk) -> None:
    with pytest.raises(SdkRefusalError) as refused:
        sdk.add(sign="云片网")
    (result,) = refused.value.args
    assert (result.code(), result.msg()) == (2, "请求参数格式错误")
    assert result.detail() == "参数sign格式不正确,sign不能是'云片网'"


@pytest.mark.parametrize("call", ["get", "update"])
def test_wrong_key_is_refused_by_every_call(served: RunningSandbox, call: str) -> None:
    stranger = YunpianSdk(served, "nobody")
    assert stranger.refused(getattr(stranger, call.replace("update", "change"))) == "-1"


@pytest.mark.parametrize("kind", ["html", "truncated", "empty"])
def test_answer_that_is_no_json_is_an_unknown_exception(
    sdk: YunpianSdk, sandbox: Sandbox, kind: str
) -> None:
    sandbox.faults.add(vendor="yunpian", action="get", kind=kind)
    result = sdk.result("get", {})
    assert result.code() == -50
    assert isinstance(result.exception(), ValueError)
