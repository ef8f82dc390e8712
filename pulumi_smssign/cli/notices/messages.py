"""The message of what has moved, in Chinese: it is for a group of people, and not for a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pulumi_smssign.cli.inventory.changes import Changes
from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.standing import Outcome, Standing
from pulumi_smssign.cli.inventory.step import Move
from pulumi_smssign.model.filing import LOST, FilingState, QualificationState
from pulumi_smssign.model.redaction import HIDDEN, sanitized
from pulumi_smssign.model.vocabulary import Status

STATUSES: Mapping[str, str] = {
    "PENDING": "审核中",
    "APPROVED": "已通过",
    "REJECTED": "已驳回",
    "SUSPENDED": "已停用",
    "UNKNOWN": "状态未知",
    "GONE": "厂商处已不存在",
}
VENDORS: Mapping[str, str] = {
    "alibaba": "阿里云",
    "huawei": "华为云",
    "tencent": "腾讯云",
    "ucloud": "UCloud",
    "yunpian": "云片",
}
FILINGS: Mapping[FilingState, str] = {
    FilingState.FILING: "报备中",
    FilingState.UNVERIFIED: "已报备，待发送验证",
    FilingState.FILED: "已报备",
    FilingState.FAILED: "报备失败",
    FilingState.LAPSED: "报备已失效",
}
"""The states of a filing that a group is told of."""
PAPERS: Mapping[QualificationState, str] = {
    QualificationState.REFUSED: "资质被驳回",
    QualificationState.SUPPLEMENT: "资质需要补充材料",
    QualificationState.CHANGE_REFUSED: "资质变更被驳回",
}
STEPS: Mapping[Move, str] = {
    Move.NOTHING: "无需操作",
    Move.WAIT: "等待厂商审核",
    Move.MEND: "按原因修改申请，再运行 pulumi up",
    Move.RENAME: "更换签名名称：运营商不再受理这类名称的报备",
    Move.ATTACH: "到控制台绑定资质，否则运营商不予报备",
    Move.ACTIVATE: "重新启用，做法见 smssign status",
    Move.SUBMIT: "运行 pulumi up --refresh，重新提交",
    Move.ASK: "联系厂商客服，问清停用原因",
    Move.LOOK: "到厂商控制台查看",
}
"""The next step by its move, where nothing more is known."""
ROLES: Mapping[str, str] = {
    "read": "，只读取",
    "predecessor": "，已被替换的旧签名",
    "leaving": "，待删除",
}
_LONGEST_REASON = 160
"""Characters: with it any single signature fits the shortest message, WeCom's 2,048 bytes."""
_LONGEST_NAME = 60
_MARKS = str.maketrans({"<": "＜", ">": "＞"})
"""Feishu and WeCom read <at …> and <@…> in a text: others' words must not call a whole group."""
_FIRST = {Outcome.LOST: 0, Outcome.ERROR: 1, Outcome.PENDING: 2, Outcome.APPROVED: 3}


def message_of(news: Changes, stack: str, longest: int | None = None) -> str:
    """The message, of which `longest` bytes in UTF-8 are allowed; None for any number.

    What a person must act on comes first. What does not fit is counted.
    """
    ordered = sorted(news.changed, key=lambda standing: _FIRST[standing.outcome])
    number = len(ordered) + len(news.removed)
    moved = "有变化" if news.earlier_statuses else "现状（首次通知）"
    head = f"短信签名：{_name(stack)} {number} 项{moved}"
    parts = [(standing.status, _part(standing, news)) for standing in ordered]
    parts += [(gone.status, _removed(gone.name, gone.status)) for gone in news.removed]
    shown = len(parts)
    while longest is not None and shown and _size(_joined(head, parts, shown)) > longest:
        shown -= 1
    return _joined(head, parts, shown)


