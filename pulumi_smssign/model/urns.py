"""URNs: the engine's names of resources."""

from __future__ import annotations

import re

# A module that is called as its type is not repeated in Pulumi's column of types.
_OURS = re.compile(r"pulumi-python:dynamic/(?:(\w+)Sms:\w+Sms|smsApproval:SmsApproval)")


def name_of(urn: str) -> str:
    """The resource's name: what follows the type in its URN; it may have `::` in it."""
    parts = urn.split("::", 3)
    return parts[3] if len(parts) == 4 else urn.rpartition("::")[2]  # noqa: PLR2004


def type_of(urn: str) -> str:
    """The resource's type, without its parents'."""
    return "".join(urn.split("::", 3)[2:3]).rpartition("$")[2]


def is_ours(resource_type: str) -> bool:
    """Whether a type is that of a signature or an Approval."""
    return _OURS.fullmatch(resource_type) is not None


def vendor_of(resource_type: str) -> str:
    """The vendor's name in the type of a signature; "" in another."""
    signature = _OURS.fullmatch(resource_type)
    return (signature and signature[1]) or ""
