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
import itertools
import re
from collections.abc import Mapping

from pulumi_smssign.sandbox import signed_requests as signing
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.keys import TestKeys

SECRET_ID = "AKIDsmssign-sandbox"  # noqa: S105 - public, opens nothing
SECRET_KEY = "smssign-sandbox-secret-key-0000000"  # noqa: S105
TEMPORARY_SECRET_ID = "AKIDsmssign-temporary"  # noqa: S105
TOKEN = "smssign-sandbox-token"  # noqa: S105

ENVIRONMENT: Mapping[str, str] = {
    "TENCENTCLOUD_ENDPOINT": "{}",
    "TENCENTCLOUD_SECRET_ID": SECRET_ID,
    "TENCENTCLOUD_SECRET_KEY": SECRET_KEY,
}

CLOCK_WINDOW = 300
"""Seconds that X-TC-Timestamp may be off, either way ("Common parameters" page of API 3.0)."""

_ALGORITHM = "TC3-HMAC-SHA256"
_KEYS = TestKeys(SECRET_ID, TEMPORARY_SECRET_ID)
_SCOPE = re.compile(r"(?P<secret_id>[^/]+)/(?P<date>[^/]+)/(?P<service>[^/]+)/tc3_request")
_SIGNED_AT_LEAST = frozenset({"content-type", "host"})


def claimed_account(request: HttpRequest) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    authorization = signing.authorization_of(request, _ALGORITHM, "Credential")
    scope = _SCOPE.fullmatch(authorization.key) if authorization else None
    return _KEYS.account(scope["secret_id"]) if scope else ""


def authenticate(request: HttpRequest, now: float) -> str:
    """Verify a request and give the account that it comes from.

    Raises:
        Refusal: with an `AuthFailure.*` code.
    """
    authorization = signing.authorization_of(request, _ALGORITHM, "Credential")
    scope = _SCOPE.fullmatch(authorization.key) if authorization else None
    if authorization is None or scope is None:
        raise Refusal(
            "AuthFailure.InvalidAuthorization",
            f"The Authorization header is not '{_ALGORITHM} Credential=SecretId/date/service"
            "/tc3_request, SignedHeaders=..., Signature=...'.",
        )
    names = set(authorization.signed_headers)
    if not names >= _SIGNED_AT_LEAST or not names.issubset(request.headers):
        raise Refusal(
            "AuthFailure.InvalidAuthorization",
            "SignedHeaders names content-type and host at least, and only headers that are sent.",
        )
    secret_id = scope["secret_id"]
    account = _KEYS.account(secret_id)
    if not secret_id.startswith("AKID"):
        raise Refusal("AuthFailure.InvalidSecretId", "The SecretId is not a TencentCloud API key.")
    if not account:
        message = "The SecretId is not found, please ensure that your SecretId is correct."
        raise Refusal("AuthFailure.SecretIdNotFound", message)
    timestamp = request.headers.get("x-tc-timestamp", "")
    _check_clock(timestamp, now)
    if scope["date"] != utc_day(timestamp) or not _is_signed(
        request, authorization, timestamp, scope["service"]
    ):
        raise Refusal(
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated. "
            "Please check your signature is correct.",
        )
    token = request.headers.get("x-tc-token", "")
    if _KEYS.are_temporary(secret_id) and not signing.are_equal(token, TOKEN):
        raise Refusal("AuthFailure.TokenFailure", "The token is missing, wrong or expired.")
    return account


def _check_clock(timestamp: str, now: float) -> None:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise Refusal("InvalidParameter", "X-TC-Timestamp is not a number of seconds.")
    if abs(int(timestamp) - now) > CLOCK_WINDOW:
        raise Refusal(
            "AuthFailure.SignatureExpire",
            f"X-TC-Timestamp differs from the server's time by more than {CLOCK_WINDOW} seconds.",
        )


def _is_signed(
    request: HttpRequest, authorization: signing.Authorization, timestamp: str, service: str
) -> bool:
    names = authorization.signed_headers
    expected = (
        signature(request, names, timestamp, service=service, lower_values=lower, without_port=bare)
        for lower, bare in itertools.product((False, True), repeat=2)
    )
    return any(signing.are_equal(each, authorization.signature) for each in expected)


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
    if lower_values:
        headers = {name: value.lower() for name, value in headers.items()}
    is_get = request.method == "GET"
    body = b"" if is_get else request.body
    if request.headers.get("x-tc-content-sha256") == "UNSIGNED-PAYLOAD":
        body = b"UNSIGNED-PAYLOAD"
    digest = signing.canonical_digest(
        request.method,
        "/",
        request.query if is_get else "",
        headers,
        hashlib.sha256(body).hexdigest(),
    )
    day = utc_day(timestamp)
    string_to_sign = "\n".join((_ALGORITHM, timestamp, f"{day}/{service}/tc3_request", digest))
    key = f"TC3{secret_key}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, string_to_sign.encode(), "sha256").hexdigest()


def utc_day(timestamp: str) -> str:
    """Give the day (`YYYY-MM-DD`, UTC) of a timestamp, which is part of the scope."""
    moment = dt.datetime.fromtimestamp(int(timestamp), dt.UTC)
    return moment.strftime("%Y-%m-%d")
