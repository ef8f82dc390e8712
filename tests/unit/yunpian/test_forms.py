"""Yunpian's forms: how texts and files are encoded, and an application on the wire."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.model.errors import EvidenceError
from pulumi_smssign.model.review import Handle
from pulumi_smssign.yunpian.forms import EncodedFile, Form
from tests.images import jpeg, png
from tests.vendors.calls import answered
from tests.yunpian_applications import (
    PERSON,
    SIGN,
    WEBSITE,
    Inputs,
    application,
    for_others,
    own_use,
    written,
)

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


# An application on the wire

TAKEN = {"code": 0, "msg": "OK", "sign": {"apply_state": "CHECKING", "sign": f"【{SIGN}】"}}
KEY = ("apikey", "5a1d00000000000000000000005b0c00")
URL = "https://papers.example/1.png"
LEAST = [
    ("sign", SIGN),
    ("sign_use", "0"),
    ("website", WEBSITE),
    ("notify", "true"),
    ("apply_vip", "false"),
    ("is_only_global", "false"),
    ("industry_type", "其它"),
]


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_least_application_is_sent_field_by_field() -> None:
    assert sent_for(own_use()) == [*LEAST, KEY]


def test_whole_application_is_sent_field_by_field(tmp_path: Path) -> None:
    switches = {"notify": False, "apply_vip": True, "industry_type": "金融"}
    assert sent_for(for_others(tmp_path, **switches)) == [
        ("sign", SIGN),
        ("sign_use", "1"),
        ("website", WEBSITE),
        ("prove_type", "1"),
        ("license_base64", f"data:image/jpg;base64,{encoded(png(1))}"),
        ("license_base64", f"data:image/jpg;base64,{encoded(jpeg())}"),
        ("business_license_name", "极客科技有限公司"),
        *((name, PERSON[name]) for name in ("id_card_name", "id_card_number")),
        ("id_card_front", encoded(png(2))),
        ("id_card_back", encoded(jpeg(3))),
        ("agent_mobile", PERSON["agent_mobile"]),
        ("notify", "false"),
        ("apply_vip", "true"),
        ("is_only_global", "false"),
        ("industry_type", "金融"),
        KEY,
    ]


def test_urls_are_sent_in_the_place_of_files() -> None:
    by_url: Mapping[str, object] = {
        "licence_urls": [URL, f"{URL}?2"],
        "id_card_front_url": f"{URL}?3",
        "id_card_back_url": f"{URL}?4",
        "is_only_global": True,
    }
    assert sent_for(own_use(**by_url)) == [
        *LEAST[:3],
        ("license_url", URL),
        ("license_url", f"{URL}?2"),
        ("id_card_front_url", f"{URL}?3"),
        ("id_card_back_url", f"{URL}?4"),
        *LEAST[3:5],
        ("is_only_global", "true"),
        ("industry_type", "其它"),
        KEY,
    ]


def sent_for(inputs: Inputs) -> list[tuple[str, str]]:
    """The fields of sign/add for an application; those of sign/update have the old text first."""
    wanted = application(inputs)
    api, side = answered("yunpian", TAKEN, TAKEN)
    assert api.submit(wanted).id == SIGN
    api.resubmit(Handle("旧名字", "【更旧】"), wanted)
    add, update = (
        parse_qsl(request.content.decode(), strict_parsing=True) for request in side.requests
    )
    assert update == [("old_sign", "更旧"), *add]
    assert [(request.method, request.url.path) for request in side.requests] == [
        ("POST", "/v2/sign/add.json"),
        ("POST", "/v2/sign/update.json"),
    ]
    for request in side.requests:
        headers = request.headers
        assert headers["Accept"] == "application/json;charset=utf-8"
        assert headers["Content-Type"] == "application/x-www-form-urlencoded;charset=utf-8"
        assert headers["Content-Length"] == str(len(request.content))
        assert "Transfer-Encoding" not in headers
    return add


def test_question_is_a_form_of_the_text_and_the_key() -> None:
    found = {"sign": f"【{SIGN}】", "check_status": "SUCCESS"}
    another = {"sign": "【云杉】", "check_status": "SUCCESS"}
    answer = {"code": 0, "total": 2, "sign": [found, another]}
    api, side = answered("yunpian", answer, answer, answer)
    assert [review.id for review in api.find(application())] == [SIGN]
    assert [review.id for review in api.listed("云")] == ["云杉"]
    (page,) = api.catalogue("")
    assert ([review.id for review in page.items], page.is_last) == ([SIGN, "云杉"], True)
    fields = [
        parse_qsl(request.content.decode(), keep_blank_values=True) for request in side.requests
    ]
    assert fields == [[("sign", text), KEY] for text in (f"【{SIGN}】", "云", "")]
    assert {request.url.path for request in side.requests} == {"/v2/sign/get.json"}
    assert api.identity(Handle("旧名字", f"【{SIGN}】")) == SIGN
    assert api.identity(Handle("旧名字")) == "旧名字"
