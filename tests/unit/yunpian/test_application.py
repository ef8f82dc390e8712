from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.contract.application import MIB, examine
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.yunpian import IndustryType, ProveType, SignUse
from pulumi_smssign.yunpian.application import SignatureApplication
from tests.images import png
from tests.yunpian_applications import PERSON, application, for_others, own_use, written


def problems(inputs: dict[str, Any], *unknown: str) -> dict[str, str]:
    found = examine(SignatureApplication, inputs, frozenset(unknown)).problems
    return {problem.property: problem.reason for problem in found}


def doubts(inputs: dict[str, Any], *unknown: str) -> dict[str, str]:
    found = examine(SignatureApplication, inputs, frozenset(unknown)).doubts
    return {doubt.property: doubt.reason for doubt in found}


def image(size: int, media_type: str = "image/png") -> dict[str, object]:
    return {"path": "scan", "sha256": "0" * 64, "media_type": media_type, "size": size}


def test_a_text_and_a_website_are_enough_for_ones_own_name() -> None:
    assert examine(SignatureApplication, own_use(), frozenset()).problems == ()
    assert doubts(own_use()) == {}


def test_the_defaults_are_those_of_the_vendors_page() -> None:
    least = application()
    assert least.sign_use is SignUse.OWN_USE
    assert (least.notify, least.apply_vip, least.is_only_global) == (True, False, False)
    assert least.industry_type.value == "其它"


def test_everything_about_another_companys_name_is_taken(tmp_path: Path) -> None:
    everything = for_others(tmp_path, industry_type="金融", notify=False, is_only_global=True)
    assert problems(everything) == {}
    assert doubts(everything) == {}
    assert len(application(everything).evidence) == 4


def test_numbers_come_back_from_the_engine_as_floats() -> None:
    inputs = own_use(sign_use=0.0, prove_type=6.0, licence_urls=["https://a.example/1.png"])
    assert problems(inputs) == {}
    assert application(inputs).prove_type is ProveType.TRADEMARK_CERTIFICATE


def test_what_is_wrong_is_said_all_at_once(tmp_path: Path) -> None:
    wrong = {
        "sign": "极",
        "sign_use": 2,
        "prove_type": 4,
        "licences": [image(1), image(1, "image/gif")],
        "licence_urls": ["https://a.example/1.png", "a.example"],
        "business_license_name": " ",
        "id_card_name": "",
        "id_card_number": "1101011900010100",
        "id_card_front": image(0),
        "id_card_front_url": "ftp://a.example/front.png",
        "id_card_back": {"path": "back.png", "problem": "does not exist"},
        "id_card_back_url": "https://",
        "agent_mobile": "",
        "notify": "perhaps",
        "apply_vip": "perhaps",
        "is_only_global": "perhaps",
        "industry_type": "其他",
        "callback": "https://a.example",
    }
    assert problems(wrong).keys() == {
        *wrong.keys() - {"licences", "licence_urls"},
        "website",
        "licences[1]",
        "licence_urls[1]",
    }


@pytest.mark.parametrize("text", ["极客", "Geek 24/7", "极" * 20])
def test_a_text_of_2_to_20_characters_is_taken(text: str) -> None:
    assert problems(own_use(sign=text)) == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("极", "has 1 characters; 2 to 20 are taken"),
        ("极" * 21, "has 21 characters; 2 to 20 are taken"),
        ("", "must not be empty"),
        ("【极客】", "write the name without 【】 or []: the vendor adds the brackets"),
        ("极客】", "write the name without 【】 or []: the vendor adds the brackets"),
        ("云片网", "is the vendor's own name, which it takes from nobody"),
    ],
)
def test_a_text_that_the_page_forbids_is_refused(text: str, reason: str) -> None:
    assert problems(own_use(sign=text)) == {"sign": reason}


def test_a_text_that_only_begins_with_the_vendors_name_is_taken() -> None:
    assert problems(own_use(sign="云片网络")) == {}


def test_the_website_is_asked_for_though_the_page_marks_it_as_optional() -> None:
    assert problems(own_use(website=None)) == {"website": "is missing"}
    assert problems(own_use(website="  ")) == {"website": "must not be empty"}


@pytest.mark.parametrize("value", [0, 4, 5, 7, "1x"])
def test_a_prove_type_that_does_not_exist_is_refused(value: object) -> None:
    assert problems(own_use(prove_type=value)).keys() == {"prove_type"}


