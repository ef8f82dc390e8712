"""The envelope of every answer, success or error: `{"Response": {..., "RequestId": "..."}}`."""

from __future__ import annotations

import uuid

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, json_answer


def answered(content: Document) -> HttpAnswer:
    """Answer with what an action gives."""
    return _envelope(content, 200, "")


def refused(refusal: Refusal) -> HttpAnswer:
    """Answer with an error."""
    error: Document = {"Code": refusal.code, "Message": refusal.message}
    return _envelope({"Error": error}, refusal.http_status or 200, refusal.code)


def _envelope(content: Document, status: int, code: str) -> HttpAnswer:
    document: Document = {"Response": {**content, "RequestId": str(uuid.uuid4())}}
    return json_answer(document, status=status, code=code)
