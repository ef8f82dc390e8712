"""The answers of the API, and of the web server in front of it.

Every answer of the API is `application/json;charset=utf-8`, a success HTTP 200 and an error HTTP
400, those of authentication too (observed by third parties).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, json_bytes
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.yunpian.codes import BUSY, MESSAGES, TOO_FREQUENT, UNKNOWN_FAILURE

_INTEGER = re.compile(r"-?[0-9]{1,9}")

_STATUS_SWITCHES: Mapping[str, str] = {
    TOO_FREQUENT: "yunpian.rate_status",
    UNKNOWN_FAILURE: "yunpian.system_status",
    BUSY: "yunpian.system_status",
}


def answered(document: Document, *, status: int = 200, code: str = "") -> HttpAnswer:
    """Answer with `document`."""
    headers = {"content-type": "application/json;charset=utf-8"}
    return HttpAnswer(json_bytes(document), status, headers, code)


def refused(refusal: Refusal, switches: Switches) -> HttpAnswer:
    """Answer with an error."""
    switch = _STATUS_SWITCHES.get(refusal.code)
    status = refusal.http_status or (int(switches.text(switch)) if switch else 400)
    document: Document = {
        "http_status_code": status,
        "code": int(refusal.code) if _INTEGER.fullmatch(refusal.code) else refusal.code,
        "msg": MESSAGES.get(refusal.code, "未知错误"),
        "detail": refusal.message,
    }
    return answered(document, status=status, code=refusal.code)


def bare(status: int, words: str) -> HttpAnswer:
    """Answer as the web server in front of the API does."""
    page = f"<html><head><title>{status} {words}</title></head><body>{words}</body></html>"
    return HttpAnswer(page.encode(), status, {"content-type": "text/html"}, f"HTTP {status}")
