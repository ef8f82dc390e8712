"""SDK-HMAC-SHA256 as the gateway verifies it, and the keys that the sandbox knows.

The test keys (see `keys`): AK `smssign-sandbox`, or `smssign-temporary` with `X-Security-Token:
smssign-sandbox-token`; SK `smssign-sandbox-sk-0000000000000000`.

Sources: official SDK 3.1.219 (signer) for the algorithm; the gateway's page "Common Errors Related
to IAM Authentication Information" for the lock and the messages.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import urllib.parse
from collections.abc import Mapping

from pulumi_smssign.sandbox import signed_requests as signing
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei.codes import unauthenticated
from pulumi_smssign.sandbox.huawei.iam import PROJECT_ID
from pulumi_smssign.sandbox.keys import TestKeys
from pulumi_smssign.sandbox.switches import Switches

AK = "smssign-sandbox"
SK = "smssign-sandbox-sk-0000000000000000"
TEMPORARY_AK = "smssign-temporary"
SECURITY_TOKEN = "smssign-sandbox-token"  # noqa: S105 - public, opens nothing

ENVIRONMENT: Mapping[str, str] = {
    "HUAWEICLOUD_MSGSMS_ENDPOINT": "http://{}",
    "HUAWEICLOUD_IAM_ENDPOINT": "http://{}",
    "HUAWEICLOUD_SDK_AK": AK,
    "HUAWEICLOUD_SDK_SK": SK,
    "HUAWEICLOUD_SDK_PROJECT_ID": PROJECT_ID,
}

FAILURES_TO_LOCK = 5
LOCKED_SECONDS = 300

CLOCK_WINDOW = 900
"""Seconds that X-Sdk-Date may be off, either way."""

_ALGORITHM = "SDK-HMAC-SHA256"
_UNSIGNED = "UNSIGNED-PAYLOAD"
_KEYS = TestKeys(AK, TEMPORARY_AK)
_SIGNED_AT_LEAST = frozenset({"x-sdk-date"})
"""The official SDK for Go (0.1.207) signs no host."""
_MISMATCH = "verify aksk signature fail"


def claimed_account(request: HttpRequest) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    authorization = signing.authorization_of(request, _ALGORITHM, "Access")
    return _KEYS.account(authorization.key) if authorization else ""


class KeyVerifier:
    """Verifies signatures, and locks a key after too many that were wrong."""

    def __init__(self, switches: Switches, clock: Clock) -> None:
        self._switches = switches
        self._clock = clock
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def account(self, request: HttpRequest) -> str:
        """Verify a signed request and give the account that it comes from.

        Raises:
            Refusal: APIGW.0301.
        """
        authorization = _parsed(request)
        key = authorization.key
        account = _KEYS.account(key)
        if not account:
            raise unauthenticated(f"ak {key[:64]} not exist")
        with self._lock:
            self._check_lock(key)
            wrong = self._flaw(request, authorization)
            if wrong:
                self._failures.setdefault(key, []).append(self._clock.now())
                raise unauthenticated(wrong)
            self._failures.pop(key, None)
        return account

    def reset(self) -> None:
        """Unlock all keys."""
        with self._lock:
            self._failures.clear()

    def _check_lock(self, ak: str) -> None:
        failures = self._failures.get(ak, [])
        if len(failures) < FAILURES_TO_LOCK or not self._switches.flag("huawei.enforce_lock"):
            return
        if self._clock.now() < failures[FAILURES_TO_LOCK - 1] + LOCKED_SECONDS:
            raise unauthenticated("AK access failed to reach the limit,forbidden")
        del self._failures[ak]

    def _flaw(self, request: HttpRequest, authorization: signing.Authorization) -> str:
        """Say what is wrong with a signature; empty if nothing is."""
        signed_at = signing.seconds_of(request.headers["x-sdk-date"], "00000000T000000Z")
        if signed_at is None:
            return _MISMATCH
        if abs(signed_at - self._clock.now()) > CLOCK_WINDOW:
            return "calc ak sk signature fail:signature expired"
        expected = signature(request, authorization.signed_headers)
        if not signing.are_equal(expected, authorization.signature):
            return _MISMATCH
        token = request.headers.get("x-security-token", "")
        if _KEYS.are_temporary(authorization.key) and not signing.are_equal(token, SECURITY_TOKEN):
            return "the security token is missing, wrong or expired"
        return ""


def _parsed(request: HttpRequest) -> signing.Authorization:
    authorization = signing.authorization_of(request, _ALGORITHM, "Access")
    if authorization is None:
        raise unauthenticated(
            f"{_MISMATCH}: the Authorization header is not '{_ALGORITHM} Access=AK, "
            "SignedHeaders=..., Signature=...'"
        )
    names = authorization.signed_headers
    sound = _SIGNED_AT_LEAST.issubset(names) and set(names).issubset(request.headers)
    if not sound or list(names) != sorted(set(names)):
        raise unauthenticated(
            f"{_MISMATCH}: SignedHeaders names x-sdk-date at least, only headers that are "
            "sent, in lower case and in order"
        )
    return authorization


def signature(request: HttpRequest, signed_headers: tuple[str, ...], *, sk: str = SK) -> str:
    """Give the signature (lower-case hex) that a request ought to bear."""
    digest = signing.canonical_digest(
        request.method,
        _canonical_path(request.path),
        _canonical_query(request.query),
        {name: signing.header_text(request, name) for name in signed_headers},
        _payload_hash(request, signed_headers),
    )
    string_to_sign = "\n".join((_ALGORITHM, request.headers["x-sdk-date"], digest))
    return hmac.new(sk.encode(), string_to_sign.encode(), "sha256").hexdigest()


def _canonical_path(path: str) -> str:
    """Encode each segment, and end with a slash, which is not on the wire."""
    segments = urllib.parse.unquote_to_bytes(path).split(b"/")
    canonical = "/".join(_encoded(segment) for segment in segments)
    return canonical if canonical.endswith("/") else f"{canonical}/"


def _canonical_query(query: str) -> str:
    """Sort and encode; a `+` is a plus, since the vendor's clients never send one for a space."""
    pairs = []
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        pairs.append((urllib.parse.unquote_to_bytes(name), urllib.parse.unquote_to_bytes(value)))
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(pairs))


def _encoded(content: bytes) -> str:
    return urllib.parse.quote(content, safe="~")


def _payload_hash(request: HttpRequest, signed_headers: tuple[str, ...]) -> str:
    """Give the body's hash; a body goes unsigned only by a header that is signed itself."""
    name = "x-sdk-content-sha256"
    if request.body and name in signed_headers and request.headers[name].strip() == _UNSIGNED:
        return _UNSIGNED
    return hashlib.sha256(request.body).hexdigest()
