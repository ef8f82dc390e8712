"""Codes, envelopes and HTTP statuses of the three that answer: MSGSMS, the gateway and IAM.

| who | envelope | source |
| --- | --- | --- |
| MSGSMS | `error_code`, `error_msg`, often `error_detail` | vendor page sms_05_0060 |
| the gateway | `error_code`, `error_msg`, `request_id` | vendor's API signing guide, errors |
| IAM | `{"error": {"code", "message", "title"}}` | vendor page iam_30_0001; title inferred |

The texts are the error page's of MSGSMS (2025), which doesn't say with which HTTP status a code
comes. Every answer has the header X-Request-Id, which the official SDK 3.1.219 reads.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http import HTTPStatus

from pydantic import JsonValue

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, json_bytes

SERVICE = "MSGSMS."
GATEWAY = "APIGW."

BAD_PARAMETER = "MSGSMS.0002"
UNAUTHORIZED = "MSGSMS.0003"
NOT_UPDATABLE = "MSGSMS.0007"
NO_FILE = "MSGSMS.0011"
BAD_ID = "MSGSMS.0012"
NOT_OPEN = "MSGSMS.0013"
NOT_TO_BE_ACTIVATED = "MSGSMS.0130"
BAD_FILE_NAME = "MSGSMS.0132"
ILLEGAL_FILE_NAME = "MSGSMS.0133"

NO_API = "APIGW.0101"
BAD_REQUEST = "APIGW.0201"
UNAUTHENTICATED = "APIGW.0301"
THROTTLED = "APIGW.0308"

MESSAGES: Mapping[str, str] = {
    "MSGSMS.0001": "Internal server error.",
    BAD_PARAMETER: "Invalid Parameter.",
    UNAUTHORIZED: "Request unauthorized.",
    "MSGSMS.0004": "Signature already exists.",
    "MSGSMS.0005": "Signature does not exist.",
    "MSGSMS.0006": "Signature type and name is duplicate.",
    NOT_UPDATABLE: "Signature not allow to update, signature status must be Reject.",
    NO_FILE: "File does not exist.",
    BAD_ID: "Signature id invalid.",
    NOT_OPEN: "Service not yet opened.",
    "MSGSMS.0014": "App does not exist.",
    "MSGSMS.0032": "signature type is not supported",
    "MSGSMS.0033": "Signature is not found",
    "MSGSMS.0050": "Invalid Appkey, app not found",
    "MSGSMS.0076": "Message Application does not exist",
    NOT_TO_BE_ACTIVATED: "Signature status should be to be activated.",
    BAD_FILE_NAME: "File name is empty, too long or have space.",
    ILLEGAL_FILE_NAME: "File name illegal character.",
}

_STATUSES: Mapping[str, int] = {
    "MSGSMS.0001": 500,
    UNAUTHORIZED: 401,
    "MSGSMS.0005": 404,
    NO_FILE: 404,
    NOT_OPEN: 403,
    "MSGSMS.0014": 404,
    "MSGSMS.0033": 404,
    "MSGSMS.0050": 404,
    "MSGSMS.0076": 404,
    NO_API: 404,
    "APIGW.0103": 404,
    UNAUTHENTICATED: 401,
    THROTTLED: 429,
}
"""What a code comes with unless it is said otherwise; the others come with 400."""

_TITLES: Mapping[int, str] = {status.value: status.phrase for status in HTTPStatus}


class ServiceRefusal(Refusal):
    """MSGSMS refuses with a code of its error page; `detail` is its `error_detail`."""

    def __init__(self, code: str, detail: str = "", message: str | None = None) -> None:
        super().__init__(code, message or MESSAGES.get(code, "Request refused."))
        self.detail = detail


class IamRefusal(Refusal):
    """IAM refuses; its code is the HTTP status."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(str(status.value), message, status.value)


def unauthenticated(why: str) -> Refusal:
    """Give the gateway's refusal of a token or a signature."""
    return Refusal(UNAUTHENTICATED, f"Incorrect IAM authentication information: {why}")


def answered(
    document: JsonValue, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpAnswer:
    """Answer with `document`."""
    return _answer(json_bytes(document), uuid.uuid4().hex, status, headers=headers or {})


def bodiless(status: int) -> HttpAnswer:
    """Answer that it was done, and nothing else."""
    return HttpAnswer(b"", status, {"X-Request-Id": uuid.uuid4().hex})


def refused(
    refusal: Refusal, *, of_iam: bool, gateway_prefix: str, service_status: str
) -> HttpAnswer:
    """Put a refusal into the envelope of whose code it is."""
    request_id = uuid.uuid4().hex
    code = refusal.code
    status = refusal.http_status or _usual_status(code)
    document: Document
    if code.startswith(("APIGW.", "APIG.")):
        if code.startswith(GATEWAY):
            code = f"{gateway_prefix}.{code.removeprefix(GATEWAY)}"
        document = {"error_code": code, "error_msg": refusal.message, "request_id": request_id}
    elif of_iam:
        number: JsonValue = int(code) if code.isdecimal() else code
        document = {
            "error": {"code": number, "message": refusal.message, "title": _TITLES.get(status, "")}
        }
    else:
        document = {"error_code": code, "error_msg": refusal.message}
        if isinstance(refusal, ServiceRefusal) and refusal.detail:
            document["error_detail"] = refusal.detail
        if refusal.http_status is None and service_status.isdecimal():
            status = int(service_status)
    return _answer(json_bytes(document), request_id, status, code=code)


def _usual_status(code: str) -> int:
    """Give the HTTP status of a code; IAM's codes are such."""
    return int(code) if code.isdecimal() and int(code) in _TITLES else _STATUSES.get(code, 400)


def _answer(
    body: bytes,
    request_id: str,
    status: int,
    *,
    code: str = "",
    headers: Mapping[str, str] | None = None,
) -> HttpAnswer:
    common = {"content-type": "application/json", "X-Request-Id": request_id}
    return HttpAnswer(body, status, {**common, **(headers or {})}, code)
