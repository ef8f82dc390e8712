"""The gateway's calls: POST, PUT, GET and DELETE of /signatures.

A POST takes an Idempotency-Key. There is no list and no search: only a number finds a signature.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, final

import httpx
from pyrate_limiter import Rate

from acme_sms.application import SignatureApplication
from acme_sms.auth import AccountCredentials
from acme_sms.rules import RULES
from pulumi_smssign.contract.answers import (
    FreeText,
    Keyword,
    Name,
    Tolerant,
    UnreadableError,
    document,
    ignore_body,
)
from pulumi_smssign.contract.codes import (
    NO_SIGNATURE,
    REFUSED,
    TOO_MANY,
    TROUBLE,
    Fault,
    Meaning,
    account,
)
from pulumi_smssign.contract.vendor import BaseApi, Capabilities
from pulumi_smssign.model.review import Handle, Review

_T = TypeVar("_T")

MEANINGS: Mapping[int, Meaning] = {
    401: account("the team or its key is wrong", "ask the messaging team for a new key."),
    404: NO_SIGNATURE,
    429: TOO_MANY,
    500: TROUBLE,
}
"""The meanings of HTTP statuses at the gateway; any other one is a refusal."""


class Item(Tolerant):
    """A signature as the gateway reports it."""

    number: Keyword
    name: Name
    state: Keyword
    reason: FreeText = ""

    def review(self) -> Review:
        """The item as a `Review`."""
        return Review(
            id=self.number,
            text=self.name,
            status=RULES.status(self.state),
            vendor_status=self.state,
            reason=self.reason,
            reported={"name": self.name},
        )


@final
class SignatureApi(BaseApi[SignatureApplication, AccountCredentials]):
    """A team's signatures at the gateway."""

    limits = {"POST": Rate(5, 1000), "PUT": Rate(5, 1000), "GET": Rate(20, 1000)}  # noqa: RUF012
    capabilities = Capabilities(
        batches=False, lists_all=False, searches=False, finds=False, takes_token=True
    )

    def submit(self, application: SignatureApplication, token: str = "") -> Review:
        """POST, whose answer is that of GET; a key that comes again submits nothing anew."""
        headers = {"Idempotency-Key": token} if token else {}
        return self._call("POST", "", _form(application), _item, headers=headers)

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """PUT."""
        self._call("PUT", f"/{handle.id}", _form(application), ignore_body)

    def withdraw(self, handle: Handle) -> None:
        """DELETE."""
        self._call("DELETE", f"/{handle.id}", None, ignore_body)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """GET of each, several at a time; one that is gone is left out."""
        return self._each(handles, lambda handle: self._call("GET", f"/{handle.id}", None, _item))

    def _call(
        self,
        method: str,
        path: str,
        form: Mapping[str, object] | None,
        read: Callable[[Any], _T],
        headers: Mapping[str, str] | None = None,
    ) -> _T:
        key = self._credentials.key.get_secret_value()
        request = self._transport.request(
            method,
            f"/teams/{self._credentials.team}/signatures{path}",
            content=json.dumps(form).encode() if form else b"",
            headers={"Authorization": f"Bearer {key}", **(headers or {})},
        )
        return self._exchange(method, request, _answer, read, write=method != "GET")


def _form(application: SignatureApplication) -> dict[str, object]:
    return {
        "name": application.name,
        "purpose": application.purpose,
        "proof": base64.b64encode(application.proof.read()).decode(),
    }


def _answer(response: httpx.Response) -> object:
    """The body of a successful answer; raises the `Fault` in another, or `UnreadableError`."""
    body = document(response)
    if body is None:
        raise UnreadableError("it is not a JSON object")
    if response.is_success:
        return body
    status = response.status_code
    raise Fault(MEANINGS.get(status, REFUSED), str(status), str(body.get("error") or ""))


def _item(body: object) -> Review:
    return Item.model_validate(body).review()
