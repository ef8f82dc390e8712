"""Alibaba Cloud as a vendor: what its package gives to the rest."""

from __future__ import annotations

from pulumi_smssign.alibaba.api import SignatureApi
from pulumi_smssign.alibaba.application import SignatureApplication
from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.alibaba.rules import RULES
from pulumi_smssign.contract.vendor import VendorPackage

ALIBABA = VendorPackage(
    title="Alibaba Cloud",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=SignatureApi,
)
