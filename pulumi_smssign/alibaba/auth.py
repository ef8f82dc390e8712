"""Alibaba Cloud's credentials.

Source: the official SDK's core (alibabacloud-tea-openapi 0.4.6); its table of endpoints (dysmsapi
4.6.0) for the hosts.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url

ENDPOINT = "https://dysmsapi.aliyuncs.com"
_REGION = "[a-z]{2}-[a-z]+(-[a-z0-9]+)*"
"""A region by its id, such as cn-hangzhou-finance. Below the domain customers have hosts too
(bucket.oss-cn-hangzhou, account.cn-hangzhou.fc), so not all of it is the vendor's."""


class AccountCredentials(Credentials):
    """An AccessKey of Alibaba Cloud; `security_token` belongs to a temporary one."""

    vendor: ClassVar[str] = "alibaba"
    title: ClassVar[str] = "Alibaba Cloud"
    environment: ClassVar[dict[str, str]] = {
        "accessKeyId": "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "accessKeySecret": "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "securityToken": "ALIBABA_CLOUD_SECURITY_TOKEN",
        "endpoint": "SMSSIGN_ALIBABA_ENDPOINT",
    }
    identity: ClassVar[frozenset[str]] = frozenset(
        {"accessKeyId", "accessKeySecret", "securityToken"}
    )
    hosts: ClassVar[tuple[str, ...]] = (rf"dysmsapi(-[a-z]+)?(\.{_REGION})?\.aliyuncs\.com",)
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (("accessKeyId", "accessKeySecret"),)
    names_account: ClassVar[tuple[str, ...]] = ("access_key_id",)
    test_keys: ClassVar[dict[str, str]] = {
        "accessKeyId": "LTAIsmssign-sandbox",
        "accessKeySecret": "smssign-sandbox-access-secret-0000",
    }
    confidential: ClassVar[frozenset[str]] = frozenset({"access_key_id"})

    access_key_id: str = Field(validation_alias="accessKeyId")
    access_key_secret: SecretStr = Field(validation_alias="accessKeySecret")
    security_token: SecretStr | None = Field(validation_alias="securityToken", default=None)
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = ENDPOINT