def test_licences_are_up_to_7_png_or_jpeg_files_of_up_to_10_mib() -> None:
    largest = [image(10 * MIB), image(10 * MIB, "image/jpeg")]
    assert problems(own_use(licences=[*largest, *largest, *largest, image(1)])) == {}
    assert problems(own_use(licences=[image(1)] * 8)) == {
        "licences": "has 8 items; at most 7 are taken"
    }
    assert problems(own_use(licences=[image(1), image(10 * MIB + 1)])) == {
        "licences[1]": "the file scan has 10.0 MiB; at most 10 MiB are taken"
    }
    assert problems(own_use(licences=[image(1, "application/pdf")])) == {
        "licences[0]": "the file scan is not a PNG or JPEG file but application/pdf"
    }


def test_licence_urls_are_up_to_7() -> None:
    urls = [f"https://a.example/{number}.png" for number in range(8)]
    assert problems(own_use(licence_urls=urls[:7])) == {}
    assert problems(own_use(licence_urls=urls)) == {
        "licence_urls": "has 8 items; at most 7 are taken"
    }


@pytest.mark.parametrize("name", ["licences", "licence_urls"])
def test_one_licence_is_a_list_too(name: str) -> None:
    value = image(1) if name == "licences" else "https://a.example/1.png"
    assert problems(own_use(**{name: value})) == {name: "must be a list, even of one"}


@pytest.mark.parametrize(
    "url", ["", "a.example/1.png", "file:///1.png", "https:///1.png", "http://[", "https://a b/1"]
)
def test_a_url_must_be_one_that_the_vendor_can_fetch(url: str) -> None:
    for name in ("id_card_front_url", "id_card_back_url"):
        assert problems(own_use(**{name: url})).keys() == {name}
    assert problems(own_use(licence_urls=[url])).keys() == {"licence_urls[0]"}


def test_a_file_and_its_url_are_not_both_taken() -> None:
    both = own_use(
        licences=[image(1)],
        licence_urls=["https://a.example/1.png"],
        id_card_front=image(1),
        id_card_front_url="https://a.example/front.png",
        id_card_back=image(1),
        id_card_back_url="https://a.example/back.png",
    )
    assert problems(both) == {
        "licence_urls": "is given beside licences: Yunpian takes one of them, the URL",
        "id_card_front_url": "is given beside id_card_front: Yunpian takes one of them, the URL",
        "id_card_back_url": "is given beside id_card_back: Yunpian takes one of them, the URL",
    }


@pytest.mark.parametrize("side", ["id_card_front", "id_card_back"])
def test_an_id_cards_side_is_a_png_or_jpeg_file_of_up_to_5_mib(side: str) -> None:
    for media_type in ("image/png", "image/jpeg"):
        assert problems(own_use(**{side: image(5 * MIB, media_type)})) == {}
    assert problems(own_use(**{side: image(5 * MIB + 1)})).keys() == {side}
    assert problems(own_use(**{side: image(1, "image/webp")})).keys() == {side}


@pytest.mark.parametrize("number", ["110101190001010010", "11010119000101001X", "1" * 17 + "x"])
def test_an_id_card_number_is_17_digits_and_a_digit_or_x(number: str) -> None:
    assert problems(own_use(id_card_number=number)) == {}


@pytest.mark.parametrize(
    "number", ["1" * 17, "1" * 19, "1" * 17 + "×", "X" + "1" * 17, "１" * 18, "1" * 17 + "X\n"]
)
def test_another_id_card_number_is_refused_without_being_repeated(number: str) -> None:
    found = problems(own_use(id_card_number=number))
    assert found.keys() == {"id_card_number"}
    assert number not in found["id_card_number"]


def test_there_are_18_industries() -> None:
    assert len(IndustryType) == 18


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
    reason = problems(own_use(industry_type=value))["industry_type"]
    assert reason.startswith("must be exactly one of 游戏, 移动应用, ")
    assert reason.endswith(f"; {hint}")


def test_another_companys_name_asks_for_all_its_papers_at_once() -> None:
    assert problems(own_use(sign_use=1)) == {
        "licences": "is missing: sign_use 1 asks for licences or licence_urls",
        "business_license_name": "is missing: sign_use 1 asks for it",
        "id_card_name": "is missing: sign_use 1 asks for it",
        "id_card_number": "is missing: sign_use 1 asks for it",
        "id_card_front": "is missing: sign_use 1 asks for id_card_front or id_card_front_url",
        "id_card_back": "is missing: sign_use 1 asks for id_card_back or id_card_back_url",
        "agent_mobile": "is missing: sign_use 1 asks for it",
    }


def test_an_empty_list_of_licences_is_no_licence(tmp_path: Path) -> None:
    assert problems(for_others(tmp_path, licences=[])).keys() == {"licences"}


