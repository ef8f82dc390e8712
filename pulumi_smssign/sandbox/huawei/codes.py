"""The codes of MSGSMS and of its gateway, their texts, and the refusals made of them.

The texts are the error page's of MSGSMS (sms_05_0060, 2025), which doesn't say with which HTTP
status a code comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from pulumi_smssign.sandbox.gateway import Refusal

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
    NO_APP: "App does not exist.",
    BAD_TYPE: "signature type is not supported",
    "MSGSMS.0033": "Signature is not found",
    NOT_TO_BE_ACTIVATED: "Signature status should be to be activated.",
    BAD_FILE_NAME: "File name is empty, too long or have space.",
    ILLEGAL_FILE_NAME: "File name illegal character.",
}

HTTP_STATUSES: Mapping[str, int] = {
    "MSGSMS.0001": 500,
    UNAUTHORIZED: 401,
    "MSGSMS.0005": 404,
    NO_FILE: 404,
    NOT_OPEN: 403,
    NO_APP: 404,
    "MSGSMS.0033": 404,
    NO_API: 404,
    "APIGW.0103": 404,
    UNAUTHENTICATED: 401,
    THROTTLED: 429,
}
"""What a code comes with unless it is said otherwise; the others come with 400."""


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
