"""The name of an app, which the carriers file no more: the company's has to take its place."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Approval, ucloud

shop = ucloud.Signature(
    "shop",
    sig_content="云杉商城",
    sig_type=ucloud.SigType.APP,
    certificate_type=ucloud.CertificateType.APP_STORE_BACKEND,
    sig_purpose=ucloud.SigPurpose.OWN_USE,
    description="login codes and order notices",
    file="evidence/scan.png",
)
approved = Approval("approved", signatures=[shop], timeout=0, on_pending="await")
pulumi.export("text", shop.text)
