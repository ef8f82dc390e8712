"""A signature at a company's own gateway, whose package is installed beside pulumi-smssign."""

from __future__ import annotations

import acme_sms

from pulumi_smssign import Approval

brand = acme_sms.Signature(
    "brand", name="云杉示例", purpose="order notices", proof="evidence/licence.png"
)
Approval("approved", signatures=[brand], timeout=0, on_pending="await")
