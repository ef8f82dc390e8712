"""The types of a program's outputs and arguments: what mypy makes of each, and what it refuses.

An `ignore` stands where mypy has to find an error: strict mode reports one that isn't needed.
"""

from __future__ import annotations

from typing import Literal, assert_type

import pulumi

from pulumi_smssign import Approval, CarrierFiling, Filing, Qualification, Review, Status, tencent


def outputs(brand: tencent.Signature, approved: Approval) -> None:
    assert_type(brand.status, pulumi.Output[Status])
    assert_type(brand.status.apply(lambda status: status is Status.APPROVED), pulumi.Output[bool])
    assert_type(brand.filing, pulumi.Output[Filing])
    assert_type(brand.qualification, pulumi.Output[Qualification])
    assert_type(brand.deliverable, pulumi.Output[Literal["yes", "no", "unknown"]])
    assert_type(brand.deletion_policy, pulumi.Output[Literal["retain", "delete"]])
    assert_type(approved.approved, pulumi.Output[bool])
    assert_type(approved.reviews, pulumi.Output[list[Review]])
    assert_type(approved.status_of(brand), pulumi.Output[Status])


def dictionaries(filing: Filing, review: Review, qualification: Qualification) -> None:
    assert_type(filing["carriers"], dict[str, CarrierFiling])
    assert_type(filing["carriers"]["mobile"]["reasons"], list[str])
    assert_type(review["status"], Status)
    assert_type(qualification["id"], str)
    _ = filing["sate"]  # type: ignore[typeddict-item]
    assert filing["state"] != "done"  # type: ignore[comparison-overlap]
    assert qualification["state"] != "rejected"  # type: ignore[comparison-overlap]


def arguments() -> None:
    args = tencent.Arguments(
        sign_name="云杉示例",
        sign_type=tencent.SignType.COMPANY,
        document_type=tencent.DocumentType.BUSINESS_LICENSE,
        sign_purpose=tencent.SignPurpose.OWN_USE,
        proof_image="licence.png",
        deletion_policy="retain",
    )
    opts = pulumi.ResourceOptions(protect=True)
    assert_type(tencent.Signature("brand", args), tencent.Signature)
    assert_type(tencent.Signature("brand", args, opts), tencent.Signature)
    assert_type(tencent.Signature("brand", args=args, opts=opts), tencent.Signature)
    tencent.Signature("brand", args, sign_name="云杉")  # type: ignore[call-overload]
    tencent.Signature("brand", sign_name="云杉")  # type: ignore[call-overload]
    tencent.Signature("brand", opts)  # type: ignore[call-overload]
    tencent.Arguments(signname="云杉")  # type: ignore[typeddict-unknown-key]
