"""What is refused before any call, and what is warned of."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_smssign.alibaba import SignSource, SignType
from pulumi_smssign.alibaba.application import SignatureApplication
from pulumi_smssign.contract.application import Findings, examine
from tests.alibaba_applications import INPUTS, application


def findings(*unknown: str, **fields: object) -> Findings:
    inputs: dict[str, Any] = {**INPUTS, **fields}
    known = {name: value for name, value in inputs.items() if value is not None}
    return examine(SignatureApplication, known, frozenset(unknown), new=True)


def problems(**fields: object) -> dict[str, str]:
    return {found.property: found.reason for found in findings(**fields).problems}


def doubts(**fields: object) -> dict[str, str]:
    return {found.property: found.reason for found in findings(**fields).doubts}


def test_the_least_application_has_neither_fault_nor_doubt() -> None:
    assert (problems(), doubts()) == ({}, {})


def test_what_is_left_out_is_the_vendors_default() -> None:
    wanted = application()
    assert (wanted.sign_source, wanted.sign_type) == (SignSource.COMPANY, SignType.GENERAL)
    assert wanted.third_party is False
    assert wanted.text == "极客科技"
    assert list(wanted.evidence) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("极", "has 1 characters"),
        ("一二三四五六七八九十一二三", "has 13 characters"),
        ("【极客】", "without 【】"),
        ("极 客", "no space, comma or full stop"),
        ("极，客", "no space, comma or full stop"),
        ("极客。", "no space, comma or full stop"),
        ("123456", "digits alone"),
        ("  ", "must not be empty"),
    ],
)
def test_a_name_that_the_page_does_not_allow_is_refused(name: str, says: str) -> None:
    assert says in problems(sign_name=name)["sign_name"]


@pytest.mark.parametrize("name", ["极客", "一二三四五六七八九十一二", "Geek-7"])
def test_a_name_of_two_to_twelve_characters_is_taken(name: str) -> None:
    assert problems(sign_name=name) == {}


@pytest.mark.parametrize("name", ["极客测试", "TestShop"])
def test_a_word_such_as_test_is_warned_of(name: str) -> None:
    assert "test" in doubts(sign_name=name)["sign_name"]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"third_party": True}, {"authorization_letter_id"}),
        ({"sign_source": 5}, {"trademark_id"}),
        ({"sign_source": 2}, {"apply_scene_content", "app_icp_record_id"}),
        ({"qualification_id": None}, {"qualification_id"}),
        ({"sign_source": None}, {"sign_source"}),
    ],
)
def test_what_goes_together_is_asked_for_at_once(
    fields: dict[str, object], missing: set[str]
) -> None:
    assert problems(**fields).keys() == missing


@pytest.mark.parametrize(
    "fields",
    [
        {"third_party": True, "authorization_letter_id": 7},
        {"sign_source": 5, "trademark_id": 7},
        {"sign_source": 2, "apply_scene_content": "https://a.example", "app_icp_record_id": 7},
    ],
)
def test_what_is_whole_is_taken(fields: dict[str, object]) -> None:
    assert problems(**fields) == {}


@pytest.mark.parametrize("source", [1, 3, 4, 6, "company"])
def test_a_source_that_the_page_has_not_is_refused(source: object) -> None:
    assert "sign_source" in problems(sign_source=source)


def test_an_apps_name_is_warned_of() -> None:
    fields = {"apply_scene_content": "https://a.example", "app_icp_record_id": 7}
    assert "2026-05-01" in doubts(sign_source=2, **fields)["sign_source"]


@pytest.mark.parametrize(("length", "is_problem", "is_doubt"), [
    (200, False, False), (201, False, True), (500, False, True), (501, True, False),
])  # fmt: skip
def test_a_remark_is_measured_by_text_and_schema(
    length: int, is_problem: bool, is_doubt: bool
) -> None:
    assert ("remark" in problems(remark="x" * length)) is is_problem
    assert ("remark" in doubts(remark="x" * length)) is is_doubt


@pytest.mark.parametrize("link", ["a.example", "ftp://a.example", ""])
def test_an_address_begins_with_http(link: str) -> None:
    fields = {"sign_source": 2, "app_icp_record_id": 7, "apply_scene_content": link}
    assert "apply_scene_content" in problems(**fields)


@pytest.mark.parametrize("number", [0, -1, "x", 1.5])
def test_a_number_of_the_console_is_a_positive_one(number: object) -> None:
    assert "qualification_id" in problems(qualification_id=number)


def test_an_empty_path_is_refused() -> None:
    assert any(name.startswith("more_data") for name in problems(more_data=["1/a.png", ""]))
