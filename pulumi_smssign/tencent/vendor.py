"""Tencent Cloud as a vendor: what its package gives to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.contract.vendor import VendorPackage
from pulumi_smssign.tencent.application import SignatureApplication
from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.rules import RULES

if TYPE_CHECKING:
    from pulumi_smssign.tencent.api import SignatureApi


def _connect(credentials: AccountCredentials) -> SignatureApi:
    from pulumi_smssign.tencent.api import SignatureApi

    return SignatureApi(credentials)


TENCENT = VendorPackage(
    title="Tencent Cloud",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=_connect,
)
