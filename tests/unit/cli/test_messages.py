"""The message of what has moved: Chinese, bounded, and without marks that a chat obeys."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory.changes import Changes, Snapshot
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.step import Move
from pulumi_smssign.cli.notices.messages import (
    FILINGS,
    PAPERS,
    STATUSES,
    STEPS,
    VENDORS,
    message_of,
    step_of,
)
from pulumi_smssign.cli.notices.robots import LONGEST
from pulumi_smssign.core.registry import VENDORS as NAMES
from pulumi_smssign.model.filing import (
    BAD_PAPERS,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.one_account import standing as shown
from tests.unit.cli.test_next_step import APP, CASES, standing

SINCE = "2026-11-22T10:00:00Z"


def message(*standings: Standing, longest: int | None = None, was: str = "PENDING") -> str:
    """The message about these, all of which had one status before; or none, at first."""
    earlier = {row.signature.key: was for row in standings if was}
    return message_of(Changes(SINCE, standings, earlier, ()), "dev", longest)


def test_each_word_has_its_chinese() -> None:
    assert set(STATUSES) == {*Status, "GONE"}
    assert set(STEPS) == set(Move)
    assert set(PAPERS) == set(BAD_PAPERS)
    assert set(VENDORS) == set(NAMES)
    silent = {FilingState.NONE, FilingState.UNKNOWN}
    assert set(FILINGS) | silent == set(FilingState)


@pytest.mark.parametrize(("row", "step"), CASES, ids=[step for _, step in CASES])
def test_each_next_step_has_chinese_of_its_own_and_no_english(row: Standing, step: str) -> None:
    spoken = re.sub(r"pulumi up( --refresh)?|smssign status|activate=True", "", step_of(row))
    assert re.search(r"[\u4e00-\u9fff]", spoken)
    assert not re.search(r"[A-Za-z]", spoken), step
    if next_step(row).move in (Move.RENAME, Move.ATTACH, Move.SUBMIT, Move.ASK):
        assert step_of(row) == STEPS[next_step(row).move]


@pytest.mark.parametrize(
    ("row", "step"),
    [
        (standing(Status.PENDING), "等待厂商审核"),
        (standing(Status.PENDING, FilingState.FILING), "等待运营商报备"),
        (standing(Status.APPROVED, FilingState.FILING), "等待运营商报备"),
        (
            standing(Status.APPROVED, FilingState.UNVERIFIED),
            "向每个运营商发送少量短信，完成验证",
        ),
        (standing(Status.APPROVED, edit=Status.PENDING), "等待：签名可用，修改内容审核中"),
        (standing(None, is_too_new=True), "等待：厂商已受理，暂时还查不到"),
        (
            standing(Status.SUSPENDED, vendor_status="TO_BE_ACTIVATED"),
            "在程序中写 activate=True，再运行 pulumi up",
        ),
        (standing(Status.APPROVED, FilingState.FAILED), "到控制台处理：运营商报备失败"),
        (
            standing(
                Status.PENDING, qualification=Qualification("7", "", QualificationState.SUPPLEMENT)
            ),
            "到控制台处理：资质需要补充材料",
        ),
        (standing(Status.REJECTED, reason="no"), "按原因修改申请，再运行 pulumi up"),
        (
            standing(Status.REJECTED, reason="no", reported=APP),
            "更换签名名称：运营商不再受理这类名称的报备",
        ),
        (standing(Status.APPROVED), "无需操作"),
    ],
    ids=[
        "pending",
        "passed",
        "filing",
        "unverified",
        "edit",
        "new",
        "activate",
        "lost",
        "papers",
        "mend",
        "rename",
        "done",
    ],
)
def test_next_step_follows_the_review(row: Standing, step: str) -> None:
    assert step_of(row) == step


def test_message_has_the_reason_of_the_reviewer_and_of_the_carriers() -> None:
    rejected = standing(Status.REJECTED, reason="营业执照不清晰")
    assert message(rejected).splitlines() == [
        "短信签名：dev 1 项有变化",
        "1. 【极客科技】华为云 1（资源 brand）",
        "   状态：审核中 → 已驳回",
        "   原因：营业执照不清晰",
        "   下一步：按原因修改申请，再运行 pulumi up",
    ]
    lost = standing(Status.APPROVED, filing=Filing(FilingState.FAILED, reasons=("mobile: 名称",)))
    lines = message(lost, was="APPROVED").splitlines()
    assert "   状态：已通过，运营商报备失败" in lines
    assert "   原因：mobile: 名称" in lines


def test_first_message_says_that_it_is_the_first() -> None:
    assert message(standing(Status.PENDING), was="").startswith(
        "短信签名：dev 1 项现状（首次通知）\n"
    )


def test_message_has_the_keyword_that_a_robot_may_demand() -> None:
    """`短信签名`: the documents tell users to take it for a robot's 自定义关键词."""
    assert "短信签名" in message(standing(Status.APPROVED))


