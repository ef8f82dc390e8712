"""The official SDK, unchanged, drives Yunpian's side: what it can't read, we play wrongly."""

from __future__ import annotations

import pytest
import requests
from pydantic import JsonValue

from pulumi_smssign.sandbox import Evidence, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.yunpian.contracts import INDUSTRY_TYPES
from tests.contract.yunpian_sdk import APIKEY, Field, Signing, application, for_others, licence
from tests.images import jpeg


@pytest.fixture
def signing(served: RunningSandbox) -> Signing:
    return Signing(served)


# The life of a signature


def test_an_application_is_submitted_and_shown(signing: Signing, sandbox: Sandbox) -> None:
    added = signing.add()
    (item,) = signing.get(sign="【极客科技】")

    assert added == {
        "apply_state": "CHECKING",
        "sign": "【极客科技】",
        "is_apply_vip": False,
        "is_only_global": False,
        "industry_type": "IT/通信/电子服务",
    }
    assert item == {
        "chan": "NONE",
        "check_status": "CHECKING",
        "enabled": False,
        "extend": "",
        "industry_type": "IT/通信/电子服务",
        "only_global": False,
        "remark": "",
        "sign": "【极客科技】",
        "vip": False,
    }
    (signature,) = sandbox.signatures("yunpian")
    assert signature.fields["website"] == "https://geek.example/?a=1&b=2"
    assert signature.evidence == {"license_base64.1": Evidence.of(jpeg())}


def test_all_fields_of_an_application_for_others_are_taken(
    signing: Signing, sandbox: Sandbox
) -> None:
    changes: dict[str, Field] = {
        "license_base64": [licence(seed) for seed in range(7)],
        "notify": True,
        "apply_vip": True,
        "is_only_global": False,
        "prove_type": 6,
    }
    signing.add(**for_others(**changes))
    (signature,) = sandbox.signatures()

    assert signature.fields["apply_vip"] is True
    assert signature.fields["prove_type"] == 6
    assert len(signature.evidence) == 7


def test_urls_of_papers_are_taken(signing: Signing, sandbox: Sandbox) -> None:
    url = "https://geek.example/paper.png?a=1&b=2"
    urls: dict[str, Field] = {
        "license_base64": None,
        "license_url": [url, url],
        "id_card_front": None,
        "id_card_front_url": url,
        "id_card_back": None,
        "id_card_back_url": url,
    }
    signing.add(**for_others(**urls))

    assert list(sandbox.signatures()[0].evidence) == ["license_url.1", "license_url.2"]


@pytest.mark.parametrize(
    ("changes", "chan", "vip"),
    [
        ({}, "NORMAL", False),
        ({"apply_vip": "true"}, "VIP", True),
        ({"is_only_global": "true"}, "GLOBAL", False),
    ],
)
def test_an_approval_is_shown(
    signing: Signing, sandbox: Sandbox, changes: dict[str, Field], chan: str, vip: bool
) -> None:
    signing.add(**changes)
    sandbox.approve("yunpian", "极客科技")
    (item,) = signing.get(sign="极客")

    assert (item["check_status"], item["enabled"]) == ("SUCCESS", True)
    assert (item["chan"], item["vip"]) == (chan, vip)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("CHECKING", ("CHECKING", False)),
        ("SUCCESS", ("SUCCESS", True)),
        ("FAIL", ("FAIL", False)),
        ("APLLYING_VIP", ("APLLYING_VIP", True)),
        ("SUCCESS (disabled)", ("SUCCESS", False)),
    ],
)
def test_every_state_is_shown(
    signing: Signing, sandbox: Sandbox, state: str, shown: tuple[str, bool]
) -> None:
    signing.add()
    sandbox.set_status("yunpian", "极客科技", state)
    (item,) = signing.get()

    assert (item["check_status"], item["enabled"]) == shown


def test_a_rejection_is_mended_and_renamed(signing: Signing, sandbox: Sandbox) -> None:
    signing.add()
    sandbox.reject("yunpian", "极客科技", "营业执照不清晰")
    (rejected,) = signing.get()
    updated = signing.update("【极客科技】", sign="极客网络", industry_type="金融")
    (mended,) = signing.get()

    assert (rejected["check_status"], rejected["remark"]) == ("FAIL", "营业执照不清晰")
    assert (updated["apply_state"], updated["sign"]) == ("CHECKING", "【极客网络】")
    assert (mended["check_status"], mended["sign"]) == ("CHECKING", "【极客网络】")
    assert (mended["industry_type"], mended["remark"]) == ("金融", "")


def test_what_an_update_does_not_send_falls_back_but_for_the_industry(signing: Signing) -> None:
    signing.add(apply_vip="true")
    updated = signing.update("极客科技")

    assert (updated["is_apply_vip"], updated["industry_type"]) == (False, "IT/通信/电子服务")


@pytest.mark.parametrize("industry", [*INDUSTRY_TYPES, "教育", "其他"])
def test_an_industry_that_is_none_becomes_other(signing: Signing, industry: str) -> None:
    added = signing.add(industry_type=industry)

    assert added["industry_type"] == (industry if industry in INDUSTRY_TYPES else "其它")


