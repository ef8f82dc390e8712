"""Applications at Tencent, as the tests of its client make them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import examine
from pulumi_smssign.tencent.application import SignatureApplication
from tests.images import jpeg, png


def usual(folder: Path) -> dict[str, object]:
    """What a company gives for its own name in mainland China; its proof is in the folder."""
    (folder / "proof.png").write_bytes(png())
    return {
        "sign_name": "极客科技",
        "sign_type": 0,
        "document_type": 1,
        "sign_purpose": 0,
        "proof_image": evidence.describe(folder / "proof.png"),
        "qualification_id": 2000417,
    }


def whole(folder: Path) -> dict[str, object]:
    """Every field, for another's name outside mainland China; its proofs are in the folder."""
    (folder / "commission.jpg").write_bytes(jpeg())
    return {
        **usual(folder),
        "sign_type": 4,
        "document_type": 7,
        "sign_purpose": 1,
        "commission_image": evidence.describe(folder / "commission.jpg"),
        "international": True,
        "remark": "登录验证码",
    }


def application(inputs: Mapping[str, object], **changes: object) -> SignatureApplication:
    """A valid application with these inputs and changes."""
    fields = {**inputs, **changes}
    assert not examine(SignatureApplication, fields, frozenset()).problems
    return SignatureApplication.of(fields, "/")
