"""Tencent's answers: the envelope, its errors, and a signature as Describe reports it."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
from pydantic import Field

from pulumi_smssign.contract.answers import (
    EnvelopeError,
    FreeText,
    Name,
    Reason,
    Tolerant,
    UnreadableError,
    Whole,
    document,
    moment,
)
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_BEGUN,
    NOT_TOLD,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.tencent.codes import meaning
from pulumi_smssign.tencent.rules import RULES

_QUALIFICATION: Mapping[int | None, QualificationState] = {
    0: QualificationState.PENDING,
    1: QualificationState.APPROVED,
    2: QualificationState.REFUSED,
    3: QualificationState.SUPPLEMENT,
    4: QualificationState.CHANGING,
    5: QualificationState.CHANGE_REFUSED,
}
"""`QualificationStatusCode` of a mainland signature (the official SDK 3.1.153)."""
_PASSED_NOT_EFFECTIVE, _UNUSABLE = 2, -1
_MAY_BE_FILING = mark(
    "-1 without a reason: refused, or its first filing with the carriers is not finished; the "
    "vendor doesn't tell which"
)
"""The SDK of 2026 says of -1: refused, failed, or the first carrier filing not completed."""


class Added(Tolerant):
    """`AddSignStatus`: the id of an accepted application."""

    sign_id: int = Field(alias="SignId")


class Item(Tolerant):
    """A signature of `DescribeSignListStatusSet`."""

    sign_id: int = Field(alias="SignId")
    international: int = Field(alias="International")
    status_code: int = Field(alias="StatusCode")
    review_reply: Reason | None = Field(alias="ReviewReply", default=None)
    sign_name: Name = Field(alias="SignName")
    create_time: object = Field(alias="CreateTime", default=None)
    qualification_id: Whole = Field(alias="QualificationId", default=None)
    qualification_name: FreeText | None = Field(alias="QualificationName", default=None)
    qualification_status: int | None = Field(alias="QualificationStatusCode", default=None)

    def review(self) -> Review:
        """The item as a `Review`."""
        reported: dict[str, object] = {
            "sign_name": self.sign_name,
            "international": self.international == 1,
        }
        if self.qualification_id:
            reported["qualification_id"] = self.qualification_id
        return Review(
            id=str(self.sign_id),
            text=self.sign_name,
            status=Status.PENDING if self._is_open else RULES.status(str(self.status_code)),
            vendor_status=str(self.status_code),
            reason=self.review_reply or "",
            submitted_at=moment(self.create_time),
            reported=reported,
            scope="international" if self.international == 1 else "",
            filing=self._filing,
            qualification=self._qualification,
            remark=_(_MAY_BE_FILING) if self._is_open else "",
        )

    @property
    def _is_open(self) -> bool:
        """Whether it may be approved, and its filing unfinished: a refusal has a reason."""
        return self.status_code == _UNUSABLE and not (self.review_reply or "").strip()

    @property
    def _filing(self) -> Filing:
        """The filing, as far as a status shows it; that of a usable signature doesn't."""
        if self.status_code == _PASSED_NOT_EFFECTIVE:
            return Filing(FilingState.FILING)
        return NOT_TOLD if self.status_code == 0 or self._is_open else NOT_BEGUN

    @property
    def _qualification(self) -> Qualification:
        if not self.qualification_id:
            return NO_QUALIFICATION
        return Qualification(
            str(self.qualification_id),
            self.qualification_name or "",
            _QUALIFICATION.get(self.qualification_status, QualificationState.UNKNOWN),
        )


def payload_of(key: str, action: str, response: httpx.Response) -> object:
    """The value under a key of the envelope; raises the `Fault` in it, or `UnreadableError`."""
    envelope = document(response)
    if envelope is None:
        raise UnreadableError(_("it is not a JSON object"))
    payload = envelope.get("Response")
    if not isinstance(payload, Mapping):
        raise UnreadableError(_("{field} is missing", field="Response"))
    error = payload.get("Error")
    if isinstance(error, Mapping):
        code = str(error.get("Code") or "")
        message, request_id = str(error.get("Message") or ""), str(payload.get("RequestId") or "")
        raise Fault(meaning(code, action, message), code, message, request_id)
    if not response.is_success:
        raise EnvelopeError(_("it has no Error, and the HTTP status is one"))
    if key not in payload:
        raise EnvelopeError(_("{field} is missing", field=key))
    return payload[key]
