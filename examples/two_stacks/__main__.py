"""One program for two stacks: `dev` asks the sandbox, `prod` the vendor."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Approval, tencent

is_prod = pulumi.get_stack() == "prod"

brand = tencent.Signature(
    "brand",
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
    opts=pulumi.ResourceOptions(protect=is_prod),  # nothing may delete the real one
)
# People review the real one for days, so that run asks once; the sandbox is waited for. Either run
# ends awaiting when there is no verdict, and the next one goes on.
approved = Approval(
    "approved",
    signatures=[brand],
    timeout=0 if is_prod else "1m",
    poll_interval="1s",
    on_pending="await",
)
pulumi.export("approved", approved.approved)
