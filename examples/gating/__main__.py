"""A shop is told of its signature only once that is approved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

from pulumi_smssign import Approval, tencent


class _Writer(ResourceProvider):
    """Stands for whatever deploys the shop."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Write the settings that the shop reads."""
        Path(props["path"]).write_text(json.dumps({"signature": props["signature"]}), "utf-8")
        return CreateResult(props["path"], props)

    def delete(self, _id: str, props: dict[str, Any]) -> None:
        """Remove them."""
        Path(props["path"]).unlink(missing_ok=True)


class Settings(Resource):
    """The shop's settings."""

    def __init__(
        self, name: str, path: str, signature: pulumi.Input[str], opts: pulumi.ResourceOptions
    ) -> None:
        """Write them to `path`."""
        super().__init__(_Writer(), name, {"path": path, "signature": signature}, opts)


brand = tencent.Signature(
    "brand",
    sign_name="云杉示例",
    sign_type=tencent.SignType.COMPANY,
    document_type=tencent.DocumentType.BUSINESS_LICENSE,
    sign_purpose=tencent.SignPurpose.OWN_USE,
    proof_image="evidence/licence.png",
    qualification_id=2000417,
)
# A review takes days, so the run does not wait: it asks once and ends awaiting, and the next one
# goes on. What comes after says depends_on: made inside approved.….apply it would be deleted by a
# run that awaits.
approved = Approval("approved", signatures=[brand], timeout=0, on_pending="await")
Settings("shop", "shop.json", brand.text, pulumi.ResourceOptions(depends_on=[approved]))
