"""UCloud's request signature as the gateway verifies it, and the keys that the sandbox knows.

The test keys (see `keys`): PublicKey `smssign-sandbox`, private key
`smssign-sandbox-private-key-0000`, default project `org-sandbox`.

Sources: "Signature" page of UCloud's API (2026-08), official SDKs for Python 0.11.150 and Go
0.22.98. There is no timestamp and no nonce in what is signed: a replay verifies.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.keys import TestKeys
from pulumi_smssign.sandbox.ucloud.codes import SIGNATURE_MISSING, SIGNATURE_WRONG, USER_UNKNOWN

PUBLIC_KEY = "smssign-sandbox"
PRIVATE_KEY = "smssign-sandbox-private-key-0000"
PROJECT = "org-sandbox"

ENVIRONMENT: Mapping[str, str] = {
    "UCLOUD_BASE_URL": "http://{}",
    "UCLOUD_PUBLIC_KEY": PUBLIC_KEY,
    "UCLOUD_PRIVATE_KEY": PRIVATE_KEY,
    "UCLOUD_PROJECT_ID": PROJECT,
}

_KEYS = TestKeys(PUBLIC_KEY)


def claimed_account(parameters: Document) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    return _KEYS.account(_string(parameters.get("PublicKey")))


def authenticate(parameters: Document) -> str:
    """Verify a request by all its parameters and give the account that it comes from.

    Raises:
        Refusal: 170, 171 or 172.
    """
    sent = _string(parameters.get("Signature"))
    if not sent:
        raise Refusal(str(SIGNATURE_MISSING), "Missing signature")
    account = claimed_account(parameters)
    if not account:
        raise Refusal(str(USER_UNKNOWN), "User Not Exists")
    if not hmac.compare_digest(signature(parameters).encode(), sent.encode()):
        raise Refusal(str(SIGNATURE_WRONG), "Signature VerifyAC Error")
    return account


def signature(parameters: Document, private_key: str = PRIVATE_KEY) -> str:
    """Give the SHA-1 (lower-case hex) that a request ought to bear: no HMAC, nothing escaped."""
    signed = {name: value for name, value in parameters.items() if name != "Signature"}
    content = _concatenated(signed) + private_key
    return hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()


def _concatenated(values: Mapping[str, JsonValue]) -> str:
    return "".join(name + _signed_text(values[name]) for name in sorted(values))


def _signed_text(value: JsonValue) -> str:
    """Give a value as it is signed; items of a JSON array have no numbers (Go SDK 0.22.98)."""
    if isinstance(value, dict):
        return _concatenated(value)
    if isinstance(value, list):
        return "".join(_signed_text(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _string(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
