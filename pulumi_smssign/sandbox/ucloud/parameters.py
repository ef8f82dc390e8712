"""The parameters of a call: how they are read from a request, and checked for an action.

The pages take GET and POST, forms and JSON ("Public parameters" page of UCloud's API, 2026-08). The
official SDKs of 2026 send: Python a form; Go a form or JSON with real arrays, and Action in the
query as well; Java a flat JSON object with dotted keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pydantic import JsonValue

from pulumi_smssign.sandbox.arguments import Argument, Arguments
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.received_text import read_form, read_json
from pulumi_smssign.sandbox.ucloud.codes import (
    MALFORMED,
    MISSING,
    TOO_LARGE,
    UNREADABLE,
    parameter_refusal,
)

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes of a request. No page names a limit; two files of 4 MB in a form are some 17 MB at most."""

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_ITEM = re.compile(r"(?P<name>[A-Za-z]+)\.(?P<index>[0-9]{1,6})")


class Kind(Enum):
    """The type of a parameter, in the words of a refusal."""

    INTEGER = "an integer"
    STRING = "a string"
    BOOLEAN = "true or false"
    STRINGS = "an array of strings (Name.0, Name.1 and so on)"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an action."""

    kind: Kind
    required: bool


def is_json(request: HttpRequest) -> bool:
    """Tell whether the body is declared as JSON; any other body is read as a form."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json"


def parsed(request: HttpRequest) -> Document:
    """Read all parameters, unknown ones and blank values too, since the signature covers them.

    Of a POST's query only Action counts, where the body has none.

    Raises:
        Refusal: if the request is too large, or its body is not the JSON object that it says, or a
            form not UTF-8.
    """
    if len(request.body) > BODY_LIMIT:
        raise Refusal(str(TOO_LARGE), f"The request has more than {BODY_LIMIT} bytes.")
    query = _form(request.query)
    if request.method == "GET":
        return query
    body = _json(request.body) if is_json(request) else _form(request.body.decode("latin-1"))
    return {**{name: query[name] for name in query if name == "Action"}, **body}


def checked(document: Document, parameters: Mapping[str, Parameter], *, family: str) -> Arguments:
    """Check an action's parameters and give them; others are ignored.

    Raises:
        Refusal: for what is missing or malformed, with a code of `family`
            (`ucloud.parameter_codes`).
    """
    sent = {
        name: value for name, value in _gathered(document).items() if value not in (None, "", [])
    }
    for name, parameter in parameters.items():
        if parameter.required and name not in sent:
            raise parameter_refusal(family, MISSING, name, f"missing parameter: {name}")
    return Arguments(
        {
            name: _typed(name, sent[name], parameter.kind, family)
            for name, parameter in parameters.items()
            if name in sent
        }
    )


def _form(form: str) -> Document:
    try:
        return dict(read_form(form))
    except ValueError:
        raise Refusal(str(UNREADABLE), "The request's form is not UTF-8.") from None


def _json(body: bytes) -> Document:
    try:
        document = read_json(body)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Refusal(str(UNREADABLE), "The request's JSON can not be parsed as an object.")
    return document


def _gathered(document: Document) -> Document:
    """Put `Name.0`, `Name.1` and so on together, in the order of their numbers, blank ones out."""
    items: dict[str, list[tuple[int, JsonValue]]] = {}
    for name, value in document.items():
        match = _ITEM.fullmatch(name)
        if match and value != "":
            items.setdefault(match["name"], []).append((int(match["index"]), value))
    lists: Document = {
        name: [value for _, value in sorted(values, key=lambda item: item[0])]
        for name, values in items.items()
    }
    return {**document, **lists}


def _typed(name: str, value: JsonValue, kind: Kind, family: str) -> Argument:
    if kind is Kind.STRING and isinstance(value, str):
        return value
    if kind is Kind.INTEGER and (number := _integer(value)) is not None:
        return number
    if kind is Kind.BOOLEAN and (isinstance(value, bool) or value in ("true", "false")):
        return value in (True, "true")
    if kind is Kind.STRINGS and isinstance(value, list):
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value):
            return texts
    raise parameter_refusal(family, MALFORMED, name, f"{name} is not {kind.value}")


def _integer(value: JsonValue) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    return None
