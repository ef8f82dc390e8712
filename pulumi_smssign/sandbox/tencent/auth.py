"""The gateway's two signatures, and the keys that the sandbox knows.

TC3-HMAC-SHA256 is in the headers. The older one, HmacSHA1 or HmacSHA256 or version 1, is in the
parameters: of the query of a GET, or of the form of a POST.

The test keys (see `keys`): SecretId `AKIDsmssign-sandbox`, or `AKIDsmssign-temporary` with the
token `smssign-sandbox-token`; SecretKey `smssign-sandbox-secret-key-0000000`.

Sources: vendor pages "Signature v3", "Signature" and "Common parameters" of API 3.0, vendor page
"Common error codes", and requests of the official SDKs for Python (3.1.153), Go (common 1.3.211),
Java (3.1.1281) and Node (common 4.1.220, 4.0.99). Those for Java and Node name the endpoint's first
label as the service, and the one for Node signs the host without its port; both are taken, as the
vendor's gateway takes its own clients, if they are what was signed. No page names a code for a
nonce that comes twice: it is taken.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import itertools
import re
import urllib.parse
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

FORM_LIMIT = 1024 * 1024
"""Bytes of a POST with the older signature ("Request structure" page of API 3.0)."""

CLOCK_WINDOW = 300
"""Seconds that X-TC-Timestamp may be off, either way ("Common parameters" page of API 3.0)."""

_ALGORITHM = "TC3-HMAC-SHA256"
_KEYS = TestKeys(SECRET_ID, TEMPORARY_SECRET_ID)
_SCOPE = re.compile(r"(?P<secret_id>[^/]+)/(?P<date>[^/]+)/(?P<service>[^/]+)/tc3_request")
_SIGNED_AT_LEAST = frozenset({"content-type", "host"})
_FORM_NEEDED = ("Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature")
FORM_COMMON = frozenset(
    {*_FORM_NEEDED, "Region", "SignatureMethod", "Token", "Language", "RequestClient"}
)
"""The names in a signed form that are no action's."""


def signed_form(request: HttpRequest) -> dict[str, str] | None:
    """Give the parameters of a request with the older signature; None if it has none."""
    form = request.query.encode() if request.method == "GET" else b""
    if request.method != "GET" and request.media_type == "application/x-www-form-urlencoded":
        form = request.body
    if "authorization" in request.headers or b"&SecretId=" not in b"&" + form:
        return None
    return dict(urllib.parse.parse_qsl(form.decode(errors="replace"), keep_blank_values=True))


def claimed_account(request: HttpRequest, form: Mapping[str, str] | None) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    if form is not None:
        return _KEYS.account(form["SecretId"])
    authorization = signing.authorization_of(request, _ALGORITHM, "Credential")
    scope = _SCOPE.fullmatch(authorization.key) if authorization else None
    return _KEYS.account(scope["secret_id"]) if scope else ""


def authenticate(request: HttpRequest, form: Mapping[str, str] | None, now: float) -> str:
    """Verify a request, or its `signed_form`, and give the account that it comes from.

    Raises:
        Refusal: with an `AuthFailure.*` code.
    """
    if form is not None:
        return _authenticate_form(request, form, now)
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
    account = _known_account(scope["secret_id"])
    timestamp = request.headers.get("x-tc-timestamp", "")
    _check_clock(timestamp, now)
    if scope["date"] != utc_day(timestamp) or not _is_signed(
        request, authorization, timestamp, scope["service"]
    ):
        raise _failure()
    _check_token(scope["secret_id"], request.headers.get("x-tc-token", ""))
    return account


def _authenticate_form(request: HttpRequest, form: Mapping[str, str], now: float) -> str:
    """Verify the older signature."""
    if len(request.body) > FORM_LIMIT:
        raise _failure(
            " because of exceeding request size limit, please use new signature method "
            f"`{_ALGORITHM}`."
        )
    for name in _FORM_NEEDED:
        if not form.get(name):
            message = f"The request is missing a required parameter `{name}`."
            raise Refusal("MissingParameter", message)
    account = _known_account(form["SecretId"])
    _check_clock(form["Timestamp"], now)
    if not form["Nonce"].isdecimal():
        raise Refusal("InvalidParameter", "Nonce is not a positive integer.")
    host = request.headers.get("host", "")
    expected = (
        form_signature(request.method, each, form) for each in (host, re.sub(r":\d+$", "", host))
    )
    if not any(signing.are_equal(form["Signature"], each) for each in expected):
        raise _failure()
    _check_token(form["SecretId"], form.get("Token", ""))
    return account


def _known_account(secret_id: str) -> str:
    if not secret_id.startswith("AKID"):
        raise Refusal("AuthFailure.InvalidSecretId", "The SecretId is not a TencentCloud API key.")
    account = _KEYS.account(secret_id)
    if not account:
        message = "The SecretId is not found, please ensure that your SecretId is correct."
        raise Refusal("AuthFailure.SecretIdNotFound", message)
    return account


def _check_token(secret_id: str, token: str) -> None:
    if _KEYS.are_temporary(secret_id) and not signing.are_equal(token, TOKEN):
        raise Refusal("AuthFailure.TokenFailure", "The token is missing, wrong or expired.")


def _failure(why: str = ". Please check your signature is correct.") -> Refusal:
    message = f"The provided credentials could not be validated{why}"
    return Refusal("AuthFailure.SignatureFailure", message)


def _check_clock(timestamp: str, now: float) -> None:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise Refusal("InvalidParameter", "The timestamp is not a number of seconds.")
    if abs(int(timestamp) - now) > CLOCK_WINDOW:
        raise Refusal(
            "AuthFailure.SignatureExpire",
            f"The timestamp differs from the server's time by more than {CLOCK_WINDOW} seconds.",
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


def form_signature(
    method: str, host: str, form: Mapping[str, str], *, secret_key: str = SECRET_KEY
) -> str:
    """Give the older signature (Base64) of `form`: it is over the texts as they are, not encoded.

    Any SignatureMethod but HmacSHA256 stands for HmacSHA1 ("Common parameters" page).
    """
    pairs = (f"{name}={form[name]}" for name in sorted(form) if name != "Signature")
    algorithm = "sha256" if form.get("SignatureMethod") == "HmacSHA256" else "sha1"
    text = f"{method}{host}/?{'&'.join(pairs)}"
    return base64.b64encode(hmac.digest(secret_key.encode(), text.encode(), algorithm)).decode()


def utc_day(timestamp: str) -> str:
    """Give the day (`YYYY-MM-DD`, UTC) of a timestamp, which is part of the scope."""
    moment = dt.datetime.fromtimestamp(int(timestamp), dt.UTC)
    return moment.strftime("%Y-%m-%d")
