"""Yunpian as a vendor: what its package gives to the rest."""

from __future__ import annotations

from pulumi_smssign.contract.vendor import VendorPackage
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import AccountCredentials
from pulumi_smssign.yunpian.rules import RULES

YUNPIAN = VendorPackage(
    title="Yunpian",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=SignatureApi,
)
