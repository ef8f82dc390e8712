"""A brand's SMS signatures at Tencent Cloud, and what may go on once they are approved."""

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
shop = tencent.Signature(
    "shop",
    sign_name="云杉商城",
    sign_type=tencent.SignType.TRADEMARK,
    document_type=tencent.DocumentType.TRADEMARK_CERTIFICATE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/trademark-blurred.png",
    qualification_id=2000417,
)

approved = Approval("approved", signatures=[brand, shop], timeout="30m", poll_interval="1s")
pulumi.export("brand_id", brand.id)
pulumi.export("reviews", approved.reviews)
