"""Signed requests: what the HMAC-SHA256 signatures of Alibaba, Huawei and Tencent have in common.

All three put the key, the names of the signed headers and the signature into the header
Authorization, and sign the digest of a canonical request.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.http_messages import HttpRequest


@dataclass(frozen=True)
class Authorization:
    """The Authorization header, taken apart; `key` is all that its first field says."""

    key: str
    signed_headers: tuple[str, ...]
    signature: str


def authorization_of(request: HttpRequest, algorithm: str, key_field: str) -> Authorization | None:
    """Read `ALGORITHM key_field=..., SignedHeaders=a;b, Signature=...`; None if it is none."""
    match = re.fullmatch(
        rf"{algorithm}\s+{key_field}=([^,\s]+),\s*SignedHeaders=([^,\s]+),"
        r"\s*Signature=([^,\s]+)\s*",
        request.headers.get("authorization", ""),
    )
    return Authorization(match[1], tuple(match[2].split(";")), match[3]) if match else None


def canonical_digest(
    method: str, path: str, query: str, headers: Mapping[str, str], payload_hash: str
) -> str:
    """Give the SHA-256 (hex) of the canonical request over `headers`, in their order."""
    lines = (
        method,
        path,
        query,
        "".join(f"{name}:{value}\n" for name, value in headers.items()),
        ";".join(headers),
        payload_hash,
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def header_text(request: HttpRequest, name: str) -> str:
    """Give a header's value as text: clients sign it so, and send its UTF-8 bytes."""
    return request.headers[name].strip().encode("latin-1").decode("utf-8", "replace")


def seconds_of(text: str, pattern: str) -> float | None:
    """Read a moment of UTC as Unix seconds; None unless it is `pattern`, each digit there a 0."""
    if re.sub("[0-9]", "0", text) != pattern:
        return None
    try:
        return dt.datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None


def are_equal(claimed: str, expected: str) -> bool:
    """Compare two secrets."""
    return hmac.compare_digest(claimed.encode(), expected.encode())
