"""What Tencent answers: the envelope, its errors, and a signature as Describe tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from pydantic import Field

from pulumi_smssign.contract.answers import Tolerant, document, unreadable
from pulumi_smssign.contract.codes import refusal
from pulumi_smssign.lifecycle import Review
from pulumi_smssign.tencent.codes import meaning
from pulumi_smssign.tencent.rules import RULES


class Added(Tolerant):
    """`AddSignStatus`: what an accepted application is called."""

    sign_id: int = Field(alias="SignId")


class Item(Tolerant):
    """One of `DescribeSignListStatusSet`."""

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


def payload_of(action: str, response: httpx.Response) -> Mapping[str, Any]:
    """What stands in the envelope; its error raised."""
    envelope = document(response)
    if envelope is None:
        raise unreadable(RULES.vendor, action, response, "it is not a JSON object")
    payload = envelope.get("Response")
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


def _iso(seconds: int | None) -> str:
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
