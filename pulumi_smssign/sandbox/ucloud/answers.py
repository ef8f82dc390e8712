"""The envelope of every answer: `RetCode`, mostly `Action`, and `Message`.

Every answer is HTTP 200, errors too, and has the request id in the header X-UCLOUD-REQUEST-UUID:
the official SDKs don't read a body behind 4xx and 5xx (Python 0.11.150, Go 0.22.98). What the
gateway itself refuses is answered without Action.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from pydantic import JsonValue

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, json_answer
from pulumi_smssign.sandbox.ucloud.codes import FIRST_OF_SERVICE


def answered(content: Document, action: str, message: str, *, quoted: bool) -> HttpAnswer:
    """Answer with what an action gives; `quoted` writes the RetCode as a text."""
    head: Document = {"RetCode": "0" if quoted else 0, "Action": f"{action}Response"}
    return _identified(json_answer({**head, "Message": message, **content}))


def refused(refusal: Refusal, action: str, *, quoted: bool) -> HttpAnswer:
    """Answer with an error of the action, which is empty where there is no such action."""
    code: JsonValue = int(refusal.code) if refusal.code.isdecimal() else refusal.code
    document: Document = {"RetCode": str(code) if quoted else code}
    if action and isinstance(code, int) and code >= FIRST_OF_SERVICE:
        document["Action"] = f"{action}Response"
    document["Message"] = refusal.message
    status, recorded = refusal.http_status or 200, "" if code == 0 else str(code)
    return _identified(json_answer(document, status=status, code=recorded))


def _identified(answer: HttpAnswer) -> HttpAnswer:
    headers = {**answer.headers, "X-UCLOUD-REQUEST-UUID": str(uuid.uuid4())}
    return replace(answer, headers=headers)