def _joined(head: str, parts: list[tuple[str, str]], shown: int) -> str:
    lines = [head, *(f"{number}. {text}" for number, (_, text) in enumerate(parts[:shown], 1))]
    if rest := Counter(status for status, _ in parts[shown:]):
        counts = "，".join(f"{_status(status)} {count}" for status, count in sorted(rest.items()))
        lines.append(f"另有 {rest.total()} 项（{counts}），详情见 smssign status")
    return "\n".join(lines)


def document_of_news(news: Changes, stack: str) -> dict[str, Any]:
    """The same for a program: the documents of `smssign status --json`, each with `was`."""
    return {
        "stack": stack,
        "since": news.since,
        "signatures": [
            {
                **document_of(standing),
                "was": news.earlier_statuses.get(standing.signature.key, ""),
            }
            for standing in news.changed
        ],
        "left": [{"name": gone.name, "status": gone.status} for gone in news.removed],
    }


def _part(standing: Standing, news: Changes) -> str:
    """A signature in some lines: its name, the status, the reason and the next step."""
    signature = standing.signature
    account = "" if signature.account == "default" else f"（{_name(signature.account)}）"
    identity = "" if standing.id == standing.text else f" {_name(standing.id)}"
    vendor = f"{VENDORS.get(signature.vendor, standing.vendor.title)}{account}{identity}"
    role = ROLES.get(signature.role, "")
    earlier = news.earlier_statuses.get(signature.key, "")
    was = f"{_status(earlier)} → " if earlier not in ("", standing.status) else ""
    filing = FILINGS.get(standing.review.filing.state, "") if standing.review else ""
    reason = _reason(standing)
    return "\n".join(
        (
            f"【{_name(standing.text)}】{vendor}（资源 {_name(signature.name)}{role}）",
            f"   状态：{was}{_status(standing.status)}{f'，运营商{filing}' if filing else ''}",
            *([f"   原因：{reason}"] if reason else []),
            f"   下一步：{step_of(standing)}",
        )
    )


def _removed(name: str, status: str) -> str:
    return f"资源 {_name(name)}：已不在本栈中（此前{_status(status)}）"


def _reason(standing: Standing) -> str:
    """The reviewer's or the carriers' reason; `look` has sanitized it."""
    review = standing.review
    reasons = "；".join(review.filing.reasons) if review and review.filing.is_lost else ""
    reason = standing.reason or reasons
    cut = reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"
    return _unmarked(cut)


def step_of(standing: Standing) -> str:
    """The next step in Chinese; it follows `next_step`, which decides what it is."""
    move, review = next_step(standing).move, standing.review
    if review is None:
        is_new = move is Move.WAIT
        return "等待：厂商已受理，暂时还查不到" if is_new else STEPS[move]
    filing, papers = review.filing.state, PAPERS.get(review.qualification.state)
    if move is Move.MEND and papers and review.status is not Status.REJECTED:
        return f"到控制台处理：{papers}"
    if move is Move.MEND and filing in LOST and review.status is Status.APPROVED:
        return f"到控制台处理：运营商{FILINGS[filing]}"
    if move is Move.ACTIVATE:
        return f"在程序中写 {_activation(standing)}=True，再运行 pulumi up"
    if move is not Move.WAIT:
        return STEPS[move]
    if review.edit is Status.PENDING and review.status is Status.APPROVED:
        return "等待：签名可用，修改内容审核中"
    if filing is FilingState.UNVERIFIED:
        return "向每个运营商发送少量短信，完成验证"
    if filing is FilingState.FILING or review.status is not Status.PENDING:
        return "等待运营商报备"
    return STEPS[Move.WAIT]


def _activation(standing: Standing) -> str:
    """The argument that activates a signature that is out of use."""
    status = standing.review.vendor_status if standing.review else ""
    return min(name for name, when in standing.vendor.rules.requests.items() if status in when)


def _status(status: str) -> str:
    return STATUSES.get(status, _name(status))


def _name(text: str) -> str:
    """A name in a message."""
    return _unmarked(sanitized(text, _LONGEST_NAME))


def _unmarked(text: str) -> str:
    """A text of one line without marks that a chat obeys."""
    return text.translate(_MARKS).replace(HIDDEN, "（保密）")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
