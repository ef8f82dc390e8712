"""The papers that Yunpian's side asks for and takes."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Evidence, Sandbox
from pulumi_smssign.sandbox.bodies import VENDOR_LIMIT
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.yunpian.gateway import BODY_LIMIT
from tests.images import jpeg, png
from tests.sandbox.yunpian.caller import FOR_OTHERS, ID_CARD_NUMBER, Yunpian, form, licences

PICTURE = base64.b64encode(png()).decode()
PREFIX = "data:image/jpg;base64,"
URL = "https://geek.example/x.png"
LICENCE_LIMIT, ID_CARD_LIMIT = 10 * 1024 * 1024, 5 * 1024 * 1024


def picture(size: int) -> str:
    """A picture of so many bytes in Base64."""
    frame = len(png(padding=1)) - 1
    return base64.b64encode(png(padding=size - frame)).decode()


def side(name: str, value: JsonValue) -> Document:
    return {name: None, f"{name}_url": value}


@pytest.mark.parametrize("name", [*sorted(FOR_OTHERS.keys() - {"sign_use"}), "license_base64"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_paper_is_refused_at_once(yunpian: Yunpian, name: str, value: str | None) -> None:
    fields = yunpian.application(**{**FOR_OTHERS, name: value})

    assert yunpian.error("add", **fields) == ("1", f"签名为他用时，参数 {name} 必须传入")
    assert yunpian.sandbox.signatures() == []


@pytest.mark.parametrize(
    "changes",
    [
        {},
        *(side(name, URL) for name in ("id_card_front", "id_card_back")),
        *({"id_card_number": ID_CARD_NUMBER[:-1] + last} for last in "0xX"),
        *({"license_base64": None, "license_url": [URL] * count} for count in (1, 7)),
        {"license_base64": licences(*range(7))},
        {"license_base64": PREFIX + PICTURE},  # its content is not told by its prefix
        *({"id_card_front": prefix + PICTURE} for prefix in ("", "data:image/png;base64,")),
        {"id_card_front": [PICTURE, "xxxxx"]},  # the first of them counts
    ],
)
def test_an_application_for_others_is_taken_with_its_papers(
    yunpian: Yunpian, changes: Document
) -> None:
    assert yunpian.refused(**{**FOR_OTHERS, **changes}) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("id_card_number", text) for text in ("1101001900010100", "110100190001010010X")),
        *(("id_card_number", text) for text in ("11010019000101001×", "A1010019000101001X")),
        *(("agent_mobile", text) for text in ("+8613000000000", "23000000000")),
        ("id_card_front_url", "geek.example/x.png"),
        ("id_card_back_url", "ftp://geek.example/x.png"),
        ("license_url", "C:\\licence.png"),
    ],
)
@pytest.mark.parametrize("sign_use", ["0", "1"])
def test_a_malformed_paper_is_refused_with_its_value(
    yunpian: Yunpian, name: str, value: str, sign_use: str
) -> None:
    fields = yunpian.application(**{**FOR_OTHERS, "sign_use": sign_use, name: value})

    assert yunpian.error("add", **fields) == ("2", f"参数 {name} 格式不正确，{name}:{value}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("license_base64", prefix + PICTURE) for prefix in ("", "data:image/png;base64,")),
        ("license_base64", "data:image/jpg;base64, " + PICTURE),
        *(("license_base64", PREFIX + text) for text in ("", "xxxxx", "bm8gcGljdHVyZQ==")),
        ("license_base64", PREFIX + picture(LICENCE_LIMIT + 1)),
        *(("id_card_back", text) for text in ("xxxxx", "data:text/plain;base64," + PICTURE)),
        ("id_card_back", base64.b64encode(b"GIF89a").decode()),
        ("id_card_front", picture(ID_CARD_LIMIT + 1)),
    ],
    ids=lambda value: value[:40],
)
def test_a_picture_that_is_none_or_too_large_is_refused(
    yunpian: Yunpian, name: str, value: str
) -> None:
    files: JsonValue = [*licences(0), value] if name == "license_base64" else value
    part = "第2个文件" if name == "license_base64" else "图片"
    fields = yunpian.application(**{**FOR_OTHERS, name: files})

    assert yunpian.error("add", **fields) == ("2", f"参数 {name} 格式不正确，{name}:{part}")


@pytest.mark.parametrize("name", ["license_base64", "license_url"])
def test_an_eighth_licence_is_refused(yunpian: Yunpian, name: str) -> None:
    value = URL if name == "license_url" else licences(0)[0]

    assert yunpian.error("add", **yunpian.application(**{name: [value] * 8})) == (
        "2",
        f"参数 {name} 最多支持7次",
    )


def test_licences_are_kept_in_their_order_and_urls_win(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.submit(license_base64=licences(*range(7)))
    yunpian.submit(sign="别的", license_url=[URL, f"{URL}?2"], license_base64="broken")

    files, urls = (each.evidence for each in sandbox.signatures())
    assert files == {f"license_base64.{n}": Evidence.of(jpeg(n - 1)) for n in range(1, 8)}
    assert list(urls) == ["license_url.1", "license_url.2"]


def test_the_largest_application_is_taken(yunpian: Yunpian, sandbox: Sandbox) -> None:
    """Two of its nine files are sent at their limit; of the others only the length is counted."""
    paper, card = PREFIX + picture(LICENCE_LIMIT), picture(ID_CARD_LIMIT)
    fields = yunpian.application(**{**FOR_OTHERS, "id_card_front": card})
    fields["license_base64"] = [paper, *licences(*range(6))]
    others = 6 * len(form({"license_base64": paper})) + len(form({"id_card_back": card}))

    assert yunpian.code("add", **fields) == ""
    assert len(sandbox.signatures()[0].evidence) == 7
    assert len(form(fields)) + others < BODY_LIMIT < VENDOR_LIMIT


def test_licences_are_there_to_look_at_and_id_cards_are_not(
    yunpian: Yunpian, sandbox: Sandbox
) -> None:
    yunpian.submit(**FOR_OTHERS)

    files = [sandbox.desk.shelf.get(each.sha256) for each in sandbox.desk.shelf.list()]
    assert [file and file[1] for file in files] == [jpeg()]
