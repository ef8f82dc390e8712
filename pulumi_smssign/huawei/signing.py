"""SDK-HMAC-SHA256 as an httpx auth flow.

Source: the official Python SDK (core 3.1.219); the vectors in the tests are its own output. That
five failed authentications lock a key for five minutes is said by the FAQ of APIG.0301
(2023-10-26), so none is ever repeated.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from urllib.parse import quote

import httpx
from pydantic import SecretStr

from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.contract.signing import canonical
from pulumi_smssign.huawei.answers import fault
from pulumi_smssign.huawei.codes import UNAUTHENTICATED, is_unauthenticated
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.model.errors import AccountError, SmsSignError
from pulumi_smssign.model.language import _

_ALGORITHM = "SDK-HMAC-SHA256"
_JSON = "application/json"
_UNSIGNED = "UNSIGNED-PAYLOAD"
_SIGNED = (
    "content-type",
    "host",
    "x-project-id",
    "x-sdk-content-sha256",
    "x-sdk-date",
    "x-security-token",
)
"""The headers that are signed, those of them that a request has."""
_FIRST_SERVER_STATUS = 500


class CautiousAuth(httpx.Auth):
    """Auth flow that makes no call any more, in this process, once the vendor refused the key.

    Calls share `_lock` where one must not be made while another may be failing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failure: SmsSignError | None = None

    def _give_up(self, failure: Fault, advice: str) -> None:
        self._failure = failure.error(RULES.vendor, action="")
        self._failure.advice = advice

    def _stop_after_failure(self) -> None:
        """Raise the failure again instead of making another call that fails like it."""
        if self._failure is not None:
            raise AccountError(
                _("huawei refused the account's keys earlier in this run, and was not asked again"),
                advice=self._failure.advice,
                after=self._failure,
            )


class KeyAuth(CautiousAuth):
    """Signs each request anew; until the key has been accepted, one call at a time.

    Args:
        key: the access key's id (AK).
        secret: the access key's secret (SK).
        security_token: what belongs to a temporary key.
        clock: Unix seconds; the machine's clock unless a test sets it.
    """

    def __init__(
        self,
        key: str,
        secret: SecretStr,
        security_token: SecretStr | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._key = key
        self._secret = secret
        self._security_token = security_token
        self._clock = clock
        self._accepted = False

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request over its method, address, headers and body."""
        request.read()
        # Five wrong calls lock the key: no two are made before the first was accepted.
        with nullcontext() if self._accepted else self._lock:
            self._stop_after_failure()
            self._sign(request)
            response = yield request
            response.read()
            error = fault(response)
            if error is not None and is_unauthenticated(error):
                self._give_up(error, UNAUTHENTICATED.advice_on(action=""))
            elif response.status_code < _FIRST_SERVER_STATUS:
                self._accepted = True

    def _sign(self, request: httpx.Request) -> None:
        now = datetime.fromtimestamp(int(self._clock()), UTC)
        request.headers["X-Sdk-Date"] = now.strftime("%Y%m%dT%H%M%SZ")
        if self._security_token is not None:
            request.headers["X-Security-Token"] = self._security_token.get_secret_value()
        if not request.headers.get("Content-Type", _JSON).startswith(_JSON):
            request.headers["X-Sdk-Content-Sha256"] = _UNSIGNED
        request.headers["Authorization"] = authorization(
            self._key, self._secret.get_secret_value(), request
        )


def authorization(
    key: str, secret: str, request: httpx.Request, signed: Sequence[str] = _SIGNED
) -> str:
    """The Authorization header of a request that has all its other headers.

    Args:
        key: the access key's id.
        secret: the access key's secret.
        request: what is signed; its body has been read.
        signed: lower-case names of the headers to sign, those of them that the request has.
    """
    names = sorted(name for name in signed if name in request.headers)
    path = _canonical_path(request.url.path)
    digest = canonical(request, names, path=path, payload=_unsigned(request))
    to_sign = f"{_ALGORITHM}\n{request.headers['X-Sdk-Date']}\n{digest}"
    signature = hmac.new(secret.encode(), to_sign.encode(), "sha256").hexdigest()
    return f"{_ALGORITHM} Access={key}, SignedHeaders={';'.join(names)}, Signature={signature}"


def _canonical_path(path: str) -> str:
    """The path as it is signed: with a slash at its end, which is not sent."""
    encoded = "/".join(quote(segment, safe="~") for segment in path.split("/"))
    return encoded if encoded.endswith("/") else f"{encoded}/"


def _unsigned(request: httpx.Request) -> str:
    """The constant in the place of a body's hash, or ""; an empty body is always hashed."""
    return request.headers.get("X-Sdk-Content-Sha256", "") if request.content else ""
