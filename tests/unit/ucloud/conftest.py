"""An application of UCloud's, and a UCloud that answers what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from pulumi_smssign import evidence
from pulumi_smssign.lifecycle import Handle
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials
from tests.images import jpeg, png

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


Inputs = dict[str, Any]
Apply = Callable[..., SignatureApplication]


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """Checked inputs without fault or doubt, as the program's side describes them."""
    licence, letter = tmp_path / "licence.png", tmp_path / "letter.jpg"
    licence.write_bytes(png())
    letter.write_bytes(jpeg())
    return {
        "sig_content": "极客科技",
        "sig_type": 0.0,
        "certificate_type": 0.0,
        "sig_purpose": 1.0,
        "description": "login codes",
        "file": evidence.describe(licence),
        "proxy_file": evidence.describe(letter),
    }


@pytest.fixture
def apply(inputs: Inputs) -> Apply:
    """Makes an application of the inputs, some of them changed."""

    def application(**changes: object) -> SignatureApplication:
        return SignatureApplication.of({**inputs, **changes}, "")

    return application


class UCloud:
    """Answers in turn what it was told, the last answer for ever; keeps the forms received."""

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

    @property
    def forms(self) -> list[dict[str, str]]:
        """What was received, but for the key and its signature."""
        return [
            {
                name: value
                for name, value in parse_qsl(request.content.decode(), keep_blank_values=True)
                if name not in {"PublicKey", "Signature"}
            }
            for request in self.requests
        ]

    @property
    def actions(self) -> list[str]:
        """The actions asked for, in their order."""
        return [form["Action"] for form in self.forms]

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


Connect = Callable[..., SignatureApi]


@pytest.fixture
def connect(ucloud: UCloud) -> Iterator[Connect]:
    """Connects an account, its settings changed as given, to the vendor's side."""
    open_ones: list[SignatureApi] = []

    def api(**settings: str) -> SignatureApi:
        credentials = AccountCredentials.model_validate(
            {
                "publicKey": "pub-example-0001",
                "privateKey": "priv-example-0001",
                "projectId": "org-example",
                "endpoint": "https://ucloud.example",
                **settings,
            }
        )
        connected = SignatureApi(credentials, sleep=lambda _: None)
        connected.close()
        connected._transport._http = httpx.Client(
            base_url=credentials.endpoint, transport=httpx.MockTransport(ucloud)
        )
        open_ones.append(connected)
        return connected

    yield api
    for connected in open_ones:
        connected.close()


@pytest.fixture
def api(connect: Connect) -> SignatureApi:
    """The calls of the account `org-example`."""
    return connect()
