"""Our Huawei client as a test's: the sandbox's accounts, applications, and what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol

import httpx
from pydantic import JsonValue

from pulumi_smssign.contract import evidence
from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from tests.images import png

CREATE, SHOW, LIST = "CreateSignature", "ShowSignature", "ListSignatureDetails"
UPDATE, DELETE = "UpdateSignature", "DeleteSignature"
UPLOAD, TOKEN = "UploadSignatureFile", "KeystoneCreateUserTokenByPassword"

PROJECT = "5b0c00000000000000000000000d35c0"
KEY = {"ak": "smssign-sandbox", "sk": "smssign-sandbox-sk-0000000000000000"}
TEMPORARY_KEY = {**KEY, "ak": "smssign-temporary", "securityToken": "smssign-sandbox-token"}
USER = {
    "userName": "smssign-sandbox",
    "password": "smssign-sandbox-password",
    "domainName": "smssign-sandbox",
}
NOTHING = Handle("00000000-0000-4000-8000-000000000000")
"""A signature that no account has."""


class Connect(Protocol):
    """Opens a client, which has neither a pace of its own nor pauses."""

    def __call__(
        self,
        account: AccountCredentials,
        auth: httpx.Auth | None = None,
        sleep: Callable[[float], None] = ...,
    ) -> SignatureApi: ...


@contextmanager
def clients() -> Iterator[Connect]:
    """Closes the clients that were opened meanwhile."""
    with ExitStack() as opened:

        def connect(
            account: AccountCredentials,
            auth: httpx.Auth | None = None,
            sleep: Callable[[float], None] = lambda _seconds: None,
        ) -> SignatureApi:
            api = SignatureApi(account, auth, sleep=sleep)
            api._transport._limiters.clear()
            return opened.enter_context(closing(api))

        yield connect


def account(served: RunningSandbox, **settings: str) -> AccountCredentials:
    """The sandbox's key, or what the settings say."""
    endpoints = {"endpoint": served.url, "iamEndpoint": served.url}
    return AccountCredentials.model_validate(
        {"projectId": PROJECT, **endpoints, **(settings or KEY)}
    )


def proof(path: Path, content: bytes | None = None) -> evidence.Description:
    """A proof file, written and described."""
    path.write_bytes(png() if content is None else content)
    return evidence.describe(path)


def fault(served: RunningSandbox, action: str, kind: str, **more: JsonValue) -> None:
    """Order something to go wrong with the next call."""
    served.sandbox.faults.add({"vendor": "huawei", "action": action, "kind": kind, **more})


def actions(served: RunningSandbox) -> list[str]:
    """The calls that the sandbox has received."""
    return [call.action for call in served.sandbox.calls("huawei")]


def codes(served: RunningSandbox, action: str | None = None) -> list[str]:
    """The code that each of these calls was answered with; "" for success."""
    return [call.code for call in served.sandbox.calls("huawei", action)]
