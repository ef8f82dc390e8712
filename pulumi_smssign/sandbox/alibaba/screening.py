"""The check of an application: refusals at once, and objections for the reviewers.

Rules: the vendor's OpenAPI description (2025-12) of CreateSmsSign and UpdateSmsSign. It lists the
codes, and not which flaws wait for the review: a name of an app does as a switch says, a banned
word does, all else is refused at once. A flaw left to the reviewers has the application rejected at
submission.

Every QualificationId above 0 is approved and fits, every letter, trademark and ICP record is there,
but for numbers that end in these digits:

| | 404 | 403 | 401 | 402 |
| --- | --- | --- | --- | --- |
| QualificationId | doesn't exist | isn't approved | is for own use only | for others only |
| AuthorizationLetterId | doesn't exist | of another company | without this name | |
| TrademarkId, AppIcpRecordId | doesn't exist | | | |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from typing_extensions import override

from pulumi_smssign.sandbox import service
from pulumi_smssign.sandbox.alibaba import codes, contracts
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.service import Application

_SYMBOLS = re.compile(r"[\s\[\](){}<>【】《》\uff08\uff09,\uff0c、.。\uff0e]")
_BANNED = re.compile(r"test|测试", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)

_OBJECTS: Mapping[int, tuple[str, str]] = {
    contracts.TRADEMARK: ("TrademarkId", codes.NO_TRADEMARK),
    contracts.APP: ("AppIcpRecordId", codes.NO_ICP_RECORD),
}
"""By SignSource, the parameter that names what the source is about, and the code without it."""

_EITHER = frozenset({True, False})
_TEST_NUMBERS: tuple[tuple[str, str, frozenset[bool], str], ...] = (
    ("QualificationId", "404", _EITHER, codes.NO_QUALIFICATION),
    ("QualificationId", "403", _EITHER, codes.BAD_QUALIFICATION),
    ("QualificationId", "401", frozenset({True}), codes.OTHER_PARTY),
    ("QualificationId", "402", frozenset({False}), codes.OTHER_PARTY),
    ("AuthorizationLetterId", "404", frozenset({True}), codes.NO_LETTER),
    ("AuthorizationLetterId", "403", frozenset({True}), codes.OTHER_LETTER),
    ("AuthorizationLetterId", "401", frozenset({True}), codes.NOT_IN_LETTER),
    ("TrademarkId", "404", _EITHER, codes.NO_TRADEMARK),
    ("AppIcpRecordId", "404", _EITHER, codes.NO_ICP_RECORD),
)
"""A parameter, how its number ends, for which ThirdParty it counts, and the code."""


class Screening(service.Screening[Arguments]):
    """The check of a new application or an update: both bring everything."""

    @cached_property
    def _text(self) -> str:
        return self._sent.string("SignName")

    @cached_property
    def _fields(self) -> Document:
        sent = self._sent
        return {
            "SignSource": sent.integer("SignSource"),
            "QualificationId": sent.integer("QualificationId"),
            "SignType": sent.integer("SignType", contracts.GENERAL),
            "ThirdParty": sent.flag("ThirdParty"),
            "AuthorizationLetterId": sent.integer("AuthorizationLetterId"),
            "Remark": sent.string("Remark"),
            "MoreData": list(sent.strings("MoreData")),
            "ApplySceneContent": sent.string("ApplySceneContent"),
            "TrademarkId": sent.integer("TrademarkId"),
            "AppIcpRecordId": sent.integer("AppIcpRecordId"),
        }

    @override
    def application(self) -> Application:
        self._check_name()
        self._check_source()
        self._check_type()
        self._check_numbers()
        self._check_remark()
        return Application(self._text, self._fields, {}, self._objections.verdict())

    def _number(self, name: str) -> int:
        value = self._fields[name]
        return value if isinstance(value, int) else 0

    def _check_name(self) -> None:
        if _SYMBOLS.search(self._text) or self._text.isdecimal():
            raise Refusal(
                codes.BAD_NAME, "SignName has spaces or symbols, or consists of digits only."
            )
        shortest, longest = contracts.SHORTEST, contracts.LONGEST
        if not shortest <= len(self._text) <= longest:
            flaw = f"SignName has {len(self._text)} characters, not {shortest} to {longest}."
            raise Refusal(codes.BAD_NAME, flaw)
        if _BANNED.search(self._text):
            self._objections.note("SignName has a banned word, such as 'test'.")

    def _check_source(self) -> None:
        source = self._number("SignSource")
        if source not in {contracts.COMPANY, contracts.APP, contracts.TRADEMARK}:
            raise Refusal(codes.BAD_SOURCE, f"SignSource {source} is not supported.")
        if source == contracts.APP:
            flaw = "SignSource 2: launched apps are no longer accepted."
            self._objections.meet("alibaba.app_source", Refusal(codes.BAD_SOURCE, flaw))
            self._check_link()
        name, missing_code = _OBJECTS.get(source, ("", ""))
        if name and not self._number(name):
            raise Refusal(missing_code, f"SignSource {source} needs {name}.")

    def _check_link(self) -> None:
        link = str(self._fields["ApplySceneContent"])
        if not link:
            raise Refusal(codes.NO_LINK, "SignSource 2 needs ApplySceneContent.")
        if not _LINK.fullmatch(link):
            raise Refusal(codes.BAD_LINK, "ApplySceneContent is no http or https link.")

    def _check_type(self) -> None:
        if self._number("SignType") not in {contracts.VERIFICATION, contracts.GENERAL}:
            raise Refusal(codes.BAD_PARAMETER, "SignType is 0 or 1.")

    def _check_numbers(self) -> None:
        """See that the objects are there and fit, whose numbers are given."""
        if self._number("QualificationId") <= 0:
            raise Refusal(codes.NO_QUALIFICATION, "QualificationId is above 0.")
        is_for_others = self._fields["ThirdParty"] is True
        if is_for_others and not self._number("AuthorizationLetterId"):
            flaw = "A signature for a third party needs AuthorizationLetterId."
            raise Refusal(codes.NO_LETTER, flaw)
        for name, ending, third_party, code in _TEST_NUMBERS:
            if is_for_others in third_party and str(self._number(name)).endswith(ending):
                raise Refusal(code, f"{name} {self._number(name)} does not exist or does not fit.")

    def _check_remark(self) -> None:
        if len(str(self._fields["Remark"])) > contracts.LONGEST_REMARK:
            message = f"Remark has more than {contracts.LONGEST_REMARK} characters."
            raise Refusal(codes.BAD_PARAMETER, message)
