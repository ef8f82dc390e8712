"""The form of CreateUSMSSignature and UpdateUSMSSignature.

Sources: the page UpdateUSMSSignature (global site) for what is refused here, CreateUSMSSignature
(August 2026) for what it lacks; the vendor's audit standard and notice (USMS, July 2026), which
are narrower, for the doubts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from pulumi_smssign.contract.application import (
    MIB,
    Application,
    Evidence,
    SignatureText,
    are_missing,
    not_blank,
    proof,
    sized,
)
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.names import NameKind
from pulumi_smssign.ucloud.choices import PERSONAL, CertificateType, SigPurpose, SigType
from pulumi_smssign.ucloud.rules import RULES
from pulumi_smssign.ucloud.scope import Scope

SHORTEST, LONGEST = 2, 12
"""Characters of a text; each counts as one, Chinese or not."""
TOO_SHORT = 3
"""Characters that are too few for a company's short name (audit standard of 2026-05-09)."""

_KINDS: Mapping[object, NameKind] = {
    SigType.COMPANY: NameKind.COMPANY,
    SigType.APP: NameKind.APP,
    SigType.WEBSITE: NameKind.WEBSITE,
    SigType.OFFICIAL_ACCOUNT: NameKind.OFFICIAL_ACCOUNT,
    SigType.TRADEMARK: NameKind.TRADEMARK,
}

_STANDARD = re.compile(r"[0-9A-Za-z_〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]*")
"""Chinese, Latin letters, digits and the underscore."""

_NO_PROOF = mark(
    "is missing, and so is qualification_id: UCloud or its reviewer may refuse an application "
    "without proof"
)
_NO_PROOF_AT_FIRST = mark(
    "is missing, and document stands for it only when a signature is changed: a new application, "
    "also one that replaces another, goes without proof and may be refused"
)


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ValueError(_("must not be empty"))
    return text


Text = Annotated[
    SignatureText, sized(SHORTEST, LONGEST, mark("a name has {shortest} to {longest}"))
]
Proof = Annotated[Evidence, proof("image/png", "image/jpeg", "application/pdf", max_bytes=4 * MIB)]
"""A proof as the audit standard takes it: JPG, PNG or PDF, at most 4 MB before base64."""
FreeText = Annotated[str, AfterValidator(_not_empty)]
Name = Annotated[str, AfterValidator(not_blank)]


class SignatureApplication(Application):
    """The application for a signature at UCloud."""

    text_field: ClassVar[str] = RULES.text_field
    personal: ClassVar[frozenset[str]] = PERSONAL
    name_kinds = ("sig_type", _KINDS)
    abroad_field = "international"

    sig_content: Text
    sig_type: SigType
    certificate_type: CertificateType
    sig_purpose: SigPurpose
    description: FreeText
    file: Proof | None = None
    proxy_file: Proof | None = None
    document: Name | None = None
    proxy_doc: Name | None = None
    international: bool = False
    qualification_id: Name | None = None
    scene_desc: FreeText | None = None
    project_id: Name | None = None

    @property
    def scope(self) -> str:
        """The scope: the project, as far as the program names it, and mainland or international."""
        return str(Scope(self.project_id or "", international=self.international))

    @classmethod
    def is_abroad(cls, reported: Mapping[str, object], scope: str) -> bool:
        """Whether the signature is international: by its review or its scope."""
        return super().is_abroad(reported, scope) or Scope.of(scope).international

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problems of the pair of name and certificate, and of a missing power of attorney."""
        sig_type, certificate_type = known.get("sig_type"), known.get("certificate_type")
        if isinstance(sig_type, SigType) and isinstance(certificate_type, CertificateType):
            wanted = CertificateType(sig_type)
            if certificate_type is not wanted:
                yield Problem(
                    "certificate_type",
                    _(
                        "does not prove a sig_type {value} ({name}), which takes {taken}",
                        value=sig_type.value,
                        name=sig_type.name,
                        taken=f"{wanted.value} ({wanted.name})",
                    ),
                )
        for_others = known.get("sig_purpose") is SigPurpose.FOR_OTHERS
        if for_others and are_missing(known, "proxy_file", "proxy_doc"):
            yield Problem(
                "proxy_file",
                _("is missing: {field} 1 asks for the power of attorney", field="sig_purpose"),
            )

    @classmethod
    def conflicts_when_new(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problem of a power of attorney by URL: a new application has no field for it."""
        for_others = known.get("sig_purpose") is SigPurpose.FOR_OTHERS
        if for_others and are_missing(known, "proxy_file") and known.get("proxy_doc"):
            yield Problem(
                "proxy_file",
                _(
                    "is missing: a new application, also one that replaces another, has no field "
                    "for proxy_doc, and sig_purpose 1 asks for the power of attorney"
                ),
            )

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Doubts about the name, a missing proof, a file beside its URL, a needless file."""
        text = known.get("sig_content")
        if isinstance(text, str) and not _STANDARD.fullmatch(text):
            yield Problem(
                "sig_content",
                _(
                    "has other characters than Chinese, Latin letters, digits and _: UCloud's page "
                    "allows symbols, its audit standard does not, and the reviewer may refuse it"
                ),
            )
        _field, kind = cls.name_kind(known) or ("", None)
        if isinstance(text, str) and kind is NameKind.COMPANY and len(text) <= TOO_SHORT:
            yield Problem(
                "sig_content",
                _(
                    "has {count} characters: UCloud's audit standard (2026-05-09) takes a short "
                    "name of a company only with more than {most}",
                    count=len(text),
                    most=TOO_SHORT,
                ),
            )
        if are_missing(known, "file", "qualification_id"):
            without_url = are_missing(known, "document")
            yield Problem("file", _(_NO_PROOF if without_url else _NO_PROOF_AT_FIRST))
        for file, url in (("file", "document"), ("proxy_file", "proxy_doc")):
            if known.get(file) and known.get(url):
                yield Problem(
                    url,
                    _(
                        "is sent beside {file} when the signature is changed, and UCloud does not "
                        "say which one it takes: leave {url} out when {file} is a new one",
                        file=file,
                        url=url,
                    ),
                )
        if known.get("sig_purpose") is SigPurpose.OWN_USE and known.get("proxy_file"):
            yield Problem(
                "proxy_file", _("is meant for sig_purpose 1: with 0 UCloud asks for none")
            )
