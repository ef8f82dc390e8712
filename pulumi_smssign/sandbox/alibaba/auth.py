"""The gateway's two signatures, and the keys that the sandbox knows.

ACS3-HMAC-SHA256 is in the headers. The older one, HMAC-SHA1 or RPC version 1, is in the parameters
of query and form; it does not cover the host.

The test keys (see `keys`): AccessKeyId `LTAIsmssign-sandbox`, or `STS.smssign-temporary` with
`smssign-sandbox-token` in `x-acs-security-token` or `SecurityToken`; AccessKeySecret
`smssign-sandbox-access-secret-0000`.

Sources: official SDK 4.6.0 with alibabacloud-tea-openapi 0.4.6; vendor page on the request
structure and signature of version 3 for the headers that have to be signed; vendor page "Signature
method" of RPC calls, and the SDKs of 2021 and before, for the older one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox import signed_requests as signing
from pulumi_smssign.sandbox.alibaba import codes
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.keys import TestKeys

ACCESS_KEY_ID = "LTAIsmssign-sandbox"
ACCESS_KEY_SECRET = "smssign-sandbox-access-secret-0000"  # noqa: S105 - public, opens nothing
TEMPORARY_ACCESS_KEY_ID = "STS.smssign-temporary"
SECURITY_TOKEN = "smssign-sandbox-token"  # noqa: S105

ENVIRONMENT: Mapping[str, str] = {
    "ALIBABA_CLOUD_ENDPOINT": "{}",
    "ALIBABA_CLOUD_ACCESS_KEY_ID": ACCESS_KEY_ID,
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": ACCESS_KEY_SECRET,
}

CLOCK_WINDOW = 900
"""Seconds that x-acs-date may be off, either way."""

ALGORITHM = "ACS3-HMAC-SHA256"
PREFIX = "x-acs-"

_KEYS = TestKeys(ACCESS_KEY_ID, TEMPORARY_ACCESS_KEY_ID)
_NEEDED = ("x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256")
_RPC_NEEDED = ("AccessKeyId", "Timestamp", "SignatureNonce", "Signature")
_MISMATCH = "Specified signature is not matched with our calculation."
_RPC_NAMED = {"SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0"}


@dataclass(frozen=True)
class _Claim:
    """The claim of a request's signature; `flaw` says what is wrong with it, if anything."""

    key: str
    date: str
    nonce: str
    token: str
    flaw: str


def claimed_account(request: HttpRequest, pairs: Mapping[str, str]) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    if _is_rpc(request, pairs):
        return _KEYS.account(pairs.get("AccessKeyId", ""))
    authorization = signing.authorization_of(request, ALGORITHM, "Credential")
    return _KEYS.account(authorization.key) if authorization else ""


