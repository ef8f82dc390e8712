"""The published rules of reviewers: what they warn of, where, and what they never repeat."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pytest

from pulumi_smssign.core.lint import doubts_of
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.vocabulary import RUN
from tests.engine.cases import ALIBABA, CASES, HUAWEI, Case

OWNER = "北京云杉示例科技（集团）有限公司"
COMPANY = {
    "alibaba": {"sign_source": 0.0},
    "huawei": {"signature_source": 0.0},
    "tencent": {"sign_type": 0.0, "international": False},
    "ucloud": {"sig_type": 0.0, "international": False},
    "yunpian": {"prove_type": 1.0, "is_only_global": False},
}
"""The arguments of a company's name at each vendor, as the engine hands them over."""
TRADEMARK = {
    "alibaba": {"sign_source": 5.0},
    "huawei": {"signature_source": 5.0},
    "tencent": {"sign_type": 4.0},
    "ucloud": {"sig_type": 4.0},
    "yunpian": {"prove_type": 6.0},
}


def lint(case: Case, text: object, *, preview: bool = True, **more: object) -> dict[str, str]:
    """The reasons of the doubts of a company's name, by property; `more` are facts of the run."""
    props = {case.text: text, **COMPANY[case.vendor], RUN: {"preview": preview, **more}}
    return reasons(case, props)


def reasons(case: Case, props: Mapping[str, object]) -> dict[str, str]:
    doubts = list(doubts_of(named(case.vendor), props))
    assert not any("\n" in doubt.reason for doubt in doubts)
    return {doubt.property: doubt.reason for doubt in doubts}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("text", ["云杉示例", "云杉科技", "杉"])
def test_nothing_is_said_of_a_name_without_its_owner(case: Case, text: str) -> None:
    assert lint(case, text) == {}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("text", ["通知", "测试", "Test1", "告警通知", "尊敬的客户", "验证码"])
def test_a_neutral_name_is_told_with_the_pages_that_refuse_it(case: Case, text: str) -> None:
    (reason,) = lint(case, text).values()
    assert reason == (
        "names nobody: it is made of neutral words such as Tencent Cloud's FAQ (2025-08-21), "
        "UCloud's audit standard (2026-05-09) and Alibaba Cloud's rules (2024-07-13) refuse"
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_name_of_digits_is_told_once(case: Case) -> None:
    """Alibaba Cloud's form refuses it, and Huawei's doubts it without this one."""
    doubts = lint(case, "20417")
    assert bool(doubts) is (case not in (ALIBABA, HUAWEI))
    assert all(
        "digits alone, which Alibaba Cloud's CreateSmsSign" in each for each in doubts.values()
    )


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("云杉示例科技", True),
        ("科技(集团)", True),
        (OWNER, True),
        ("云杉科技", False),
        ("示例云杉", False),
    ],
)
def test_a_company_s_name_is_held_against_its_owner_s(case: Case, text: str, is_part: bool) -> None:
    doubts = lint(case, text, owner=OWNER)
    assert (doubts == {}) is is_part
    for reason in doubts.values():
        assert reason == (
            "is no part of owner: UCloud's audit standard (2026-05-09) takes a company's full "
            "name, or a part of it that skips nothing"
        )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_trademark_is_held_against_nobody_s_name(case: Case) -> None:
    abroad = dict.fromkeys(("international", "is_only_global"), False)
    props = {case.text: "云杉科技", **abroad, **TRADEMARK[case.vendor]}
    assert reasons(case, {**props, RUN: {"preview": True, "owner": OWNER}}) == {}


def test_yunpians_own_argument_is_the_owner_where_there_is_no_other() -> None:
    yunpian = CASES[3]
    props = {yunpian.text: "云杉科技", **COMPANY["yunpian"], "business_license_name": OWNER}
    (reason,) = reasons(yunpian, {**props, RUN: {"preview": True}}).values()
    assert reason.startswith("is no part of business_license_name: ")
    facts = {"preview": True, "owner": "云杉科技有限公司"}
    assert reasons(yunpian, {**props, RUN: facts}) == {}


@pytest.mark.parametrize(
    "case", [case for case in CASES if named(case.vendor).application.abroad_field], ids=str
)
def test_abroad_neither_owner_nor_digits_are_asked_about(case: Case) -> None:
    abroad = named(case.vendor).application.abroad_field
    props = {case.text: "20417", **COMPANY[case.vendor], abroad: True}
    assert reasons(case, {**props, RUN: {"preview": True, "owner": OWNER}}) == {}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_flaws_of_scans_are_told_by_argument(case: Case) -> None:
    scans = {"licences[1]": ["has 9 x 9 pixels"], "proxy_file": ["is turned"]}
    assert lint(case, "云杉示例", scans=scans) == {
        "licences[1]": "the picture has 9 x 9 pixels",
        "proxy_file": "the picture is turned",
    }


@pytest.mark.parametrize("case", CASES, ids=str)
def test_only_a_preview_has_them(case: Case) -> None:
    facts = {"owner": OWNER, "scans": {"file": ["is turned"]}}
    assert lint(case, "通知", preview=False, **facts) == {}
    assert reasons(case, {case.text: "通知"}) == {}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_is_said_of_what_is_not_known_yet(case: Case) -> None:
    assert lint(case, pulumi.UNKNOWN, owner=pulumi.UNKNOWN, scans=None) == {}
    assert lint(case, "云杉科技", owner=pulumi.UNKNOWN) == {}
