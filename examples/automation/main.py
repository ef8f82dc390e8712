"""A program that runs Pulumi itself, by its Automation API, and reads the verdict."""

from __future__ import annotations

import sys
from pathlib import Path

import pulumi
from pulumi import automation

from pulumi_smssign import Approval, tencent

HERE = Path(__file__).resolve().parent
SANDBOX = "http://127.0.0.1:8725"


def program() -> None:
    """What a `__main__.py` would say; the proof's path is whole, wherever this is started."""
    brand = tencent.Signature(
        "brand",
        sign_name="云杉示例",
        sign_type=tencent.SignType.COMPANY,
        document_type=tencent.DocumentType.BUSINESS_LICENSE,
        sign_purpose=tencent.SignPurpose.OWN_USE,
        proof_image=HERE / "evidence" / "licence.png",
        qualification_id=2000417,
    )
    approved = Approval("approved", signatures=[brand], timeout=0, on_pending="continue")
    pulumi.export("reviews", approved.reviews)


def main() -> int:
    """Submit it or look again; 0 once it is approved."""
    stack = automation.create_or_select_stack("dev", "automation", program)
    stack.set_config("smssign:sandbox", automation.ConfigValue(SANDBOX))
    (review,) = stack.up().outputs["reviews"].value
    sys.stdout.write(f"{review['text']} ({review['id']}) is {review['status']}\n")
    return 0 if review["status"] == "APPROVED" else 3


if __name__ == "__main__":
    sys.exit(main())
