"""SDK-HMAC-SHA256 as the gateway verifies it, and the keys that the sandbox knows.

| AK | account | |
| --- | --- | --- |
| `smssign-sandbox` | `default` | |
| `smssign-sandbox.<name>` | `<name>` | letters, digits, `-` and `_` |
| `smssign-temporary[.<name>]` | the same | needs `X-Security-Token: smssign-sandbox-token` |

The SK is `smssign-sandbox-sk-0000000000000000` for all of them. These are test keys: they are
public and open nothing. Sources: official SDK 3.1.219 (signer) for the algorithm; the gateway's
page "Common Errors Related to IAM Authentication Information" for the lock and the messages.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import threading
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei.codes import unauthenticated
from pulumi_smssign.sandbox.keys import TestKeys
from pulumi_smssign.sandbox.switches import Switches

AK = "smssign-sandbox"
SK = "smssign-sandbox-sk-0000000000000000"
TEMPORARY_AK = "smssign-temporary"
SECURITY_TOKEN = "smssign-sandbox-token"  # noqa: S105 - public, opens nothing

FAILURES_TO_LOCK = 5
LOCKED_SECONDS = 300

_ALGORITHM = "SDK-HMAC-SHA256"
_UNSIGNED = "UNSIGNED-PAYLOAD"
_KEYS = TestKeys(AK, TEMPORARY_AK)
_AUTHORIZATION = re.compile(
    rf"{_ALGORITHM}\s+Access=(?P<ak>[^,\s]+),\s*SignedHeaders=(?P<headers>[^,\s]+),"
    r"\s*Signature=(?P<signature>[^,\s]+)\s*"
)
_SIGNED_AT_LEAST = frozenset({"x-sdk-date"})
"""The official SDK for Go (0.1.207) signs no host."""
_MISMATCH = "verify aksk signature fail"


@dataclass(frozen=True)
class _Authorization:
    """The Authorization header, taken apart."""

    ak: str
    signed_headers: tuple[str, ...]
    signature: str


def claimed_account(request: HttpRequest) -> str:
    """Give the account whose key the request names, verified or not; empty if it names none."""
    match = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    return _KEYS.account(match["ak"]) if match else ""


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
        account = _KEYS.account(authorization.ak)
        if not account:
            raise unauthenticated(
                f"Get secretKey failed,ak:{authorization.ak[:64]},err:ak not exist"
            )
        with self._lock:
            self._check_lock(authorization.ak)
            wrong = self._flaw(
                request, authorization, temporary=_KEYS.are_temporary(authorization.ak)
            )
            if wrong:
                self._failures.setdefault(authorization.ak, []).append(self._clock.now())
                raise unauthenticated(wrong)
            self._failures.pop(authorization.ak, None)
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

    def _flaw(self, request: HttpRequest, authorization: _Authorization, *, temporary: bool) -> str:
        """Say what is wrong with a signature; empty if nothing is."""
        signed_at = _moment(request.headers["x-sdk-date"])
        window = self._switches.number("huawei.clock_window")
        if signed_at is None:
            return _MISMATCH
        if window and abs(signed_at - self._clock.now()) > window:
            return "calc ak sk signature fail:signature expired"
        expected = signature(request, authorization.signed_headers)
        if not hmac.compare_digest(expected.encode(), authorization.signature.encode()):
            return _MISMATCH
        token = request.headers.get("x-security-token", "")
        if temporary and not hmac.compare_digest(token.encode(), SECURITY_TOKEN.encode()):
            return "the security token is missing, wrong or expired"
        return ""


def _parsed(request: HttpRequest) -> _Authorization:
    match = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if match is None:
        raise unauthenticated(
            f"{_MISMATCH}: the Authorization header is not '{_ALGORITHM} Access=AK, "
            "SignedHeaders=..., Signature=...'"
        )
    names = tuple(match["headers"].split(";"))
    sound = _SIGNED_AT_LEAST.issubset(names) and set(names).issubset(request.headers)
    if not sound or list(names) != sorted(set(names)):
        raise unauthenticated(
            f"{_MISMATCH}: SignedHeaders names x-sdk-date at least, only headers that are "
            "sent, in lower case and in order"
        )
    return _Authorization(match["ak"], names, match["signature"])


def _moment(text: str) -> float | None:
    """Read `YYYYMMDDThhmmssZ` as Unix seconds."""
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", text):
        return None
    try:
        return dt.datetime.strptime(text, "%Y%m%dT%H%M%S%z").timestamp()
    except ValueError:
        return None


def signature(request: HttpRequest, signed_headers: tuple[str, ...], *, sk: str = SK) -> str:
    """Give the signature (lower-case hex) that a request ought to bear."""
    canonical_request = "\n".join(
        (
            request.method,
            _canonical_path(request.path),
            _canonical_query(request.query),
            "".join(f"{name}:{_sent(request.headers, name)}\n" for name in signed_headers),
            ";".join(signed_headers),
            _payload_hash(request, signed_headers),
        )
    )
    string_to_sign = "\n".join(
        (
            _ALGORITHM,
            request.headers["x-sdk-date"],
            hashlib.sha256(canonical_request.encode()).hexdigest(),
        )
    )
    return hmac.new(sk.encode(), string_to_sign.encode(), "sha256").hexdigest()


def _sent(headers: Mapping[str, str], name: str) -> str:
    """Give a header's value as text: clients sign it so, and send its UTF-8 bytes."""
    return headers[name].strip().encode("latin-1").decode("utf-8", "replace")


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
