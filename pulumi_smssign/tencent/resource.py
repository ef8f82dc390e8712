"""Tencent Cloud's `Signature`, the Pulumi resource, and its form for a `Brand`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, Unpack, overload

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.facts import EvidenceFile, Fact, Form
from pulumi_smssign.tencent.choices import DocumentType, SignPurpose, SignType


class Arguments(signature.Arguments, total=False):
    """The arguments of a `Signature`, which tells of each, as `args`, or for a `Brand`."""

    sign_name: pulumi.Input[str]
    sign_type: pulumi.Input[SignType]
    document_type: pulumi.Input[DocumentType]
    sign_purpose: pulumi.Input[SignPurpose]
    proof_image: pulumi.Input[EvidenceFile]
    commission_image: pulumi.Input[EvidenceFile] | None
    international: pulumi.Input[bool]
    remark: pulumi.Input[str] | None
    qualification_id: pulumi.Input[int] | None


class Signature(signature.Signature, module="tencentSms", name="TencentSms"):
    """An SMS signature at Tencent Cloud.

    The argument `adopt` takes its SignId. Arguments that all vendors have: `signature.Arguments`.

    Args:
        resource_name: the resource's name in the program.
        sign_name: the name, without 【】; up to 12 characters on the mainland, 15 abroad.
        sign_type: the kind of name (`SignType`).
        document_type: the document on `proof_image` (`DocumentType`); must go with `sign_type`.
        sign_purpose: the owner of the name (`SignPurpose`): `OWN_USE` for the account's holder,
            `FOR_OTHERS` for another.
        proof_image: a PNG or JPEG file of at most 5 MiB, its path relative to the program.
        commission_image: the power of attorney, for `SignPurpose.FOR_OTHERS`; the same kind of
            file.
        international: True for texts to other countries, Hong Kong, Macao and Taiwan; can't be
            changed at the vendor, so a change replaces the signature.
        remark: words to the reviewer.
        qualification_id: the approved qualification (实名资质) of the console; today's mainland
            contract asks for it.
    """

    sign_name: pulumi.Output[str]
    sign_type: pulumi.Output[int]
    document_type: pulumi.Output[int]
    sign_purpose: pulumi.Output[int]
    international: pulumi.Output[bool]
    remark: pulumi.Output[str | None]
    qualification_id: pulumi.Output[int | None]

    _vendor = "tencent"

    @overload
    def __init__(
        self, resource_name: str, args: Arguments, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        sign_name: pulumi.Input[str],
        sign_type: pulumi.Input[SignType],
        document_type: pulumi.Input[DocumentType],
        sign_purpose: pulumi.Input[SignPurpose],
        proof_image: pulumi.Input[EvidenceFile],
        commission_image: pulumi.Input[EvidenceFile] | None = None,
        international: pulumi.Input[bool] = False,
        remark: pulumi.Input[str] | None = None,
        qualification_id: pulumi.Input[int] | None = None,
        **common: Unpack[signature.Arguments],
    ) -> None: ...
    def __init__(self, resource_name: str, *args: Any, **keywords: Any) -> None:
        super().__init__(resource_name, self._given(*args, **keywords))

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - Pulumi's word
        *,
        international: bool = False,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """Read a signature that exists at the vendor, without managing it.

        Args:
            resource_name: the resource's name in the program.
            id: the SignId.
            international: True for one of other countries, Hong Kong, Macao and Taiwan.
            account: the account's name in the stack's configuration.
            opts: Pulumi's options.
        """
        return cls._read(
            resource_name,
            id,
            {
                "international": international,
                "scope": "international" if international else "mainland",
            },
            account=account,
            opts=opts,
        )


def _kind(
    sign_type: SignType, document_type: DocumentType, proof: str = "proof"
) -> Mapping[str, object]:
    return {"sign_type": sign_type, "document_type": document_type, "proof_image": Fact(proof)}


FORM = Form(
    always={"sign_name": Fact("text"), "remark": Fact("purpose")},
    kinds={
        "company": _kind(SignType.COMPANY, DocumentType.BUSINESS_LICENSE, "licence"),
        "institution": _kind(SignType.ORGANIZATION, DocumentType.SOCIAL_CREDIT_CODE, "licence"),
        "trademark": _kind(SignType.TRADEMARK, DocumentType.TRADEMARK_CERTIFICATE),
        "app": _kind(SignType.APP, DocumentType.APP_BACKEND),
        "website": _kind(SignType.WEBSITE, DocumentType.ICP_FILING),
        "official_account": _kind(
            SignType.OFFICIAL_ACCOUNT, DocumentType.OFFICIAL_ACCOUNT_SETTINGS
        ),
        "mini_program": _kind(SignType.MINI_PROGRAM, DocumentType.MINI_PROGRAM_SETTINGS),
    },
    own_use={
        True: {"sign_purpose": SignPurpose.OWN_USE},
        False: {
            "sign_purpose": SignPurpose.FOR_OTHERS,
            "commission_image": Fact("power_of_attorney"),
        },
    },
)
"""The vendor's form for the facts of a brand."""
