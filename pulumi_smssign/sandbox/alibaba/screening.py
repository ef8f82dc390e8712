"""What the service checks of an application: refusals at once, and objections for the reviewers.

Rules: the vendor's OpenAPI description (2025-12) of CreateSmsSign and UpdateSmsSign. It lists the
codes, and not which flaws wait for the review: switches decide. A flaw left to the reviewers has
the application rejected at submission.

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
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.alibaba import codes
from pulumi_smssign.sandbox.alibaba.contracts import (
    APP,
    COMPANY,
    DROPPED_SOURCES,
    GENERAL,
    LONGEST,
    SHORTEST,
    TRADEMARK,
    VERIFICATION,
)
from pulumi_smssign.sandbox.alibaba.switches import ANY, KEPT
from pulumi_smssign.sandbox.arguments import Arguments
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import Objections
from pulumi_smssign.sandbox.review import Verdict
from pulumi_smssign.sandbox.switches import Switches

_LISTED = re.compile(r"[\s\[\](){}<>【】《》\uff08\uff09,\uff0c.。\uff0e]")
_BANNED = re.compile(r"test|测试", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)

_DEFAULTS: Mapping[str, int | bool | str] = {
    "SignType": GENERAL,
    "ThirdParty": False,
    "AuthorizationLetterId": 0,
    "Remark": "",
    "ApplySceneContent": "",
    "TrademarkId": 0,
    "AppIcpRecordId": 0,
}

_OBJECTS: Mapping[int, tuple[str, str]] = {
    TRADEMARK: ("TrademarkId", codes.NO_TRADEMARK),
    APP: ("AppIcpRecordId", codes.NO_ICP_RECORD),
}
"""By SignSource, the parameter that names what the source is about, and the code without it."""


@dataclass(frozen=True)
class Application:
    """A checked application; `verdict` is the rejection that its flaws bring about, if any."""

    text: str
    fields: Document
    verdict: Verdict | None


class Screening:
    """Checks one application; `before` is the signature that it changes, None for a new one."""

    def __init__(self, arguments: Arguments, switches: Switches, before: Signature | None) -> None:
        self._switches = switches
        self._objections = Objections(switches)
        self._text = arguments.string("SignName")
        kept: Mapping[str, object] = {}
        if before is not None and switches.text("alibaba.update_omitted") == KEPT:
            kept = before.fields
        self._fields = _material(arguments, kept)

    def application(self) -> Application:
        """Check everything and give what is to be filed.

        Raises:
            Refusal: for the first flaw that is refused at once.
        """
        self._check_name()
        self._check_source()
        self._check_type()
        self._check_qualification()
        self._check_letter()
        self._check_remark()
        return Application(self._text, self._fields, self._objections.verdict())

    def _number(self, name: str) -> int:
        value = self._fields[name]
        return value if isinstance(value, int) else 0

    def _ends(self, name: str, digits: str) -> bool:
        return str(self._number(name)).endswith(digits)

    def _check_name(self) -> None:
        any_symbol = self._switches.text("alibaba.name_symbols") == ANY
        symbols = any_symbol and any(unicodedata.category(each)[0] in "PS" for each in self._text)
        if symbols or _LISTED.search(self._text) or self._text.isdecimal():
            raise Refusal(
                codes.BAD_NAME, "SignName has spaces or symbols, or consists of digits only."
            )
        if not SHORTEST <= len(self._text) <= LONGEST:
            flaw = f"SignName has {len(self._text)} characters, not {SHORTEST} to {LONGEST}."
            self._objections.meet("alibaba.name_length", Refusal(codes.BAD_NAME, flaw))
        if _BANNED.search(self._text):
            refusal = Refusal(codes.BANNED_WORD, "SignName has a banned word, such as 'test'.")
            self._objections.meet("alibaba.banned_words", refusal)

    def _check_source(self) -> None:
        source = self._number("SignSource")
        code = self._switches.text("alibaba.bad_source_code")
        if source in DROPPED_SOURCES:
            flaw = f"SignSource {source} is no longer supported."
            self._objections.meet("alibaba.dropped_sources", Refusal(code, flaw))
        elif source == APP:
            flaw = "SignSource 2: launched apps are no longer accepted."
            self._objections.meet("alibaba.app_source", Refusal(code, flaw))
            self._check_link()
        elif source not in {COMPANY, TRADEMARK}:
            raise Refusal(code, f"There is no SignSource {source}.")
        name, missing_code = _OBJECTS.get(source, ("", ""))
        if name and not self._number(name):
            flaw = f"SignSource {source} needs {name}."
            self._objections.meet("alibaba.missing_objects", Refusal(missing_code, flaw))
        for name, missing_code in _OBJECTS.values():
            if self._ends(name, "404"):
                raise Refusal(missing_code, f"There is no {name} {self._number(name)}.")

    def _check_link(self) -> None:
        link = str(self._fields["ApplySceneContent"])
        if not link:
            flaw = "SignSource 2 needs ApplySceneContent."
            self._objections.meet("alibaba.missing_link", Refusal(codes.NO_LINK, flaw))
        elif not _LINK.fullmatch(link):
            raise Refusal(codes.BAD_LINK, "ApplySceneContent is no http or https link.")

    def _check_type(self) -> None:
        if self._number("SignType") not in {VERIFICATION, GENERAL}:
            raise Refusal(self._switches.text("alibaba.malformed_code"), "SignType is 0 or 1.")

    def _check_qualification(self) -> None:
        number = self._number("QualificationId")
        if number <= 0 or self._ends("QualificationId", "404"):
            raise Refusal(codes.NO_QUALIFICATION, f"There is no qualification {number}.")
        if self._ends("QualificationId", "403"):
            raise Refusal(codes.BAD_QUALIFICATION, f"The qualification {number} is not approved.")
        other_kind = "401" if self._fields["ThirdParty"] else "402"
        if self._ends("QualificationId", other_kind):
            raise Refusal(
                codes.OTHER_PARTY, f"ThirdParty is not that of the qualification {number}."
            )

    def _check_letter(self) -> None:
        letter = self._number("AuthorizationLetterId")
        if not self._fields["ThirdParty"]:
            return
        if not letter:
            flaw = "A signature for a third party needs AuthorizationLetterId."
            self._objections.meet("alibaba.missing_letter", Refusal(codes.NO_LETTER, flaw))
        if self._ends("AuthorizationLetterId", "404"):
            raise Refusal(codes.NO_LETTER, f"There is no authorization letter {letter}.")
        if self._ends("AuthorizationLetterId", "403"):
            raise Refusal(
                codes.OTHER_LETTER, f"The letter {letter} has another social credit code."
            )
        if self._ends("AuthorizationLetterId", "401"):
            raise Refusal(codes.NOT_IN_LETTER, f"The letter {letter} does not list the SignName.")

    def _check_remark(self) -> None:
        limit = int(self._switches.number("alibaba.remark_limit"))
        if limit and len(str(self._fields["Remark"])) > limit:
            code = self._switches.text("alibaba.malformed_code")
            raise Refusal(code, f"Remark has more than {limit} characters.")


def _material(arguments: Arguments, kept: Mapping[str, object]) -> Document:
    """Give the fields of an application; one that wasn't sent is as in `kept`, or its default."""
    fields: Document = {
        "SignSource": arguments.integer("SignSource"),
        "QualificationId": arguments.integer("QualificationId"),
        "MoreData": list(arguments.strings("MoreData")),
    }
    if "MoreData" not in arguments and isinstance(files := kept.get("MoreData"), list):
        fields["MoreData"] = files
    for name, default in _DEFAULTS.items():
        before = kept.get(name, default)
        fields[name] = before if isinstance(before, bool | int | str) else default
        if name in arguments:
            fields[name] = _sent(arguments, name, default)
    return fields


def _sent(arguments: Arguments, name: str, like: bool | int | str) -> bool | int | str:  # noqa: FBT001 - a value
    """Give a parameter of the type that `like` has."""
    if isinstance(like, bool):
        return arguments.flag(name)
    return arguments.integer(name) if isinstance(like, int) else arguments.string(name)
