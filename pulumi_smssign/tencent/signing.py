"""TC3-HMAC-SHA256 as an httpx auth flow.

Source: the official Python SDK (common 3.1.195); the vectors in the tests are its own output.
"""

from __future__ import annotations

import hmac
from collections.abc import Generator
from datetime import UTC, datetime

import httpx

from pulumi_smssign.contract.signing import TimedAuth, canonical
from pulumi_smssign.tencent.auth import AccountCredentials

_ALGORITHM = "TC3-HMAC-SHA256"
_SERVICE = "sms"
_SIGNED = ("content-type", "host")


class TC3Auth(TimedAuth[AccountCredentials]):
    """Signs each request anew, since the signature is good for five minutes only."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request over its method, path, content type, host and body."""
        timestamp = int(self._clock())
        request.headers["X-TC-Timestamp"] = str(timestamp)
        if self._credentials.token is not None:
            request.headers["X-TC-Token"] = self._credentials.token.get_secret_value()
        request.headers["Authorization"] = self._authorization(request, timestamp)
        yield request

    def _authorization(self, request: httpx.Request, timestamp: int) -> str:
        date = datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")
        scope = f"{date}/{_SERVICE}/tc3_request"
        to_sign = "\n".join((_ALGORITHM, str(timestamp), scope, canonical(request, _SIGNED)))
        key = f"TC3{self._credentials.secret_key.get_secret_value()}".encode()
        for part in (date, _SERVICE, "tc3_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.new(key, to_sign.encode(), "sha256").hexdigest()
        return (
            f"{_ALGORITHM} Credential={self._credentials.secret_id}/{scope}, "
            f"SignedHeaders={';'.join(_SIGNED)}, Signature={signature}"
        )
