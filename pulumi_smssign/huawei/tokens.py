"""IAM tokens: a project's X-Auth-Token for an IAM user's password, instead of an access key.

Source: the vendor's page "Obtaining a User Token Through Password Authentication" (iam_30_0001,
2025-03-28); MSGSMS takes a token of the project and none of the whole domain.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from pydantic import SecretStr

from pulumi_smssign.contract.answers import document, unreadable
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.huawei.answers import fault
from pulumi_smssign.huawei.codes import UNAUTHENTICATED, is_unauthenticated
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.huawei.signing import CautiousAuth
from pulumi_smssign.model.errors import (
    AccountError,
    BlockedError,
    RateLimitedError,
    SmsSignError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import keep_secret, quote

ACTION = "KeystoneCreateUserTokenByPassword"
LIFETIME = 24 * 3600.0
"""Seconds that a token is valid, where its answer doesn't say."""

_USED_OF_LIFETIME = 0.9
_UNAUTHORIZED = 401
_CHECK_USER = mark(
    "check userName, password, domainName and projectId of the configuration smssign:huawei."
)
_CHECK_NETWORK = mark("check the network, the proxy and iamEndpoint, and run it again.")

Flow = Generator[httpx.Request, httpx.Response, None]


@dataclass(frozen=True)
class User:
    """An IAM user, and the project of the wanted token."""

    name: str
    password: SecretStr
    domain: str
    project: str

    def body(self) -> bytes:
        """The body of the request for a token."""
        user = {
            "name": self.name,
            "password": self.password.get_secret_value(),
            "domain": {"name": self.domain},
        }
        identity = {"methods": ["password"], "password": {"user": user}}
        scope = {"project": {"id": self.project}}
        return json.dumps({"auth": {"identity": identity, "scope": scope}}).encode()


@dataclass(frozen=True)
class _Token:
    """A token, and the Unix second from which another one is fetched."""

    value: str = field(repr=False)
    renew_at: float


class TokenAuth(CautiousAuth):
    """Sends a token with each request; one is fetched for all threads, and renewed in time.

    A token that is refused before its time (after a change of the password, say) is renewed once.

    Args:
        user: the IAM user.
        iam_endpoint: a URL.
        clock: Unix seconds; the machine's clock unless a test sets it.
    """

    def __init__(
        self, user: User, iam_endpoint: str, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__()
        self._user = user
        self._iam_endpoint = iam_endpoint
        self._clock = clock
        self._token: _Token | None = None

    def sync_auth_flow(self, request: httpx.Request) -> Flow:
        """Yield the request with a token, and before it the request for one if need be."""
        request.read()
        before = self._token
        token = yield from self._good_token(request, spent=None)
        response = yield self._with(token, request)
        response.read()
        if token is before and response.status_code == _UNAUTHORIZED:
            token = yield from self._good_token(request, spent=token)
            response = yield self._with(token, request)
            response.read()
        error = fault(response)
        if error is not None and is_unauthenticated(error):
            self._give_up(error, UNAUTHENTICATED.advice_on(action=""))

    def _with(self, token: _Token, request: httpx.Request) -> httpx.Request:
        request.headers["X-Auth-Token"] = token.value
        return request

    def _good_token(
        self, request: httpx.Request, spent: _Token | None
    ) -> Generator[httpx.Request, httpx.Response, _Token]:
        """The token that all threads share; another one than `spent`."""
        with self._lock:
            self._stop_after_failure()
            token = self._token
            if token is None or token is spent or self._clock() >= token.renew_at:
                token = self._token = yield from self._fetch(request)
            return token

    def _fetch(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, _Token]:
        token_request = httpx.Request(
            "POST",
            f"{self._iam_endpoint}/v3/auth/tokens",
            params={"nocatalog": "true"},
            headers={
                "Content-Type": "application/json;charset=utf8",
                "User-Agent": request.headers["User-Agent"],
            },
            content=self._user.body(),
            extensions=request.extensions,
        )
        try:
            response = yield token_request
            response.read()
        except httpx.RequestError as error:
            raise self._unreached(str(error)) from None
        except GeneratorExit as end:
            # httpx has no other way to tell an auth flow that its request failed. The call itself
            # was never made, which only this place knows.
            if isinstance(end.__context__, httpx.RequestError):
                raise self._unreached(str(end.__context__)) from None
            raise
        return self._read(response)

    def _read(self, response: httpx.Response) -> _Token:
        refusal = fault(response)
        if refusal is not None:
            raise self._refused(refusal)
        value = response.headers.get("X-Subject-Token")
        if not value or not response.is_success:
            why = _("X-Subject-Token is missing")
            error = unreadable(RULES.vendor, ACTION, response, why, is_bare=not response.is_success)
            kind = BlockedError if isinstance(error, BlockedError) else UnreachableError
            raise self._unreached(error.summary, kind=kind)
        keep_secret([value])
        return _Token(value, self._clock() + _lifetime(response) * _USED_OF_LIFETIME)

    def _refused(self, refusal: Fault) -> SmsSignError:
        """The error of a refused token; whatever it is about, the call itself was never made."""
        error = refusal.error(RULES.vendor, ACTION)
        if isinstance(error, RateLimitedError):
            return error
        if isinstance(error, UnavailableError):
            return self._unreached(error.summary, error)
        advice = _(_CHECK_USER)
        self._give_up(refusal, advice)
        return AccountError(_("huawei gave the IAM user no token"), advice=advice, after=error)

    def _unreached(
        self,
        why: str,
        error: SmsSignError | None = None,
        *,
        kind: type[UnavailableError] = UnreachableError,
    ) -> UnavailableError:
        host = httpx.URL(self._iam_endpoint).host
        return kind(
            _("huawei's token can't be fetched from {host} ({why})", host=host, why=quote(why)),
            vendor=RULES.vendor,
            action=ACTION,
            advice=_(_CHECK_NETWORK),
            after=error,
        )


def _lifetime(response: httpx.Response) -> float:
    """Seconds from a token's issue to its end, both by the vendor's clock."""
    token = (document(response) or {}).get("token")
    times = token if isinstance(token, Mapping) else {}
    try:
        issued, expires = (
            datetime.fromisoformat(str(times.get(key))) for key in ("issued_at", "expires_at")
        )
        return (expires - issued).total_seconds()
    except (TypeError, ValueError):
        return LIFETIME
