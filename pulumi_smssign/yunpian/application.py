"""The form of sign/add and sign/update.

Source: the vendor's page sign/add (seed 004), unless said otherwise. It marks most fields as
optional and then asks for them in its prose: `website` since 2021-09-08, and the owner's papers
when `sign_use` is 1. A reviewer refuses an application without them days later, so it is refused
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from pulumi_smssign.contract.application import (
    MIB,
    Application,
    Evidence,
    SignatureText,
    not_blank,
    proof,
    sized,
)
from pulumi_smssign.model.choices import members
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.names import NameKind
from pulumi_smssign.yunpian.choices import PERSONAL, IndustryType, ProveType, SignUse
from pulumi_smssign.yunpian.rules import RULES

SHORTEST, LONGEST = 2, 20
"""Characters of a text; the page calls them 字, so each counts once."""
MOST_LICENCES = 7
_VENDORS_OWN_NAME = "云片网"
_ID_CARD_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")
_MOBILE = re.compile(r"1[0-9]{10}")
_NOT_INDUSTRIES = {
    "其他": mark("Yunpian writes 其它, not 其他"),
    "教育": mark("Yunpian no longer has 教育"),
}

_EITHER = (
    ("licences", "licence_urls"),
    ("id_card_front", "id_card_front_url"),
    ("id_card_back", "id_card_back_url"),
)
"""A file and its URL: when both are sent the vendor takes the URL."""
_ASKED_OF_OTHERS = (
    *_EITHER,
    ("business_license_name",),
    ("id_card_name",),
    ("id_card_number",),
    ("agent_mobile",),
)
"""The properties that `sign_use` 1 asks for, one of each group."""


def _not_the_vendors_own(text: str) -> str:
    if text == _VENDORS_OWN_NAME:
        raise ValueError(_("is the vendor's own name, which it takes from nobody"))
    return text


def _url(url: str) -> str:
    """A URL from which the vendor can fetch a file; the reason never repeats it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise ValueError(_("must be a URL such as https://host/licence.png"))
    return url


def _id_card_number(number: str) -> str:
    if not _ID_CARD_NUMBER.fullmatch(number):
        raise ValueError(
            _(
                "must be 17 digits and then a digit or the letter X (not the sign × of the "
                "vendor's example)"
            )
        )
    return number


def _industry(value: object) -> object:
    if value in [industry.value for industry in IndustryType]:
        return value
    hint = _NOT_INDUSTRIES.get(str(value), mark("Yunpian would silently make it 其它"))
    raise ValueError(
        _("must be exactly one of {names}; {hint}", names=members(IndustryType), hint=_(hint))
    )


def _listed(value: object) -> object:
    if isinstance(value, str | Mapping):
        raise ValueError(_("must be a list, even of one"))  # noqa: TRY004 - pydantic's way to refuse
    return value


def _few(values: tuple[object, ...]) -> tuple[object, ...]:
    if len(values) > MOST_LICENCES:
        raise ValueError(
            _("has {count} items; at most {most} are taken", count=len(values), most=MOST_LICENCES)
        )
    return values


Text = Annotated[
    SignatureText,
    sized(SHORTEST, LONGEST, mark("{shortest} to {longest} are taken")),
    AfterValidator(_not_the_vendors_own),
]
NotBlank = Annotated[str, AfterValidator(not_blank)]
Url = Annotated[str, AfterValidator(_url)]
Licence = Annotated[Evidence, proof("image/png", "image/jpeg", max_bytes=10 * MIB)]
"""An image of a licence; its size is taken as that of the file, before it is encoded."""
Licences = Annotated[tuple[Licence, ...], BeforeValidator(_listed), AfterValidator(_few)]
Urls = Annotated[tuple[Url, ...], BeforeValidator(_listed), AfterValidator(_few)]
IdCardSide = Annotated[Evidence, proof("image/png", "image/jpeg", max_bytes=5 * MIB)]


_KINDS: Mapping[object, NameKind] = {
    ProveType.BUSINESS_LICENSE: NameKind.COMPANY,
    ProveType.ICP_FILING_OF_APP: NameKind.APP,
    ProveType.ICP_FILING_OF_WEBSITE: NameKind.WEBSITE,
    ProveType.TRADEMARK_CERTIFICATE: NameKind.TRADEMARK,
}


def _missing(name: str, url: str = "") -> str:
    """The problem of a property that is missing, or of a file and its URL."""
    if not url:
        return _("is missing: sign_use 1 asks for it")
    return _("is missing: sign_use 1 asks for {file} or {url}", file=name, url=url)


class SignatureApplication(Application):
    """The application for a signature at Yunpian."""

    text_field: ClassVar[str] = RULES.text_field
    personal: ClassVar[frozenset[str]] = PERSONAL
    name_kinds = ("prove_type", _KINDS)
    owner_field = "business_license_name"
    abroad_field = "is_only_global"

    sign: Text
    website: NotBlank
    sign_use: SignUse = SignUse.OWN_USE
    prove_type: ProveType | None = None
    licences: Licences | None = None
    licence_urls: Urls | None = None
    business_license_name: NotBlank | None = None
    id_card_name: NotBlank | None = None
    id_card_number: Annotated[str, AfterValidator(_id_card_number)] | None = None
    id_card_front: IdCardSide | None = None
    id_card_front_url: Url | None = None
    id_card_back: IdCardSide | None = None
    id_card_back_url: Url | None = None
    agent_mobile: NotBlank | None = None
    notify: bool = True
    apply_vip: bool = False
    is_only_global: bool = False
    industry_type: Annotated[IndustryType, BeforeValidator(_industry)] = IndustryType.OTHER

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problems of a file beside its URL, and of the papers that another's name asks for."""
        for file, url in _EITHER:
            if known.get(file) and known.get(url):
                yield Problem(
                    url, _("is given beside {file}: Yunpian takes one of them, the URL", file=file)
                )
        if known.get("sign_use") is not SignUse.FOR_OTHERS:
            return
        for names in _ASKED_OF_OTHERS:
            if set(names) <= known.keys() and not any(known[name] for name in names):
                yield Problem(names[0], _missing(*names))

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Doubts about a channel abroad, a missing licence, an odd website and an odd mobile."""
        if known.get("apply_vip") and known.get("is_only_global"):
            yield Problem(
                "apply_vip",
                _(
                    "is set to false by Yunpian, since is_only_global is true: a signature for "
                    "other countries has no channel of its own"
                ),
            )
        if known.get("prove_type") and not any(known.get(name, "?") for name in _EITHER[0]):
            yield Problem("prove_type", _("says what the licences show, and there are no licences"))
        website = known.get("website")
        if isinstance(website, str) and not website.lower().startswith(("http://", "https://")):
            yield Problem(
                "website",
                _(
                    "does not begin with http:// or https://, as the page's example does; the "
                    "reviewer may not find it"
                ),
            )
        mobile = known.get("agent_mobile")
        if isinstance(mobile, str) and not _MOBILE.fullmatch(mobile):
            yield Problem(
                "agent_mobile",
                _(
                    "is not 11 digits that begin with 1, as a mobile number of the mainland is; "
                    "Yunpian may refuse it"
                ),
            )
