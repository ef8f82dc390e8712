"""Rules of Alibaba's page CreateSmsSign, checked before any call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.alibaba import SignSource, SignType
from pulumi_smssign.alibaba.application import SignatureApplication
from tests.alibaba_applications import INPUTS, application
from tests.unit.findings import assert_says, doubts, problems, rows

AN_APP = {"sign_source": 2, "apply_scene_content": "https://a.example", "app_icp_record_id": 7}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        *({"sign_name": name} for name in ("极客", "一二三四五六七八九十一二", "Geek-7")),
        {"third_party": True, "authorization_letter_id": 7},
        {"sign_source": 5, "trademark_id": 7},
        *({"remark": "x" * length} for length in (0, 1, 200)),
        {"qualification_id": 1},
    ],
)
def test_whole_application_is_taken_without_a_doubt(changes: Mapping[str, Any]) -> None:
    assert doubts(SignatureApplication, {**INPUTS, **changes}, new=True) == {}


def test_defaults_are_the_vendors() -> None:
    least = application()
    assert (least.sign_source, least.sign_type) == (SignSource.COMPANY, SignType.GENERAL)
    assert (least.third_party, least.text, list(least.evidence)) == (False, "极客科技", [])


@rows(
    ({"sign_name": "极"}, "sign_name: has 1 characters"),
    ({"sign_name": "一二三四五六七八九十一二三"}, "sign_name: has 13 characters"),
    ({"sign_name": "【极客】"}, "sign_name: without 【】"),
    *(({"sign_name": name}, "sign_name: no space") for name in ("极 客", "极，客", "极客。")),
    # The page of CreateSmsSign names 、 and () too; each in both widths, and their kin, first, last
    # and in the middle.
    *(
        ({"sign_name": name}, "sign_name: no space, comma, full stop or bracket")
        for name in (
            "极客、云",
            "极客(云)",
            "(极客",
            "极客)",
            "极客（云）",
            "极客{云}",
            "极客<云>",
            "《极客》",
            "「极客」",
            "极客〔云〕",
            "极客．云",
        )
    ),
    ({"sign_name": "123456"}, "sign_name: digits alone"),
    ({"sign_name": "  "}, "sign_name: must not be empty"),
    ({"third_party": True}, "authorization_letter_id: missing"),
    ({"sign_source": 5}, "trademark_id: missing"),
    ({"sign_source": 2}, "apply_scene_content: missing; app_icp_record_id: missing"),
    *(({name: None}, f"{name}: is missing") for name in ("qualification_id", "sign_source")),
    *(({"sign_source": source}, "sign_source: SignSource") for source in (1, 3, 4, 6, "company")),
    ({"remark": "x" * 501}, "remark: at most 500"),
    *(
        ({**AN_APP, "apply_scene_content": link}, "apply_scene_content: ")
        for link in ("a.example", "ftp://a.example", "")
    ),
    *(({"qualification_id": number}, "qualification_id: ") for number in (0, -1, "x", 1.5)),
    ({"more_data": ["1/a.png", ""]}, "more_data[1]: "),
)
def test_problem_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(problems(SignatureApplication, {**INPUTS, **changes}, new=True), reasons)


@rows(
    *(({"sign_name": name}, "sign_name: test") for name in ("极客测试", "TestShop")),
    (AN_APP, "sign_source: 2026-05-01"),
    *(({"remark": "x" * length}, "remark: 200") for length in (201, 500)),
)
def test_doubt_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(doubts(SignatureApplication, {**INPUTS, **changes}, new=True), reasons)


def test_long_remark_is_told_with_both_of_the_vendors_limits() -> None:
    found = doubts(SignatureApplication, {**INPUTS, "remark": "x" * 201}, new=True)
    assert found == {
        "remark": "has 201 characters: the vendor's text allows 200, its schema 500",
    }


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"third_party": True}, {"authorization_letter_id": "third_party"}),
        ({"sign_source": 5}, {"trademark_id": "sign_source 5"}),
        (
            {"sign_source": 2},
            {"apply_scene_content": "sign_source 2", "app_icp_record_id": "sign_source 2"},
        ),
    ],
)
def test_missing_paper_is_told_with_what_asks_for_it(
    changes: Mapping[str, Any], missing: Mapping[str, str]
) -> None:
    found = problems(SignatureApplication, {**INPUTS, **changes}, new=True)
    assert found == {name: f"is missing: {why} asks for it" for name, why in missing.items()}
    assert problems(SignatureApplication, {**INPUTS, **changes}, *missing, new=True) == {}
