"""Records from properties: frozen dataclasses, read with suspicion and written without defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_LISTS = (list, tuple, set, frozenset)
_R = TypeVar("_R", bound="DataclassInstance")

_READ: Mapping[str, Callable[[Any], object]] = {
    "str": str,
    "bool": lambda value: value is True,
    "int": lambda value: int(value) if isinstance(value, int | float) and isfinite(value) else 0,
    "frozenset[str]": lambda value: frozenset(map(str, value if isinstance(value, _LISTS) else ())),
    "Mapping[str, str]": lambda value: (
        {str(name): str(item) for name, item in value.items()} if isinstance(value, Mapping) else {}
    ),
}
"""The readers of a value, by its field's annotation."""


def record_of(kind: type[_R], properties: Mapping[str, Any], /, **given: object) -> _R:
    """A record from the properties that bear its fields' names; the default where there is none."""
    values = dict(given)
    for each in fields(kind):
        value = properties.get(each.name)
        if each.name in values:
            continue
        if value is not None and str(each.type) in _READ:
            values[each.name] = _READ[str(each.type)](value)
        elif each.default is MISSING and each.default_factory is MISSING:
            values[each.name] = ""
    return kind(**values)


def properties_of(record: DataclassInstance) -> dict[str, Any]:
    """The properties of a record; what says nothing is left out."""
    return {each.name: value for each in fields(record) if (value := getattr(record, each.name))}
