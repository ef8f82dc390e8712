"""Alibaba Cloud's `Signature`, the Pulumi resource, and its form for a `Brand`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack, overload

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.alibaba.choices import SignSource, SignType
from pulumi_smssign.facts import Fact, Form


class Arguments(signature.Arguments, total=False):
    """The arguments of a `Signature`, which tells of each, as `args`, or for a `Brand`."""

    sign_name: pulumi.Input[str]
    sign_source: pulumi.Input[SignSource]
    qualification_id: pulumi.Input[int]
    third_party: pulumi.Input[bool]
    authorization_letter_id: pulumi.Input[int] | None
    sign_type: pulumi.Input[SignType]
    remark: pulumi.Input[str] | None
    more_data: pulumi.Input[Sequence[pulumi.Input[str]]] | None
    apply_scene_content: pulumi.Input[str] | None
    trademark_id: pulumi.Input[int] | None
    app_icp_record_id: pulumi.Input[int] | None


class Signature(signature.Signature, module="alibabaSms", name="AlibabaSms"):
    """An SMS signature at Alibaba Cloud.

    Its name is all that it is known by. Qualifications, letters, trademarks and ICP records are
    made in the vendor's console and named by their numbers here; files are paths in the vendor's
    object storage (OSS).

    The argument `adopt` takes its name. Arguments that all vendors have: `signature.Arguments`.

    Args:
        resource_name: the resource's name in the program.
        sign_name: the name, without 【】; 2 to 12 characters. A change replaces the signature.
        sign_source: the kind of name (`SignSource`).
        qualification_id: the approved qualification (资质) of the console.
        third_party: True when the name is somebody else's; it has to be so at the qualification.
        authorization_letter_id: the letter of authorization, for `third_party`.
        sign_type: the kind of messages sent under it (`SignType`).
        remark: words to the reviewer; 200 characters.
        more_data: further papers: paths in the vendor's object storage.
        apply_scene_content: the app's address, for an app's name.
        trademark_id: the trademark, for a trademark's name.
        app_icp_record_id: the app's ICP record, for an app's name.
    """

    sign_name: pulumi.Output[str]
    sign_source: pulumi.Output[int]
    qualification_id: pulumi.Output[int]
    third_party: pulumi.Output[bool]
    authorization_letter_id: pulumi.Output[int | None]
    sign_type: pulumi.Output[int]
    remark: pulumi.Output[str | None]
    more_data: pulumi.Output[list[str] | None]
    apply_scene_content: pulumi.Output[str | None]
    trademark_id: pulumi.Output[int | None]
    app_icp_record_id: pulumi.Output[int | None]

    sign_code: pulumi.Output[str]
    """The vendor's code for it (`SIGN_…`), or ""."""
    order_id: pulumi.Output[str]
    """The ticket of the last application, which the vendor's support asks for, or ""."""
    registrations: pulumi.Output[list[dict[str, Any]]]
    """The filing with each carrier: `operator`, `status`, `completed_at`, `reasons` (the vendor's
    codes, with its words)."""

    _vendor = "alibaba"

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
        sign_source: pulumi.Input[SignSource],
        qualification_id: pulumi.Input[int],
        third_party: pulumi.Input[bool] = False,
        authorization_letter_id: pulumi.Input[int] | None = None,
        sign_type: pulumi.Input[SignType] = SignType.GENERAL,
        remark: pulumi.Input[str] | None = None,
        more_data: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        apply_scene_content: pulumi.Input[str] | None = None,
        trademark_id: pulumi.Input[int] | None = None,
        app_icp_record_id: pulumi.Input[int] | None = None,
        **common: Unpack[signature.Arguments],
    ) -> None: ...
    def __init__(self, resource_name: str, *args: Any, **keywords: Any) -> None:
        super().__init__(resource_name, self._given(*args, **keywords))


_COMPANY = {"sign_source": SignSource.COMPANY}


FORM = Form(
    always={"sign_name": Fact("text"), "remark": Fact("purpose")},
    kinds={
        "company": _COMPANY,
        "institution": _COMPANY,
        "trademark": {"sign_source": SignSource.TRADEMARK},
        "app": {"sign_source": SignSource.APP, "apply_scene_content": Fact("website")},
    },
    own_use={True: {"third_party": False}, False: {"third_party": True}},
)
"""The vendor's form for the facts of a brand; it has no value for the kinds left out.

Licences, letters and trademarks are made in its console, so no file is among them.
"""
