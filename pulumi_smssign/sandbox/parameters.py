"""Parameters of a call: what an action knows, of which type, and what a call says of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, TypeVar

from pydantic import JsonValue

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.received_text import read_json

Argument: TypeAlias = "int | str | list[int] | list[str]"

_T = TypeVar("_T")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_BOOLEANS = {"true": True, "false": False}


class Kind(Enum):
    """The type of a parameter, in the words of a refusal."""

    INTEGER = "an integer"
    STRING = "a string"
    BOOLEAN = "true or false"
    INTEGERS = "an array of integers"
    STRINGS = "an array of strings"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an action."""

    kind: Kind
    required: bool = False


class Arguments:
    """The values of a call's parameters; a parameter that wasn't sent has an empty one."""

    def __init__(self, values: Mapping[str, Argument]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def integer(self, name: str, default: int = 0) -> int:
        """Give an integer parameter, or `default` where it wasn't sent."""
        value = self._values.get(name, default)
        return value if isinstance(value, int) else default

    def string(self, name: str) -> str:
        """Give a string parameter, empty where it wasn't sent."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """Give a true-or-false parameter, false where it wasn't sent."""
        return self._values.get(name) is True

    def strings(self, name: str) -> list[str]:
        """Give a list of strings, empty where it wasn't sent."""
        return [each for each in self._items(name) if isinstance(each, str)]

    def integers(self, name: str) -> list[int]:
        """Give a list of integers, empty where it wasn't sent."""
        return [each for each in self._items(name) if isinstance(each, int)]

    def _items(self, name: str) -> list[int] | list[str]:
        value = self._values.get(name, [])
        return value if isinstance(value, list) else []


def checked(
    sent: Mapping[str, JsonValue],
    parameters: Mapping[str, Parameter],
    *,
    flaw: Callable[[str, Kind | None], Refusal],
    from_text: bool,
) -> Arguments:
    """Check what was sent against an action's parameters; other names are ignored.

    `from_text` reads numbers, booleans and arrays from texts too, as a form has them.

    Raises:
        Refusal: `flaw` of a parameter that is missing (None), or of another type than its kind.
    """
    for name, parameter in parameters.items():
        if parameter.required and name not in sent:
            raise flaw(name, None)
    arguments: dict[str, Argument] = {}
    for name, parameter in parameters.items():
        if name not in sent:
            continue
        value = _typed(sent[name], parameter.kind, from_text=from_text)
        if value is None:
            raise flaw(name, parameter.kind)
        arguments[name] = value
    return Arguments(arguments)


def _typed(value: JsonValue, kind: Kind, *, from_text: bool) -> Argument | None:
    """Read a value; None if it is none of this kind."""
    if kind is Kind.STRING:
        return value if isinstance(value, str) else None
    if kind is Kind.INTEGER:
        return _integer(value, from_text=from_text)
    if kind is Kind.BOOLEAN:
        if from_text and isinstance(value, str):
            return _BOOLEANS.get(value.lower())
        return value if isinstance(value, bool) else None
    if kind is Kind.INTEGERS:
        return _every(value, lambda each: _integer(each, from_text=from_text))
    if from_text and isinstance(value, str):
        value = _json(value)
    return _every(value, lambda each: each if isinstance(each, str) else None)


def _integer(value: JsonValue, *, from_text: bool) -> int | None:
    if from_text and isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _json(text: str) -> JsonValue:
    try:
        return read_json(text)
    except ValueError:
        return None


def _every(value: JsonValue, read: Callable[[JsonValue], _T | None]) -> list[_T] | None:
    if not isinstance(value, list):
        return None
    items = [item for each in value if (item := read(each)) is not None]
    return items if len(items) == len(value) else None
