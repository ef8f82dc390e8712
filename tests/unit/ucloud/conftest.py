"""An application of UCloud's, and a UCloud that answers what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.model.review import Handle
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials
from tests.ucloud_applications import Inputs, application, for_others

ID = "SIG202601159F3A1C"
HANDLE = Handle(ID, "极客科技", "org-example/mainland")
DONE: dict[str, Any] = {"RetCode": 0, "Action": "Done", "Message": ""}
CREATED = {**DONE, "SigId": ID}
WAITING = {"SigId": ID, "SigContent": "极客科技", "Status": 0, "ErrDesc": ""}


def found(**changes: object) -> dict[str, Any]:
    """The answer to a question: a signature that waits, some of it changed."""
    return {**DONE, "Data": {**WAITING, **changes}}


def refused(code: object, words: str = "") -> dict[str, Any]:
    """An answer that says no."""
    return {"RetCode": code, "Action": "Refused", "Message": words}


Apply = Callable[..., SignatureApplication]


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """Checked inputs without fault or doubt, as the program's side describes them."""
    return for_others(tmp_path)


@pytest.fixture
def apply(inputs: Inputs) -> Apply:
    """Makes an application of the inputs, some of them changed."""
    return partial(application, inputs)


class UCloud:
    """Answers in turn what it was told, the last answer for ever; keeps the requests."""

    def __init__(self) -> None:
        self.answers: list[httpx.Response | Exception] = []
        self.requests: list[httpx.Request] = []

    def will(self, *answers: dict[str, Any] | httpx.Response | Exception) -> None:
        """Answer so from now on; a dict is the body of a successful HTTP exchange."""
        self.answers = [
            httpx.Response(200, json=answer, headers={"X-UCLOUD-REQUEST-UUID": "uuid-1"})
            if isinstance(answer, dict)
            else answer
            for answer in answers
        ]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def ucloud() -> UCloud:
    """The vendor's side."""
    return UCloud()


@pytest.fixture
def api(ucloud: UCloud) -> Iterator[SignatureApi]:
    """The calls of the account `org-example`."""
    credentials = AccountCredentials.model_validate(
        {
            "publicKey": "pub-example-0001",
            "privateKey": "priv-example-0001",
            "projectId": "org-example",
            "endpoint": "https://ucloud.example",
        }
    )
    with closing(SignatureApi(credentials)) as api:
        api._transport._http._transport = httpx.MockTransport(ucloud)
        yield api
