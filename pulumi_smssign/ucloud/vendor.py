"""UCloud as a vendor: what its package gives to the rest."""

from __future__ import annotations

from pulumi_smssign.contract.vendor import VendorPackage
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials
from pulumi_smssign.ucloud.rules import RULES

UCLOUD = VendorPackage(
    title="UCloud",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=SignatureApi,
)
