"""The events of a signature beside a plain verdict, as data: each vendor has a table of them.

The reviewer's desk offers what is here and nothing else, by the control's own calls: `status` sets
a status of the vendor's, and a `PATCH` sets the desk's fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from pulumi_smssign.sandbox.review import Status


class Reason(Enum):
    """Usual reasons to reject, in Chinese, as the vendors' people write, and in English.

    They are the sandbox's own words for what the vendors' pages ask of an application; no page
    lists them.
    """

    LICENCE = (
        "营业执照不清晰或已过期，请上传最新的彩色原件照片",
        "The business licence is unreadable or out of date: send a photo of the present one",
    )
    NAME = ("签名与所提交的资质不符", "The name is not that of the submitted papers")
    NEUTRAL = (
        "签名为中性词，无法识别主体，请使用企业全称或其连续的简称",
        "The name is neutral and names nobody: use the company's, or a part of it",
    )
    LETTER = (
        "授权书缺失、未盖章或已过期",
        "The letter of authorization is missing, not stamped or out of date",
    )
    QUALIFICATION = (
        "资质未通过审核或未关联",
        "The qualification is not approved, or none is attached",
    )
    TRADEMARK = (
        "商标证书无法核实，或类别与用途不符",
        "The trademark can't be verified, or its class doesn't fit the use",
    )
    WITHDRAWN_KIND = (
        "不再支持以APP、网站、小程序或公众号名称作为签名",
        "Names of apps, websites and mini-programs are not taken any more",
    )
    NO_NAME = ("签名包含测试等无意义内容", 'The name has a word such as "test" in it')


OWNERS = ("own_use", "for_others")
"""The owner of a name, as most vendors number it."""

SOURCES = ("company", "website", "app", "account_or_mini_program", "shop", "trademark")
"""The kind of a name, as Alibaba Cloud and Huawei Cloud number it."""

USUAL_REASONS = (Reason.LICENCE, Reason.NAME, Reason.NEUTRAL, Reason.LETTER, Reason.QUALIFICATION)
"""What the reviewers of most vendors object to."""


class Deed(StrEnum):
    """A deed of the vendor's people, its console or the carriers."""

    SUSPEND = "suspend"
    FILING = "filing"
    FILED = "filed"
    FILING_FAILED = "filing_failed"
    LAPSED = "lapsed"
    EXPELLED = "expelled"


@dataclass(frozen=True)
class Shown:
    """The status of the vendor's by which a deed shows, and the words that go with it."""

    vendor_status: str
    reason: str = ""


@dataclass(frozen=True)
class Attachable:
    """The desk's field for a qualification; the meanings have the values of its `state_field`."""

    name: str
    is_number: bool = False
    state_field: str = ""


@dataclass(frozen=True)
class Carriers:
    """The desk's field for what each carrier says; the meanings have its values."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Console:
    """One vendor's table: its name in Chinese and English, and what it knows.

    `meanings` has a name of the page's words for the values of a field, or of `status`; a tuple has
    those of the numbers from 0 on.
    """

    title: str
    title_en: str
    reasons: tuple[Reason, ...]
    statuses: Mapping[str, Status]
    meanings: Mapping[str, Mapping[str, str] | tuple[str, ...]]
    deeds: Mapping[Deed, Shown] = field(default_factory=dict)
    qualification: Attachable | None = None
    carriers: Carriers | None = None
