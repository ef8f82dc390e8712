"""Tencent's calls: AddSmsSign, ModifySmsSign, DescribeSmsSignList, DeleteSmsSign (2021-01-11).

Sources: the pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10) and, for Describe and
Delete, the SDK 3.1.153.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
from pydantic import Field, ValidationError
from pyrate_limiter import Rate

from pulumi_smssign import lifeline
from pulumi_smssign.contract.answers import Tolerant, unreadable
from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.contract.codes import refusal
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.errors import InputError
from pulumi_smssign.lifecycle import Handle, Review
from pulumi_smssign.tencent.application import SignatureApplication, scope_of
from pulumi_smssign.tencent.auth import AccountCredentials, TC3Auth
from pulumi_smssign.tencent.codes import meaning
from pulumi_smssign.tencent.rules import RULES

_T = TypeVar("_T")

VERSION = "2021-01-11"
MOST_IDS = 100
"""Ids that one Describe takes; also the largest page."""

_WRITE = Rate(1, 1050)
_LIMITS = {
    "AddSmsSign": _WRITE,
    "ModifySmsSign": _WRITE,
    "DeleteSmsSign": _WRITE,
    "DescribeSmsSignList": Rate(20, 1050),
}
"""Calls per milliseconds; the vendor's second and a little for the way."""


class _Added(Tolerant):
    sign_id: int = Field(alias="SignId")


class _Item(Tolerant):
    sign_id: int = Field(alias="SignId")
    international: int = Field(alias="International")
    status_code: int = Field(alias="StatusCode")
    review_reply: str | None = Field(alias="ReviewReply", default=None)
    sign_name: str = Field(alias="SignName")
    create_time: int | None = Field(alias="CreateTime", default=None)
    qualification_id: int | None = Field(alias="QualificationId", default=None)

    def review(self) -> Review:
        """The item in the common words."""
        reported: dict[str, object] = {
            "sign_name": self.sign_name,
            "international": self.international == 1,
        }
        if self.qualification_id:
            reported["qualification_id"] = self.qualification_id
        return Review(
            id=str(self.sign_id),
            text=self.sign_name,
            status=RULES.status(str(self.status_code)),
            vendor_status=str(self.status_code),
            reason=self.review_reply or "",
            submitted_at=_iso(self.create_time),
            reported=reported,
        )


