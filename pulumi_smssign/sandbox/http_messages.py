"""HTTP messages, in words that belong to no server and no vendor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pydantic import JsonValue

Document: TypeAlias = dict[str, JsonValue]
"""A JSON object."""


@dataclass(frozen=True)
class HttpRequest:
    """A request as it arrived, unparsed, since request signatures cover the bytes that were sent.

    `path` and `query` are percent-encoded as on the wire; header names are in lower case.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The declared media type, in lower case and without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class HttpAnswer:
    """An answer; `code` is the vendor's error code for the record, empty on success."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


def json_bytes(document: JsonValue) -> bytes:
    """Give `document` as compact UTF-8 JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def json_answer(
    document: JsonValue, status: int = 200, code: str = "", headers: Mapping[str, str] | None = None
) -> HttpAnswer:
    """Answer with `document`, its content type exactly `application/json` unless `headers` has one.

    A `charset` after it would make Tencent's official SDK take errors for successes (observed with
    3.1.153), so none is added.
    """
    headers = {"content-type": "application/json", **(headers or {})}
    return HttpAnswer(json_bytes(document), status, headers, code)