class Verifier:
    """Verifies signatures, and takes no nonce twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._nonces: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def account(self, request: HttpRequest, pairs: Mapping[str, str]) -> str:
        """Verify a request with the `pairs` of its query and form, and give its account.

        Raises:
            Refusal: with a code of the gateway.
        """
        claim = _by_rpc(request, pairs) if _is_rpc(request, pairs) else _by_headers(request)
        account = _KEYS.account(claim.key)
        if not account:
            raise Refusal(codes.BAD_KEY, "Specified access key is not found.")
        self._check_time(claim.date)
        if claim.flaw:
            raise Refusal(codes.BAD_SIGNATURE, claim.flaw)
        if _KEYS.are_temporary(claim.key):
            _check_token(claim.token)
        self._use(claim.key, claim.nonce)
        return account

    def reset(self) -> None:
        """Forget the nonces."""
        with self._lock:
            self._nonces.clear()

    def _check_time(self, text: str) -> None:
        signed_at = signing.seconds_of(text, "0000-00-00T00:00:00Z")
        if signed_at is None:
            raise Refusal(
                codes.BAD_TIME, "Specified time stamp or date value is not well formatted."
            )
        if abs(signed_at - self._clock.now()) > CLOCK_WINDOW:
            raise Refusal(codes.OLD_TIME, "Specified time stamp or date value is expired.")

    def _use(self, key: str, nonce: str) -> None:
        """Take a nonce; it is remembered for as long as its request could be sent again."""
        now = self._clock.now()
        with self._lock:
            self._nonces = {
                used: at for used, at in self._nonces.items() if abs(now - at) <= 2 * CLOCK_WINDOW
            }
            if (key, nonce) in self._nonces:
                raise Refusal(codes.NONCE_USED, "Specified signature nonce was used already.")
            self._nonces[key, nonce] = now


def _is_rpc(request: HttpRequest, pairs: Mapping[str, str]) -> bool:
    return "authorization" not in request.headers and "AccessKeyId" in pairs


def _by_rpc(request: HttpRequest, pairs: Mapping[str, str]) -> _Claim:
    """Read and verify the older signature."""
    for name in _RPC_NEEDED:
        if not pairs.get(name):
            raise Refusal(f"Missing{name}", f"{name} is mandatory for this action.")
    for name, usual in _RPC_NAMED.items():
        if pairs.get(name, usual) != usual:
            raise _incomplete(f"{name} is {usual}.")
    key, date, nonce, claimed = (pairs[name] for name in _RPC_NEEDED)
    to_sign = rpc_string_to_sign(request.method, pairs)
    genuine = signing.are_equal(claimed, rpc_signature(to_sign))
    # SDKs compare this string with their own: if it is the same, they say that the secret is wrong.
    flaw = "" if genuine else f"{_MISMATCH} server string to sign is:{to_sign}"
    return _Claim(key, date, nonce, pairs.get("SecurityToken", ""), flaw)


def _by_headers(request: HttpRequest) -> _Claim:
    """Read and verify ACS3-HMAC-SHA256."""
    authorization = _authorization(request)
    date, nonce = (request.headers[name] for name in _NEEDED[:2])
    token = request.headers.get("x-acs-security-token", "")
    flaw = "" if _matches(request, authorization) else _MISMATCH
    return _Claim(authorization.key, date, nonce, token, flaw)


def _authorization(request: HttpRequest) -> signing.Authorization:
    """Read the Authorization header, and see that what must be signed is."""
    authorization = signing.authorization_of(request, ALGORITHM, "Credential")
    if authorization is None:
        raise _incomplete(
            f"Authorization is not '{ALGORITHM} Credential=...,SignedHeaders=...,Signature=...'."
        )
    names = authorization.signed_headers
    for name in _NEEDED:
        if not request.headers.get(name):
            raise _incomplete(f"The header {name} is missing.")
    if list(names) != sorted(set(names)) or not set(names).issubset(request.headers):
        raise _incomplete("SignedHeaders names headers that are sent, in lower case and in order.")
    needed = {"host", *(name for name in request.headers if name.startswith(PREFIX))}
    if "content-type" in request.headers:
        needed.add("content-type")
    if unsigned := needed.difference(names):
        raise _incomplete(f"Not signed: {', '.join(sorted(unsigned))}.")
    return authorization


def _incomplete(why: str) -> Refusal:
    return Refusal(
        codes.INCOMPLETE_SIGNATURE,
        f"The request signature does not conform to Alibaba Cloud standards. {why}",
    )


def _matches(request: HttpRequest, authorization: signing.Authorization) -> bool:
    body_digest = hashlib.sha256(request.body).hexdigest()
    expected = signature(request, authorization.signed_headers)
    claimed = f"{request.headers['x-acs-content-sha256'].strip()} {authorization.signature}"
    return signing.are_equal(claimed, f"{body_digest} {expected}")


def _check_token(token: str) -> None:
    if not token:
        raise Refusal(codes.NO_TOKEN, "SecurityToken is mandatory for this action.")
    if not signing.are_equal(token, SECURITY_TOKEN):
        raise Refusal(codes.BAD_TOKEN, "Specified SecurityToken is expired.")


def signature(
    request: HttpRequest, names: tuple[str, ...], *, secret: str = ACCESS_KEY_SECRET
) -> str:
    """Give the signature (lower-case hex) that a request ought to bear, over the headers `names`.

    The secret itself is the key.
    """
    digest = signing.canonical_digest(
        request.method,
        request.path,
        _canonical_query(request.query),
        {name: signing.header_text(request, name) for name in names},
        request.headers["x-acs-content-sha256"].strip(),
    )
    return hmac.new(secret.encode(), f"{ALGORITHM}\n{digest}".encode(), "sha256").hexdigest()


def _canonical_query(query: str) -> str:
    """Decode the pairs, which are on the wire as a form, and encode their values anew."""
    pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
    return "&".join(f"{name}={urllib.parse.quote(value, safe='')}" for name, value in pairs)


def rpc_string_to_sign(method: str, pairs: Mapping[str, str]) -> str:
    """Give what the older signature signs: all `pairs` but itself, in order, encoded twice."""
    encoded = (
        "=".join(urllib.parse.quote(text, safe="") for text in pair)
        for pair in sorted(pairs.items())
        if pair[0] != "Signature"
    )
    return f"{method}&%2F&{urllib.parse.quote('&'.join(encoded), safe='')}"


def rpc_signature(string_to_sign: str, *, secret: str = ACCESS_KEY_SECRET) -> str:
    """Give the older signature (Base64); the key is the secret and a `&`."""
    digest = hmac.digest(f"{secret}&".encode(), string_to_sign.encode(), "sha1")
    return base64.b64encode(digest).decode()
