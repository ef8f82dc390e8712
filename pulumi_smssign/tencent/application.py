"""The form of AddSmsSign and ModifySmsSign.

Sources: the vendor's pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10) for what must
work; the SDK 3.1.153 for what today's mainland contract has withdrawn since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from pulumi_smssign.contract.application import (
    MIB,
    Application,
    Evidence,
    SignatureText,
    are_missing,
    proof,
    sized,
)
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.names import NameKind
from pulumi_smssign.tencent.choices import DocumentType, SignPurpose, SignType
from pulumi_smssign.tencent.rules import RULES

PAIRS: Mapping[SignType, frozenset[DocumentType]] = {
    SignType(sign_type): frozenset(map(DocumentType, document_types))
    for sign_type, document_types in {
        0: (0, 1),
        1: (0, 1, 2, 3, 4),
        2: (0, 1, 2, 3, 5),
        3: (0, 1, 2, 3, 8),
        4: (7,),
        5: (2, 3),
        6: (0, 1, 2, 3, 6),
    }.items()
}
"""The documents that prove each kind of name (both pages)."""

SHORTEST, LONGEST = 2, 20
"""Characters of a name; a wide limit, since the vendor may count them otherwise."""
LONGEST_MAINLAND, LONGEST_INTERNATIONAL = 12, 15
"""Characters that the vendor's review standard allows."""
_KINDS: Mapping[object, NameKind] = {
    SignType.COMPANY: NameKind.COMPANY,
    SignType.APP: NameKind.APP,
    SignType.WEBSITE: NameKind.WEBSITE,
    SignType.OFFICIAL_ACCOUNT: NameKind.OFFICIAL_ACCOUNT,
    SignType.TRADEMARK: NameKind.TRADEMARK,
    SignType.MINI_PROGRAM: NameKind.MINI_PROGRAM,
}

_WITHDRAWN_TYPES = {SignType.WEBSITE, SignType.OFFICIAL_ACCOUNT, SignType.MINI_PROGRAM}
_WITHDRAWN_DOCUMENTS = {
    DocumentType.ICP_FILING,
    DocumentType.MINI_PROGRAM_SETTINGS,
    DocumentType.OFFICIAL_ACCOUNT_SETTINGS,
}
_UINT64 = 2**64


Name = Annotated[SignatureText, sized(SHORTEST, LONGEST, mark("a name has 2 to 12"))]
Image = Annotated[Evidence, proof("image/png", "image/jpeg", max_bytes=5 * MIB)]
"""An image as the console takes it: JPG, JPEG or PNG of at most 5 MB."""


class SignatureApplication(Application):
    """The application for a signature at Tencent."""

    text_field: ClassVar[str] = RULES.text_field
    name_kinds = ("sign_type", _KINDS)
    abroad_field = "international"

    sign_name: Name
    sign_type: SignType
    document_type: DocumentType
    sign_purpose: SignPurpose
    proof_image: Image
    commission_image: Image | None = None
    international: bool = False
    remark: str | None = None
    qualification_id: Annotated[int, Field(ge=1, lt=_UINT64)] | None = None

    @property
    def scope(self) -> str:
        """The scope: mainland or international."""
        return scope_of(international=self.international)

    @classmethod
    def is_abroad(cls, reported: Mapping[str, object], scope: str) -> bool:
        """Whether the signature is international, by its review or its scope."""
        return super().is_abroad(reported, scope) or scope == scope_of(international=True)

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problems of the pair of name and document, and of a missing power of attorney."""
        sign_type, document_type = known.get("sign_type"), known.get("document_type")
        if isinstance(sign_type, SignType) and isinstance(document_type, DocumentType):
            allowed = PAIRS[sign_type]
            if document_type not in allowed:
                yield Problem(
                    "document_type",
                    _(
                        "does not prove a sign_type {value} ({name}), which takes {taken}",
                        value=sign_type.value,
                        name=sign_type.name,
                        taken=listed(f"{each.value} ({each.name})" for each in sorted(allowed)),
                    ),
                )
        purpose = known.get("sign_purpose")
        if purpose is SignPurpose.FOR_OTHERS and are_missing(known, "commission_image"):
            yield Problem(
                "commission_image",
                _("is missing: {field} 1 asks for the power of attorney", field="sign_purpose"),
            )

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Doubts about withdrawn choices, a missing qualification and a long name."""
        mainland = known.get("international") is False
        sign_type = known.get("sign_type")
        if isinstance(sign_type, SignType) and sign_type in _WITHDRAWN_TYPES and not mainland:
            yield Problem(
                "sign_type",
                _("Tencent has withdrawn {name} and may refuse it", name=sign_type.name),
            )
        document_type = known.get("document_type")
        if document_type in _WITHDRAWN_DOCUMENTS or (
            document_type is DocumentType.APP_BACKEND and mainland
        ):
            yield Problem("document_type", _("Tencent has withdrawn it and may refuse it"))
        if mainland and are_missing(known, "qualification_id"):
            yield Problem(
                "qualification_id",
                _(
                    "is missing: today's mainland contract asks for an approved qualification "
                    "(实名资质, made in the console), and Tencent may refuse without"
                ),
            )
        if known.get("sign_purpose") is SignPurpose.OWN_USE and known.get("commission_image"):
            yield Problem("commission_image", _("has no effect with sign_purpose 0"))
        longest = LONGEST_MAINLAND if mainland else LONGEST_INTERNATIONAL
        name = known.get("sign_name")
        if isinstance(name, str) and len(name) > longest:
            yield Problem(
                "sign_name",
                _(
                    "has {count} characters; the review standard allows {longest}",
                    count=len(name),
                    longest=longest,
                ),
            )


def scope_of(*, international: bool) -> str:
    """The scope of a signature: the vendor lists mainland and international ones apart."""
    return "international" if international else "mainland"
