"""Yunpian's credential: one key, which travels as the last field of every form.

There is no signature, no header and no time stamp (page sign/add, seed 004), so the form itself is
a secret and no httpx auth flow is needed.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url

MAINLAND = "https://sms.yunpian.com"
OVERSEAS = "https://us.yunpian.com"
"""The same service for callers abroad (page sign/add); set it as `endpoint`."""


class AccountCredentials(Credentials):
    """The apikey of an account or sub-account."""

    vendor: ClassVar[str] = "yunpian"
    title: ClassVar[str] = "Yunpian"
    environment: ClassVar[dict[str, str]] = {
        "apikey": "YUNPIAN_APIKEY",
        "endpoint": "SMSSIGN_YUNPIAN_ENDPOINT",
    }
    identity: ClassVar[frozenset[str]] = frozenset({"apikey"})
    hosts: ClassVar[tuple[str, ...]] = (r"(sms|us)\.yunpian\.com",)
    names_account: ClassVar[tuple[str, ...]] = ("apikey",)
    test_keys: ClassVar[dict[str, str]] = {"apikey": "5a1d00000000000000000000005b0c00"}
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (("apikey",),)

    apikey: SecretStr = Field(min_length=1)
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = MAINLAND
