"""A vendor's calls for the tests: of a sandbox's account, or with a test's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.core.registry import named, part

NOWHERE = "http://127.0.0.1:9"
"""An endpoint that is never reached."""

Answer = httpx.Response | Exception | Mapping[str, Any] | list[Any] | str


def connected(
    vendor: str, url: str, auth: httpx.Auth | None = None, **changes: str | None
) -> BaseApi[Any, Any]:
    """The calls of the sandbox's account at a URL.

    `changes` are settings by their keys in the configuration; None leaves one out.
    """
    credentials = named(vendor).credentials
    hosts = [key for key in credentials.config_keys() if key.lower().endswith("endpoint")]
    settings = {**credentials.test_keys, **dict.fromkeys(hosts, url), **changes}
    account = credentials.model_validate(
        {key: value for key, value in settings.items() if value is not None}
    )
    api: BaseApi[Any, Any] = part(vendor, "api.SignatureApi")(account, *([auth] if auth else []))
    return api


class Answering:
    """A vendor that answers as a test says, in that order, and keeps the requests.

    A mapping or list is an answer in JSON, a text is one as it stands, and an exception is what
    happens on the way. A call beyond the answers fails the test.
    """

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        # A copy: the next attempt signs the same object anew.
        self.requests.append(
            httpx.Request(
                request.method,
                request.url,
                headers=request.headers,
                content=request.content,
                extensions=request.extensions,
            )
        )
        assert self._answers, f"one call too many: {request.method} {request.url}"
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            return httpx.Response(200, text=answer)
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)


def answered(
    vendor: str, *answers: Answer, auth: httpx.Auth | None = None, **changes: str | None
) -> tuple[Any, Answering]:
    """A vendor's calls with a test's answers, and where they arrive."""
    api = connected(vendor, NOWHERE, auth, **changes)
    side = Answering(*answers)
    answer_with(api, side)
    return api, side


def answer_with(api: BaseApi[Any, Any], side: Any) -> None:  # noqa: ANN401 - of httpx's own type
    """Have a vendor's calls answered without a connection."""
    api._transport._http._transport = httpx.MockTransport(side)