def test_urls_will_do_for_another_companys_papers(tmp_path: Path) -> None:
    by_url = for_others(
        tmp_path,
        licences=None,
        licence_urls=["https://a.example/1.png"],
        id_card_front=None,
        id_card_front_url="https://a.example/front.png",
        id_card_back=None,
        id_card_back_url="https://a.example/back.png",
    )
    assert problems(by_url) == {}


def test_what_a_preview_does_not_know_yet_is_not_called_missing() -> None:
    unknown = (
        "licence_urls",
        "business_license_name",
        "id_card_name",
        "id_card_number",
        "id_card_front",
        "id_card_back_url",
        "agent_mobile",
    )
    assert problems(own_use(sign_use=1), *unknown) == {}
    assert doubts(own_use(prove_type=1), *unknown) == {}


def test_a_field_that_is_wrong_is_not_called_missing_too(tmp_path: Path) -> None:
    wrong = for_others(tmp_path, id_card_number="1", licences=[image(1, "image/gif")])
    assert problems(wrong).keys() == {"id_card_number", "licences[0]"}


def test_a_vip_channel_for_other_countries_is_doubted() -> None:
    found = doubts(own_use(apply_vip=True, is_only_global=True))
    assert found.keys() == {"apply_vip"}
    assert "set to false by Yunpian" in found["apply_vip"]
    assert doubts(own_use(apply_vip=True)) == {}


def test_a_prove_type_without_papers_is_doubted() -> None:
    assert doubts(own_use(prove_type=1)).keys() == {"prove_type"}
    assert doubts(own_use(prove_type=1, licences=[image(1)])) == {}


@pytest.mark.parametrize("number", ["13000000000", "19912345678"])
def test_a_mobile_number_of_the_mainland_raises_no_doubt(number: str) -> None:
    assert doubts(own_use(agent_mobile=number)) == {}


@pytest.mark.parametrize("number", ["+8613000000000", "23000000000", "1300000000"])
def test_another_number_is_doubted_and_not_repeated(number: str) -> None:
    assert problems(own_use(agent_mobile=number)) == {}
    found = doubts(own_use(agent_mobile=number))
    assert found.keys() == {"agent_mobile"}
    assert number not in found["agent_mobile"]


def test_no_reason_repeats_what_is_personal() -> None:
    secret = "zq7secretzq7"
    wrong = own_use(
        **dict.fromkeys(
            SignatureApplication.personal - {"licences", "licence_urls", "agent_mobile"}, secret
        ),
        licences=[secret],
        licence_urls=[secret],
        agent_mobile=7.5,
    )
    found = problems(wrong)
    assert {name.partition("[")[0] for name in found} == (
        SignatureApplication.personal - {"id_card_name"}
    )
    assert not any(secret in reason or "7.5" in reason for reason in found.values())


def test_personal_data_is_hidden_however_the_vendor_writes_it() -> None:
    SignatureApplication.keep_personal_data_secret(
        {
            **PERSON,
            "id_card_name": "周吴",
            "id_card_number": "22020219000202002x",
            "licence_urls": ["https://papers.example/one?token=a b", "https://papers.example/two"],
            "id_card_front_url": "https://papers.example/front",
        }
    )
    said = (
        "id_card_name=%E5%91%A8%E5%90%B4 周吴 22020219000202002x 22020219000202002X 13000000000 "
        "https://papers.example/one?token=a b https%3A%2F%2Fpapers.example%2Ftwo "
        "https://papers.example/front"
    )
    assert hide(said) == "id_card_name=" + " ".join(["[secret]"] * 8)


def test_an_application_shows_nothing_personal_when_it_is_printed(tmp_path: Path) -> None:
    shown = f"{application(for_others(tmp_path))!r} {application(for_others(tmp_path))}"
    assert "极客科技有限公司" in shown
    for secret in (*PERSON.values(), "front.png", "licence.png"):
        assert secret not in shown


def test_a_file_is_found_from_where_the_program_runs(tmp_path: Path) -> None:
    written(tmp_path, "licence.png", png())
    described = {**written(tmp_path, "licence.png", png()), "path": "licence.png"}
    submitted = SignatureApplication.of(own_use(licences=[described]), str(tmp_path))
    assert [file.read() for file in submitted.evidence] == [png()]


def test_what_tells_of_a_person_is_personal() -> None:
    beginnings = ("id_card_", "licence", "agent_")
    named = {name for name in SignatureApplication.model_fields if name.startswith(beginnings)}
    assert SignatureApplication.personal == named
