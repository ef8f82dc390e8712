"""Huawei Cloud as a vendor: what its package gives to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.contract.vendor import VendorPackage
from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.huawei.rules import RULES

if TYPE_CHECKING:
    from pulumi_smssign.huawei.api import SignatureApi


def _connect(credentials: AccountCredentials) -> SignatureApi:
    from pulumi_smssign.huawei.api import SignatureApi

    return SignatureApi(credentials)


HUAWEI = VendorPackage(
    title="Huawei Cloud",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=_connect,
)