def test_signatures_are_searched_and_walked_by_pages(signing: Signing) -> None:
    for text in ("极客", "极客科技", "云极"):
        signing.add(sign=text)

    def found(**fields: Field) -> list[JsonValue]:
        return [item["sign"] for item in signing.get(**fields)]

    assert found() == found(sign="") == ["【云极】", "【极客科技】", "【极客】"]
    assert found(sign="极客") == ["【极客科技】", "【极客】"]
    assert found(sign="【极客】") == ["【极客】"]
    assert found(sign="【客】") == []
    assert found(page_num=1, page_size=2) == ["【云极】", "【极客科技】"]
    assert found(page_num=2, page_size=2) == ["【极客】"]
    assert found(page_num=3, page_size=2) == []
    assert found(page_num=2, page_size=0) == found()


def test_accounts_see_only_their_own(served: RunningSandbox, signing: Signing) -> None:
    signing.add()

    assert Signing(served, f"{APIKEY}.marketing").get() == []


def test_a_slash_at_the_hosts_end_does_not_matter(served: RunningSandbox) -> None:
    assert Signing(served, slash="/").add()


# Errors


@pytest.mark.parametrize("call", ["add", "get", "update"])
def test_a_wrong_key_is_refused(served: RunningSandbox, call: str) -> None:
    assert Signing(served, "nobody").code(call, sign="极客科技", old_sign="极客科技") == -1


def test_a_missing_key_is_refused(signing: Signing) -> None:
    assert signing.code("get", apikey="") == 1


@pytest.mark.parametrize("code", [-3, -5, -62])
def test_an_account_that_may_not_is_refused(signing: Signing, sandbox: Sandbox, code: int) -> None:
    sandbox.faults.add(vendor="yunpian", action="add", kind="error", code=code)

    assert signing.code("add", **application()) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sign": ""}, 1),
        ({"sign": "极"}, 2),
        ({"sign": "一二三四五六七八九十一二三四五六七八九十一"}, 2),
        ({"sign": "【极客】"}, 2),
        ({"sign": "云片网"}, 2),
        ({"sign_use": 2}, 2),
        ({"prove_type": 4}, 2),
        ({"notify": "maybe"}, 2),
        ({"website": None}, 1),
        ({"license_base64": "xxxxx"}, 2),
        ({"license_base64": [licence()] * 8}, 2),
        ({"license_url": "no-url"}, 2),
    ],
)
def test_a_bad_application_is_refused(
    signing: Signing, sandbox: Sandbox, changes: dict[str, Field], code: int
) -> None:
    assert signing.code("add", **application(**changes)) == code
    assert sandbox.signatures() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"license_base64": None}, 1),
        ({"business_license_name": None}, 1),
        ({"id_card_name": None}, 1),
        ({"id_card_number": None}, 1),
        ({"id_card_front": None}, 1),
        ({"id_card_back": None}, 1),
        ({"agent_mobile": None}, 1),
        ({"id_card_number": "53010219200508011×"}, 2),
        ({"agent_mobile": "1300000000"}, 2),
        ({"id_card_front": "xxxxx"}, 2),
    ],
)
def test_a_bad_application_for_others_is_refused(
    signing: Signing, sandbox: Sandbox, changes: dict[str, Field], code: int
) -> None:
    assert signing.code("add", **for_others(**changes)) == code
    assert sandbox.signatures() == []


def test_a_twin_is_refused(signing: Signing) -> None:
    signing.add()

    assert signing.code("add", **application()) == -54


def test_a_missing_signature_is_not_updated(signing: Signing) -> None:
    assert signing.code("update", old_sign="极客科技") == -55


@pytest.mark.parametrize("state", ["SUCCESS", "APLLYING_VIP", "SUCCESS (disabled)"])
def test_an_approved_signature_is_not_updated(
    signing: Signing, sandbox: Sandbox, state: str
) -> None:
    signing.add()
    sandbox.set_status("yunpian", "极客科技", state)

    assert signing.code("update", old_sign="极客科技") == 2


def test_an_error_has_the_pages_words(signing: Signing) -> None:
    result = signing.result("add", {"sign": "云片网"})

    assert (result.code(), result.msg()) == (2, "请求参数格式错误")
    assert result.detail() == "参数sign格式不正确,sign不能是'云片网'"


# Errors that have to be ordered


@pytest.mark.parametrize("code", [-2, -4, -5, -50, -51, 3, 53, 55, -57])
def test_any_code_can_be_ordered(signing: Signing, sandbox: Sandbox, code: int) -> None:
    sandbox.faults.add(vendor="yunpian", action="add", kind="error", code=code)

    assert signing.code("add", **application()) == code
    assert signing.add()


@pytest.mark.parametrize("kind", ["html", "truncated", "empty"])
def test_an_answer_that_is_no_json_is_an_unknown_exception(
    signing: Signing, sandbox: Sandbox, kind: str
) -> None:
    sandbox.faults.add(vendor="yunpian", action="get", kind=kind)
    result = signing.result("get", {})

    assert result.code() == -50
    assert isinstance(result.exception(), ValueError)


@pytest.mark.parametrize(("kind", "there"), [("drop_before", 0), ("drop_after", 1)])
def test_a_lost_answer_is_a_network_error(
    signing: Signing, sandbox: Sandbox, kind: str, there: int
) -> None:
    sandbox.faults.add(vendor="yunpian", action="add", kind=kind)

    with pytest.raises(requests.ConnectionError):
        signing.add()
    assert len(signing.get(sign="【极客科技】")) == there


def test_unknown_fields_of_an_answer_are_tolerated(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="unknown_fields", times=2)
    signing.add()

    assert signing.get()[0]["sign"] == "【极客科技】"
