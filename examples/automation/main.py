"""A program that runs Pulumi itself, by its Automation API, and reads the verdict."""

from __future__ import annotations

import sys
from pathlib import Path

import pulumi
from pulumi import automation

from pulumi_smssign import Approval, tencent

HERE = Path(__file__).resolve().parent
SANDBOX = "http://127.0.0.1:8725"
AWAITING = 10
"""Pulumi's exit code of a run that ends awaiting: nothing went wrong, and the next run goes on."""


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
    approved = Approval("approved", signatures=[brand], timeout=0, on_pending="await")
    pulumi.export("submitted", {"id": brand.id, "text": brand.text})
    pulumi.export("reviews", approved.reviews)  # not known while the Approval awaits


def awaits(error: automation.CommandError) -> bool:
    """Whether a run only awaits: the API has no error for that, and the code in its text alone."""
    return f"code: {AWAITING}\n" in str(error)


def main() -> int:
    """Submit it or look again; 0 once it is approved, 10 before, as `pulumi up` itself."""
    stack = automation.create_or_select_stack("dev", "automation", program)
    stack.set_config("smssign:sandbox", automation.ConfigValue(SANDBOX))
    try:
        (review,) = stack.up().outputs["reviews"].value
    except automation.CommandError as error:
        if not awaits(error):
            raise
        submitted = stack.outputs()["submitted"].value
        sys.stdout.write(f"{submitted['text']} ({submitted['id']}) is in review: run this again\n")
        return AWAITING
    sys.stdout.write(f"{review['text']} ({review['id']}) is {review['status']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
