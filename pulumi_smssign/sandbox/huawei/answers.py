"""The envelopes of the three that answer: MSGSMS, the gateway and IAM.

| who | envelope | source |
| --- | --- | --- |
| MSGSMS | `error_code`, `error_msg`, `error_detail` | vendor page sms_05_0060 |
| the gateway | `error_code`, `error_msg`, `request_id` | vendor's API signing guide, errors |
| IAM | `{"error": {"code", "message", "title"}}` | vendor page iam_30_0001; title inferred |

Every answer has the header X-Request-Id, which the official SDK 3.1.219 reads.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http import HTTPStatus

from pydantic import JsonValue

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, json_answer
from pulumi_smssign.sandbox.huawei.codes import GATEWAY, ServiceRefusal, http_status
from pulumi_smssign.sandbox.switches import Switches

_TITLES: Mapping[int, str] = {status.value: status.phrase for status in HTTPStatus}


def answered(
    document: JsonValue, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpAnswer:
    """Answer with `document`."""
    return json_answer(
        document, status, headers={"X-Request-Id": uuid.uuid4().hex, **(headers or {})}
    )


def bodiless(status: int) -> HttpAnswer:
    """Answer that it was done, and nothing else."""
    return HttpAnswer(b"", status, {"X-Request-Id": uuid.uuid4().hex})


def refused(refusal: Refusal, switches: Switches, *, of_iam: bool) -> HttpAnswer:
    """Put a refusal into the envelope of whose code it is."""
    request_id = uuid.uuid4().hex
    code = refusal.code
    status = refusal.http_status or _usual_status(code)
    document: Document
    if code.startswith(("APIGW.", "APIG.")):
        if code.startswith(GATEWAY):
            prefix = switches.text("huawei.gateway_prefix")
            code = f"{prefix}.{code.removeprefix(GATEWAY)}"
        document = {"error_code": code, "error_msg": refusal.message, "request_id": request_id}
    elif of_iam:
        number: JsonValue = int(code) if code.isdecimal() else code
        document = {
            "error": {"code": number, "message": refusal.message, "title": _TITLES.get(status, "")}
        }
    else:
        detail = refusal.detail if isinstance(refusal, ServiceRefusal) else ""
        document = {"error_code": code, "error_msg": refusal.message, "error_detail": detail}
        service_status = switches.text("huawei.error_status")
        if refusal.http_status is None and service_status.isdecimal():
            status = int(service_status)
    return json_answer(document, status, code, {"X-Request-Id": request_id})


def _usual_status(code: str) -> int:
    """Give the HTTP status of a code; IAM's codes are such."""
    return int(code) if code.isdecimal() and int(code) in _TITLES else http_status(code)
