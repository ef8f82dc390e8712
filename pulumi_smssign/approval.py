"""`Approval`: the resource that waits for the verdict, one for many signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pulumi
from pulumi.dynamic import Resource

from pulumi_smssign.engine.properties import HIDES, IN_CONFIDENCE
from pulumi_smssign.provider import ApprovalProvider
from pulumi_smssign.signature import Signature, program_facts

_OUTPUTS = ("approved", "deliverable", "reviews")
_REVIEWED = frozenset({"reason", "text"})
"""Outputs of a signature that are in `reviews` too, and are secret there when they are secrets."""


class Approval(Resource, module="smssign", name="Approval"):
    """Waits until signatures are approved, so that what depends on it may use them.

    Args:
        resource_name: the resource's name in the program.
        signatures: the signatures to wait for, of any vendor.
        timeout: how long to wait at the most, such as "30m", "2h", "90s" or a number of seconds;
            0 asks once. An `up` that ends before the verdict loses nothing: the next one goes on.
        poll_interval: how long to wait between two looks at first; it grows while nothing moves.
        until: "approved" waits for the vendor's verdict, "filed" for the carriers' filing after it
            as well, where the vendor tells of that (Alibaba Cloud, Huawei Cloud, Tencent Cloud);
            give it a timeout in days, or `on_pending="continue"` and a run now and then.
        on_pending: "fail" ends the run red when the time is up before there is a verdict,
            "continue" ends it green with `approved` false. A rejection always fails.
        opts: Pulumi's options.

    One Approval for many signatures asks a vendor once for all of them, so it beats many Approvals.
    """

    approved: pulumi.Output[bool]
    """Whether every signature was approved when last asked."""
    deliverable: pulumi.Output[str]
    """Whether messages under all of them arrive, as far as is told: "yes", "no" or "unknown"."""
    reviews: pulumi.Output[list[dict[str, Any]]]
    """What each signature was when last asked: name, vendor, account, id, text, status, reason,
    deliverable."""

    def __init__(
        self,
        resource_name: str,
        *,
        signatures: Sequence[Signature],
        timeout: pulumi.Input[str | float] = "30m",
        poll_interval: pulumi.Input[str | float] = "10s",
        until: Literal["approved", "filed"] = "approved",
        on_pending: Literal["fail", "continue"] = "fail",
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        personal = [value for signature in signatures for value in signature._in_confidence]  # noqa: SLF001
        super().__init__(
            ApprovalProvider(),
            resource_name,
            {
                **dict.fromkeys(_OUTPUTS),
                "signatures": [_target(signature) for signature in signatures],
                "timeout": timeout,
                "poll_interval": poll_interval,
                "until": until,
                "on_pending": on_pending,
                **({IN_CONFIDENCE: pulumi.Output.secret(personal)} if personal else {}),
                **program_facts(type(self), resource_name, opts),
            },
            _keeping_secrets(opts, signatures),
        )


def _keeping_secrets(
    opts: pulumi.ResourceOptions | None, signatures: Sequence[Signature]
) -> pulumi.ResourceOptions | None:
    """The options with which `reviews` is secret where it tells what is secret of a signature."""
    if not any(_REVIEWED & signature._secret_outputs for signature in signatures):  # noqa: SLF001
        return opts
    secret = pulumi.ResourceOptions(additional_secret_outputs=["reviews"])
    return pulumi.ResourceOptions.merge(opts, secret)


def _target(signature: Signature) -> dict[str, pulumi.Input[Any]]:
    hidden = sorted(_REVIEWED & signature._secret_outputs)  # noqa: SLF001
    return {
        **({HIDES: hidden} if hidden else {}),
        "name": signature.pulumi_resource_name,
        "id": signature.id,
        "text": signature.text,
        "scope": signature.scope,
        "vendor": signature.vendor,
        "account": signature.account,
        "revision": signature.revision,
        "accepted_at": signature.accepted_at,
        "unseen": signature.unseen,
    }
