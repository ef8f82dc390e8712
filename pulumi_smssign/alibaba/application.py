"""The parameters of CreateSmsSign and UpdateSmsSign.

Source: the vendor's OpenAPI description of the two (December 2025). What it requires is refused
here when it is missing; where its text and its schema differ, the vendor decides and we warn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar
from unicodedata import category

from pydantic import AfterValidator, PositiveInt

from pulumi_smssign.alibaba.choices import SignSource, SignType
from pulumi_smssign.alibaba.rules import RULES
from pulumi_smssign.contract.application import (
    Application,
    SignatureText,
    are_missing,
    not_blank,
    sized,
)
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.names import NameKind

SHORTEST, LONGEST = 2, 12
"""Characters of a name; each counts as one, Chinese or not."""
REMARK_BY_TEXT, REMARK_BY_SCHEMA = 200, 500
"""Characters of a remark, by the description's text and by its schema."""

_REFUSED = re.compile(r"[\s,，、.。．<>＜＞]")
_BRACKETS = frozenset({"Ps", "Pe"})
"""Unicode's categories of brackets of any kind: the page names 【】, (), [] "and such symbols"."""
_TEST_WORDS = ("test", "测试")
_KINDS: Mapping[object, NameKind] = {
    SignSource.COMPANY: NameKind.COMPANY,
    SignSource.APP: NameKind.APP,
    SignSource.TRADEMARK: NameKind.TRADEMARK,
}


def _fit(name: str) -> str:
    if _REFUSED.search(name) or any(category(character) in _BRACKETS for character in name):
        raise ValueError(_("must have no space, comma, full stop or bracket"))
    if name.isdigit():
        raise ValueError(_("must not be digits alone"))
    return name


def _link(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError(_("must be an address that begins with http:// or https://"))
    return text


Path = Annotated[str, AfterValidator(not_blank)]
Name = Annotated[
    SignatureText,
    sized(SHORTEST, LONGEST, mark("a name has {shortest} to {longest}")),
    AfterValidator(_fit),
]
Remark = Annotated[str, sized(0, REMARK_BY_SCHEMA, mark("at most {longest} are taken"))]


class SignatureApplication(Application):
    """The application for a signature at Alibaba Cloud."""

    text_field: ClassVar[str] = RULES.text_field
    name_kinds = ("sign_source", _KINDS)
    judges_digits = True

    sign_name: Name
    sign_source: SignSource
    qualification_id: PositiveInt
    third_party: bool = False
    authorization_letter_id: PositiveInt | None = None
    sign_type: SignType = SignType.GENERAL
    remark: Remark | None = None
    more_data: Sequence[Path] | None = None
    apply_scene_content: Annotated[str, AfterValidator(_link)] | None = None
    trademark_id: PositiveInt | None = None
    app_icp_record_id: PositiveInt | None = None

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Missing fields that a source, or somebody else's name, asks for."""
        needed = {
            "authorization_letter_id": (known.get("third_party") is True, "third_party"),
            "trademark_id": (known.get("sign_source") is SignSource.TRADEMARK, "sign_source 5"),
            "apply_scene_content": (known.get("sign_source") is SignSource.APP, "sign_source 2"),
            "app_icp_record_id": (known.get("sign_source") is SignSource.APP, "sign_source 2"),
        }
        for name, (is_needed, why) in needed.items():
            if is_needed and are_missing(known, name):
                yield Problem(name, _("is missing: {why} asks for it", why=why))

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Doubts about a test word and a long remark."""
        name = known.get("sign_name")
        if isinstance(name, str) and any(word in name.lower() for word in _TEST_WORDS):
            yield Problem(
                "sign_name", _("has a word such as 'test', which the reviewer may refuse")
            )
        remark = known.get("remark")
        if isinstance(remark, str) and len(remark) > REMARK_BY_TEXT:
            yield Problem(
                "remark",
                _(
                    "has {count} characters: the vendor's text allows {by_text}, its schema "
                    "{by_schema}",
                    count=len(remark),
                    by_text=REMARK_BY_TEXT,
                    by_schema=REMARK_BY_SCHEMA,
                ),
            )
