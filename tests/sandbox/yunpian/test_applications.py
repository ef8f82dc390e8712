"""Which applications Yunpian's side takes, and under every switch."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.yunpian.contracts import INDUSTRY_TYPES
from tests.sandbox.yunpian.caller import (
    Yunpian,
    application,
)

# The text


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        (None, 1),
        ("", 1),
        ("极", 2),
        ("一二三四五六七八九十一二三四五六七八九十一", 2),
        ("【极客科技】", 2),
        ("极客】", 2),
        ("云片网", 2),
    ],
)
def test_a_wrong_text_is_refused(
    yunpian: Yunpian, sandbox: Sandbox, sign: str | None, code: int
) -> None:
    assert yunpian.code("add", application(sign=sign)) == code
    assert sandbox.signatures() == []


@pytest.mark.parametrize("sign", ["极客", "云片网络", "一二三四五六七八九十" * 2, "R&D 2/3", "12"])
def test_a_text_of_2_to_20_characters_is_taken(yunpian: Yunpian, sign: str) -> None:
    assert yunpian.add(sign=sign)["sign"] == f"【{sign}】"


@pytest.mark.parametrize("sign", ["😀" * 20, "极客 科技"])
def test_a_text_is_counted_by_code_points_and_may_have_any(yunpian: Yunpian, sign: str) -> None:
    assert yunpian.add(sign=sign)["sign"] == f"【{sign}】"


# Numbers, booleans, industries


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sign_use", "2"),
        ("sign_use", "own"),
        ("prove_type", "4"),
        ("prove_type", "5"),
        ("prove_type", "0"),
        ("prove_type", "1.0"),
        ("notify", "yes"),
        ("apply_vip", "1"),
    ],
)
def test_a_value_of_no_meaning_is_refused(yunpian: Yunpian, name: str, value: str) -> None:
    code, detail = yunpian.error("add", application(**{name: value}))

    assert (code, detail) == (2, f"参数 {name} 格式不正确，{name}:{value}")


@pytest.mark.parametrize("word", ["true", "True", "TRUE"])
def test_booleans_are_read_in_any_case(yunpian: Yunpian, word: str) -> None:
    assert yunpian.add(apply_vip=word)["is_apply_vip"] is True


def test_what_is_not_sent_has_its_default(yunpian: Yunpian, sandbox: Sandbox) -> None:
    sign = yunpian.call("add", sign="极客科技", website="x")["sign"]

    assert sign == {
        "apply_state": "CHECKING",
        "sign": "【极客科技】",
        "is_apply_vip": False,
        "is_only_global": False,
        "industry_type": "其它",
    }
    assert sandbox.signatures()[0].fields == {
        "sign_use": 0,
        "notify": True,
        "apply_vip": False,
        "is_only_global": False,
        "industry_type": "其它",
        "website": "x",
        "extend": sandbox.signatures()[0].fields["extend"],
    }


@pytest.mark.parametrize("prove_type", ["1", "2", "3", "6"])
def test_the_four_kinds_of_proof_are_taken(
    yunpian: Yunpian, sandbox: Sandbox, prove_type: str
) -> None:
    yunpian.add(prove_type=prove_type)

    assert sandbox.signatures()[0].fields["prove_type"] == int(prove_type)


@pytest.mark.parametrize("industry", INDUSTRY_TYPES)
def test_an_industry_is_kept(yunpian: Yunpian, industry: str) -> None:
    assert yunpian.add(industry_type=industry)["industry_type"] == industry


@pytest.mark.parametrize("industry", ["其他", "教育", "游戏 ", "5", ""])
def test_another_industry_silently_becomes_other(yunpian: Yunpian, industry: str) -> None:
    assert yunpian.add(industry_type=industry)["industry_type"] == "其它"


def test_a_global_signature_has_no_dedicated_channel(yunpian: Yunpian) -> None:
    sign = yunpian.add(apply_vip="true", is_only_global="true")

    assert (sign["is_apply_vip"], sign["is_only_global"]) == (False, True)
