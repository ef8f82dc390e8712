"""Kinds of names that a signature may have, and which of them the carriers file no more.

Sources: UCloud's notice of 2026-04-21 on order 74 of the ministry (names of what an ICP filing
stands for are filed no more since 2026-05-01, and filed names of apps are cleared out); the change
log of Huawei's interface of 2026-04-10 (signature_source 2 is gone); Alibaba Cloud's page of error
codes (other names than those of a company, an institution or a trademark should be replaced).
"""

from __future__ import annotations

from enum import StrEnum


class NameKind(StrEnum):
    """The kind of a name, with the same meaning at every vendor."""

    COMPANY = "companies and institutions"
    TRADEMARK = "registered trademarks"
    APP = "apps"
    WEBSITE = "websites"
    OFFICIAL_ACCOUNT = "official accounts"
    MINI_PROGRAM = "mini-programs"


FILED_NO_MORE = {
    NameKind.APP: "2026-05-01",
    NameKind.WEBSITE: "2026-05-01",
    NameKind.OFFICIAL_ACCOUNT: "2026-05-01",
    NameKind.MINI_PROGRAM: "2026-05-01",
}
"""The day since which the mainland's carriers file no such names; filed ones are cleared out."""


def objection(kind: NameKind) -> str:
    """The objection to a name of that kind; "" where the carriers file it."""
    since = FILED_NO_MORE.get(kind)
    if since is None:
        return ""
    return (
        f"the carriers of the mainland file no names of {kind} since {since}, and clear out those "
        "filed before: change to the company's name or a registered trademark; the vendor may "
        "refuse this one"
    )
