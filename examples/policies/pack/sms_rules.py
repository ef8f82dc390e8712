"""The rules, by a resource's properties alone: each returns what is wrong, or ""."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian

EXPELLED: Mapping[str, tuple[str, frozenset[int]]] = {
    "alibaba": ("sign_source", frozenset({alibaba.SignSource.APP})),
    "huawei": ("signature_source", frozenset({huawei.SignatureSource.APPLICATION})),
    "tencent": (
        "sign_type",
        frozenset(
            {
                tencent.SignType.APP,
                tencent.SignType.WEBSITE,
                tencent.SignType.OFFICIAL_ACCOUNT,
                tencent.SignType.MINI_PROGRAM,
            }
        ),
    ),
    "ucloud": (
        "sig_type",
        frozenset(
            {ucloud.SigType.APP, ucloud.SigType.WEBSITE, ucloud.SigType.OFFICIAL_ACCOUNT},
        ),
    ),
    "yunpian": (
        "prove_type",
        frozenset(
            {yunpian.ProveType.ICP_FILING_OF_APP, yunpian.ProveType.ICP_FILING_OF_WEBSITE},
        ),
    ),
}
"""The argument that says what a name is, and the values that the carriers file no more."""
ABROAD = {"tencent": "international", "ucloud": "international", "yunpian": "is_only_global"}
"""The argument by which a signature is for other countries, where no carrier of ours files it."""


def is_signature(resource_type: str) -> bool:
    """Whether a type is that of a signature, of whichever vendor."""
    return "dynamic/" in resource_type and resource_type.endswith("Sms")


def deletion(properties: Mapping[str, Any]) -> str:
    """The objection to a signature that a dropped line would delete."""
    if properties.get("deletion_policy") == "retain":
        return ""
    return 'deletion_policy is not "retain": a line that is dropped would delete it'


def kind_of_name(properties: Mapping[str, Any]) -> str:
    """The objection to a name of an app, a website, an official account or a mini-program."""
    vendor = str(properties.get("vendor"))
    argument, values = EXPELLED.get(vendor, ("", frozenset()))
    is_abroad = bool(properties.get(ABROAD.get(vendor, "")))
    if is_abroad or properties.get(argument) not in values:
        return ""
    return f"{argument} is a kind of name that the carriers file no more since 2026-05-01"


def protection(properties: Mapping[str, Any], *, is_protected: bool) -> str:
    """The objection to an approved signature that nothing protects."""
    review = properties.get("review")
    status = review.get("status") if isinstance(review, Mapping) else None
    if status != "APPROVED" or is_protected:
        return ""
    return "it is approved: give it opts=pulumi.ResourceOptions(protect=True)"
