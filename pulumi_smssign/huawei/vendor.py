"""Huawei Cloud as a vendor: what its package gives to the rest."""

from __future__ import annotations

from pulumi_smssign.contract.vendor import VendorPackage
from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.huawei.rules import RULES

HUAWEI = VendorPackage(
    title="Huawei Cloud",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=SignatureApi,
)
