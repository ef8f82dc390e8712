"""An Alibaba Cloud that answers what a test tells it to."""

from __future__ import annotations

import json

import httpx

from pulumi_smssign.alibaba.api import SignatureApi
from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.model.review import Handle
from tests.alibaba_applications import NAME

HANDLE = Handle(NAME, NAME)
TAKEN = {"Code": "OK", "Message": "OK", "RequestId": "r-1", "SignName": NAME, "OrderId": "2000"}
SHOWN = {**TAKEN, "SignStatus": 0}


class Desk:
    """Answers each call with the next of its answers, and keeps what was asked."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(httpx.Request(request.method, request.url, headers=request.headers))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    @property
    def actions(self) -> list[str]:
        return [request.headers["x-acs-action"] for request in self.asked]

    def sent(self, index: int = 0) -> dict[str, str]:
        """The parameters of a call."""
        return dict(self.asked[index].url.params)


def credentials(**changes: str) -> AccountCredentials:
    settings = {"accessKeyId": "LTAIexample", "accessKeySecret": "an-invented-secret", **changes}
    return AccountCredentials.model_validate(settings)


def connected(*answers: object) -> tuple[SignatureApi, Desk]:
    """An account's calls, which the desk answers and no pause delays."""
    desk = Desk(*answers)
    api = SignatureApi(credentials())
    api._transport._http._transport = httpx.MockTransport(desk)
    return api, desk


def error(code: str, status: int = 400, words: str = "no") -> httpx.Response:
    body = {"Code": code, "Message": words, "RequestId": "r-9"}
    return httpx.Response(status, content=json.dumps(body).encode())