def test_role_and_account_are_named() -> None:
    old = standing(Status.APPROVED, role="predecessor")
    assert "（资源 brand，已被替换的旧签名）" in message(old)
    state = replace(old.signature.state, account="marketing")
    other = replace(old, signature=replace(old.signature, state=state))
    assert "华为云（marketing） 1" in message(other)


def test_words_of_others_call_nobody_and_begin_no_line() -> None:
    """Feishu reads <at user_id="all">, WeCom <@userid>."""
    evil = '<at user_id="all"></at>\n<@all>\r\n2. 【x】\x1b[31m'
    text = message(shown(Status.REJECTED, reason=evil))
    assert "<" not in text
    assert ">" not in text
    assert "\x1b" not in text
    assert len(text.splitlines()) == len(
        message(standing(Status.REJECTED, reason="x")).splitlines()
    )


def test_hidden_words_stay_hidden_and_numbers_of_persons_too() -> None:
    text = message(shown(Status.REJECTED, reason="[secret] 法人 11010519491231002X"))
    assert "原因：（保密） 法人 （保密）" in text


def test_person_who_must_act_reads_of_it_first() -> None:
    ordered = message(
        standing(Status.APPROVED), standing(Status.PENDING), standing(Status.REJECTED), was=""
    )
    assert re.findall("状态：(...)", ordered) == ["已驳回", "审核中", "已通过"]


@pytest.mark.parametrize("longest", sorted(set(LONGEST.values())))
@pytest.mark.parametrize("number", [1, 2, 7, 60])
def test_message_fits_and_counts_the_rest(number: int, longest: int) -> None:
    long = standing(Status.REJECTED, reason="营" * 2000)
    text = message(*[long] * number, longest=longest)
    assert len(text.encode("utf-8")) <= longest
    assert f"dev {number} 项" in text
    shown = text.count("下一步")
    assert shown >= 1
    rest = re.search(r"另有 (\d+) 项（已驳回 (\d+)）", text)
    assert shown + (int(rest[1]) if rest else 0) == number
    assert rest is None or rest[1] == rest[2]


def test_largest_single_signature_fits_the_shortest_message() -> None:
    big = standing(Status.REJECTED, reason="\U0001f600" * 5000, role="predecessor")
    signature = replace(
        big.signature,
        name="名" * 500,
        state=replace(big.signature.state, account="账" * 500, id="9" * 5000),
    )
    text = message_of(
        Changes(SINCE, (replace(big, signature=signature),), {}, ()), "栈" * 500, 2048
    )
    assert text.count("下一步") == 1


def test_removed_signature_is_named_with_its_last_status() -> None:
    news = Changes(SINCE, (), {}, (Snapshot("shop", "APPROVED", ""),))
    assert message_of(news, "dev").endswith("1. 资源 shop：已不在本栈中（此前已通过）")
