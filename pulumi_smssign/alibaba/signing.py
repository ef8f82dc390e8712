"""ACS3-HMAC-SHA256 as an httpx auth flow.

Source: the official SDK's core (alibabacloud-tea-openapi 0.4.6); the vector in the tests is its
own output.
"""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from collections.abc import Callable, Generator, Sequence

import httpx

from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.contract.signing import TimedAuth, canonical

_ALGORITHM = "ACS3-HMAC-SHA256"


class Acs3Auth(TimedAuth[AccountCredentials]):
    """Signs each attempt anew: its time and its nonce are never used twice.

    Args:
        credentials: the account's key.
        clock: Unix seconds.
        nonce: a text that has never been sent before.
    """

    def __init__(
        self,
        credentials: AccountCredentials,
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        super().__init__(credentials, clock)
        self._nonce = nonce

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Add the time, the nonce, the body's digest, and the signature over all of it."""
        headers = request.headers
        moment = time.gmtime(self._clock())
        headers["x-acs-date"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)
        headers["x-acs-signature-nonce"] = self._nonce()
        headers["x-acs-content-sha256"] = hashlib.sha256(request.content).hexdigest()
        if self._credentials.security_token is not None:
            token = self._credentials.security_token.get_secret_value()
            headers["x-acs-security-token"] = token
        names = sorted(name for name in headers if name == "host" or name.startswith("x-acs-"))
        headers["Authorization"] = (
            f"{_ALGORITHM} Credential={self._credentials.access_key_id},"
            f"SignedHeaders={';'.join(names)},Signature={self._signature(request, names)}"
        )
        yield request

    def _signature(self, request: httpx.Request, names: Sequence[str]) -> str:
        secret = self._credentials.access_key_secret.get_secret_value().encode()
        to_sign = f"{_ALGORITHM}\n{canonical(request, names)}"
        return hmac.new(secret, to_sign.encode(), "sha256").hexdigest()
