"""Rules of Yunpian's page sign/add for an application, and the privacy of persons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.core import secrets
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.yunpian import IndustryType, ProveType, SignUse
from pulumi_smssign.yunpian.application import SignatureApplication
from tests.images import png
from tests.unit.findings import assert_says, doubts, file, problems, rows
from tests.yunpian_applications import PERSON, application, for_others, own_use, written

JPEG, GIF, PDF, WEBP = "image/jpeg", "image/gif", "application/pdf", "image/webp"
URL = "https://a.example/1.png"
SIDES = ("id_card_front", "id_card_back")
GONE = {"path": "back.png", "problem": "does not exist"}
OF_OTHERS: dict[str, Any] = {
    "sign_use": 1,
    "prove_type": 1,
    "licences": [file(), file(path="b.jpg", media_type=JPEG)],
    "business_license_name": "极客科技有限公司",
    **PERSON,
    "id_card_front": file(path="front.png"),
    "id_card_back": file(path="back.jpg", media_type=JPEG),
}
BY_URL = {
    "licences": None,
    "id_card_front": None,
    "id_card_back": None,
    "licence_urls": [URL],
    "id_card_front_url": URL,
    "id_card_back_url": URL,
}
PAPERS = (
    *("business_license_name", "id_card_name", "id_card_number", "id_card_front"),
    *("licence_urls", "id_card_back_url", "agent_mobile"),
)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        *({"sign": text} for text in ("极客", "Geek 24/7", "极" * 20, "云片网络")),
        {**OF_OTHERS, "industry_type": "金融", "notify": False, "is_only_global": True},
        {**OF_OTHERS, **BY_URL},
        {"sign_use": 0.0, "prove_type": 6.0, "licence_urls": [URL] * 7},
        {"licences": [file(10), file(10, JPEG)] * 3 + [file()], "prove_type": 1},
        *({side: file(5, kind)} for side in SIDES for kind in ("image/png", JPEG)),
        *({"id_card_number": number} for number in ("1" * 18, "1" * 17 + "X", "1" * 17 + "x")),
        *({"agent_mobile": number} for number in ("13000000000", "19912345678")),
        {"apply_vip": True},
    ],
)
def test_good_application_is_taken_without_a_doubt(changes: Mapping[str, Any]) -> None:
    assert doubts(SignatureApplication, own_use(**changes)) == {}


def test_defaults_are_those_of_the_vendors_page() -> None:
    least = application()
    assert least.sign_use is SignUse.OWN_USE
    assert (least.notify, least.apply_vip, least.is_only_global) == (True, False, False)
    assert least.industry_type.value == "其它"
    assert len(IndustryType) == 18
    assert application(prove_type=6.0).prove_type is ProveType.TRADEMARK_CERTIFICATE


OWN_NAME = "sign: is the vendor's own name, which it takes from nobody"
BESIDE = (
    "licence_urls: beside licences: Yunpian takes one of them, the URL; "
    "id_card_front_url: beside id_card_front; id_card_back_url: beside id_card_back"
)
MISSING = (
    "licences: asks for licences or licence_urls; business_license_name: sign_use 1 asks for it; "
    "id_card_name: missing; id_card_number: missing; agent_mobile: missing; "
    "id_card_front: or id_card_front_url; id_card_back: or id_card_back_url"
)


@rows(
    *(({"sign": text}, "sign: 2 to 20 are taken") for text in ("极", "极" * 21)),
    ({"sign": ""}, "sign: must not be empty"),
    *(({"sign": text}, "sign: write the name without 【】") for text in ("【极客】", "极客】")),
    ({"sign": "云片网"}, OWN_NAME),
    ({"website": None}, "website: is missing"),
    ({"website": "  "}, "website: must not be empty"),
    ({"sign_use": 2}, "sign_use: "),
    *(({"prove_type": value}, "prove_type: ") for value in (0, 4, 5, 7, "1x")),
    ({"licences": [file()] * 8}, "licences: has 8 items"),
    ({"licences": [file(), file(10.001)]}, "licences[1]: at most 10 MiB are taken"),
    ({"licences": [file(media_type=PDF)]}, "licences[0]: not a PNG or JPEG file but a PDF"),
    ({"licences": [file(), file(media_type=GIF)]}, "licences[1]: a GIF picture"),
    ({"licences": file()}, "licences: must be a list, even of one"),
    ({"licence_urls": [URL] * 8}, "licence_urls: at most 7 are taken"),
    ({"licence_urls": URL}, "licence_urls: must be a list, even of one"),
    *(
        ({name: url}, f"{name}: ")
        for name in ("id_card_front_url", "id_card_back_url")
        for url in ("", "a.example", "file:///1.png", "https:///1", "http://[", "https://a b/1")
    ),
    ({"licence_urls": [URL, "ftp://a.example"]}, "licence_urls[1]: "),
    ({"business_license_name": " "}, "business_license_name: "),
    ({"id_card_name": ""}, "id_card_name: "),
    ({"id_card_front": file(0)}, "id_card_front: is empty"),
    ({"id_card_back": GONE}, "id_card_back: does not exist"),
    *(({side: file(5.001)}, f"{side}: at most 5 MiB") for side in SIDES),
    *(({side: file(media_type=WEBP)}, f"{side}: not a PNG or JPEG file") for side in SIDES),
    ({"agent_mobile": ""}, "agent_mobile: "),
    *(({name: "perhaps"}, f"{name}: ") for name in ("notify", "apply_vip", "is_only_global")),
    ({"callback": URL}, "callback: is not a property"),
    ({**OF_OTHERS, "licences": []}, "licences: is missing"),
    (
        {**OF_OTHERS, "id_card_number": "1", "licences": [file(0)]},
        "id_card_number: ; licences[0]: ",
    ),
    (
        {
            "licences": [file()],
            "id_card_front": file(),
            "id_card_back": file(),
            "licence_urls": [URL],
            "id_card_front_url": URL,
            "id_card_back_url": URL,
        },
        BESIDE,
    ),
    ({"sign_use": 1}, MISSING),
)
def test_problem_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(problems(SignatureApplication, own_use(**changes)), reasons)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("其他", "Yunpian writes 其它, not 其他"),
        ("教育", "Yunpian no longer has 教育"),
        ("电子商务 ", "Yunpian would silently make it 其它"),
        (18, "Yunpian would silently make it 其它"),
        (["金融"], "Yunpian would silently make it 其它"),
    ],
)
def test_another_industry_is_refused_with_a_hint(value: object, hint: str) -> None:
    reason = problems(SignatureApplication, own_use(industry_type=value))["industry_type"]
    assert reason.startswith("must be exactly one of '游戏' (GAMES), '移动应用' (")
    assert reason.endswith(f"; {hint}")


def test_missing_paper_is_told_with_its_file_and_its_url() -> None:
    asks = "is missing: sign_use 1 asks for"
    assert problems(SignatureApplication, own_use(sign_use=1)) == {
        "licences": f"{asks} licences or licence_urls",
        "id_card_front": f"{asks} id_card_front or id_card_front_url",
        "id_card_back": f"{asks} id_card_back or id_card_back_url",
        **dict.fromkeys(
            ("business_license_name", "id_card_name", "id_card_number", "agent_mobile"),
            f"{asks} it",
        ),
    }


def test_papers_of_the_own_name_are_nobodys_to_ask_for() -> None:
    assert problems(SignatureApplication, own_use(sign_use=0)) == {}
    beside = problems(SignatureApplication, own_use(licences=[file()], licence_urls=[URL]))
    assert beside == {
        "licence_urls": "is given beside licences: Yunpian takes one of them, the URL"
    }


def test_too_many_licences_are_counted() -> None:
    assert problems(SignatureApplication, own_use(licence_urls=[URL] * 8)) == {
        "licence_urls": "has 8 items; at most 7 are taken"
    }


@rows(
    ({"apply_vip": True, "is_only_global": True}, "apply_vip: set to false by Yunpian"),
    ({"prove_type": 1}, "prove_type: there are no licences"),
    ({"website": "geek.example"}, "website: does not begin with http:// or https://"),
    *(
        ({"agent_mobile": number}, "agent_mobile: ")
        for number in ("+8613000000000", "23000000000", "1300000000")
    ),
)
def test_doubt_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    findings = doubts(SignatureApplication, own_use(**changes))
    assert_says(findings, reasons)
    assert changes.get("agent_mobile", "none") not in str(findings)


def test_paper_that_a_preview_does_not_know_yet_is_not_missing() -> None:
    assert doubts(SignatureApplication, own_use(sign_use=1, prove_type=1), *PAPERS) == {}


# Persons


@pytest.mark.parametrize(
    "number", ["1" * 17, "1" * 19, "1" * 17 + "×", "X" + "1" * 17, "１" * 18, "1" * 17 + "X\n"]
)
def test_wrong_id_card_number_is_refused_without_being_repeated(number: str) -> None:
    refused = problems(SignatureApplication, own_use(id_card_number=number))
    assert refused.keys() == {"id_card_number"}
    assert number not in refused["id_card_number"]


def test_no_reason_repeats_personal_data() -> None:
    secret = "zq7secretzq7"
    personal = SignatureApplication.personal - {"licences", "licence_urls", "agent_mobile"}
    lists = {"licences": [secret], "licence_urls": [secret], "agent_mobile": 7.5}
    refused = problems(SignatureApplication, own_use(**dict.fromkeys(personal, secret), **lists))
    names = {name.partition("[")[0] for name in refused}
    assert names == SignatureApplication.personal - {"id_card_name"}
    assert not any(secret in reason or "7.5" in reason for reason in refused.values())


def test_personal_data_is_hidden_however_the_vendor_writes_it() -> None:
    secrets.keep(
        {
            "vendor": "yunpian",
            **PERSON,
            "id_card_name": "周吴",
            "id_card_number": "22020219000202002x",
            "licence_urls": ["https://papers.example/one?token=a b", "https://papers.example/two"],
            "id_card_front_url": "https://papers.example/front",
        }
    )
    message = (
        "id_card_name=%E5%91%A8%E5%90%B4 周吴 22020219000202002x 22020219000202002X 13000000000 "
        "https://papers.example/one?token=a b https%3A%2F%2Fpapers.example%2Ftwo "
        "https://papers.example/front"
    )
    assert hide(message) == "id_card_name=" + " ".join(["[secret]"] * 8)


def test_printed_application_shows_nothing_personal(tmp_path: Path) -> None:
    text = f"{application(for_others(tmp_path))!r} {application(for_others(tmp_path))}"
    assert "极客科技有限公司" in text
    for secret in (*PERSON.values(), "front.png", "licence.png"):
        assert secret not in text


def test_fields_about_a_person_are_personal() -> None:
    beginnings = ("id_card_", "licence", "agent_")
    fields = {name for name in SignatureApplication.model_fields if name.startswith(beginnings)}
    assert SignatureApplication.personal == fields


def test_files_are_found_from_where_the_program_runs(tmp_path: Path) -> None:
    described = {**written(tmp_path, "licence.png", png()), "path": "licence.png"}
    submitted = SignatureApplication.of(own_use(licences=[described]), str(tmp_path))
    assert [file.read() for file in submitted.evidence] == [png()]
