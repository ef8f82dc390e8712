"""Records from properties: frozen dataclasses, read with suspicion and written without defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
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
    for name, read, is_needed in _readers(kind):
        if name in values:
            continue
        value = properties.get(name)
        if value is not None and read is not None:
            values[name] = read(value)
        elif is_needed:
            values[name] = ""
    return kind(**values)


@cache
def _readers(
    kind: type[DataclassInstance],
) -> tuple[tuple[str, Callable[[Any], object] | None, bool], ...]:
    """The name of each field, its reader, and whether it has no default."""
    return tuple(
        (
            each.name,
            _READ.get(str(each.type)),
            each.default is MISSING and each.default_factory is MISSING,
        )
        for each in fields(kind)
    )


def properties_of(record: DataclassInstance) -> dict[str, Any]:
    """The properties of a record; what says nothing is left out."""
    return {each.name: value for each in fields(record) if (value := getattr(record, each.name))}
