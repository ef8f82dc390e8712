"""Yunpian's answers: the envelope, its errors, and a signature as add and as get report it.

The two name the same things differently: `apply_state`, `is_apply_vip` and `is_only_global` in add
and update (page sign/add, seed 004) are `check_status`, `vip` and `only_global` in get (its page,
and the official Java and C# SDKs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import httpx
from pydantic import ConfigDict

from pulumi_smssign.contract.answers import (
    EnvelopeError,
    Keyword,
    Name,
    Reason,
    Tolerant,
    UnreadableError,
    document,
    number,
)
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.yunpian.choices import IndustryType
from pulumi_smssign.yunpian.codes import TOO_LARGE, meaning
from pulumi_smssign.yunpian.rules import DISABLED, RULES

_INDUSTRIES = frozenset(industry.value for industry in IndustryType)
"""The industries of `IndustryType`; an older signature may have one that no longer exists."""
_OF_THE_VENDOR = frozenset({HTTPStatus.OK, HTTPStatus.BAD_REQUEST})
"""The HTTP statuses of the vendor's own answers; under another one a yes is not believed."""


class _Tolerant(Tolerant):
    model_config = ConfigDict(coerce_numbers_to_str=True)


class _Taken(_Tolerant):
    """The signature in the answer to an add or update; `is_apply_vip` is not what `vip` is."""

    sign: str
    apply_state: Keyword | None = None

    def review(self) -> Review:
        """The signature as a `Review` of what was just accepted."""
        text = bare(self.sign)
        review = RULES.accepted(text, text)
        state = self.apply_state or RULES.submitted
        return replace(review, status=RULES.status(state), vendor_status=state)


class _Listed(_Tolerant):
    """A signature in the answer to a get."""

    sign: Name
    check_status: Keyword
    vip: bool | None = None
    only_global: bool | None = None
    industry_type: str | None = None
    enabled: bool | None = None
    chan: Keyword | None = None
    extend: Keyword | None = None
    remark: Reason | None = None

    def review(self) -> Review:
        """The signature as a `Review`; the text is the id."""
        text = bare(self.sign)
        reported = {
            "sign": text,
            "is_only_global": self.only_global,
            "industry_type": self.industry_type if self.industry_type in _INDUSTRIES else None,
        }
        return Review(
            id=text,
            text=text,
            status=RULES.status(self._vendor_status),
            vendor_status=self._vendor_status,
            reason=self.remark or "",
            reported={name: value for name, value in reported.items() if value is not None},
            outputs={
                "enabled": self.enabled,
                "vip": self.vip,
                "chan": self.chan or "",
                "extend": self.extend or "",
            },
        )

    @property
    def _vendor_status(self) -> str:
        approved = RULES.status(self.check_status) is Status.APPROVED
        return self.check_status + (DISABLED if approved and self.enabled is False else "")


def bare(text: str) -> str:
    """A text without the 【】 that the vendor puts around it."""
    return text[1:-1] if text.startswith("【") and text.endswith("】") else text


def payload(response: httpx.Response) -> Mapping[str, Any]:
    """The body of a successful answer; raises the `Fault` in another, or `UnreadableError`."""
    body = document(response) or {}
    # By the official SDKs an object with a `sign` and no code is a success.
    code = number(body.get("code", 0 if "sign" in body else None))
    if code is None and response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise Fault(TOO_LARGE, str(response.status_code))
    if code is None:
        raise UnreadableError(_("it is not JSON with a code"))
    if code != 0:
        messages = (str(body[key]) for key in ("msg", "detail") if body.get(key))
        raise Fault(meaning(code), str(code), ": ".join(messages))
    if response.status_code not in _OF_THE_VENDOR:
        raise EnvelopeError(_("{field} is 0, and the HTTP status is an error", field="code"))
    return body


def taken(body: Mapping[str, Any]) -> Review:
    """The review of the signature that an add or update has accepted.

    The page calls `sign` an array here and shows an object; an array of one is taken too.

    Raises:
        ValueError, TypeError, KeyError: the answer is not of that form.
    """
    sign = body["sign"]
    if isinstance(sign, list):
        (sign,) = sign
    return _Taken.model_validate(sign).review()


def listed_reviews(body: Mapping[str, Any]) -> list[Review]:
    """The reviews in the answer of a get; an empty list only where the vendor says so.

    Raises:
        ValueError, TypeError: the answer is not of that form, or not all of it.
    """
    items = body.get("sign")
    if items is None and "total" in body:
        items = []
    if not isinstance(items, list):
        raise TypeError("sign is not a list")
    total = number(body.get("total", len(items)))
    if total is None or total > len(items):
        raise ValueError("total counts what sign does not list")
    return [_Listed.model_validate(item).review() for item in items]
