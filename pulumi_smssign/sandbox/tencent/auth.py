"""TC3-HMAC-SHA256 as the gateway verifies it, and the keys that the sandbox knows.

| SecretId | account | |
| --- | --- | --- |
| `AKIDsmssign-sandbox` | `default` | |
| `AKIDsmssign-sandbox.<name>` | `<name>` | letters, digits, `-` and `_` |
| `AKIDsmssign-temporary[.<name>]` | the same | needs `X-TC-Token: smssign-sandbox-token` |

The SecretKey is `smssign-sandbox-secret-key-0000000` for all of them. These are test keys: they are
public and open nothing. Sources: vendor page "Signature v3" of API 3.0, vendor page "Common error
codes", and requests of the official SDKs for Python (3.1.153), Go (common 1.3.211), Java (3.1.1281)
and Node (common 4.1.220). Those for Java and Node name the endpoint's first label as the service,
and the one for Node signs the host without its port; both are taken, as the vendor's gateway takes
its own clients, if they are what was signed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.keys import TestKeys

SECRET_ID = "AKIDsmssign-sandbox"  # noqa: S105 - public, opens nothing
SECRET_KEY = "smssign-sandbox-secret-key-0000000"  # noqa: S105
TEMPORARY_SECRET_ID = "AKIDsmssign-temporary"  # noqa: S105
TOKEN = "smssign-sandbox-token"  # noqa: S105

CLOCK_WINDOW = 300
"""Seconds that X-TC-Timestamp may be off, either way ("Common parameters" page of API 3.0)."""

_ALGORITHM = "TC3-HMAC-SHA256"
_KEYS = TestKeys(SECRET_ID, TEMPORARY_SECRET_ID)
_AUTHORIZATION = re.compile(
    rf"{_ALGORITHM}\s+Credential=(?P<secret_id>[^/,\s]+)/(?P<date>[^/,\s]+)/(?P<service>[^/,\s]+)"
    r"/tc3_request,\s*SignedHeaders=(?P<headers>[^,\s]+),\s*Signature=(?P<signature>[^,\s]+)\s*"
)
_SIGNED_AT_LEAST = frozenset({"content-type", "host"})


@dataclass(frozen=True)
class _Authorization:
    """The Authorization header, taken apart."""

    secret_id: str
    date: str
    service: str
    signed_headers: tuple[str, ...]
    signature: str


def claimed_account(request: HttpRequest) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    match = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    return _KEYS.account(match["secret_id"]) if match else ""


def authenticate(request: HttpRequest, now: float) -> str:
    """Verify a request and give the account that it comes from.

    Raises:
        Refusal: with an `AuthFailure.*` code.
    """
    authorization = _parsed(request)
    account = _KEYS.account(authorization.secret_id)
    if not authorization.secret_id.startswith("AKID"):
        raise Refusal("AuthFailure.InvalidSecretId", "The SecretId is not a TencentCloud API key.")
    if not account:
        raise Refusal("AuthFailure.SecretIdNotFound", "The SecretId is not found.")
    timestamp = request.headers.get("x-tc-timestamp", "")
    _check_clock(timestamp, now)
    _check_signature(request, authorization, timestamp)
    if _KEYS.are_temporary(authorization.secret_id) and not hmac.compare_digest(
        request.headers.get("x-tc-token", "").encode(), TOKEN.encode()
    ):
        raise Refusal("AuthFailure.TokenFailure", "The token is missing, wrong or expired.")
    return account


def _parsed(request: HttpRequest) -> _Authorization:
    header = request.headers.get("authorization", "")
    match = _AUTHORIZATION.fullmatch(header)
    if match is None:
        raise Refusal(
            "AuthFailure.InvalidAuthorization",
            f"The Authorization header is not '{_ALGORITHM} Credential=SecretId/date/service"
            "/tc3_request, SignedHeaders=..., Signature=...'.",
        )
    names = tuple(match["headers"].split(";"))
    if not _SIGNED_AT_LEAST.issubset(names) or not set(names).issubset(request.headers):
        raise Refusal(
            "AuthFailure.InvalidAuthorization",
            "SignedHeaders names content-type and host at least, and only headers that are sent.",
        )
    return _Authorization(
        match["secret_id"], match["date"], match["service"], names, match["signature"]
    )


def _check_clock(timestamp: str, now: float) -> None:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise Refusal("InvalidParameter", "X-TC-Timestamp is not a number of seconds.")
    if abs(int(timestamp) - now) > CLOCK_WINDOW:
        raise Refusal(
            "AuthFailure.SignatureExpire",
            f"X-TC-Timestamp differs from the server's time by more than {CLOCK_WINDOW} seconds.",
        )


def _check_signature(request: HttpRequest, authorization: _Authorization, timestamp: str) -> None:
    valid = authorization.date == utc_day(timestamp) and any(
        hmac.compare_digest(
            signature(
                request,
                authorization.signed_headers,
                timestamp,
                service=authorization.service,
                lower_values=lower,
                without_port=without_port,
            ).encode(),
            authorization.signature.encode(),
        )
        for lower in (False, True)
        for without_port in (False, True)
    )
    if not valid:
        raise Refusal(
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated. "
            "Please check your signature is correct.",
        )


def signature(
    request: HttpRequest,
    signed_headers: tuple[str, ...],
    timestamp: str,
    *,
    secret_key: str = SECRET_KEY,
    service: str = "sms",
    lower_values: bool = False,
    without_port: bool = False,
) -> str:
    """Give the signature (lower-case hex) that a request ought to bear.

    The documentation lower-cases header values, the official SDK doesn't (3.1.153): both exist.
    """
    headers = {name: request.headers[name].strip() for name in signed_headers}
    if without_port and "host" in headers:
        headers["host"] = re.sub(r":\d+$", "", headers["host"])
    canonical_headers = "".join(
        f"{name}:{value.lower() if lower_values else value}\n" for name, value in headers.items()
    )
    body = request.body if request.method != "GET" else b""
    if request.headers.get("x-tc-content-sha256") == "UNSIGNED-PAYLOAD":
        body = b"UNSIGNED-PAYLOAD"
    canonical_request = "\n".join(
        (
            request.method,
            "/",
            request.query if request.method == "GET" else "",
            canonical_headers,
            ";".join(signed_headers),
            hashlib.sha256(body).hexdigest(),
        )
    )
    day = utc_day(timestamp)
    string_to_sign = "\n".join(
        (
            _ALGORITHM,
            timestamp,
            f"{day}/{service}/tc3_request",
            hashlib.sha256(canonical_request.encode()).hexdigest(),
        )
    )
    key = f"TC3{secret_key}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, string_to_sign.encode(), "sha256").hexdigest()


def utc_day(timestamp: str) -> str:
    """Give the day (`YYYY-MM-DD`, UTC) of a timestamp, which is part of the scope."""
    moment = dt.datetime.fromtimestamp(int(timestamp), dt.UTC)
    return moment.strftime("%Y-%m-%d")
