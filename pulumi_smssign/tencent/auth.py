"""Tencent's credentials.

Source: the official Python SDK (common 3.1.195).
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url

MAINLAND = "https://sms.tencentcloudapi.com"
INTERNATIONAL = "https://sms.intl.tencentcloudapi.com"
"""The endpoint for accounts of the international site; set it as `endpoint`."""


class AccountCredentials(Credentials):
    """An API key of Tencent Cloud; `token` belongs to a temporary one."""

    vendor: ClassVar[str] = "tencent"
    title: ClassVar[str] = "Tencent Cloud"
    environment: ClassVar[dict[str, str]] = {
        "secretId": "TENCENTCLOUD_SECRET_ID",
        "secretKey": "TENCENTCLOUD_SECRET_KEY",
        "token": "TENCENTCLOUD_TOKEN",
        "region": "TENCENTCLOUD_REGION",
        "endpoint": "SMSSIGN_TENCENT_ENDPOINT",
    }
    identity: ClassVar[frozenset[str]] = frozenset({"secretId", "secretKey", "token"})
    hosts: ClassVar[tuple[str, ...]] = (r"sms\.([a-z0-9-]+\.)?tencentcloudapi\.com",)
    names_account: ClassVar[tuple[str, ...]] = ("secret_id",)
    test_keys: ClassVar[dict[str, str]] = {
        "secretId": "AKIDsmssign-sandbox",
        "secretKey": "smssign-sandbox-secret-key-0000000",
    }
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (("secretId", "secretKey"),)
    confidential: ClassVar[frozenset[str]] = frozenset({"secret_id"})

    secret_id: str = Field(validation_alias="secretId")
    secret_key: SecretStr = Field(validation_alias="secretKey")
    token: SecretStr | None = None
    region: str = "ap-guangzhou"
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = MAINLAND
