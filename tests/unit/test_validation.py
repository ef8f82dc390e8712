"""Pydantic's findings, each of a value that has it: in English as they are, and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from pulumi_smssign.contract.validation import _MESSAGES, reason_of


class Choice(Enum):
    ONE = "one"


def other_text(_value: str) -> str:
    """What some releases of pydantic say of a text of another type than Python's own."""
    raise PydanticCustomError("string_sub_type", "a text of another type")


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")

    needed: int


class Attributes(BaseModel):
    model_config = ConfigDict(from_attributes=True)


FINDINGS: dict[str, tuple[Any, object, str]] = {
    "missing": (Model, {}, "未填写"),
    "extra_forbidden": (Model, {"needed": 1, "other": 1}, ""),
    "string_type": (str, 1, ""),
    "string_sub_type": (Annotated[str, AfterValidator(other_text)], "x", ""),
    "string_unicode": (str, b"\xff", ""),
    "string_too_short": (Annotated[str, Field(min_length=7)], "x", "7"),
    "string_too_long": (Annotated[str, Field(max_length=7)], "x" * 8, "7"),
    "string_pattern_mismatch": (Annotated[str, Field(pattern="^a$")], "x", ""),
    "too_short": (Annotated[list[int], Field(min_length=7)], [], "7"),
    "too_long": (Annotated[list[int], Field(max_length=1)], [1, 2], "1"),
    "bool_type": (bool, [], ""),
    "bool_parsing": (bool, "x", ""),
    "int_type": (int, [], ""),
    "int_parsing": (int, "x", ""),
    "int_parsing_size": (int, "9" * 5000, ""),
    "int_from_float": (int, 0.5, ""),
    "float_type": (float, [], ""),
    "float_parsing": (float, "x", ""),
    "finite_number": (Annotated[float, Field(allow_inf_nan=False)], float("inf"), ""),
    "greater_than": (Annotated[int, Field(gt=7)], 7, "7"),
    "greater_than_equal": (Annotated[int, Field(ge=7)], 6, "7"),
    "less_than": (Annotated[int, Field(lt=7)], 7, "7"),
    "less_than_equal": (Annotated[int, Field(le=7)], 8, "7"),
    "list_type": (list[int], 1, ""),
    "tuple_type": (tuple[int, ...], 1, ""),
    "is_instance_of": (Sequence[int], 1, ""),
    "sequence_str": (Sequence[str], "x", ""),
    "model_type": (Model, 1, ""),
    "model_attributes_type": (Attributes, 1, ""),
    "dict_type": (dict[str, int], 1, ""),
    "literal_error": (Literal["a", "b"], "x", "'a'"),
    "enum": (Choice, "x", "'one'"),
}
"""A type, a value that has the finding, and what the Chinese message has of its own."""


def finding(of: Any, value: object) -> ErrorDetails:  # noqa: ANN401 - any type that pydantic takes
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(of).validate_python(value)
    (found,) = caught.value.errors()
    return found


def test_each_finding_that_is_translated_can_be_had() -> None:
    assert FINDINGS.keys() == _MESSAGES.keys()


@pytest.mark.parametrize("kind", FINDINGS)
def test_in_english_a_finding_has_pydantics_own_words(kind: str) -> None:
    found = finding(*FINDINGS[kind][:2])
    assert found["type"] == kind
    assert reason_of(found) == found["msg"]


@pytest.mark.parametrize("kind", FINDINGS)
def test_in_chinese_a_finding_has_words_of_ours(chinese: None, kind: str) -> None:
    of, value, part = FINDINGS[kind]
    reason = reason_of(finding(of, value))
    assert re.search("[\u4e00-\u9fff]", reason)
    assert not re.search("[a-z]{2,} [a-z]{2,}", reason)
    assert part in reason
    assert "{" not in reason


def test_messages_of_one_meaning_are_the_same_in_chinese(chinese: None) -> None:
    meanings = (
        ("string_type", "string_sub_type", "string_unicode"),
        ("bool_type", "bool_parsing"),
        ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
        ("float_type", "float_parsing", "finite_number"),
        ("list_type", "tuple_type", "is_instance_of", "sequence_str"),
        ("model_type", "model_attributes_type", "dict_type"),
    )
    said = [{reason_of(finding(*FINDINGS[kind][:2])) for kind in kinds} for kinds in meanings]
    assert [len(reasons) for reasons in said] == [1] * len(meanings)
    assert len(set.union(*said)) == len(meanings)


def test_our_own_words_lose_what_pydantic_puts_before_them(chinese: None) -> None:
    def fit(_value: int) -> int:
        raise ValueError("has no place")

    assert reason_of(finding(Annotated[int, AfterValidator(fit)], 1)) == "has no place"


def test_a_finding_without_a_translation_stays_as_it_is(chinese: None) -> None:
    found = finding(bytes, 1)
    assert reason_of(found) == found["msg"] == "Input should be a valid bytes"
