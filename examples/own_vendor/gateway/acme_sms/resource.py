"""The gateway's `Signature`, the Pulumi resource."""

from __future__ import annotations

import pulumi

from pulumi_smssign import signature
from pulumi_smssign.facts import EvidenceFile
from pulumi_smssign.model.vocabulary import DeletionPolicy


class Signature(signature.Signature, module="smssign", name="AcmeSignature"):
    """An SMS signature at Acme's gateway.

    Args:
        resource_name: the resource's name in the program.
        name: the name, without 【】.
        purpose: what the texts are for.
        proof: the owner's business licence, a PNG file; its path relative to the program.
        account: the account's name in the stack's configuration.
        adopt: the number of a signature that exists already.
        deletion_policy: "retain" or "delete", what may be done with it once it is approved.
        opts: Pulumi's options.
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
        account: str | None = None,
        adopt: str | None = None,
        deletion_policy: DeletionPolicy | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        super().__init__(resource_name, locals())
