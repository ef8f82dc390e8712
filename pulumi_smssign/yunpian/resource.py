"""Yunpian's `Signature`, the Pulumi resource, and its form for a `Brand`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack, overload

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.facts import EvidenceFile, Fact, Form
from pulumi_smssign.yunpian.choices import PERSONAL, IndustryType, ProveType, SignUse


class Arguments(signature.Arguments, total=False):
    """The arguments of a `Signature`, which tells of each, as `args`, or for a `Brand`."""

    sign: pulumi.Input[str]
    website: pulumi.Input[str]
    sign_use: pulumi.Input[SignUse]
    prove_type: pulumi.Input[ProveType] | None
    licences: pulumi.Input[Sequence[pulumi.Input[EvidenceFile]]] | None
    licence_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None
    business_license_name: pulumi.Input[str] | None
    id_card_name: pulumi.Input[str] | None
    id_card_number: pulumi.Input[str] | None
    id_card_front: pulumi.Input[EvidenceFile] | None
    id_card_front_url: pulumi.Input[str] | None
    id_card_back: pulumi.Input[EvidenceFile] | None
    id_card_back_url: pulumi.Input[str] | None
    agent_mobile: pulumi.Input[str] | None
    notify: pulumi.Input[bool]
    apply_vip: pulumi.Input[bool]
    is_only_global: pulumi.Input[bool]
    industry_type: pulumi.Input[IndustryType]


class Signature(signature.Signature, module="yunpianSms", name="YunpianSms"):
    """An SMS signature at Yunpian.

    Yunpian has no ids and no deletion: a signature is known by its text, an approved one can't be
    changed any more, and what was submitted stays in the account.

    The argument `adopt` takes its text. Arguments that all vendors have: `signature.Arguments`.

    Args:
        resource_name: the resource's name in the program.
        sign: the name, without 【】; 2 to 20 characters.
        website: the address of the business, and what the texts are for.
        sign_use: the owner of the name (`SignUse`): `OWN_USE` for the account's holder,
            `FOR_OTHERS` for another company, for which the vendor asks for licences,
            business_license_name and everything about the person in charge.
        prove_type: the proof on the licences (`ProveType`).
        licences: up to 7 PNG or JPEG files of at most 10 MiB each, relative to the program.
        licence_urls: instead of files, up to 7 URLs from which the vendor fetches them.
        business_license_name: the company's name as on its licence.
        id_card_name: the name of the company's legal representative, as on the ID card.
        id_card_number: the ID card's number: 17 digits, and a digit or X.
        id_card_front: the ID card's side with the national emblem (国徽面), a PNG or JPEG file of
            at most 5 MiB.
        id_card_front_url: instead of the file, its URL.
        id_card_back: the ID card's side with the portrait (人像面), such a file too.
        id_card_back_url: instead of the file, its URL.
        agent_mobile: the mobile number that is registered in that person's name.
        notify: whether the vendor tells the verdict by SMS; it alone is no reason to submit anew.
        apply_vip: whether to apply for a channel of one's own (专用通道).
        is_only_global: True for texts to other countries alone; excludes `apply_vip`.
        industry_type: the line of business (`IndustryType`).
    """

    sign: pulumi.Output[str]
    website: pulumi.Output[str]
    sign_use: pulumi.Output[int]
    prove_type: pulumi.Output[int | None]
    business_license_name: pulumi.Output[str | None]
    notify: pulumi.Output[bool]
    apply_vip: pulumi.Output[bool]
    is_only_global: pulumi.Output[bool]
    industry_type: pulumi.Output[str]

    enabled: pulumi.Output[bool | None]
    """Whether the vendor has it switched on; an approved one that is not is SUSPENDED."""
    vip: pulumi.Output[bool | None]
    """Whether it has a channel of its own."""
    chan: pulumi.Output[str]
    """The channel: NONE (not assigned yet), NORMAL, MARKET, VIP or GLOBAL."""
    extend: pulumi.Output[str]
    """The extension number that was assigned to it, or ""."""

    _vendor = "yunpian"
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
        sign: pulumi.Input[str],
        website: pulumi.Input[str],
        sign_use: pulumi.Input[SignUse] = SignUse.OWN_USE,
        prove_type: pulumi.Input[ProveType] | None = None,
        licences: pulumi.Input[Sequence[pulumi.Input[EvidenceFile]]] | None = None,
        licence_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        business_license_name: pulumi.Input[str] | None = None,
        id_card_name: pulumi.Input[str] | None = None,
        id_card_number: pulumi.Input[str] | None = None,
        id_card_front: pulumi.Input[EvidenceFile] | None = None,
        id_card_front_url: pulumi.Input[str] | None = None,
        id_card_back: pulumi.Input[EvidenceFile] | None = None,
        id_card_back_url: pulumi.Input[str] | None = None,
        agent_mobile: pulumi.Input[str] | None = None,
        notify: pulumi.Input[bool] = True,
        apply_vip: pulumi.Input[bool] = False,
        is_only_global: pulumi.Input[bool] = False,
        industry_type: pulumi.Input[IndustryType] = IndustryType.OTHER,
        **common: Unpack[signature.Arguments],
    ) -> None: ...
    def __init__(self, resource_name: str, *args: Any, **keywords: Any) -> None:
        super().__init__(resource_name, self._given(*args, **keywords))


def _kind(prove_type: ProveType, licence: str = "proof") -> Mapping[str, object]:
    return {"prove_type": prove_type, "licences": [Fact(licence)]}


FORM = Form(
    always={
        "sign": Fact("text"),
        "website": Fact("website"),
        "business_license_name": Fact("owner"),
    },
    kinds={
        "company": _kind(ProveType.BUSINESS_LICENSE, "licence"),
        "institution": _kind(ProveType.BUSINESS_LICENSE, "licence"),
        "trademark": _kind(ProveType.TRADEMARK_CERTIFICATE),
        "app": _kind(ProveType.ICP_FILING_OF_APP),
        "website": _kind(ProveType.ICP_FILING_OF_WEBSITE),
    },
    own_use={True: {"sign_use": SignUse.OWN_USE}, False: {"sign_use": SignUse.FOR_OTHERS}},
)
"""The vendor's form for the facts of a brand; it has no value for the kinds left out."""
