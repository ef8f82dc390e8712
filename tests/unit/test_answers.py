"""Answers that no vendor should give, and how they are read."""

from __future__ import annotations

from importlib import import_module

import httpx
import pytest

from pulumi_smssign.contract.answers import Tolerant, document, moment, read_as
from pulumi_smssign.model.errors import UnavailableError

ROOMS = {
    name: import_module(f"pulumi_smssign.{name}.answers")
    for name in ("alibaba", "tencent", "ucloud", "huawei", "yunpian")
}
MODELS = [
    (name, model)
    for name, room in ROOMS.items()
    for model in vars(room).values()
    if isinstance(model, type) and issubclass(model, Tolerant) and model.__module__ == room.__name__
]


@pytest.mark.parametrize(("vendor", "model"), MODELS)
def test_every_field_is_read_by_a_key_that_the_vendor_writes(
    vendor: str, model: type[Tolerant]
) -> None:
    """Three vendors write `SignName`, two `sign_name`: a field without its key is never there."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    are_capital = vendor in ("alibaba", "tencent", "ucloud")
    assert [key for key in keys if key[0].isupper() is not are_capital] == []


def answer(body: str) -> httpx.Response:
    return httpx.Response(200, text=body)


@pytest.mark.parametrize(
    "timestamp",
    [1795479969, 1795479969.0, "1795479969", 1795479969000, 1795479969123],
    ids=["number", "float", "text", "milliseconds", "a part of a second"],
)
def test_a_moment_is_in_seconds_or_in_milliseconds(timestamp: object) -> None:
    assert moment(timestamp) == "2026-11-24T00:26:09Z"


def test_odd_time_is_none() -> None:
    absurd: tuple[object, ...] = (
        None,
        0,
        -1,
        10**18,
        10**400,
        -(10**18),
        float("nan"),
        float("inf"),
        "",
        "soon",
        [],
    )
    assert [timestamp for timestamp in absurd if moment(timestamp)] == []


def test_half_a_character_is_a_question_mark_and_a_whole_one_stays() -> None:
    content = document(
        answer('{"reason": "no \\ud800 \\ud83d\\ude00 极客", "\\udfff": ["\\ud800"]}')
    )
    assert content == {"reason": "no ? \U0001f600 极客", "?": ["?"]}


@pytest.mark.parametrize("nested", ["[" * 200_000, '{"a":' * 100_000 + "1" + "}" * 100_000])
def test_answer_nested_too_deep_is_no_document(nested: str) -> None:
    assert document(answer(nested)) is None
    assert document(answer('{"Response": ' + nested)) is None


@pytest.mark.parametrize(
    "error", [ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError]
)
def test_answer_that_can_not_be_converted_is_not_the_vendors(error: type[Exception]) -> None:
    def read() -> None:
        raise error

    with pytest.raises(UnavailableError, match="not in the format of example: Data is not what"):
        read_as("example", "Get", answer("{}"), read, part="Data")
