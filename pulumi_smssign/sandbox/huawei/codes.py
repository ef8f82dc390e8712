"""The codes of MSGSMS and of its gateway, and the refusals made of them (texts: `codes.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.tables import table

GATEWAY = "APIGW."

BAD_PARAMETER = "MSGSMS.0002"
NO_APP = "MSGSMS.0014"
BAD_TYPE = "MSGSMS.0032"
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

_CODES: Mapping[str, Mapping[str, Any]] = table("huawei/codes")


def http_status(code: str) -> int:
    """Give the HTTP status that a code comes with unless it is said otherwise."""
    status: int = _CODES.get(code, {}).get("status", 400)
    return status


class ServiceRefusal(Refusal):
    """MSGSMS refuses with a code of its error page; `detail` is its `error_detail`."""

    def __init__(self, code: str, detail: str = "", message: str | None = None) -> None:
        super().__init__(code, message or _CODES.get(code, {}).get("message", "Request refused."))
        self.detail = detail


class IamRefusal(Refusal):
    """IAM refuses; its code is the HTTP status."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(str(status.value), message, status.value)


def unauthenticated(why: str) -> Refusal:
    """Give the gateway's refusal of a token or a signature."""
    return Refusal(UNAUTHENTICATED, f"Incorrect IAM authentication information: {why}")
