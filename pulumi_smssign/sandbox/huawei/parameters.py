"""What a call brings: a JSON object, a query, a form; read in full before anything is done.

Lengths: machine-readable API definitions of MSGSMS 2.0 (as of 2025), for the fields of the page
"Creating an SMS Signature" (2025-04-11); that page alone names the last three of them, without
lengths.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import JsonValue

from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.huawei.answers import BAD_PARAMETER, ServiceRefusal
from pulumi_smssign.sandbox.huawei.multipart import parts_of
from pulumi_smssign.sandbox.switches import Switches

LENGTHS: Mapping[str, tuple[int, int]] = {
    "app_id": (1, 64),
    "signature_name": (1, 32),
    "signature_type": (1, 64),
    "is_involved_third": (1, 16),
    "apply_desc": (0, 100),
    "file_id": (1, 64),
    "power_attorney_fileid": (1, 128),
    "source_title_content": (0, 512),
    "qualification_id": (0, 64),
    "signature_related_file_id": (1, 64),
    "registration_number": (0, 64),
    "license_number": (0, 64),
}
"""The text fields of an application, with the fewest and the most characters."""

REQUIRED = ("app_id", "signature_name", "signature_source", "signature_type", "is_involved_third")

FILTERS = frozenset(
    {
        "signature_name",
        "signature_id",
        "signature_type",
        "status",
        "app_name",
        "start_time",
        "end_time",
        "limit",
        "offset",
        "sort_key",
        "sort_dir",
        "site",
    }
)
"""The query parameters of a list."""

DEFAULT_PAGE = 10
MOST_A_PAGE = 500

_RECORDED = frozenset({*LENGTHS, "signature_source", *FILTERS, "file_desc", "name"})
_TIME = "%Y-%m-%d %H:%M:%S"

_T = TypeVar("_T")


def invalid(what: str) -> Refusal:
    """Give the refusal of a parameter; `what` names it in `error_detail`."""
    return ServiceRefusal(BAD_PARAMETER, what)


def query_of(request: HttpRequest) -> dict[str, str]:
    """Give the query's parameters; of several with one name, the last."""
    return dict(urllib.parse.parse_qsl(request.query, keep_blank_values=True))


def body_of(request: HttpRequest) -> Document:
    """Give the JSON object that was sent, without what is null.

    Raises:
        Refusal: if there is none.
    """
    try:
        document: JsonValue = json.loads(request.body)
    except ValueError:
        raise invalid("body") from None
    if not isinstance(document, dict):
        raise invalid("body")
    return {name: value for name, value in document.items() if value is not None}


def recorded(request: HttpRequest) -> Document:
    """Give what is kept of a request for assertions: no file, no password, no unknown value."""
    fields: Document = {**query_of(request)}
    content_type = request.headers.get("content-type", "")
    if content_type.lower().startswith("multipart/"):
        with contextlib.suppress(ValueError):
            for part in parts_of(content_type, request.body):
                file = Evidence.of(part.content)
                fields[part.name] = {
                    "sha256": file.sha256,
                    "size": file.size,
                    "media_type": file.media_type,
                }
        return {name: _kept(name, value) for name, value in fields.items()}
    if request.body:
        with contextlib.suppress(Refusal):
            fields.update(body_of(request))
    return {name: _kept(name, value) for name, value in fields.items()}


def _kept(name: str, value: JsonValue) -> JsonValue:
    digest = name == "file" and isinstance(value, dict) and "sha256" in value
    plain = name in _RECORDED and isinstance(value, str | int)
    return value if digest or plain else True


def paged(found: Sequence[_T], query: Mapping[str, str]) -> list[_T]:
    """Give the page of `found` that a query asks for with `limit` and `offset`.

    Raises:
        Refusal: if they are no numbers, or out of bounds.
    """
    limit = _number(query, "limit", DEFAULT_PAGE)
    offset = _number(query, "offset", 0)
    if not 1 <= limit <= MOST_A_PAGE:
        raise invalid("limit")
    return list(found[offset : offset + limit])


def newest_first(query: Mapping[str, str]) -> bool:
    """Tell the order that a query asks for with `sort_key` and `sort_dir`.

    Raises:
        Refusal: if there is no such order.
    """
    if query.get("sort_key", "create_time") != "create_time":
        raise invalid("sort_key")
    direction = query.get("sort_dir", "desc")
    if direction not in {"asc", "desc"}:
        raise invalid("sort_dir")
    return direction == "desc"


class Times:
    """Writes and reads `yyyy-MM-dd HH:mm:ss`, which bears no zone, in the zone of the switch."""

    def __init__(self, switches: Switches) -> None:
        hours = 8 if switches.text("huawei.timezone") == "utc+8" else 0
        self._zone = dt.timezone(dt.timedelta(hours=hours))

    def written(self, at: float) -> str:
        """Write Unix seconds."""
        return dt.datetime.fromtimestamp(at, self._zone).strftime(_TIME)

    def bound(self, query: Mapping[str, str], name: str, default: float) -> float:
        """Read a query's bound as Unix seconds.

        Raises:
            Refusal: if it is none.
        """
        if name not in query:
            return default
        try:
            moment = dt.datetime.strptime(query[name], _TIME).replace(tzinfo=self._zone)
        except ValueError:
            raise invalid(name) from None
        return moment.timestamp()


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= len("2147483647")):
        raise invalid(name)
    return int(text)
