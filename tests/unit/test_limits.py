"""Rates of calls: what a vendor's pages state, and the careful ones where they state none."""

from __future__ import annotations

import pytest

from pulumi_smssign.core.registry import OURS, part

# Calls of an action in a second.
CALLS = {
    "alibaba": {
        "CreateSmsSign": 1, "UpdateSmsSign": 1, "DeleteSmsSign": 1, "GetSmsSign": 100,
        "QuerySmsSignList": 5,
    },
    "huawei": {
        "CreateSignature": 5, "UpdateSignature": 5, "DeleteSignature": 5, "EnableSignature": 5,
        "UploadSignatureFile": 5, "ShowSignature": 20, "ListSignatureDetails": 20,
        "ListAppDetails": 20,
    },
    "tencent": {
        "AddSmsSign": 1, "ModifySmsSign": 1, "DeleteSmsSign": 1, "DescribeSmsSignList": 20,
    },
    "ucloud": {
        "CreateUSMSSignature": 3, "UpdateUSMSSignature": 3, "DeleteUSMSSignature": 3,
        "QueryUSMSSignature": 10,
    },
    "yunpian": {"sign/add": 1, "sign/update": 1, "sign/get": 5},
}  # fmt: skip
A_SECOND, FOR_THE_NETWORK = 1000, 50
"""Milliseconds: two calls may arrive nearer to each other than they were sent."""


@pytest.mark.parametrize("vendor", OURS)
def test_calls_keep_to_the_vendors_rate_and_leave_time_for_the_network(vendor: str) -> None:
    limits = part(vendor, "api.SignatureApi").limits
    assert {action: rate.limit for action, rate in limits.items()} == CALLS[vendor]
    assert {rate.interval for rate in limits.values()} == {A_SECOND + FOR_THE_NETWORK}
