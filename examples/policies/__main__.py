"""A signature that the company's policy pack looks at."""

from __future__ import annotations

import pulumi

from pulumi_smssign import tencent

brand = tencent.Signature(
    "brand",
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
    deletion_policy="retain",
)
pulumi.export("text", brand.text)
