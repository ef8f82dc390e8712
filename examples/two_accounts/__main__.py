"""One name in two accounts of one vendor: the shop's, and that of marketing."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Approval, tencent

of_the_shop = tencent.Arguments(
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
)
of_marketing: tencent.Arguments = {**of_the_shop, "account": "marketing"}
shop = tencent.Signature("shop", **of_the_shop)
club = tencent.Signature("club", **of_marketing)

approved = Approval("approved", signatures=[shop, club], timeout="1m", poll_interval="1s")
pulumi.export("reviews", approved.reviews)
