"""The gateway's credentials: a team's key, sent with each call."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url


class AccountCredentials(Credentials):
    """A team's key."""

    vendor: ClassVar[str] = "acme"
    title: ClassVar[str] = "Acme's gateway"
    environment: ClassVar[dict[str, str]] = {
        "team": "ACME_TEAM",
        "key": "ACME_KEY",
        "endpoint": "ACME_ENDPOINT",
    }
    identity: ClassVar[frozenset[str]] = frozenset({"team", "key"})
    names_account: ClassVar[tuple[str, ...]] = ("team",)
    needed: ClassVar[tuple[tuple[str, ...], ...]] = (("team", "key"),)
    test_keys: ClassVar[dict[str, str]] = {"team": "sandbox", "key": "sandbox-key"}

    team: str
    key: SecretStr
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = Field(
        default="https://sms.acme.example"
    )
