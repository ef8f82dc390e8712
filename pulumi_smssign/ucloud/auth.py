"""UCloud's credentials, and its signature over a request's parameters.

Source: the page "signature" of the vendor's API guide (August 2026) and the official Python SDK
0.11.150; USMS's guide to requests for its host. The signature is a parameter of the form, and
neither time nor address is part of it: it is made with the form and holds for every attempt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url

MAINLAND = "https://api.ucloud.cn"
GLOBAL = "https://api.ucloud-global.com"
"""The endpoint for accounts of the global site; set it as `endpoint`."""


class AccountCredentials(Credentials):
    """An API key of UCloud; `project_id` None is the vendor's default project.

    A sub-account's key must name its project (page UpdateUSMSSignature).
    """

    vendor: ClassVar[str] = "ucloud"
    title: ClassVar[str] = "UCloud"
    environment: ClassVar[dict[str, str]] = {
        "publicKey": "UCLOUD_PUBLIC_KEY",
        "privateKey": "UCLOUD_PRIVATE_KEY",
        "projectId": "UCLOUD_PROJECT_ID",
        "endpoint": "SMSSIGN_UCLOUD_ENDPOINT",
    }
    identity: ClassVar[frozenset[str]] = frozenset({"publicKey", "privateKey"})
    hosts: ClassVar[tuple[str, ...]] = (r"api\.((sms\.)?ucloud\.cn|ucloud-global\.com)",)
    names_account: ClassVar[tuple[str, ...]] = ("public_key",)
    test_keys: ClassVar[dict[str, str]] = {
        "publicKey": "smssign-sandbox",
        "privateKey": "smssign-sandbox-private-key-0000",
        "projectId": "org-sandbox",
    }
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (("publicKey", "privateKey"),)
    confidential: ClassVar[frozenset[str]] = frozenset({"public_key"})

    public_key: str = Field(validation_alias="publicKey")
    private_key: SecretStr = Field(validation_alias="privateKey")
    project_id: str | None = Field(validation_alias="projectId", default=None)
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = MAINLAND


def signed(parameters: Mapping[str, str], credentials: AccountCredentials) -> dict[str, str]:
    """The parameters with the key that signs them and its signature, ready for the form."""
    complete = {**parameters, "PublicKey": credentials.public_key}
    private_key = credentials.private_key.get_secret_value()
    return {**complete, "Signature": signature(complete, private_key)}


def signature(parameters: Mapping[str, str], private_key: str) -> str:
    """SHA-1 in hex over every name and value in the order of the names, then the private key."""
    digest = hashlib.sha1()  # noqa: S324 - the vendor's choice
    for name in sorted(parameters):
        digest.update(name.encode())
        digest.update(parameters[name].encode())
    digest.update(private_key.encode())
    return digest.hexdigest()
