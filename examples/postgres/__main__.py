"""A signature whose state a team keeps in PostgreSQL."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Approval, tencent

brand = tencent.Signature(
    "brand",
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
)
approved = Approval("approved", signatures=[brand], timeout="1m", poll_interval="1s")
pulumi.export("approved", approved.approved)
