"""The two envelopes: `Code` and more behind HTTP 200, and an error behind 4xx and 5xx.

The older business errors come with HTTP 200, and the official SDK 4.6.0 raises nothing for them; a
success has the code `OK`.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from pulumi_smssign.sandbox.alibaba.codes import http_status, is_older
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, json_answer
from pulumi_smssign.sandbox.switches import Switches

HOST = "dysmsapi.aliyuncs.com"
_HELP = "https://api.aliyun.com/troubleshoot"


def answered(content: Document, switches: Switches) -> HttpAnswer:
    """Answer with what an operation gives."""
    message = switches.text("alibaba.success_message")
    return _identified({"Code": "OK", "Message": message, **content}, status=200)


def refused(refusal: Refusal, switches: Switches) -> HttpAnswer:
    """Answer with an error, in the envelope of its code."""
    error: Document = {"Code": refusal.code, "Message": refusal.message}
    usual = http_status(refusal.code)
    if is_older(refusal.code):
        usual = int(switches.text("alibaba.older_errors_status"))
    status = refusal.http_status or usual
    if status >= 400:  # noqa: PLR2004 - an error to HTTP
        error.update({"HostId": HOST, "Recommend": f"{_HELP}?q={refusal.code}"})
    answer = replace(_identified(error, status=status), code=refusal.code)
    seconds = int(switches.number("alibaba.retry_after"))
    if not seconds or not refusal.code.startswith("Throttling"):
        return answer
    return replace(answer, headers={**answer.headers, "x-acs-retry-after": str(seconds)})


def _identified(document: Document, *, status: int) -> HttpAnswer:
    request_id = str(uuid.uuid4()).upper()
    answer = json_answer({"RequestId": request_id, **document}, status=status)
    return replace(answer, headers={**answer.headers, "x-acs-request-id": request_id})
