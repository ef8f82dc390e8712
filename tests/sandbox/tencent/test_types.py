"""Types that the vendor has no more: which ones, and that the refusal says so."""

from __future__ import annotations

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from tests.sandbox.tencent.caller import ADD, Tencent

WITHDRAWN = {0: {4, 5, 6, 8}, 1: {5, 6, 8}}
"""By International, the withdrawn document types."""


@pytest.mark.parametrize("international", [0, 1])
@pytest.mark.parametrize("document_type", range(9))
def test_withdrawn_document_type_is_refused_as_one(
    tencent: Tencent, international: int, document_type: int
) -> None:
    fields = tencent.application(
        SignType=0, DocumentType=document_type, International=international, SignName="Geeks"
    )
    reason = ""
    try:
        tencent.call(ADD, **fields)
    except TencentCloudSDKException as refusal:
        reason = str(refusal.get_message())
    is_withdrawn = document_type in WITHDRAWN[international]
    assert (f"DocumentType {document_type} is no longer supported." in reason) is is_withdrawn
