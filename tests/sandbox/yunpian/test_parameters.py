"""The form's reader: any encoding of the same values reads the same."""

from __future__ import annotations

import base64
import hashlib
import random
from urllib.parse import quote, urlencode

import pytest

from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.yunpian import parameters
from pulumi_smssign.sandbox.yunpian.parameters import Form, SentFile, read

PREFIX = "data:image/jpg;base64,"


def form_of(body: str | bytes, content_type: str = parameters.CONTENT_TYPE) -> Form:
    content = body.encode() if isinstance(body, str) else body
    request = HttpRequest("POST", "/", "", {"content-type": content_type}, content)
    return read(request, frozenset({"a", "b"}), frozenset({"file"}))


def file_of(encoded: str) -> SentFile:
    (file,) = form_of(urlencode({"file": encoded})).files("file")
    return file


def test_repeated_keys_keep_their_order() -> None:
    form = form_of("a=1&b=2&a=3&a=&c=4")

    assert (form.values("a"), form.text("b")) == (["1", "3"], "2")
    assert form.others == {"c"}


@pytest.mark.parametrize(
    ("encoded", "text"),
    [*((each, "a b+c") for each in ("a+b%2Bc", "%61%20b%2bc", "a%20%62%2B%63")), ("x=y", "x=y")],
)
def test_both_ways_to_escape_are_read(encoded: str, text: str) -> None:
    content_type = "Application/X-WWW-Form-Urlencoded; charset=gbk"  # which does not matter

    assert form_of(f"a={encoded}", content_type).text("a") == text


@pytest.mark.parametrize("size", [0, 1, 2, 3, 100_000])
def test_a_file_of_any_size_is_digested(size: int) -> None:
    content = random.Random(size).randbytes(size)  # noqa: S311 - bytes to digest
    encoded = base64.b64encode(content).decode()
    file = file_of(PREFIX + encoded)

    assert file.evidence is not None
    assert file.evidence.sha256 == hashlib.sha256(content).hexdigest()
    assert file.evidence.size == size
    assert (file.prefix, file.content) == (PREFIX, content)


@pytest.mark.parametrize(
    "encoded",
    [
        "a",
        "abc",
        "ab==cd==",
        "ab cd",
        "ab+d",
        "data:image/jpg;base64",
        "QUJD\n",
        "QQ==" * 2,
        "中文",
    ],
)
def test_a_text_that_is_no_base64_is_no_file(encoded: str) -> None:
    sent = encoded if "+" in encoded else quote(encoded, safe="")
    (file,) = form_of(f"file={sent}").files("file")

    assert file.evidence is None


def test_a_name_that_is_no_utf_8_is_none() -> None:
    assert form_of("%FF=1&a=2") == Form({"a": ["2"]}, others=frozenset({"?"}))


def test_an_empty_file_counts_as_not_sent() -> None:
    assert not form_of("file=").has("file")
