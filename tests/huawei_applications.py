"""Applications at Huawei, as the tests of its client make them."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.contract.application import examine
from pulumi_smssign.huawei.application import SignatureApplication

FIELDS: Mapping[str, object] = {
    "app_id": "5b0c0000-0000-4000-8000-000000000a99",
    "signature_name": "极客科技",
    "signature_type": "NOTIFY_TYPE",
    "signature_source": 0,
    "is_involved_third": False,
    "qualification_id": "q-417",
}
"""What both sites take, and nobody doubts."""


def application(
    inputs: Mapping[str, object] = FIELDS,
    /,
    uploads: Mapping[str, str] | None = None,
    **changes: object,
) -> SignatureApplication:
    """A valid application with these inputs and changes; `uploads` are the file ids of before."""
    fields = {**inputs, **changes}
    assert not examine(SignatureApplication, fields, frozenset()).problems
    return SignatureApplication.of(fields, "/", uploads)
