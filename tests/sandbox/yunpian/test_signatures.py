"""Yunpian's own signatures: channels, industries, ids that are texts, and searches."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.yunpian.contracts import INDUSTRY_TYPES
from tests.sandbox.caller import TEXT
from tests.sandbox.yunpian.caller import DISABLED, FOR_OTHERS, Yunpian, licence, licences

OTHER_TEXT = "极客网络"


def test_a_new_signature_is_checked(yunpian: Yunpian) -> None:
    sign: Document = {
        "apply_state": "CHECKING",
        "sign": "【极客科技】",
        "industry_type": "电子商务",
        "is_apply_vip": False,
        "is_only_global": False,
    }
    answer: Document = {"code": 0, "msg": "OK", "sign": sign}
    assert yunpian.call("add", **yunpian.application()) == answer
    assert yunpian.call("update", old_sign=TEXT) == answer
    assert yunpian.item() == {
        "chan": "NONE",
        "check_status": "CHECKING",
        "enabled": False,
        "extend": "",
        "industry_type": "电子商务",
        "only_global": False,
        "remark": "",
        "vip": False,
        "sign": "【极客科技】",
    }


@pytest.mark.parametrize(
    ("changes", "status", "seen"),
    [
        ({}, "SUCCESS", ("SUCCESS", True, "NORMAL", False)),
        ({"apply_vip": "true"}, "SUCCESS", ("SUCCESS", True, "VIP", True)),
        ({"apply_vip": "true"}, "APLLYING_VIP", ("APLLYING_VIP", True, "NORMAL", False)),
        ({"apply_vip": "true"}, DISABLED, ("SUCCESS", False, "VIP", True)),
        ({"apply_vip": "true"}, "ARCHIVED", ("ARCHIVED", False, "NONE", False)),
        ({"is_only_global": "true"}, "SUCCESS", ("SUCCESS", True, "GLOBAL", False)),
        (
            {"is_only_global": "true", "apply_vip": "true"},
            "SUCCESS",
            ("SUCCESS", True, "GLOBAL", False),
        ),
        ({}, "FAIL", ("FAIL", False, "NONE", False)),
    ],
)
def test_an_approved_signature_has_a_channel_and_an_extension(
    yunpian: Yunpian,
    sandbox: Sandbox,
    changes: dict[str, JsonValue],
    status: str,
    seen: tuple[JsonValue, ...],
) -> None:
    yunpian.submit(**changes)
    sandbox.set_status("yunpian", TEXT, status)
    item = yunpian.item()

    assert tuple(item[name] for name in ("check_status", "enabled", "chan", "vip")) == seen
    assert str(item["extend"]).isdecimal() is (seen[2] != "NONE")
    assert item["only_global"] is (seen[2] == "GLOBAL")


def test_the_answer_of_add_shows_what_is_decided_at_once(yunpian: Yunpian) -> None:
    states = [yunpian.add(sign=f"极客{mark}")["apply_state"] for mark in ("通过", "驳回", "待审")]
    yunpian.sandbox.review_policy = "immediate"
    vip = yunpian.add(apply_vip="true", is_only_global="true")

    assert [*states, vip["apply_state"]] == ["SUCCESS", "FAIL", "CHECKING", "SUCCESS"]
    assert (vip["is_apply_vip"], vip["is_only_global"]) == (False, True)


def test_the_sign_of_add_can_be_an_array(yunpian: Yunpian, sandbox: Sandbox) -> None:
    sandbox.switches.set({"yunpian.add_sign_shape": "array"})

    assert isinstance(yunpian.call("add", **yunpian.application())["sign"], list)
    assert isinstance(yunpian.update(), dict)


@pytest.mark.parametrize("industry", [*INDUSTRY_TYPES, "其他", "教育", "游戏 ", "5", ""])
def test_an_industry_that_is_none_becomes_other(yunpian: Yunpian, industry: str) -> None:
    filed = industry if industry in INDUSTRY_TYPES else "其它"

    assert yunpian.add(industry_type=industry)["industry_type"] == filed
    assert yunpian.update()["industry_type"] == filed


# Updates


def test_an_update_keeps_the_papers_that_it_does_not_name(yunpian: Yunpian) -> None:
    yunpian.submit(**{**FOR_OTHERS, "license_base64": licences(1, 2)})
    before = yunpian.sandbox.signatures()[0]
    sign = yunpian.update("【极客科技】", notify="false", industry_type="电子商务")
    after = yunpian.sandbox.signatures()[0]
    yunpian.update(license_base64=licence(3))

    assert sign["sign"] == "【极客科技】"
    assert (after.fields, after.evidence) == (before.fields, before.evidence)
    assert len(yunpian.sandbox.signatures()[0].evidence) == 1


# Ids that are texts


def test_a_rename_changes_the_id_keeps_the_history_and_frees_the_old(yunpian: Yunpian) -> None:
    yunpian.submit()
    yunpian.of("marketing").submit()
    yunpian.update(sign=OTHER_TEXT)
    yunpian.submit()

    signatures = yunpian.sandbox.signatures("yunpian")
    assert [each.id for each in signatures] == [OTHER_TEXT, "marketing【极客科技】", TEXT]
    assert [event.what for event in signatures[0].history] == ["submitted", "resubmitted"]
    changed = yunpian.sandbox.change("yunpian", "marketing【极客科技】", text="云杉")
    assert changed.id == "marketing【云杉】"


@pytest.mark.parametrize("text", ["IT/通信", "a?b#c%d", "x/approve"])
def test_any_text_works_in_a_path_of_the_control(yunpian: Yunpian, text: str) -> None:
    yunpian.submit(sign=text)
    path = f"/_desk/signatures/yunpian/{quote(text, safe='')}"
    answers = [
        yunpian.http.get(path),
        yunpian.http.post(f"{path}/approve"),
        yunpian.http.post(f"{path}/reject", json={"reason": "no"}),
        yunpian.http.post(f"{path}/status", json={"vendor_status": DISABLED}),
    ]
    changed = yunpian.http.patch(path, json={"fields": {"website": "x"}}).json()

    statuses = [answer.json()["vendor_status"] for answer in answers]
    assert statuses == ["CHECKING", "SUCCESS", "FAIL", DISABLED]
    assert (changed["id"], changed["fields"]["website"]) == (text, "x")
    assert yunpian.http.delete(path).json() == {"removed": {"vendor": "yunpian", "id": text}}


# Searches and pages


@pytest.fixture
def brand(yunpian: Yunpian) -> list[str]:
    texts = ["极客", "极客科技", "云极客", "Geek/极客"]
    for text in texts:
        yunpian.submit(sign=text)
    return texts


@pytest.mark.parametrize(
    ("sign", "matches"),
    [
        *((sign, [3, 2, 1, 0]) for sign in (None, "", "极客")),
        *(("【极客】", [0]), ("客科", [1]), ("【极客", [1, 0])),
        *((sign, []) for sign in ("【客】", "geek", "别的")),
    ],
)
def test_a_text_finds_all_that_have_it_and_in_brackets_one(
    yunpian: Yunpian, brand: list[str], sign: str | None, matches: list[int]
) -> None:
    answer = yunpian.call("get", sign=sign)

    assert yunpian.lists(sign=sign) == [brand[n] for n in matches]
    assert set(answer) == {"code", "total", "sign"}
    assert answer["total"] == len(matches)


@pytest.mark.parametrize(
    ("page_num", "page_size", "matches"),
    [
        *(("1", "3", [3, 2, 1]), ("2", "3", [0]), ("3", "3", []), ("1", "100", [3, 2, 1, 0])),
        *((None, "1", [3, 2, 1, 0]), ("1", None, [3, 2, 1, 0]), ("1", "0", [3, 2, 1, 0])),
        *((number, "1", [3, 2, 1, 0]) for number in ("0", "-1", "one")),
    ],
)
def test_pages_begin_at_one_and_a_malformed_one_is_all(
    yunpian: Yunpian, brand: list[str], page_num: str, page_size: str, matches: list[int]
) -> None:
    fields: dict[str, JsonValue] = {"page_num": page_num, "page_size": page_size}

    assert yunpian.lists(**fields) == [brand[n] for n in matches]
    assert yunpian.call("get", **fields)["total"] == 4


@pytest.mark.parametrize(("brackets", "sign"), [(True, "【极客】"), (False, "极客")])
@pytest.mark.usefixtures("brand")
def test_a_switch_says_if_a_list_has_brackets(yunpian: Yunpian, brackets: bool, sign: str) -> None:
    yunpian.sandbox.switches.set({"yunpian.result_brackets": brackets})

    assert [item["sign"] for item in yunpian.items(sign="【极客】")] == [sign]


def test_a_success_can_lack_its_sign(yunpian: Yunpian, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor="yunpian", kind="missing")

    assert yunpian.call("get") == {"code": 0, "total": 0}
