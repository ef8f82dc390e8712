"""UCloud's `Signature`, the Pulumi resource, and its form for a `Brand`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, Unpack, overload

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.facts import EvidenceFile, Fact, Form
from pulumi_smssign.ucloud.choices import PERSONAL, CertificateType, SigPurpose, SigType
from pulumi_smssign.ucloud.scope import Scope


class Arguments(signature.Arguments, total=False):
    """The arguments of a `Signature`, which tells of each, as `args`, or for a `Brand`."""

    sig_content: pulumi.Input[str]
    sig_type: pulumi.Input[SigType]
    certificate_type: pulumi.Input[CertificateType]
    sig_purpose: pulumi.Input[SigPurpose]
    description: pulumi.Input[str]
    file: pulumi.Input[EvidenceFile] | None
    proxy_file: pulumi.Input[EvidenceFile] | None
    document: pulumi.Input[str] | None
    proxy_doc: pulumi.Input[str] | None
    international: pulumi.Input[bool]
    qualification_id: pulumi.Input[str] | None
    scene_desc: pulumi.Input[str] | None
    project_id: pulumi.Input[str] | None


class Signature(signature.Signature, module="ucloudSms", name="UcloudSms"):
    """An SMS signature at UCloud.

    The argument `adopt` takes its SigId. Arguments that all vendors have: `signature.Arguments`.

    Args:
        resource_name: the resource's name in the program.
        sig_content: the name, without 【】; 2 to 12 characters.
        sig_type: the kind of name (`SigType`).
        certificate_type: the certificate on `file` (`CertificateType`); the number of `sig_type`.
        sig_purpose: the owner of the name (`SigPurpose`): `OWN_USE` for the account's holder,
            `FOR_OTHERS` for another.
        description: why the signature is applied for. Can't be changed at the vendor, so a change
            replaces the signature.
        file: a PNG, JPEG or PDF file of at most 4 MiB, its path relative to the program.
        proxy_file: the power of attorney, for `SigPurpose.FOR_OTHERS`; the same kind of file.
        document: the URL of the proof that UCloud has already, when a change leaves it as it is.
            It is sent with changes only: a new application, also one that replaces another, has
            no such field. Beside `file` both are sent, and UCloud does not say which one it
            takes. A new value alone is no reason to submit again.
        proxy_doc: the same for the power of attorney.
        international: True for texts to other countries, Hong Kong, Macao and Taiwan; a change
            replaces the signature. UCloud does not tell which kind a signature is, so one with
            the same text stands in the way of both kinds; where both are this stack's,
            `pulumi up --refresh` tells them apart.
        qualification_id: an approved qualification of the console; a change replaces the
            signature.
        scene_desc: where the texts will be used.
        project_id: the project that holds it. Without, it is the account's `projectId` at the
            time of the application, and the signature stays there when the setting changes; a
            change of this argument replaces the signature.
    """

    sig_content: pulumi.Output[str]
    sig_type: pulumi.Output[int]
    certificate_type: pulumi.Output[int]
    sig_purpose: pulumi.Output[int]
    description: pulumi.Output[str]
    document: pulumi.Output[str | None]
    proxy_doc: pulumi.Output[str | None]
    international: pulumi.Output[bool]
    qualification_id: pulumi.Output[str | None]
    scene_desc: pulumi.Output[str | None]
    project_id: pulumi.Output[str | None]

    _vendor = "ucloud"
    _personal = PERSONAL

    @overload
    def __init__(
        self, resource_name: str, args: Arguments, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        sig_content: pulumi.Input[str],
        sig_type: pulumi.Input[SigType],
        certificate_type: pulumi.Input[CertificateType],
        sig_purpose: pulumi.Input[SigPurpose],
        description: pulumi.Input[str],
        file: pulumi.Input[EvidenceFile] | None = None,
        proxy_file: pulumi.Input[EvidenceFile] | None = None,
        document: pulumi.Input[str] | None = None,
        proxy_doc: pulumi.Input[str] | None = None,
        international: pulumi.Input[bool] = False,
        qualification_id: pulumi.Input[str] | None = None,
        scene_desc: pulumi.Input[str] | None = None,
        project_id: pulumi.Input[str] | None = None,
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
        project_id: str | None = None,
        international: bool = False,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """Read a signature that exists at the vendor, without managing it.

        Args:
            resource_name: the resource's name in the program.
            id: the SigId.
            project_id: the project that holds it, if it is not the account's.
            international: True for one of other countries, Hong Kong, Macao and Taiwan.
            account: the account's name in the stack's configuration.
            opts: Pulumi's options.
        """
        return cls._read(
            resource_name,
            id,
            {
                "international": international,
                "project_id": project_id,
                "scope": str(Scope(project_id or "", international=international)),
            },
            account=account,
            opts=opts,
        )


def _kind(sig_type: SigType, file: str = "proof") -> Mapping[str, object]:
    certificate_type = CertificateType(sig_type)
    return {"sig_type": sig_type, "certificate_type": certificate_type, "file": Fact(file)}


FORM = Form(
    always={"sig_content": Fact("text"), "description": Fact("purpose")},
    kinds={
        "company": _kind(SigType.COMPANY, "licence"),
        "institution": _kind(SigType.ORGANIZATION, "licence"),
        "trademark": _kind(SigType.TRADEMARK),
        "app": _kind(SigType.APP),
        "website": _kind(SigType.WEBSITE),
        "official_account": _kind(SigType.OFFICIAL_ACCOUNT),
        "mini_program": _kind(SigType.OFFICIAL_ACCOUNT),
    },
    own_use={
        True: {"sig_purpose": SigPurpose.OWN_USE},
        False: {"sig_purpose": SigPurpose.FOR_OTHERS, "proxy_file": Fact("power_of_attorney")},
    },
)
"""The vendor's form for the facts of a brand."""
