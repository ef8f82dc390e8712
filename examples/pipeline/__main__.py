"""Two signatures that a scheduled pipeline looks after."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Approval, tencent, ucloud

brand = tencent.Signature(
    "brand",
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
)
news = ucloud.Signature(
    "news",
    sig_content="云杉示例",
    sig_type=ucloud.SigType.COMPANY,
    certificate_type=ucloud.CertificateType.BUSINESS_LICENSE,
    sig_purpose=ucloud.SigPurpose.OWN_USE,
    description="order notices",
    file="evidence/licence.png",
)
approved = Approval("approved", signatures=[brand, news], timeout=0, on_pending="await")
pulumi.export("approved", approved.approved)
