"""One brand's SMS signatures at five vendors, and what may go on once all are approved."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Approval, alibaba, huawei, tencent, ucloud, yunpian

brand = tencent.Signature(
    "brand",
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
)
codes = huawei.Signature(
    "codes",
    app_id="5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa",
    signature_name="云杉示例",
    signature_type=huawei.SignatureType.VERIFY_CODE_TYPE,
    signature_source=huawei.SignatureSource.ENTERPRISE,
    is_involved_third=False,
    licence="evidence/scan-blurred.png",
    qualification_id="Q-0417",
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
club = yunpian.Signature(
    "club",
    sign="云杉示例",
    website="https://spruce.example/club",
    prove_type=yunpian.ProveType.BUSINESS_LICENSE,
    licences=["evidence/licence.png"],
    industry_type=yunpian.IndustryType.RETAIL,
)

shop = alibaba.Signature(
    "shop",
    sign_name="云杉示例",
    sign_source=alibaba.SignSource.COMPANY,
    qualification_id=2000417,
)

# The run waits ten seconds for people who read; then it ends awaiting, and the next one goes on.
approved = Approval(
    "approved",
    signatures=[brand, codes, news, club, shop],
    timeout="10s",
    poll_interval="1s",
    on_pending="await",
)
pulumi.export("approved", approved.approved)
pulumi.export("reviews", approved.reviews)
