"""What sign/get finds, by pages or all, and under every switch."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox
from tests.sandbox.yunpian.caller import Field, Yunpian


@pytest.fixture
def brand(yunpian: Yunpian) -> list[str]:
    texts = ["极客", "极客科技", "云极客", "Geek/极客"]
    for text in texts:
        yunpian.add(sign=text)
    return [f"【{text}】" for text in texts]


@pytest.mark.parametrize(
    ("sign", "found"),
    [
        (None, [3, 2, 1, 0]),
        ("", [3, 2, 1, 0]),
        ("极客", [3, 2, 1, 0]),
        ("【极客】", [0]),
        ("客科", [1]),
        ("【极客", [1, 0]),
        ("【客】", []),
        ("geek", []),
        ("别的", []),
    ],
)
def test_a_text_finds_all_that_have_it_and_in_brackets_one(
    yunpian: Yunpian, brand: list[str], sign: str | None, found: list[int]
) -> None:
    answer = yunpian.call("get", sign=sign)

    assert yunpian.texts(sign=sign) == [brand[n] for n in found]
    assert set(answer) == {"code", "total", "sign"}
    assert answer["total"] == len(found)


@pytest.mark.parametrize(
    ("page_num", "page_size", "found"),
    [
        ("1", "3", [3, 2, 1]),
        ("2", "3", [0]),
        ("3", "3", []),
        ("1", "100", [3, 2, 1, 0]),
        ("1", None, [3, 2, 1, 0]),
        (None, "1", [3, 2, 1, 0]),
        ("0", "1", [3, 2, 1, 0]),
        ("1", "0", [3, 2, 1, 0]),
        ("-1", "1", [3, 2, 1, 0]),
        ("one", "1", [3, 2, 1, 0]),
    ],
)
def test_pages_begin_at_one_and_a_malformed_one_is_all(
    yunpian: Yunpian,
    brand: list[str],
    page_num: str | None,
    page_size: str | None,
    found: list[int],
) -> None:
    answer = yunpian.call("get", page_num=page_num, page_size=page_size)

    assert yunpian.texts(page_num=page_num, page_size=page_size) == [brand[n] for n in found]
    assert answer["total"] == 4


@pytest.mark.parametrize(
    ("switch", "fields", "found"),
    [
        (
            {"yunpian.list_order": "oldest"},
            {},
            ["【极客】", "【极客科技】", "【云极客】", "【Geek/极客】"],
        ),
        ({"yunpian.search_ignores_case": True}, {"sign": "GEEK"}, ["【Geek/极客】"]),
        ({"yunpian.result_brackets": False}, {"sign": "【极客】"}, ["极客"]),
        ({"yunpian.most_per_page": 1}, {"page_num": "2", "page_size": "3"}, ["【云极客】"]),
        ({"yunpian.visibility_delay": 5}, {}, []),
    ],
)
@pytest.mark.usefixtures("brand")
def test_how_a_list_looks_is_a_switch(
    sandbox: Sandbox,
    yunpian: Yunpian,
    switch: dict[str, JsonValue],
    fields: dict[str, Field],
    found: list[str],
) -> None:
    sandbox.switches.set(switch)

    assert yunpian.texts(**fields) == found


def test_a_signature_is_shown_after_the_delay(
    yunpian: Yunpian, sandbox: Sandbox, brand: list[str], clock: ManualClock
) -> None:
    sandbox.switches.set({"yunpian.visibility_delay": 5})
    clock.advance(5)

    assert len(yunpian.texts()) == 4


@pytest.mark.parametrize("name", ["remark", "extend"])
@pytest.mark.parametrize(("way", "shown"), [("empty", ""), ("null", None), ("absent", "-")])
def test_how_nothing_looks_is_a_switch(
    yunpian: Yunpian, sandbox: Sandbox, name: str, way: str, shown: JsonValue
) -> None:
    sandbox.switches.set({f"yunpian.empty_{name}": way})
    yunpian.add()

    assert yunpian.item().get(name, "-") == shown


def test_accounts_do_not_see_each_other(yunpian: Yunpian, marketing: Yunpian) -> None:
    yunpian.add()
    yunpian.add(sign="极客网络")

    assert marketing.texts() == []
    assert marketing.code("update", {"old_sign": "极客科技"}) == -55
    assert marketing.add()
    assert marketing.update(sign="极客网络")
