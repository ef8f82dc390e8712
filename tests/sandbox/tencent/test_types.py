"""Types that the vendor has no more: which ones, and that the refusal says so."""

from __future__ import annotations

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from tests.sandbox.tencent.caller import ADD, Tencent

WITHDRAWN = {0: {4, 5, 6, 8}, 1: {5, 6, 8}}
"""By International, the withdrawn document types."""


WITHDRAWN_SIGN_TYPES = {0: {1, 2, 3, 6}, 1: {2, 3, 6}}
FITTING = {0: 0, 1: 0, 2: 0, 3: 0, 4: 7, 5: 2, 6: 0}
"""By sign type, a document type that goes with it and is not withdrawn."""


@pytest.mark.parametrize("international", [0, 1])
@pytest.mark.parametrize("sign_type", FITTING)
def test_withdrawn_sign_type_is_refused(
    tencent: Tencent, international: int, sign_type: int
) -> None:
    types = {"SignType": sign_type, "DocumentType": FITTING[sign_type]}
    code = tencent.refused(SignName="Geeks", International=international, **types)

    is_withdrawn = sign_type in WITHDRAWN_SIGN_TYPES[international]
    assert code == ("FailedOperation.OtherError" if is_withdrawn else "")


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
