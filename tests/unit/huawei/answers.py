"""Answers of Huawei's service, its gateway and its IAM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from tests.huawei_applications import FIELDS

PROJECT = "5b0c00000000000000000000000d35c0"
SIGNATURES = f"/v2/{PROJECT}/msgsms/signatures"
ID = "11111111-aaaa-4bbb-8ccc-000000000001"
ITEM: Mapping[str, Any] = {
    "id": ID,
    "signature_id": "22222222-aaaa-4bbb-8ccc-000000000001",
    "signature_name": FIELDS["signature_name"],
    "signature_type": FIELDS["signature_type"],
    "signature_source": FIELDS["signature_source"],
    "status": "PENDING_REVIEW",
    "is_involved_third": "No",
}


def page(*items: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of ListSignatureDetails."""
    return {"results": list(items), "total": len(items)}


def json(content: object, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json=content)


def error(code: str, status: int = 400, message: str = "") -> httpx.Response:
    """An error of the service or the gateway."""
    return json({"error_code": code, "error_msg": message}, status)


def iam_error(code: int | str, status: int, message: str = "") -> httpx.Response:
    return json({"error": {"code": code, "message": message, "title": "Error"}}, status)
