"""Alibaba Cloud as a vendor: what its package gives to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.alibaba.application import SignatureApplication
from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.alibaba.rules import RULES
from pulumi_smssign.contract.vendor import VendorPackage

if TYPE_CHECKING:
    from pulumi_smssign.alibaba.api import SignatureApi


def _connect(credentials: AccountCredentials) -> SignatureApi:
    from pulumi_smssign.alibaba.api import SignatureApi

    return SignatureApi(credentials)


ALIBABA = VendorPackage(
    title="Alibaba Cloud",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=_connect,
)
