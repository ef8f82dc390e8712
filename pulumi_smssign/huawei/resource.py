"""Huawei Cloud's `Signature`, the Pulumi resource, and its form for a `Brand`."""

from __future__ import annotations

from typing import Any, Unpack, overload

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.facts import EvidenceFile, Fact, Form
from pulumi_smssign.huawei.choices import SignatureSource, SignatureType


class Arguments(signature.Arguments, total=False):
    """The arguments of a `Signature`, which tells of each, as `args`, or for a `Brand`."""

    app_id: pulumi.Input[str]
    signature_name: pulumi.Input[str]
    signature_type: pulumi.Input[SignatureType]
    signature_source: pulumi.Input[SignatureSource]
    is_involved_third: pulumi.Input[bool | str]
    licence: pulumi.Input[EvidenceFile] | None
    file_id: pulumi.Input[str] | None
    power_of_attorney: pulumi.Input[EvidenceFile] | None
    power_attorney_fileid: pulumi.Input[str] | None
    related_file: pulumi.Input[EvidenceFile] | None
    signature_related_file_id: pulumi.Input[str] | None
    registration_number: pulumi.Input[str] | None
    license_number: pulumi.Input[str] | None
    apply_desc: pulumi.Input[str] | None
    qualification_id: pulumi.Input[str] | None
    source_title_content: pulumi.Input[str] | None
    activate: pulumi.Input[bool]


class Signature(signature.Signature, module="huaweiSms", name="HuaweiSms"):
    """An SMS signature at Huawei Cloud.

    Each proof is given as a file, which is uploaded, or as the file id of one that the vendor has
    already. A proof file is a picture (PNG, JPEG or GIF), its path relative to the program.

    The argument `adopt` takes its `id`, which is not its signature_id. Arguments that
    all vendors have: `signature.Arguments`.

    Args:
        resource_name: the resource's name in the program.
        app_id: the primary key `id` of the SMS application that the signature belongs to, not
            its app_key; can't be changed at the vendor, so a change replaces the signature.
        signature_name: the name, without 【】; at most 32 characters.
        signature_type: the kind of messages (`SignatureType`); a name may exist once for each.
        signature_source: the kind of name (`SignatureSource`): `ENTERPRISE`, `APPLICATION` or
            `TRADEMARK`.
        is_involved_third: True when the name is a third party's; the page's "Yes" and "No" too.
        licence: the business licence of the name's owner.
        file_id: the business licence, as a file id.
        power_of_attorney: the third party's power of attorney.
        power_attorney_fileid: the power of attorney, as a file id.
        related_file: a screenshot of the ICP filing (`signature_source` 2) or of the trademark
            certificate (5).
        signature_related_file_id: that screenshot, as a file id.
        registration_number: the trademark's application or registration number, for 5.
        license_number: the number of the ICP filing or licence, for 2.
        apply_desc: words to the reviewer; at most 100 characters.
        qualification_id: the approved qualification (资质) of the console; the vendor's China
            site asks for it.
        source_title_content: the application's download address; the vendor discards it.
        activate: True asks for the activation of a signature that has fallen out of use
            (TO_BE_ACTIVATED) once the account was in arrears. The carriers file it again then, and
            it can't be used before.
    """

    app_id: pulumi.Output[str]
    signature_name: pulumi.Output[str]
    signature_type: pulumi.Output[str]
    signature_source: pulumi.Output[int]
    is_involved_third: pulumi.Output[bool]
    apply_desc: pulumi.Output[str | None]
    qualification_id: pulumi.Output[str | None]
    registration_number: pulumi.Output[str | None]
    license_number: pulumi.Output[str | None]
    file_id: pulumi.Output[str | None]
    power_attorney_fileid: pulumi.Output[str | None]
    signature_related_file_id: pulumi.Output[str | None]
    source_title_content: pulumi.Output[str | None]
    activate: pulumi.Output[bool]
    signature_id: pulumi.Output[str]
    """The vendor's other id of the signature; no path takes it."""
    channel_num: pulumi.Output[str]
    """The number that messages come from; "" before the approval."""
    urge_status: pulumi.Output[str]
    """The vendor's status of a request to hurry the review, or ""."""
    urge_time: pulumi.Output[str]
    """The time of that request, or ""."""
    urge_desc: pulumi.Output[str]
    """The vendor's answer to that request, or ""."""

    _vendor = "huawei"

    @overload
    def __init__(
        self, resource_name: str, args: Arguments, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        app_id: pulumi.Input[str],
        signature_name: pulumi.Input[str],
        signature_type: pulumi.Input[SignatureType],
        signature_source: pulumi.Input[SignatureSource],
        is_involved_third: pulumi.Input[bool | str],
        licence: pulumi.Input[EvidenceFile] | None = None,
        file_id: pulumi.Input[str] | None = None,
        power_of_attorney: pulumi.Input[EvidenceFile] | None = None,
        power_attorney_fileid: pulumi.Input[str] | None = None,
        related_file: pulumi.Input[EvidenceFile] | None = None,
        signature_related_file_id: pulumi.Input[str] | None = None,
        registration_number: pulumi.Input[str] | None = None,
        license_number: pulumi.Input[str] | None = None,
        apply_desc: pulumi.Input[str] | None = None,
        qualification_id: pulumi.Input[str] | None = None,
        source_title_content: pulumi.Input[str] | None = None,
        activate: pulumi.Input[bool] = False,
        **common: Unpack[signature.Arguments],
    ) -> None: ...
    def __init__(self, resource_name: str, *args: Any, **keywords: Any) -> None:
        given = self._given(*args, **keywords)
        third = _yes_or_no(given["is_involved_third"])
        super().__init__(resource_name, {**given, "is_involved_third": third})


def _yes_or_no(value: object) -> Any:  # noqa: ANN401 - an input may be an output of anything
    """The page's own "Yes" and "No" as what they mean, so that no other spelling is a change."""
    if isinstance(value, pulumi.Output):
        return value.apply(_yes_or_no)
    return {"Yes": True, "No": False}.get(value, value) if isinstance(value, str) else value


_ENTERPRISE = {"signature_source": SignatureSource.ENTERPRISE}


FORM = Form(
    always={
        "signature_name": Fact("text"),
        "apply_desc": Fact("purpose"),
        "licence": Fact("licence"),
    },
    kinds={
        "company": _ENTERPRISE,
        "institution": _ENTERPRISE,
        "trademark": {
            "signature_source": SignatureSource.TRADEMARK,
            "related_file": Fact("proof"),
            "registration_number": Fact("trademark_number"),
        },
        "app": {
            "signature_source": SignatureSource.APPLICATION,
            "related_file": Fact("proof"),
            "license_number": Fact("icp_number"),
        },
    },
    own_use={
        True: {"is_involved_third": False},
        False: {"is_involved_third": True, "power_of_attorney": Fact("power_of_attorney")},
    },
)
"""The vendor's form for the facts of a brand; it has no value for the kinds left out."""
