"""What is told of a property, of keys and of a refusal, where Chinese is asked for."""

from __future__ import annotations

import re

import pytest

from pulumi_smssign.contract.application import Application, examine
from pulumi_smssign.contract.codes import LATER, PAGE, Fault, Meaning, other_call, refused
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.model.errors import RateLimitedError
from pulumi_smssign.model.language import _
from tools.catalogue import messages

ODD: list[object] = ["", " x ", "a" * 2000, "\u200b", "[x]", -1, 0.5, 2**70, True, [], ["x"], {}]
"""Values of which each argument of a vendor refuses some."""
FILES: list[object] = [
    {"path": "nowhere.png", "problem": "does not exist"},
    {"path": "empty.png", "sha256": "0" * 64, "size": 0, "media_type": "image/png"},
    {"path": "other.bin", "sha256": "0" * 64, "size": 9, "media_type": "application/x-other"},
    {"path": "large.png", "sha256": "", "size": 1 << 30, "media_type": "image/png"},
    {"path": "x.png", "sha256": "0" * 64, "size": 99, "media_type": "text/x-git-lfs-pointer"},
]
KEYS = re.compile(r"\w+ of the configuration smssign:(\w+)")
_ENGLISH = re.compile("[a-z]{2,} [a-z]{2,} [a-z]{2,}")
_OTHERS = re.compile("`.*?`|does not exist")
"""A command, and the problem that the program has found with a file."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("vendor", VENDORS)
def test_each_problem_of_a_property_is_said_in_chinese(chinese: None, vendor: str) -> None:
    model: type[Application] = named(vendor).application
    for value in (*ODD, *FILES):
        given = dict.fromkeys((*model.model_fields, "other"), value)
        found = examine(model, given, frozenset(), new=True, managed=True).problems
        assert found, value
        for problem in found:
            assert _CHINESE.search(problem.reason), problem
            assert not _ENGLISH.search(_OTHERS.sub("", problem.reason)), problem
    assert {each.reason for each in examine(model, {}, frozenset()).problems} == {"未填写"}


def test_pydantic_s_own_words_stay_in_english_as_they_are() -> None:
    (problem,) = (
        each
        for each in examine(SignatureApplication, {"apply_desc": "x" * 101}, frozenset()).problems
        if each.property == "apply_desc"
    )
    assert problem.reason == "String should have at most 100 characters"


def test_each_advice_says_where_the_keys_are(chinese: None) -> None:
    found = [(each.text, match[1]) for each in messages() if (match := KEYS.search(each.text))]
    assert {vendor for _text, vendor in found} == set(VENDORS)
    for advice, vendor in found:
        said = _(advice)
        keys = named(vendor).credentials.sandbox("http://127.0.0.1:1", "default")
        keys.came_from(f"smssign:{vendor}-shop", {})
        elsewhere = re.sub(rf"smssign:{vendor}\b", f"smssign:{vendor}-shop", said)
        assert keys.located(said) == elsewhere != said, advice


def test_each_key_is_said_to_be_where_it_is(chinese: None) -> None:
    keys = named("huawei").credentials.sandbox("http://127.0.0.1:1", "default")
    keys.came_from("smssign:huawei-shop", {"ak": "THE_AK", "sk": "THE_SK"})
    assert keys.located("检查配置 smssign:huawei 里的 ak、sk 和 projectId，再运行。") == (
        "检查环境变量 THE_AK 和 THE_SK，以及配置 smssign:huawei-shop 里的 projectId，再运行。"
    )
    assert keys.located("检查配置 smssign:huawei 里的 sk。") == "检查环境变量 THE_SK。"
    assert keys.located("检查配置 smssign:huawei 里的密钥和本机时钟。") == (
        "检查环境变量中的密钥（THE_AK、THE_SK）和本机时钟。"
    )
    assert keys.located("到控制台查看。") == "到控制台查看。"


def test_refusal_is_said_with_its_call_and_its_subject(chinese: None) -> None:
    of_another = Fault(other_call("a template", PAGE), "X.1", "no such {thing}").error("v", "Do")
    assert of_another.summary == "v 拒绝了 Do：这个错误码属于别的接口（短信模板）"
    assert of_another.advice == "对照厂商文档 Do 检查资源的各个参数。"
    assert of_another.vendor_message == "no such {thing}"


def test_words_that_no_catalogue_has_stay_as_they_are(chinese: None) -> None:
    assert (
        Fault(refused("{odd} words", "try"), "X").error("v", "Do").summary.endswith("{odd} words")
    )


def test_used_up_day_is_said_in_chinese_by_the_vendor_s_words(chinese: None) -> None:
    limit = Meaning(RateLimitedError, "too many calls came at once", LATER)
    error = Fault(limit, "Limit", "触发天级流控").error("v", "Do")
    assert error.advice == "明天再运行，或向厂商申请提高上限。"
