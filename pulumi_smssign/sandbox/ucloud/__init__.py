"""UCloud USMS: the signature actions behind UCloud's API gateway."""

from __future__ import annotations

from pulumi_smssign.sandbox.ucloud.gateway import UCloud

__all__ = ["UCloud"]
