"""The gateway's `Signature`, the Pulumi resource."""

from __future__ import annotations

from typing import Unpack

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.facts import EvidenceFile


class Signature(signature.Signature, module="acmeSms", name="AcmeSms"):
    """An SMS signature at Acme's gateway.

    The argument `adopt` takes its number. Arguments that all vendors have: `signature.Arguments`.

    Args:
        resource_name: the resource's name in the program.
        name: the name, without 【】.
        purpose: what the texts are for.
        proof: the owner's business licence, a PNG file; its path relative to the program.
    """

    name: pulumi.Output[str]
    purpose: pulumi.Output[str]

    _vendor = "acme"
    _reported = ("name",)

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        purpose: pulumi.Input[str],
        proof: pulumi.Input[EvidenceFile],
        **common: Unpack[signature.Arguments],
    ) -> None:
        """Declare it."""
        super().__init__(resource_name, locals())
