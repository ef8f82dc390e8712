from __future__ import annotations

import logging
from pathlib import Path

import pytest

from pulumi_smssign.errors import RefusedError
from pulumi_smssign.lifecycle import Handle, Status
from tests.unit.yunpian.applications import PERSON, SIGN, WEBSITE, application, for_others
from tests.unit.yunpian.desk import HANDLE, KEY, connected, found, signature, taken

RENAMED = "极客云科"


def test_an_application_is_added_and_known_by_its_text() -> None:
    api, desk = connected(taken())
    assert api.submit(application()) == SIGN
    assert desk.forms == [
        (
            "/v2/sign/add.json",
            [
                ("sign", SIGN),
                ("sign_use", "0"),
                ("website", WEBSITE),
                ("notify", "true"),
                ("apply_vip", "false"),
                ("is_only_global", "false"),
                ("industry_type", "其它"),
                ("apikey", KEY),
            ],
        )
    ]


def test_the_headers_are_those_of_the_vendors_page() -> None:
    api, desk = connected(taken())
    api.submit(application())
    headers = desk.requests[0].headers
    assert headers["Content-Type"] == "application/x-www-form-urlencoded;charset=utf-8"
    assert headers["Accept"] == "application/json;charset=utf-8"
    assert headers["Content-Length"] == str(len(desk.requests[0].content))
    assert "Transfer-Encoding" not in headers


def test_every_field_of_the_page_is_sent_under_its_name(tmp_path: Path) -> None:
    api, desk = connected(taken())
    api.submit(application(for_others(tmp_path, industry_type="IT/通信/电子服务", notify=False)))
    names = [name for name, _ in desk.forms[0][1]]
    assert names == [
        "sign",
        "sign_use",
        "website",
        "prove_type",
        "license_base64",
        "license_base64",
        "business_license_name",
        "id_card_name",
        "id_card_number",
        "id_card_front",
        "id_card_back",
        "agent_mobile",
        "notify",
        "apply_vip",
        "is_only_global",
        "industry_type",
        "apikey",
    ]
    assert desk.sent()["industry_type"] == "IT/通信/电子服务"
    assert desk.sent()["notify"] == "false"


def test_urls_are_sent_instead_of_files(tmp_path: Path) -> None:
    api, desk = connected(taken())
    api.submit(
        application(
            for_others(
                tmp_path,
                licences=None,
                licence_urls=["https://a.example/1.png", "https://a.example/2.png"],
                id_card_front=None,
                id_card_front_url="https://a.example/front.png",
                id_card_back=None,
                id_card_back_url="https://a.example/back.png",
            )
        )
    )
    fields = desk.forms[0][1]
    assert [value for name, value in fields if name == "license_url"] == [
        "https://a.example/1.png",
        "https://a.example/2.png",
    ]
    assert desk.sent()["id_card_front_url"] == "https://a.example/front.png"
    assert desk.sent()["id_card_back_url"] == "https://a.example/back.png"
    assert not {"license_base64", "id_card_front", "id_card_back"} & {name for name, _ in fields}


def test_a_licence_has_the_pages_prefix_and_an_id_card_none(tmp_path: Path) -> None:
    api, desk = connected(taken())
    api.submit(application(for_others(tmp_path)))
    fields = desk.forms[0][1]
    licences = [value for name, value in fields if name == "license_base64"]
    assert [licence.partition(",")[0] for licence in licences] == ["data:image/jpg;base64"] * 2
    assert desk.sent()["id_card_front"].startswith("iVBORw0KGgo")
    assert desk.sent()["id_card_back"].startswith("/9j/")


def test_a_review_is_asked_for_by_the_text_in_brackets() -> None:
    api, desk = connected(found(signature(status="SUCCESS", chan="NORMAL", extend="0421")))
    review = api.reviews([HANDLE])[HANDLE]
    assert desk.forms == [("/v2/sign/get.json", [("sign", f"【{SIGN}】"), ("apikey", KEY)])]
    assert (review.id, review.text, review.status) == (SIGN, SIGN, Status.APPROVED)
    assert review.reported == {"sign": SIGN, "is_only_global": False, "industry_type": "其它"}
    assert review.outputs == {"enabled": True, "vip": False, "chan": "NORMAL", "extend": "0421"}


@pytest.mark.parametrize(
    ("handle", "text"),
    [
        (Handle("旧名字", SIGN), SIGN),
        (Handle(SIGN), SIGN),
        (Handle(f"【{SIGN}】"), SIGN),
    ],
)
def test_the_present_text_goes_before_the_id(handle: Handle, text: str) -> None:
    api, desk = connected(found(signature(text)))
    assert api.reviews([handle])[handle].text == text
    assert desk.sent()["sign"] == f"【{text}】"


def test_the_same_text_is_asked_for_once() -> None:
    api, desk = connected(found(signature()), found())
    handles = [Handle(SIGN), Handle("旧名字", SIGN), Handle("别的")]
    assert api.reviews(handles).keys() == {handles[0], handles[1]}
    assert desk.paths == ["get", "get"]


def test_nothing_is_ever_deleted() -> None:
    api, desk = connected()
    with pytest.raises(RefusedError, match="can't delete"):
        api.withdraw(HANDLE)
    assert desk.forms == []


def test_nothing_personal_and_no_key_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inputs = for_others(tmp_path)
    api, _ = connected(taken(), found(signature()))
    api.submit(application(inputs))
    api.reviews([HANDLE])
    assert "sign/add.json" in caplog.text
    for secret in (*PERSON.values(), KEY, "iVBORw0KGgo"):
        assert secret not in caplog.text
