"""A vendor that answers as it is told, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.auth import AccountCredentials
from tests.huawei_applications import FIELDS

ENDPOINT = "http://127.0.0.1:18977"
PROJECT = "845ada5bc7444f1295cd517af0123da1"
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
Answer = httpx.Response | Exception


class Desk:
    """Answers in the order in which it was told to; a missing answer fails the test."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(_copied(request))
        assert self.answers, f"one call too many: {request.method} {request.url}"
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def calls(self) -> list[str]:
        """Method and path of each call."""
        return [f"{request.method} {request.url.path}" for request in self.asked]


def in_threads(count: int, call: Callable[[], object]) -> None:
    """Make a call in so many threads, and wait for all of them."""
    threads = [threading.Thread(target=call) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def credentials(**settings: str) -> AccountCredentials:
    """A key's credentials for the tests' endpoint, or what the settings make of them."""
    own = settings or {"ak": "AKEXAMPLE", "sk": "SKEXAMPLE"}
    return AccountCredentials.model_validate(
        {"projectId": PROJECT, "endpoint": ENDPOINT, "iamEndpoint": ENDPOINT, **own}
    )


def api_at(
    desk: Callable[[httpx.Request], httpx.Response],
    account: AccountCredentials | None = None,
    auth: httpx.Auth | None = None,
) -> SignatureApi:
    """An account's calls, which the desk answers and no pause delays."""
    api = SignatureApi(account or credentials(), auth)
    api._transport._http._transport = httpx.MockTransport(desk)
    return api


def told(content: object, status: int = 200) -> httpx.Response:
    """An answer in JSON."""
    return httpx.Response(status, json=content)


def shown(**fields: object) -> httpx.Response:
    """The answer of ShowSignature."""
    return told({**ITEM, **fields})


def accepted(status: int = 200) -> httpx.Response:
    """The answer of CreateSignature and UpdateSignature."""
    content = {"id": ID, "signature_id": "22222222", "signature_name": FIELDS["signature_name"]}
    return told(content, status)


def page(*items: Mapping[str, Any], total: int | None = None) -> httpx.Response:
    """The answer of ListSignatureDetails; without a total, the only page."""
    return told({"results": list(items), "total": len(items) if total is None else total})


def error(code: str, status: int = 400, words: str = "") -> httpx.Response:
    """The service's or the gateway's envelope of an error."""
    return told({"error_code": code, "error_msg": words}, status)


def iam_error(code: int | str, status: int, words: str = "") -> httpx.Response:
    """IAM's envelope of an error."""
    return told({"error": {"code": code, "message": words, "title": "Error"}}, status)


def _copied(request: httpx.Request) -> httpx.Request:
    """A request as it is now: the next attempt signs the same object anew."""
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content,
        extensions=request.extensions,
    )


ODD: list[httpx.Response] = [
    httpx.Response(200, text="<html>Welcome to the hotel</html>"),
    httpx.Response(200, content=b'{"id": "1", "sta'),
    httpx.Response(200, content=b"\xff\xfe\x00"),
    httpx.Response(200),
    httpx.Response(204),
    httpx.Response(302, headers={"Location": "https://login.example"}),
    httpx.Response(404, text="<html>nothing here</html>"),
    httpx.Response(403, text="<html>a proxy's</html>"),
    httpx.Response(502, text="Bad Gateway"),
    told([]),
    told("fine"),
    told({"message": "not found"}, 404),
]
"""What is no answer of the vendor's protocol, whatever was asked."""
