"""Alibaba Cloud's answers: two envelopes of errors, and a signature as GetSmsSign reports it.

Newer errors come with HTTP 4xx and 5xx, older ones with 200 and a `Code` other than OK (the
vendor's OpenAPI description and error-code page; the official SDK raises nothing for the latter).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

import httpx
from pydantic import AfterValidator, Field, field_validator, model_validator

from pulumi_smssign.alibaba.codes import meaning
from pulumi_smssign.alibaba.rules import RULES
from pulumi_smssign.contract.answers import (
    EnvelopeError,
    FreeText,
    Keyword,
    Name,
    Reason,
    Tolerant,
    UnreadableError,
    Whole,
    document,
)
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    CarrierFiling,
    Filing,
    FilingState,
    Qualification,
)
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Review

OK = "OK"
_REGISTRATION: Mapping[int | None, tuple[str, FilingState]] = {
    -2: ("NOT_FILED", FilingState.NONE),
    -1: ("FILING", FilingState.FILING),
    0: ("FAILED", FilingState.FAILED),
    1: ("FILED_UNVERIFIED", FilingState.UNVERIFIED),
    2: ("LAPSED", FilingState.LAPSED),
    3: ("FILED", FilingState.FILED),
}
"""`RegisterStatus` of a carrier: its name in our output, and the common state. By the official SDK
4.6.0, with 1 a carrier has filed at least one port, and a few texts are to verify it; with 3 they
have arrived as expected."""
_AUDIT = {"INIT": "0", "PASS": "1", "NOT_PASS": "2", "CANCEL": "10"}
"""The list's statuses as GetSmsSign's numbers (the vendor's OpenAPI description)."""
_OF_THE_LIST = re.compile(r"AUDIT_ST?ATE_(?P<audit>\w+)")
"""A status of the list; AUDIT_SATE_CANCEL is the vendor's own spelling in its description of the
list of templates, and two public clients know it of signatures."""
_Trimmed = Annotated[str, AfterValidator(lambda text: text.strip("\r\n"))]
"""A path or an address; the vendor's own sample ends them with a line break."""


class Confirmed(Tolerant):
    """The answer of a write: the name that it was about, and the number of its ticket."""

    sign_name: str = Field(alias="SignName")
    order_id: str | int | None = Field(alias="OrderId", default=None)


class _Audit(Tolerant):
    reject_info: Reason | None = Field(alias="RejectInfo", default=None)
    reject_sub_info: Reason | None = Field(alias="RejectSubInfo", default=None)

    @model_validator(mode="before")
    @classmethod
    def _of_a_text(cls, value: object) -> object:
        """An audit from the text that the description calls the list's `Reason`."""
        return {"RejectInfo": value} if isinstance(value, str) else value

    @property
    def reason(self) -> str:
        """The reason, with the remark to it where that says more."""
        reason, remark = self.reject_info or "", self.reject_sub_info or ""
        return ": ".join(part for part in (reason, "" if remark in reason else remark) if part)


class Listed(Tolerant):
    """A signature as QuerySmsSignList reports it, with statuses of its own."""

    sign_name: Name = Field(alias="SignName")
    audit_status: Keyword | None = Field(alias="AuditStatus", default=None)
    reason: _Audit | None = Field(alias="Reason", default=None)
    order_id: str | int | None = Field(alias="OrderId", default=None)

    def review(self) -> Review:
        """The item as a `Review`; the name is the id."""
        audit = self.audit_status or ""
        match = _OF_THE_LIST.fullmatch(audit)
        status = _AUDIT.get(match["audit"] if match else "", audit)
        return Review(
            id=self.sign_name,
            text=self.sign_name,
            status=RULES.status(status),
            vendor_status=status,
            reason=self.reason.reason if self.reason else "",
            trace=str(self.order_id or ""),
        )


class Page(Tolerant):
    """One page of QuerySmsSignList; `total` counts the signatures on all pages."""

    items: list[Listed] = Field(alias="SmsSignList")
    total: int = Field(alias="TotalCount")


class _Reason(Tolerant):
    code: Keyword | None = Field(alias="ReasonCode", default=None)
    descriptions: list[FreeText] = Field(alias="ReasonDescList", default_factory=list)

    @field_validator("descriptions", mode="before")
    @classmethod
    def _texts(cls, value: object) -> object:
        """The texts among the descriptions: a carrier's odd words leave the signature readable."""
        descriptions = value if isinstance(value, list) else [value]
        return [text for text in descriptions if isinstance(text, str)]

    def __str__(self) -> str:
        """The code, and behind it the vendor's words."""
        return ": ".join(filter(None, (self.code, " ".join(self.descriptions))))


class _Registration(Tolerant):
    operator: Keyword | None = Field(alias="OperatorCode", default=None)
    status: int | None = Field(alias="RegisterStatus", default=None)
    completed_at: Keyword | None = Field(alias="OperatorCompleteTime", default=None)
    reasons: list[_Reason] | None = Field(alias="RegisterStatusReasons", default=None)

    @property
    def _reasons(self) -> list[str]:
        return [text for reason in self.reasons or () if (text := str(reason))]

    @property
    def _state(self) -> tuple[str, FilingState]:
        name = "" if self.status is None else str(self.status)
        return _REGISTRATION.get(self.status, (name, FilingState.UNKNOWN))

    def as_output(self) -> dict[str, object]:
        """The filing with one carrier, for the program."""
        return {
            "operator": self.operator or "",
            "status": self._state[0],
            "completed_at": self.completed_at or "",
            "reasons": self._reasons,
        }

    def as_filing(self) -> CarrierFiling:
        """The filing as a `CarrierFiling`."""
        return CarrierFiling(self._state[1], self.completed_at or "", self._reasons)


class Item(Tolerant):
    """A signature as GetSmsSign reports it: without its type and the number of its source."""

    sign_name: Name = Field(alias="SignName")
    sign_status: int = Field(alias="SignStatus")
    audit: _Audit | None = Field(alias="AuditInfo", default=None)
    order_id: str | int | None = Field(alias="OrderId", default=None)
    qualification_id: Whole = Field(alias="QualificationId", default=None)
    authorization_letter_id: Whole = Field(alias="AuthorizationLetterId", default=None)
    trademark_id: Whole = Field(alias="TrademarkId", default=None)
    app_icp_record_id: Whole = Field(alias="AppIcpRecordId", default=None)
    third_party: bool | None = Field(alias="ThirdParty", default=None)
    remark: str | None = Field(alias="Remark", default=None)
    more_data: list[_Trimmed] | None = Field(alias="FileUrlList", default=None)
    apply_scene_content: _Trimmed | None = Field(alias="ApplyScene", default=None)
    sign_code: Keyword | None = Field(alias="SignCode", default=None)
    registrations: list[_Registration] | None = Field(
        alias="SignIspRegisterDetailList", default=None
    )

    def review(self) -> Review:
        """The item as a `Review`; the name is the id."""
        names = ("qualification_id", "authorization_letter_id", "trademark_id", "app_icp_record_id",
                "remark", "more_data", "apply_scene_content")  # fmt: skip
        reported: dict[str, object] = {"sign_name": self.sign_name}
        if self.third_party is not None:
            reported["third_party"] = self.third_party
        reported.update({name: value for name in names if (value := getattr(self, name))})
        order = str(self.order_id or "")
        return Review(
            id=self.sign_name,
            text=self.sign_name,
            status=RULES.status(str(self.sign_status)),
            vendor_status=str(self.sign_status),
            reason=self.audit.reason if self.audit else "",
            reported=reported,
            outputs={
                "sign_code": self.sign_code or "",
                "order_id": order,
                "registrations": [carrier.as_output() for carrier in self.registrations or ()],
            },
            trace=order,
            filing=Filing.of(
                {
                    carrier.operator: carrier.as_filing()
                    for carrier in self.registrations or ()
                    if carrier.operator
                }
            ),
            qualification=Qualification(str(self.qualification_id))
            if self.qualification_id
            else NO_QUALIFICATION,
        )


def successful(action: str, response: httpx.Response) -> Mapping[str, Any]:
    """The body of a successful answer; raises the `Fault` in another, or `UnreadableError`."""
    body = document(response)
    code = body.get("Code") if body else None
    if body is None or not isinstance(code, str) or not code:
        raise UnreadableError(_("it is not JSON with a Code"))
    if code == OK and response.is_success:
        return body
    if code == OK:
        raise EnvelopeError(_("Code is OK, and the HTTP status is an error"))
    request_id = str(body.get("RequestId") or response.headers.get("x-acs-request-id", ""))
    message = str(body.get("Message") or "")
    means = meaning(code, response.status_code, action, message)
    raise Fault(means, code, message, request_id)
