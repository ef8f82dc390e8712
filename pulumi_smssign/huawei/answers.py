"""Huawei's answers: signatures as reviews, and errors of its three families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import httpx
from pydantic import BeforeValidator, ConfigDict

from pulumi_smssign.contract.answers import (
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
from pulumi_smssign.huawei.codes import meaning
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_BEGUN,
    NOT_TOLD,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.language import _
from pulumi_smssign.model.redaction import short
from pulumi_smssign.model.review import Review

_REPORTED = (
    "signature_type",
    "signature_source",
    "apply_desc",
    "qualification_id",
    "registration_number",
    "license_number",
)
"""The application's fields that an answer has under the same name, where they are set."""
_FILING = {
    "PENDING_REVIEW": FilingState.NONE,
    "PENDING_QUALIFICATION_REVIEW": FilingState.NONE,
    "PROCESSING": FilingState.NONE,
    "REVIEW_NOT_PASS": FilingState.NONE,
    "REAL_NAME_REGISTRATING": FilingState.FILING,
    "PENDING_ACTIVATE": FilingState.FILING,
    "REVIEW_PROCESSING_COMPLETED": FilingState.FILED,
    "REVIEW_PASSED_QUALIFICATION_PROCESSING": FilingState.NONE,
    "REVIEW_PASSED_REAL_NAME_REGISTRATING": FilingState.FILING,
    "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL": FilingState.FAILED,
}
"""The filing by status (the China-site page of ListSignatureDetails, 2025-12-02); TO_BE_ACTIVATED
says nothing of it."""
_QUALIFICATION = {
    "PENDING_QUALIFICATION_REVIEW": QualificationState.PENDING,
    "REVIEW_PASSED_QUALIFICATION_PROCESSING": QualificationState.PENDING,
}
_PASSED = "REVIEW_PASSED"
"""The one status whose meaning differs by site. China's page (sms_05_0028, 2025-12-02) and the SDK
3.1.219: an old signature whose papers are to be supplemented; it sends, and the carriers may block
it for its papers. The international page (2025-12-09): complete, and no carrier files it."""
_YES_OR_NO = {"Yes": True, "No": False}
_NOT_URGED = "NO"
"""The `urge_status` of what nobody asked to hurry."""
_DECIDED_BY_STATUS = (401, 413, 429)
"""HTTP statuses that decide, whatever the body says."""
_FORBIDDEN = 403


class Submitted(Tolerant):
    """The answer of CreateSignature and UpdateSignature, as far as it is used.

    An id that comes as a number is taken too: after a yes the id must not be lost.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    signature_id: Annotated[
        str, BeforeValidator(lambda value: short(value) if isinstance(value, str) else "")
    ] = ""


class Uploaded(Tolerant):
    """The answer of UploadSignatureFile; the official SDK knows no more of it."""

    file_id: str


class Item(Tolerant):
    """A signature, as ShowSignature and ListSignatureDetails report it.

    The file ids are left out, since the program may have named the files instead. So are the times:
    they name no zone, and `update_time` moves with the verdict too.
    """

    id: Name
    signature_name: Name
    status: Keyword
    signature_id: Keyword | None = None
    signature_type: str | None = None
    signature_source: Whole = None
    is_involved_third: str | None = None
    apply_desc: str | None = None
    qualification_id: str | None = None
    registration_number: str | None = None
    license_number: str | None = None
    review_desc: Reason | None = None
    app_name: str | None = None
    app_key: str | None = None
    channel_num: Keyword | None = None
    qualification_name: FreeText | None = None
    urge_status: Keyword | None = None
    urge_time: Keyword | None = None
    urge_desc: FreeText | None = None

    def review(self, *, is_china: bool) -> Review:
        """The item as a `Review`, by the meanings of its site."""
        fields = {name: getattr(self, name) for name in _REPORTED}
        lacks_papers = is_china and self.status == _PASSED
        reported: dict[str, object] = {
            "signature_name": self.signature_name,
            **{name: value for name, value in fields.items() if value not in (None, "")},
        }
        if self.is_involved_third in _YES_OR_NO:
            reported["is_involved_third"] = _YES_OR_NO[self.is_involved_third]
        return Review(
            id=self.id,
            text=self.signature_name,
            status=RULES.status(self.status),
            vendor_status=self.status,
            reason=self.review_desc or "",
            reported=reported,
            outputs={
                "signature_id": self.signature_id or "",
                "channel_num": self.channel_num or "",
                "urge_status": "" if self.urge_status in {None, _NOT_URGED} else self.urge_status,
                "urge_time": self.urge_time or "",
                "urge_desc": self.urge_desc or "",
            },
            filing=NOT_BEGUN if lacks_papers else self._filing,
            qualification=replace(self._qualification, state=QualificationState.SUPPLEMENT)
            if lacks_papers
            else self._qualification,
        )

    @property
    def _filing(self) -> Filing:
        state = _FILING.get(self.status)
        if state is None:
            return NOT_TOLD
        lost = state is FilingState.FAILED
        return Filing(state, reasons=[self.review_desc] if lost and self.review_desc else ())

    @property
    def _qualification(self) -> Qualification:
        if not self.qualification_id:
            return NO_QUALIFICATION
        state = _QUALIFICATION.get(self.status, QualificationState.UNKNOWN)
        return Qualification(self.qualification_id, self.qualification_name or "", state)


class App(Tolerant):
    """An SMS application, as ListAppDetails reports it."""

    id: str
    app_key: str | None = None


class Apps(Tolerant):
    """One page of ListAppDetails."""

    results: list[App]


class Page(Tolerant):
    """One page of ListSignatureDetails; `total` counts the signatures on all pages."""

    results: list[Item]
    total: int


def fault(response: httpx.Response) -> Fault | None:
    """The error that an answer reports, also one with an HTTP status of success.

    Its code is "HTTP 401" where only the status tells it.
    """
    status = response.status_code
    request_id = response.headers.get("X-Request-Id", "")
    body = document(response)
    if body is None:
        return _by_status(status, request_id) if status in _DECIDED_BY_STATUS else None
    if body.get("error_code"):
        code = str(body["error_code"])
        message = " ".join(str(body[key]) for key in ("error_msg", "error_detail") if body.get(key))
        request_id = str(body.get("request_id") or request_id)
        return Fault(meaning(code, status), code, message, request_id)
    nested = body.get("error")
    if isinstance(nested, Mapping) and nested.get("code"):
        code = str(nested["code"])
        iam = meaning(code, int(code) if code.isdecimal() else status)
        return Fault(iam, code, str(nested.get("message") or ""), request_id)
    if status in (*_DECIDED_BY_STATUS, _FORBIDDEN):
        return _by_status(status, request_id)
    return None


def _by_status(status: int, request_id: str) -> Fault:
    code = f"HTTP {status}"
    return Fault(meaning(code, status), code, request_id=request_id)


def succeeded(response: httpx.Response) -> Mapping[str, Any]:
    """The body of a successful answer; raises the `Fault` in another, or `UnreadableError`."""
    error = fault(response)
    if error is not None:
        raise error
    body = document(response)
    if body is None or not response.is_success:
        why = _("it is not a JSON object") if body is None else _("it names no error code")
        raise UnreadableError(why)
    return body


def confirmed(response: httpx.Response) -> None:
    """Check that an answer, which may be empty, confirms the call; raises as `succeeded`."""
    if not response.is_success or response.content:
        succeeded(response)
