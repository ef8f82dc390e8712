"""The parameters of a call: pairs of the query and of a form, each of a type.

The official SDK 4.6.0 sends them in the query of a POST without a body; its booleans are `True` and
`False`, other languages' `true` and `false`; a list is one JSON text and not `Name.1`, `Name.2`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pulumi_smssign.sandbox.alibaba.codes import missing
from pulumi_smssign.sandbox.alibaba.files import paths
from pulumi_smssign.sandbox.arguments import Argument, Arguments
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.received_text import read_form

_FORM = "application/x-www-form-urlencoded"
_INT64 = re.compile(r"-?[0-9]{1,18}")


class Kind(Enum):
    """The type of a parameter, in the words of a refusal."""

    STRING = "a string"
    INTEGER = "an integer"
    BOOLEAN = "true or false"
    STRINGS = "a JSON array of strings"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation."""

    kind: Kind
    required: bool = False


def sent(request: HttpRequest) -> dict[str, str]:
    """Read all pairs that were sent, unknown ones too; of several with one name, the last.

    Raises:
        ValueError: if they are not UTF-8.
    """
    pairs = read_form(request.query)
    if request.headers.get("content-type", "").lower().startswith(_FORM):
        pairs += read_form(request.body.decode())
    return dict(pairs)


def checked(
    pairs: Mapping[str, str], parameters: Mapping[str, Parameter], *, malformed: str
) -> Arguments:
    """Check an operation's parameters and give them; blank ones weren't sent, others are ignored.

    Raises:
        Refusal: `Missing` with the name, or the code `malformed`.
    """
    for name, parameter in parameters.items():
        if parameter.required and not pairs.get(name):
            raise Refusal(missing(name), f"{name} is mandatory for this action.")
    values = {
        name: _typed(pairs[name], parameter.kind)
        for name, parameter in parameters.items()
        if pairs.get(name)
    }
    for name, value in values.items():
        if value is None:
            raise Refusal(malformed, f"The parameter {name} is not {parameters[name].kind.value}.")
    return Arguments({name: value for name, value in values.items() if value is not None})


def _typed(text: str, kind: Kind) -> Argument | None:
    """Read a value; None if it is none of this kind."""
    if kind is Kind.INTEGER:
        return int(text) if _INT64.fullmatch(text) else None
    if kind is Kind.BOOLEAN:
        return {"true": True, "false": False}.get(text.lower())
    if kind is Kind.STRINGS:
        return paths(text)
    return text