class SignatureApi(BaseApi):
    """One account's signatures at Tencent."""

    vendor = RULES.vendor

    def __init__(
        self,
        credentials: AccountCredentials,
        auth: httpx.Auth | None = None,
        sleep: Callable[[float], None] = lifeline.pause,
    ) -> None:
        self._region = credentials.region
        self._transport = Transport(
            self.vendor,
            credentials.endpoint,
            auth=auth or TC3Auth(credentials),
            limits=_LIMITS,
            sleep=sleep,
        )

    def submit(self, application: SignatureApplication) -> str:
        """AddSmsSign; the new SignId."""
        added = self._call(
            "AddSmsSign", _form(application), "AddSignStatus", _Added.model_validate, write=True
        )
        return str(added.sign_id)

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """ModifySmsSign, a full replacement of the application under the same SignId."""
        form = {"SignId": _sign_id(handle), **_form(application)}
        self._call("ModifySmsSign", form, "ModifySignStatus", _anything, write=True)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """DescribeSmsSignList by ids, 100 a call.

        Mainland and international signatures are listed apart; one that is not where it is said
        to be is looked for in the other list before it is called absent.
        """
        found: dict[str, Review] = {}
        for elsewhere in (False, True):
            for international in (False, True):
                ids = [
                    _sign_id(handle)
                    for handle in handles
                    if handle.id not in found
                    and (handle.scope == scope_of(international=True))
                    is (international is not elsewhere)
                ]
                for start in range(0, len(ids), MOST_IDS):
                    asked = {"SignIdSet": ids[start : start + MOST_IDS]}
                    found.update((item.id, item) for item in self._list(international, asked))
        return {handle: found[handle.id] for handle in handles if handle.id in found}

    def find(self, application: SignatureApplication) -> Sequence[Review]:
        """Every page of DescribeSmsSignList, and of it what bears exactly the name."""
        return [
            item
            for item in self._pages(international=application.international)
            if item.text == application.sign_name
        ]

    def withdraw(self, handle: Handle) -> None:
        """DeleteSmsSign."""
        form = {"SignId": _sign_id(handle)}
        self._call("DeleteSmsSign", form, "DeleteSignStatus", _anything, write=True)

    def _pages(self, *, international: bool) -> Iterator[Review]:
        offset = 0
        while True:
            page = self._list(international, {"Limit": MOST_IDS, "Offset": offset})
            yield from page
            if len(page) < MOST_IDS:
                return
            offset += len(page)

    def _list(self, international: bool, query: Mapping[str, object]) -> list[Review]:  # noqa: FBT001
        return self._call(
            "DescribeSmsSignList",
            {"International": int(international), **query},
            "DescribeSignListStatusSet",
            lambda items: [_Item.model_validate(item).review() for item in items or ()],
        )

    def _call(
        self,
        action: str,
        form: Mapping[str, object],
        key: str,
        read: Callable[[Any], _T],
        *,
        write: bool = False,
    ) -> _T:
        """Call an action and read what its answer has under `key`."""
        request = self._transport.request(
            "POST",
            "/",
            content=json.dumps(form).encode(),
            headers={
                "Content-Type": "application/json",
                "X-TC-Action": action,
                "X-TC-Version": VERSION,
                "X-TC-Region": self._region,
                "X-TC-Language": "en-US",
            },
        )

        def result(response: httpx.Response) -> _T:
            payload = _payload(action, response)
            if key not in payload:
                raise unreadable(RULES.vendor, action, response, f"{key} is missing")
            try:
                return read(payload[key])
            except (ValidationError, TypeError):
                why = f"{key} is not what the vendor's page describes"
                raise unreadable(RULES.vendor, action, response, why) from None

        return self._transport.exchange(Call(action, request, write=write), result)


def _payload(action: str, response: httpx.Response) -> Mapping[str, Any]:
    """What stands in the envelope; its error raised."""
    try:
        envelope = json.loads(response.content)
    except ValueError:
        raise unreadable(RULES.vendor, action, response, "it is not JSON") from None
    payload = envelope.get("Response") if isinstance(envelope, Mapping) else None
    if not isinstance(payload, Mapping):
        raise unreadable(RULES.vendor, action, response, "Response is missing")
    error = payload.get("Error")
    if isinstance(error, Mapping):
        code = str(error.get("Code") or "")
        known = meaning(code)
        raise refusal(
            RULES.vendor,
            action,
            known,
            code=code,
            words=str(error.get("Message") or ""),
            request_id=str(payload.get("RequestId") or ""),
        )
    return payload


def _form(application: SignatureApplication) -> dict[str, object]:
    """The request's fields, in the order of the vendor's page; what is not set is left out."""
    fields: dict[str, object | None] = {
        "SignName": application.sign_name,
        "SignType": int(application.sign_type),
        "DocumentType": int(application.document_type),
        "International": int(application.international),
        "SignPurpose": int(application.sign_purpose),
        "ProofImage": _encoded(application.proof_image),
        "CommissionImage": application.commission_image and _encoded(application.commission_image),
        "Remark": application.remark,
        "QualificationId": application.qualification_id,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _encoded(file: Evidence) -> str:
    """Base64 without the data: prefix, as the page asks."""
    return base64.b64encode(file.read()).decode()


def _sign_id(handle: Handle) -> int:
    try:
        return int(handle.id)
    except ValueError:
        raise InputError(
            f"{handle.id!r} is not a SignId of Tencent",
            vendor=RULES.vendor,
            advice="a SignId is a number; the vendor's console lists it.",
        ) from None


def _anything(payload: object) -> object:
    """A confirmation: that it is there is all that it says."""
    return payload


def _iso(seconds: int | None) -> str:
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
