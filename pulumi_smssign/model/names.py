"""Names of signatures: their kinds, which of them the carriers file no more, and what is no name.

Sources: UCloud's notice of 2026-04-21 on order 74 of the ministry (names of what an ICP filing
stands for are filed no more since 2026-05-01, and filed names of apps are cleared out); the change
log of Huawei's interface of 2026-04-10 (signature_source 2 is gone); Alibaba Cloud's page of error
codes (other names than those of a company, an institution or a trademark should be replaced). Of
neutral words: `_NEUTRAL`. Of parts of a company's name: UCloud's audit standard
(introduction/2005/2103.md of 2026-05-09).
"""

from __future__ import annotations

import re

from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.lookalikes import look
from pulumi_smssign.model.vocabulary import Labelled


class NameKind(Labelled):
    """The kind of a name, with the same meaning at every vendor."""

    COMPANY = mark("companies and institutions")
    TRADEMARK = mark("registered trademarks")
    APP = mark("apps")
    WEBSITE = mark("websites")
    OFFICIAL_ACCOUNT = mark("official accounts")
    MINI_PROGRAM = mark("mini-programs")


FILED_NO_MORE = {
    NameKind.APP: "2026-05-01",
    NameKind.WEBSITE: "2026-05-01",
    NameKind.OFFICIAL_ACCOUNT: "2026-05-01",
    NameKind.MINI_PROGRAM: "2026-05-01",
}
"""The day since which the mainland's carriers file no such names; filed ones are cleared out."""

_NEUTRAL = re.compile(
    # Tencent Cloud's FAQ on signatures (382/13300 of 2025-08-21): test, aabb, verification code,
    # notification, in both languages
    "(test|测试|aabb|verificationcode|验证码|notification|通知"
    # UCloud's audit standard (2026-05-09): 告警通知, 尊敬的客户
    "|告警|尊敬的|客户"
    # Alibaba Cloud's rules for signatures (2024-07-13): 客服通知, 客户您好; as of 2026 also
    # 温馨提示, 业务告警
    "|客服|您好|温馨提示|业务)+"
)
"""Names that are made of nothing but the words of those that vendors publish as neutral."""
_BETWEEN = re.compile(r"[\s\d_-]+")


def is_neutral(text: str) -> bool:
    """Whether a name is made of neutral words alone, which name nobody."""
    return bool(_NEUTRAL.fullmatch(_BETWEEN.sub("", look(text).casefold())))


def is_part(text: str, owner: str) -> bool:
    """Whether a name is its owner's name, or a part of it that skips nothing."""
    part, whole = ("".join(look(name).split()).casefold() for name in (text, owner))
    return part in whole


def objection(kind: NameKind) -> str:
    """The objection to a name of that kind; "" where the carriers file it."""
    since = FILED_NO_MORE.get(kind)
    if since is None:
        return ""
    return _(
        "the carriers of the mainland file no names of {kind} since {since}, and clear out those "
        "filed before: change to the company's name or a registered trademark; the vendor may "
        "refuse this one",
        kind=kind.label,
        since=since,
    )
