"""Huawei's credentials.

Source: the official Python SDK (core 3.1.219).
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url
from pulumi_smssign.model.language import _

REGION = "cn-north-4"
_REGION = "[a-z]{2}-[a-z]+(-[a-z0-9]+)+"
"""A region by its id. Below the domain customers have hosts too (bucket.obs), so not all of it is
the vendor's."""
_SERVICES = {"endpoint": "msgsms", "iam_endpoint": "iam"}


class AccountCredentials(Credentials):
    """An access key of Huawei Cloud, or an IAM user with a password, in one project of a region.

    `security_token` belongs to a temporary key. The user's name and domain have no variable in
    the environment, so only what is secret must be said to belong together.
    """

    vendor: ClassVar[str] = "huawei"
    title: ClassVar[str] = "Huawei Cloud"
    environment: ClassVar[dict[str, str]] = {
        "ak": "HUAWEICLOUD_SDK_AK",
        "sk": "HUAWEICLOUD_SDK_SK",
        "securityToken": "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "projectId": "HUAWEICLOUD_SDK_PROJECT_ID",
        "endpoint": "SMSSIGN_HUAWEI_ENDPOINT",
        "iamEndpoint": "SMSSIGN_HUAWEI_IAM_ENDPOINT",
    }
    identity: ClassVar[frozenset[str]] = frozenset({"ak", "sk", "securityToken", "password"})
    hosts: ClassVar[tuple[str, ...]] = (
        rf"(msgsms|iam)\.({_REGION}\.)?myhuaweicloud\.com",
        rf"(msgsms|iam)\.{_REGION}\.myhuaweicloud\.eu",
    )
    names_account: ClassVar[tuple[str, ...]] = ("project_id", "ak", "user_name")
    test_keys: ClassVar[dict[str, str]] = {
        "ak": "smssign-sandbox",
        "sk": "smssign-sandbox-sk-0000000000000000",
        "projectId": "5b0c00000000000000000000000d35c0",
    }
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("ak", "sk", "projectId"),
        ("userName", "password", "domainName", "projectId"),
    )
    confidential: ClassVar[frozenset[str]] = frozenset({"ak"})
    free_text: ClassVar[frozenset[str]] = frozenset({"user_name", "password", "domain_name"})

    ak: str | None = None
    sk: SecretStr | None = None
    security_token: SecretStr | None = Field(default=None, validation_alias="securityToken")
    user_name: str | None = Field(default=None, validation_alias="userName")
    password: SecretStr | None = None
    domain_name: str | None = Field(default=None, validation_alias="domainName")
    project_id: str = Field(validation_alias="projectId", pattern="^[A-Fa-f0-9]{1,32}$")
    region: str = Field(default=REGION, pattern="^[a-z0-9]+(-[a-z0-9]+)+$")
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = Field(
        default="", validate_default=True
    )
    iam_endpoint: Annotated[str, AfterValidator(endpoint_url)] = Field(
        default="", validate_default=True, validation_alias="iamEndpoint"
    )

    @field_validator("user_name", "password", "domain_name")
    @classmethod
    def _not_beside_a_key(cls, value: object, info: ValidationInfo) -> object:
        if value and (info.data.get("ak") or info.data.get("sk")):
            raise ValueError(
                _("is of an IAM user, and there is an ak or sk too: give one of the two")
            )
        return value

    @field_validator("endpoint", "iam_endpoint", mode="before")
    @classmethod
    def _in_the_region(cls, url: object, info: ValidationInfo) -> object:
        """The host of the region; those of Europe are under a domain of their own."""
        service, region = _SERVICES[str(info.field_name)], info.data.get("region", REGION)
        domain = "myhuaweicloud.eu" if str(region).startswith("eu-") else "myhuaweicloud.com"
        return url or f"https://{service}.{region}.{domain}"
