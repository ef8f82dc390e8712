"""Answers that no vendor should give, and how they are read."""

from __future__ import annotations

from importlib import import_module

import httpx
import pytest

from pulumi_smssign.contract.answers import (
    EnvelopeError,
    FreeText,
    Keyword,
    Name,
    Reason,
    Tolerant,
    UnreadableError,
    Whole,
    document,
    ignore_body,
    moment,
    number,
    read_as,
)
from pulumi_smssign.contract.codes import NO_SIGNATURE, Fault
from pulumi_smssign.model.errors import NotFoundError, UnavailableError

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
    assert {moment(timestamp) for timestamp in absurd} == {""}


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


class Item(Tolerant):
    """One field of each kind."""

    text: FreeText = ""
    reason: Reason = ""
    keyword: Keyword = ""
    name: Name = ""
    whole: Whole = None
    needed: int = 0


@pytest.mark.parametrize(
    ("field", "sent", "read"),
    [
        *(
            ("reason", none, "")
            for none in ("无审核备注", "无", "（无原因）", "No Approval Remarks.", "N/A", "none")
        ),
        ("reason", "无营业执照", "无营业执照"),
        ("reason", f"{'.' * 36}none", ""),
        ("reason", f"{'.' * 37}none", f"{'.' * 37}none"),
        ("reason", "a\nb", "a b"),
        ("text", "a\n\tb", "a b"),
        ("text", "无", "无"),
        ("name", "a\nb", "a b"),
        ("keyword", "k" * 300, "k"),
        ("whole", 2**53, 2**53),
        ("whole", -(2**53), -(2**53)),
        ("whole", 2**53 + 1, None),
        ("whole", -(2**53) - 1, None),
        ("whole", 0, 0),
        ("whole", None, None),
    ],
)
def test_a_field_is_read_as_what_it_is(field: str, sent: object, read: object) -> None:
    item = Item.model_validate({field: sent, "more": 1})
    actual = getattr(item, field)
    if field == "keyword":
        assert actual.startswith("kkk")
        assert len(actual) <= 101
    else:
        assert actual == read
    assert not hasattr(item, "more")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (7, 7),
        ("7", 7),
        ("-7", -7),
        (" 7 ", 7),
        (0, 0),
        (True, None),
        (7.0, None),
        ("7.0", None),
        ("", None),
        ("x", None),
        (None, None),
        ([7], None),
    ],
    ids=repr,
)
def test_a_number_is_whole_and_may_be_quoted(value: object, read: int | None) -> None:
    assert number(value) == read
    assert type(number(value)) is type(read)


def test_a_moment_lies_between_1970_and_2100() -> None:
    assert moment(1) == "1970-01-01T00:00:01Z"
    assert moment(0.5) == "1970-01-01T00:00:00Z"
    assert moment(4_102_444_800) == "2100-01-01T00:00:00Z"
    assert moment(4_102_444_801) == "1970-02-17T11:34:04Z", "they are milliseconds"
    assert moment(4_102_444_800_000) == "2100-01-01T00:00:00Z"
    assert moment(4_102_444_800_001) == ""
    assert moment(-0.5) == ""


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b'{"a": "\xe4\xba\x91"}', {"a": "云"}),
        ('{"a": "云"}'.encode("utf-16"), {"a": "云"}),
        ('{"a": "云杉"}'.encode("gb18030"), {"a": "云杉"}),
        (b'{"a": 1, "a": 1}', None),
        (b'{"\\ud800": 1, "\\ud801": 2}', None),
        (b"[]", None),
        (b'"a"', None),
        (b"{}", {}),
        (b"", None),
        (b'{"a": "\xff\xff"}', None),
    ],
)
def test_a_document_is_one_object_of_json(content: bytes, read: object) -> None:
    assert document(httpx.Response(200, content=content)) == read


def told(read: object, body: str = "{}", status: int = 200, part: str = "") -> str:
    """The summary of an answer that can't be read, without where it came from."""

    def fail() -> None:
        if isinstance(read, Exception):
            raise read
        Item.model_validate(read)

    response = httpx.Response(status, text=body)
    with pytest.raises(UnavailableError) as caught:
        read_as("acme", "Get", response, fail, part=part)
    assert (caught.value.vendor, caught.value.action) == ("acme", "Get")
    return caught.value.summary.partition(" (HTTP")[0].removeprefix(
        "the answer is not in the format of acme: "
    )


@pytest.mark.parametrize(
    ("read", "part", "why"),
    [
        ({"needed": "x"}, "", "needed is missing or not what the vendor describes"),
        (
            {"whole": "x", "name": 1, "text": 1},
            "",
            "name, text, whole is missing or not what the vendor describes",
        ),
        ({"needed": "x"}, "Data", "Data is not what the vendor describes"),
        (KeyError("secret"), "Data", "Data is not what the vendor describes"),
        (KeyError("secret"), "", "it is not what the vendor describes"),
        (UnreadableError("it is odd"), "Data", "it is odd"),
        (EnvelopeError("it is empty"), "", "it is empty"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_without_its_values(
    read: object, part: str, why: str
) -> None:
    assert told(read, part=part) == why


def test_the_status_counts_of_what_is_in_no_envelope_alone() -> None:
    said = "a proxy or gateway before acme refused Get: it knows no such call"
    odd, empty = UnreadableError("it is odd"), EnvelopeError("it is empty")
    assert told(odd, status=404) == said
    assert told(empty, status=404) == "it is empty"
    assert told({"needed": "x"}, status=404).startswith("needed is missing")
    twice = '{"a": 1, "a": 2}'
    for error in (odd, empty):
        assert told(error, twice, status=404) == "it has a key twice"
    assert told(odd, "[" * 200_000, status=404) == said


def test_a_result_is_read_and_a_fault_is_its_error() -> None:
    response = httpx.Response(200, text="{}")
    assert read_as("acme", "Get", response, lambda: ignore_body(["any"])) == ["any"]
    guessed = httpx.Response(200, content='{"a": "云杉"}'.encode("gb18030"))
    with pytest.raises(UnavailableError, match="it is not in the charset that it should be in"):
        read_as("acme", "Get", guessed, lambda: 1)
    certain = {"Content-Type": "application/json; charset=GBK"}
    gbk = httpx.Response(200, content=guessed.content, headers=certain)
    assert read_as("acme", "Get", gbk, lambda: 1) == 1
    unread = httpx.Response(200, content=b"\xff\xff")
    assert read_as("acme", "Get", unread, lambda: 1) == 1

    def fail() -> None:
        raise Fault(NO_SIGNATURE, "X.1", "gone", "an-id")

    with pytest.raises(NotFoundError) as caught:
        read_as("acme", "Get", response, fail)
    error = caught.value
    assert (error.vendor, error.action, error.code) == ("acme", "Get", "X.1")
    assert (error.vendor_message, error.request_id) == ("gone", "an-id")
    assert error.summary == "acme refused Get: there is no such signature"
    assert error.advice == "run `pulumi refresh`, then `pulumi up` to submit it anew."
