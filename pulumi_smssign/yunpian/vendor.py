"""Yunpian as a vendor: what its package gives to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.contract.vendor import VendorPackage
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import AccountCredentials
from pulumi_smssign.yunpian.rules import RULES

if TYPE_CHECKING:
    from pulumi_smssign.yunpian.api import SignatureApi


def _connect(credentials: AccountCredentials) -> SignatureApi:
    from pulumi_smssign.yunpian.api import SignatureApi

    return SignatureApi(credentials)


YUNPIAN = VendorPackage(
    title="Yunpian",
    rules=RULES,
    application=SignatureApplication,
    credentials=AccountCredentials,
    connect=_connect,
)
