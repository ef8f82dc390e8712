"""What sign/get finds, by pages or all."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox
from tests.sandbox.yunpian.caller import Yunpian


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


@pytest.mark.parametrize(("brackets", "found"), [(True, ["【极客】"]), (False, ["极客"])])
@pytest.mark.usefixtures("brand")
def test_whether_a_list_has_brackets_is_a_switch(
    sandbox: Sandbox, yunpian: Yunpian, brackets: bool, found: list[str]
) -> None:
    sandbox.switches.set({"yunpian.result_brackets": brackets})

    assert yunpian.texts(sign="【极客】") == found


def test_a_signature_is_shown_after_the_delay(
    yunpian: Yunpian, sandbox: Sandbox, brand: list[str], clock: ManualClock
) -> None:
    sandbox.switches.set({"yunpian.visibility_delay": 5})
    before = yunpian.texts()
    clock.advance(5)

    assert (before, len(yunpian.texts())) == ([], len(brand))


def test_accounts_do_not_see_each_other(yunpian: Yunpian, marketing: Yunpian) -> None:
    yunpian.add()
    yunpian.add(sign="极客网络")

    assert marketing.texts() == []
    assert marketing.code("update", {"old_sign": "极客科技"}) == -55
    assert marketing.add()
    assert marketing.update(sign="极客网络")
