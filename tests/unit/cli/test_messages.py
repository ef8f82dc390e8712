"""The message of what has moved: Chinese, bounded, and without marks that a chat obeys."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory.changes import Changes, Snapshot
from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.signatures import Role
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.step import Move
from pulumi_smssign.cli.notices.messages import (
    FILINGS,
    PAPERS,
    STATUSES,
    STEPS,
    VENDORS,
    document_of_news,
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


@pytest.mark.parametrize(
    ("status", "word", "step"),
    [
        (Status.PENDING, "审核中", "等待厂商审核"),
        (Status.APPROVED, "已通过", "无需操作"),
        (Status.REJECTED, "已驳回", "按原因修改申请，再运行 pulumi up"),
        (Status.SUSPENDED, "已停用", "联系厂商客服，问清停用原因"),
        (Status.UNKNOWN, "状态未知", "到厂商控制台查看"),
        (None, "厂商处已不存在", "运行 pulumi up --refresh，重新提交"),
    ],
)
def test_each_status_is_said_with_its_step(status: Status | None, word: str, step: str) -> None:
    assert message(standing(status), was="").splitlines()[1:] == [
        "1. 【极客科技】华为云 1（资源 brand）",
        f"   状态：{word}",
        f"   下一步：{step}",
    ]


@pytest.mark.parametrize(
    ("filing", "words", "step"),
    [
        (FilingState.NONE, "", "无需操作"),
        (FilingState.FILING, "，运营商报备中", "等待运营商报备"),
        (
            FilingState.UNVERIFIED,
            "，运营商已报备，待发送验证",
            "向每个运营商发送少量短信，完成验证",
        ),
        (FilingState.FILED, "，运营商已报备", "无需操作"),
        (FilingState.FAILED, "，运营商报备失败", "到控制台处理：运营商报备失败"),
        (FilingState.LAPSED, "，运营商报备已失效", "到控制台处理：运营商报备已失效"),
    ],
)
def test_each_filing_is_said_with_its_step(filing: FilingState, words: str, step: str) -> None:
    lines = message(standing(Status.APPROVED, filing), was="APPROVED").splitlines()
    assert lines[2:] == [f"   状态：已通过{words}", f"   下一步：{step}"]


@pytest.mark.parametrize(
    ("papers", "step"),
    [
        (QualificationState.REFUSED, "资质被驳回"),
        (QualificationState.SUPPLEMENT, "资质需要补充材料"),
        (QualificationState.CHANGE_REFUSED, "资质变更被驳回"),
    ],
)
@pytest.mark.parametrize("status", [Status.PENDING, Status.APPROVED])
def test_bad_papers_are_mended_in_the_console(
    papers: QualificationState, step: str, status: Status
) -> None:
    row = standing(status, FilingState.FAILED, qualification=Qualification("7", "", papers))
    assert step_of(row) == f"到控制台处理：{step}"


@pytest.mark.parametrize(
    ("row", "step"),
    [
        (
            standing(
                Status.REJECTED,
                FilingState.FAILED,
                qualification=Qualification("7", "", QualificationState.REFUSED),
            ),
            "按原因修改申请，再运行 pulumi up",
        ),
        (standing(Status.REJECTED, FilingState.FAILED), "按原因修改申请，再运行 pulumi up"),
        (
            standing(Status.APPROVED, qualification=Qualification()),
            "到控制台绑定资质，否则运营商不予报备",
        ),
        (standing(Status.SUSPENDED, FilingState.FILING), "等待运营商报备"),
        (standing(Status.APPROVED, FilingState.NONE, until="filed"), "等待运营商报备"),
        (standing(Status.PENDING, edit=Status.PENDING), "等待厂商审核"),
        (standing(None, role="read"), "到厂商控制台查看"),
    ],
    ids=["papers", "filing", "attach", "suspended", "unfiled", "pending edit", "read"],
)
def test_step_is_that_of_the_status_before_that_of_filing_and_papers(
    row: Standing, step: str
) -> None:
    assert step_of(row) == step


@pytest.mark.parametrize(
    ("vendor", "title"),
    [
        ("alibaba", "阿里云"),
        ("huawei", "华为云"),
        ("tencent", "腾讯云"),
        ("ucloud", "UCloud"),
        ("yunpian", "云片"),
    ],
)
def test_vendor_has_its_chinese_name(vendor: str, title: str) -> None:
    line = message(standing(Status.APPROVED, vendor=vendor)).splitlines()[1]
    assert line == f"1. 【极客科技】{title} 1（资源 brand）"


def test_vendor_of_another_package_has_its_own_title() -> None:
    row = standing(Status.APPROVED)
    other = replace(row, signature=replace(row.signature, vendor="another"))
    assert f"【极客科技】{row.vendor.title} 1（" in message(other)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("managed", ""),
        ("read", "，只读取"),
        ("predecessor", "，已被替换的旧签名"),
        ("leaving", "，待删除"),
    ],
)
def test_each_role_is_said(role: Role, words: str) -> None:
    assert f"（资源 brand{words}）" in message(standing(Status.APPROVED, role=role)).splitlines()[1]


def test_id_that_is_the_text_is_said_once() -> None:
    row = standing(Status.APPROVED, vendor="yunpian")
    state = replace(row.signature.state, id="极客科技")
    by_text = replace(row, signature=replace(row.signature, state=state))
    assert message(by_text).splitlines()[1] == "1. 【极客科技】云片（资源 brand）"


def test_status_that_is_as_before_is_said_once() -> None:
    assert "   状态：已驳回" in message(standing(Status.REJECTED), was="REJECTED").splitlines()


def test_long_reason_is_cut_and_that_of_a_filing_in_progress_is_no_reason() -> None:
    for length, end in ((160, "营"), (161, "营…")):
        lines = message(standing(Status.REJECTED, reason="营" * length)).splitlines()
        assert lines[3] == f"   原因：{'营' * 159}{end}"
    lost = Filing(FilingState.FAILED, reasons=("mobile: 甲", "unicom: 乙"))
    assert "   原因：mobile: 甲；unicom: 乙" in message(standing(Status.APPROVED, filing=lost))
    going = standing(Status.APPROVED, filing=Filing(FilingState.FILING, reasons=("甲",)))
    assert "原因" not in message(going)


def test_account_that_could_not_be_asked_comes_after_what_is_lost() -> None:
    broken = replace(standing(Status.APPROVED), verdict=None, trouble="no answer")
    rows = [standing(status) for status in (Status.APPROVED, Status.PENDING, Status.REJECTED)]
    ordered = message(rows[0], broken, rows[1], rows[2], was="")
    assert re.findall("状态：(.+)", ordered) == ["已驳回", "?", "审核中", "已通过"]


def test_message_is_whole_at_its_longest_and_is_counted_a_byte_below() -> None:
    rows = [standing(status) for status in (Status.APPROVED, Status.PENDING, Status.PENDING)]
    whole = message(*rows)
    size = len(whole.encode("utf-8"))
    assert message(*rows, longest=size) == whole
    cut = message(*rows, longest=size - 1).splitlines()
    assert cut[-1] == "另有 1 项（已通过 1），详情见 smssign status"
    assert cut[:-1] == whole.splitlines()[:7]
    assert message(*rows, longest=1).splitlines() == [
        "短信签名：dev 3 项有变化",
        "另有 3 项（已通过 1，审核中 2），详情见 smssign status",
    ]


def test_document_is_that_of_status_with_the_earlier_status() -> None:
    row, new = standing(Status.APPROVED), standing(Status.PENDING, role="read")
    new = replace(new, signature=replace(new.signature, urn="another"))
    news = Changes(
        SINCE, (row, new), {row.signature.key: "PENDING"}, (Snapshot("shop", "REJECTED", "d"),)
    )
    assert document_of_news(news, "dev") == {
        "stack": "dev",
        "since": SINCE,
        "signatures": [{**document_of(row), "was": "PENDING"}, {**document_of(new), "was": ""}],
        "left": [{"name": "shop", "status": "REJECTED"}],
    }
    assert message_of(news, "dev").startswith("短信签名：dev 3 项有变化\n")
