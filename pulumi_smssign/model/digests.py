"""Digests of properties: equal for an equal meaning, and they reveal no value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence


def canonical(value: object) -> object:
    """The canonical form of a property's value: equal for an equal meaning.

    Numbers come back from the engine as floats; a proof file is its content, wherever it lies.
    """
    if value is None or type(value) is str:  # most of them are
        return value
    if isinstance(value, Mapping):
        if "sha256" in value:
            return ("file", value["sha256"])
        return tuple(sorted((name, canonical(item)) for name, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(canonical(item) for item in value)
    if isinstance(value, bool | int | float):
        return float(value)
    return value


def differ(one: object, other: object) -> bool:
    """Whether two values of a property have different meanings."""
    return one != other and canonical(one) != canonical(other)


def digest(value: object, *, length: int = 24) -> str:
    """A digest of a value, in so many hexadecimal digits."""
    plain = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
    text = json.dumps(_listed(canonical(plain)), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _listed(value: object) -> object:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def different(reported: Mapping[str, object], fields: Mapping[str, object]) -> list[str]:
    """The names of the fields that a vendor reports otherwise than a program says, in order."""
    return sorted(name for name, value in reported.items() if differ(value, fields.get(name)))
