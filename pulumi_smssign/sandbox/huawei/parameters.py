"""The parts of a call (path, JSON object, query, form), read before anything is done."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import JsonValue

from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.huawei.codes import BAD_PARAMETER, ServiceRefusal
from pulumi_smssign.sandbox.huawei.contracts import FILTERS, IAM_ROUTES, LENGTHS, ROUTES
from pulumi_smssign.sandbox.huawei.multipart import parts_of
from pulumi_smssign.sandbox.received_text import read_form, read_object

DEFAULT_PAGE = 10
MOST_A_PAGE = 500

_RECORDED = frozenset({*LENGTHS, "signature_source", *FILTERS, "file_desc", "name"})
_TIME = "%Y-%m-%d %H:%M:%S"

_COMPILED = tuple(
    (method, re.compile(f"/v2/([^/]*)/msgsms/{path.replace('{id}', '(?P<id>[^/]+)')}"), name)
    for method, path, name in ROUTES
)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Call:
    """An operation as it was called; `project` and `id` are empty where its path has none."""

    operation: str
    project: str = ""
    id: str = ""


def call_of(request: HttpRequest) -> Call | None:
    """Tell which operation a request calls; None if there is no such API."""
    of_iam = IAM_ROUTES.get((request.method, request.path))
    if of_iam is not None:
        return Call(of_iam)
    for method, path, name in _COMPILED:
        match = path.fullmatch(request.path) if method == request.method else None
        if match is not None:
            named = match.groupdict().get("id") or ""
            return Call(name, urllib.parse.unquote(match[1]), urllib.parse.unquote(named))
    return None


def invalid(detail: str) -> Refusal:
    """Give the refusal of a parameter; `detail`, its `error_detail`, names it."""
    return ServiceRefusal(BAD_PARAMETER, detail)


def query_of(request: HttpRequest) -> dict[str, str]:
    """Give the query's parameters, of several with one name the last; a Refusal if no UTF-8."""
    try:
        return dict(read_form(request.query))
    except ValueError:
        raise invalid("query") from None


def body_of(request: HttpRequest) -> Document:
    """Give the JSON object that was sent, without what is null, or raise a Refusal."""
    document = read_object(request.body)
    if document is None:
        raise invalid("body")
    return {name: value for name, value in document.items() if value is not None}


def recorded(request: HttpRequest) -> Document:
    """Give what is kept of a request for assertions: no file, no password, no unknown value."""
    fields: Document = {}
    with contextlib.suppress(Refusal):
        fields.update(query_of(request))
    content_type = request.headers.get("content-type", "")
    if content_type.lower().startswith("multipart/"):
        with contextlib.suppress(ValueError):
            for part in parts_of(content_type, request.body):
                fields[part.name] = Evidence.of(part.content).summary()
    elif request.body:
        with contextlib.suppress(Refusal):
            fields.update(body_of(request))
    return {name: _record(name, value) for name, value in fields.items()}


def _record(name: str, value: JsonValue) -> JsonValue:
    digest = name == "file" and isinstance(value, dict) and "sha256" in value
    plain = name in _RECORDED and isinstance(value, str | int)
    return value if digest or plain else True


def paged(items: Sequence[_T], query: Mapping[str, str]) -> list[_T]:
    """Give the page that a query asks for with `limit` and `offset`, or raise a Refusal."""
    limit = _number(query, "limit", DEFAULT_PAGE)
    offset = _number(query, "offset", 0)
    if not 1 <= limit <= MOST_A_PAGE:
        raise invalid("limit")
    return list(items[offset : offset + limit])


def newest_first(query: Mapping[str, str]) -> bool:
    """Tell the order that a query asks for with `sort_key` and `sort_dir`, or raise a Refusal."""
    if query.get("sort_key", "create_time") != "create_time":
        raise invalid("sort_key")
    direction = query.get("sort_dir", "desc")
    if direction not in {"asc", "desc"}:
        raise invalid("sort_dir")
    return direction == "desc"


def written(at: float) -> str:
    """Write Unix seconds as `yyyy-MM-dd HH:mm:ss`, in UTC."""
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime(_TIME)


def bound(query: Mapping[str, str], name: str, default: float) -> float:
    """Read a query's bound, written so, as Unix seconds, or raise a Refusal."""
    if name not in query:
        return default
    try:
        return dt.datetime.strptime(query[name], _TIME).replace(tzinfo=dt.UTC).timestamp()
    except ValueError:
        raise invalid(name) from None


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= len("2147483647")):
        raise invalid(name)
    return int(text)
