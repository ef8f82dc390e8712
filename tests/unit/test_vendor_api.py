"""What each vendor's calls are like: how many it takes, what one tells, and what proves the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.registry import OURS, part

CALLS: Mapping[str, Mapping[str, int]] = {
    "alibaba": {
        "CreateSmsSign": 1,
        "UpdateSmsSign": 1,
        "DeleteSmsSign": 1,
        "GetSmsSign": 100,
        "QuerySmsSignList": 5,
    },
    "huawei": {
        "CreateSignature": 5,
        "UpdateSignature": 5,
        "DeleteSignature": 5,
        "EnableSignature": 5,
        "UploadSignatureFile": 5,
        "ShowSignature": 20,
        "ListSignatureDetails": 20,
        "ListAppDetails": 20,
    },
    "tencent": {"AddSmsSign": 1, "ModifySmsSign": 1, "DeleteSmsSign": 1, "DescribeSmsSignList": 20},
    "ucloud": {
        "CreateUSMSSignature": 3,
        "UpdateUSMSSignature": 3,
        "DeleteUSMSSignature": 3,
        "QueryUSMSSignature": 10,
    },
    "yunpian": {"sign/add": 1, "sign/update": 1, "sign/get": 5},
}
CAPABILITIES: Mapping[str, Capabilities] = {
    "alibaba": Capabilities(batches=False, lists_all=False, lists_apart=True),
    "huawei": Capabilities(lists_apart=True),
    "tencent": Capabilities(searches=False),
    "ucloud": Capabilities(batches=False),
    "yunpian": Capabilities(),
}


@pytest.mark.parametrize("vendor", OURS)
def test_no_more_calls_are_made_in_a_second_than_the_vendor_takes(vendor: str) -> None:
    api: Any = part(vendor, "api.SignatureApi")
    assert {action: rate.limit for action, rate in api.limits.items()} == CALLS[vendor]
    assert {rate.interval for rate in api.limits.values()} == {1050}


@pytest.mark.parametrize("vendor", OURS)
def test_neutral_code_is_told_what_the_vendors_calls_can(vendor: str) -> None:
    assert part(vendor, "api.SignatureApi").capabilities == CAPABILITIES[vendor]
