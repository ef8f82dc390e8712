from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.model.errors import EvidenceError
from pulumi_smssign.yunpian.forms import EncodedFile, Form
from tests.yunpian_applications import written

PIECE = 3 << 16


def evidence(folder: Path, content: bytes) -> Evidence:
    return Evidence.model_validate(written(folder, "file", content))


def test_texts_are_encoded_as_browsers_do_it() -> None:
    fields = [("sign", "极客 & 科技+"), ("website", "https://a.example/?x=1~*"), ("empty", "")]
    assert b"".join(Form(fields)) == urlencode(fields).encode()


def test_field_may_come_several_times() -> None:
    fields = [("license_url", "https://a/1.jpg"), ("license_url", "https://a/2.jpg")]
    assert b"".join(Form(fields)) == (
        b"license_url=https%3A%2F%2Fa%2F1.jpg&license_url=https%3A%2F%2Fa%2F2.jpg"
    )


@pytest.mark.parametrize("size", [1, 2, 3, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 2])
def test_file_comes_back_as_it_was_whatever_its_size(tmp_path: Path, size: int) -> None:
    content = bytes(index * 7 % 256 for index in range(251)) * (size // 251 + 1)
    file = evidence(tmp_path, content[:size])
    body = b"".join(Form([("file", EncodedFile(file, "data:image/jpg;base64,")), ("last", "1")]))
    sent, last = parse_qsl(body.decode(), strict_parsing=True)
    prefix, _, encoded = sent[1].partition(",")
    assert prefix == "data:image/jpg;base64"
    assert base64.b64decode(encoded, validate=True) == content[:size]
    assert last == ("last", "1")


def test_every_byte_of_base64_that_a_form_would_misread_is_encoded(tmp_path: Path) -> None:
    file = evidence(tmp_path, b"\xff\xef\xbe\xfb")
    assert b"".join(Form([("f", EncodedFile(file))])) == b"f=%2F%2B%2B%2B%2Bw%3D%3D"


def test_size_is_that_of_the_body(tmp_path: Path) -> None:
    form = Form([("sign", "极客"), ("f", EncodedFile(evidence(tmp_path, b"\xfb" * 300_001)))])
    assert form.size == len(b"".join(form))


def test_body_can_be_sent_again(tmp_path: Path) -> None:
    form = Form([("f", EncodedFile(evidence(tmp_path, b"papers")))])
    assert b"".join(form) == b"".join(form)


def test_no_piece_is_larger_than_a_fraction_of_a_file(tmp_path: Path) -> None:
    form = Form([("f", EncodedFile(evidence(tmp_path, b"\xfb\xff" * 1_000_000)))])
    assert max(map(len, form)) < 1_000_000


def test_file_that_has_changed_is_not_sent(tmp_path: Path) -> None:
    form = Form([("f", EncodedFile(evidence(tmp_path, b"papers")))])
    (tmp_path / "file").write_bytes(b"other papers")
    with pytest.raises(EvidenceError):
        b"".join(form)
