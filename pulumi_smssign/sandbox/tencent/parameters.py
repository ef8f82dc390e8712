"""The parameters of an action: what the gateway takes and refuses before the service sees a call.

Types and required flags: vendor pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10), and
the API description of the official command line 3.1.189.
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


class Kind(Enum):
    """The type of a parameter, in the words of a refusal."""

    INTEGER = "an integer"
    STRING = "a string"
    INTEGERS = "an array of integers"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an action."""

    kind: Kind
    required: bool


def parsed(request: HttpRequest) -> Document:
    """Read the parameters of a request: a JSON body, or the query string of a GET.

    Raises:
        Refusal: if there is no JSON object in it.
    """
    if request.method == "GET":
        return _from_query(request.query)
    try:
        document = read_json(request.body)
    except ValueError:
        raise Refusal("FailedOperation.JsonParseFail", "The body is not valid JSON.") from None
    if not isinstance(document, dict):
        raise Refusal("FailedOperation.FailResolvePacket", "The body is not a JSON object.")
    return document


def _from_query(query: str) -> Document:
    """Read `Name=value` and `Name.0=value` pairs, as the gateway's GET form has them."""
    try:
        pairs = read_form(query)
    except ValueError:
        raise Refusal("FailedOperation.FailResolvePacket", "The query is not UTF-8.") from None
    document: Document = {}
    for name, value in pairs:
        stem, dot, index = name.partition(".")
        if not (dot and index.isdecimal()):
            document[name] = value
            continue
        values = document.setdefault(stem, [])
        if isinstance(values, list):
            values.append(value)
    return document


def checked(
    document: Document, parameters: Mapping[str, Parameter], *, numeric_strings: bool
) -> Arguments:
    """Check names and types, and give the parameters; null counts as not sent.

    Raises:
        Refusal: UnknownParameter, MissingParameter or InvalidParameter.
    """
    sent = {name: value for name, value in document.items() if value is not None}
    for name in sent:
        if name not in parameters:
            raise Refusal("UnknownParameter", f"The parameter `{name[:64]}` is not recognized.")
    for name, parameter in parameters.items():
        if parameter.required and name not in sent:
            raise Refusal(
                "MissingParameter", f"The request is missing a required parameter `{name}`."
            )
    return Arguments(
        {
            name: _typed(name, value, parameters[name].kind, numeric_strings=numeric_strings)
            for name, value in sent.items()
        }
    )


def _typed(name: str, value: JsonValue, kind: Kind, *, numeric_strings: bool) -> Argument:
    if kind is Kind.STRING and isinstance(value, str):
        return value
    if (
        kind is Kind.INTEGER
        and (number := _integer(value, numeric_strings=numeric_strings)) is not None
    ):
        return number
    if kind is Kind.INTEGERS and isinstance(value, list):
        numbers = [_integer(each, numeric_strings=numeric_strings) for each in value]
        if None not in numbers:
            return [number for number in numbers if number is not None]
    raise Refusal("InvalidParameter", f"The value of the parameter `{name}` is not {kind.value}.")


def _integer(value: JsonValue, *, numeric_strings: bool) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if numeric_strings and isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,20}", value):
        return int(value)
    return None
