"""Which papers Yunpian's side asks for and takes."""

from __future__ import annotations

import base64

import pytest

from pulumi_smssign.sandbox import Evidence, Sandbox, Status
from pulumi_smssign.sandbox.bodies import VENDOR_LIMIT
from pulumi_smssign.sandbox.yunpian.gateway import BODY_LIMIT
from tests.images import jpeg, png
from tests.sandbox.yunpian.caller import (
    ID_CARD_NUMBER,
    Field,
    Yunpian,
    application,
    for_others,
    form,
    licence,
)

pytestmark = pytest.mark.usefixtures("screened")

PICTURE = base64.b64encode(png()).decode()
PREFIX = "data:image/jpg;base64,"
LICENCE_LIMIT, ID_CARD_LIMIT = 10 * 1024 * 1024, 5 * 1024 * 1024


def picture(size: int) -> str:
    """A picture of so many bytes in Base64."""
    frame = len(png(padding=1)) - 1
    return base64.b64encode(png(padding=size - frame)).decode()


def verdict(sandbox: Sandbox) -> tuple[Status, str]:
    (signature,) = sandbox.signatures("yunpian")
    return signature.status, signature.reason


@pytest.mark.parametrize("website", [None, ""])
def test_a_missing_website_is_refused(yunpian: Yunpian, website: str | None) -> None:
    assert yunpian.code("add", application(website=website)) == 1


def test_an_application_for_others_is_taken_with_its_papers(yunpian: Yunpian) -> None:
    assert yunpian.call("add", **for_others())


PAPERS: tuple[dict[str, Field], ...] = (
    {"license_base64": None},
    {"license_base64": ""},
    {"business_license_name": None},
    {"id_card_name": None},
    {"id_card_number": ""},
    {"id_card_front": None},
    {"id_card_back": None},
    {"agent_mobile": None},
)


@pytest.mark.parametrize("changes", PAPERS)
def test_a_missing_paper_is_refused_at_once(
    yunpian: Yunpian, sandbox: Sandbox, changes: dict[str, Field]
) -> None:
    code, detail = yunpian.error("add", {**for_others(), **changes})
    (name,) = changes

    assert (code, detail) == (1, f"签名为他用时，参数 {name} 必须传入")
    assert sandbox.signatures() == []


@pytest.mark.parametrize("side", ["id_card_front", "id_card_back"])
def test_an_id_card_image_may_be_a_url(yunpian: Yunpian, side: str) -> None:
    fields = for_others(**{side: None, f"{side}_url": "https://geek.example/x.png"})

    assert yunpian.call("add", **fields)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id_card_number", "1101001900010100"),
        ("id_card_number", "110100190001010010X"),
        ("id_card_number", "11010019000101001×"),
        ("id_card_number", "A1010019000101001X"),
        ("agent_mobile", "+8613000000000"),
        ("agent_mobile", "23000000000"),
        ("id_card_front_url", "geek.example/x.png"),
        ("id_card_back_url", "ftp://geek.example/x.png"),
        ("license_url", "C:\\licence.png"),
    ],
)
@pytest.mark.parametrize("sign_use", ["0", "1"])
def test_a_malformed_paper_is_refused_with_its_value(
    yunpian: Yunpian, name: str, value: str, sign_use: str
) -> None:
    code, detail = yunpian.error("add", for_others(**{"sign_use": sign_use, name: value}))

    assert (code, detail) == (2, f"参数 {name} 格式不正确，{name}:{value}")


@pytest.mark.parametrize("last", "0xX")
def test_an_id_card_number_ends_in_a_digit_or_x(yunpian: Yunpian, last: str) -> None:
    assert yunpian.call("add", **for_others(id_card_number=ID_CARD_NUMBER[:-1] + last))


def test_up_to_seven_licences_are_taken_in_their_order(yunpian: Yunpian, sandbox: Sandbox) -> None:
    yunpian.add(license_base64=[licence(seed) for seed in range(7)])

    assert sandbox.signatures()[0].evidence == {
        f"license_base64.{n}": Evidence.of(jpeg(n - 1)) for n in range(1, 8)
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [("license_base64", licence()), ("license_url", "https://geek.example/x.png")],
)
def test_an_eighth_licence_is_refused(yunpian: Yunpian, name: str, value: str) -> None:
    assert yunpian.code("add", application(**{name: [value] * 8})) == 2
    assert yunpian.call("add", **application(**{name: [value] * 7}))


def test_urls_of_licences_win_over_files(yunpian: Yunpian, sandbox: Sandbox) -> None:
    url = "https://geek.example/licence.png"
    yunpian.add(license_url=[url, url + "?2"], license_base64="broken")

    assert list(sandbox.signatures()[0].evidence) == ["license_url.1", "license_url.2"]


@pytest.mark.parametrize(
    "value",
    [
        PICTURE,
        "data:image/png;base64," + PICTURE,
        "data:image/jpeg;base64," + PICTURE,
        "data:image/jpg;base64, " + PICTURE,
        PREFIX,
        PREFIX + "xxxxx",
        PREFIX + base64.b64encode(b"no picture").decode(),
    ],
)
def test_a_licence_that_is_none_is_refused(yunpian: Yunpian, value: str) -> None:
    code, detail = yunpian.error("add", application(license_base64=[licence(), value]))

    assert code == 2
    assert detail == "参数 license_base64 格式不正确，license_base64:第2个文件"


def test_the_content_of_a_licence_is_not_told_by_its_prefix(yunpian: Yunpian) -> None:
    assert yunpian.add(license_base64=PREFIX + PICTURE)


@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,"])
def test_an_id_card_image_may_have_a_prefix(yunpian: Yunpian, prefix: str) -> None:
    assert yunpian.add(id_card_front=prefix + PICTURE)


@pytest.mark.parametrize(
    "value", ["xxxxx", "data:text/plain;base64," + PICTURE, base64.b64encode(b"GIF89a").decode()]
)
def test_an_id_card_image_that_is_none_is_refused(yunpian: Yunpian, value: str) -> None:
    assert yunpian.code("add", for_others(id_card_back=value)) == 2


@pytest.mark.parametrize(
    ("name", "limit"), [("license_base64", LICENCE_LIMIT), ("id_card_front", ID_CARD_LIMIT)]
)
def test_a_file_above_its_limit_is_refused(yunpian: Yunpian, name: str, limit: int) -> None:
    largest, larger = (PREFIX + picture(size) for size in (limit, limit + 1))

    assert yunpian.code("add", application(**{name: larger})) == 2
    assert yunpian.add(**{name: largest})


def test_the_largest_application_is_taken(yunpian: Yunpian, sandbox: Sandbox) -> None:
    """One of its nine files is sent at its limit; of the others only the length is counted."""
    paper, side = PREFIX + picture(LICENCE_LIMIT), picture(ID_CARD_LIMIT)
    fields = for_others(license_base64=[licence(n) for n in range(7)], id_card_front=side)
    others = 7 * len(form({"license_base64": paper})) + len(form({"id_card_back": side}))

    assert yunpian.call("add", **fields)
    assert len(sandbox.signatures()[0].evidence) == 7
    assert len(form(fields)) + others < BODY_LIMIT < VENDOR_LIMIT


def test_licences_are_there_to_look_at_and_id_cards_are_not(
    yunpian: Yunpian, sandbox: Sandbox
) -> None:
    yunpian.add(**for_others())

    kept = [sandbox.desk.shelf.get(each.sha256) for each in sandbox.desk.shelf.list()]
    assert [file and file[1] for file in kept] == [jpeg()]
