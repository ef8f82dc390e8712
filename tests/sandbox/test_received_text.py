"""Text that clients send is taken only if it can be written again."""

from __future__ import annotations

import json

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox.received_text import DEEPEST, read_form, read_json


@pytest.mark.parametrize(
    "document",
    [
        *({}, [], None, True, 0, -1, 1.5, 10**300, "", "极客科技", "\0", "\ufffd", "\U0001f600"),
        {"a": [1, {"b": None}], "": "x"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("is_escaped", [True, False])
def test_json_is_read_as_it_was_written(document: JsonValue, is_escaped: bool) -> None:
    text = json.dumps(document, ensure_ascii=is_escaped)

    assert read_json(text.encode()) == read_json(text) == document


UNREADABLE = {
    "nothing": b"",
    "cut off": b'{"a": 1',
    "no UTF-8": b'"\xff"',
    "UTF-16": '"a"'.encode("utf-16"),
    "a high surrogate": b'"\\ud800"',
    "a low surrogate": b'"\\udc00x"',
    "two high ones": b'"\\ud800\\ud800"',
    "in a name": b'{"\\ud800": 1}',
    "in its bytes": b'"\xed\xa0\x80"',
    "NaN": b"[NaN]",
    "Infinity": b"Infinity",
    "a large float": b'{"a": [1e999]}',
    "a long integer": b"9" * 5000,
    "deep arrays": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "too deep": b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_text_that_could_not_be_written_again_is_no_json(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"line 1|too large|more than"):
        read_json(content)


def test_nesting_is_taken_up_to_its_limit() -> None:
    assert read_json(b"[" * DEEPEST + b"]" * DEEPEST)


def test_a_form_has_all_its_pairs_in_their_order() -> None:
    form = "b=1&a=%E6%9E%81+%2B&b=&%00=x&c"

    assert read_form(form) == [("b", "1"), ("a", "极 +"), ("b", ""), ("\0", "x"), ("c", "")]


@pytest.mark.parametrize("form", ["a=%FF", "%ED%A0%80=1", "a=1&b=%E6%9E"])
def test_a_form_that_is_no_utf_8_is_none(form: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        read_form(form)
