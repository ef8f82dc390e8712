"""What a program and the plugin agree on: names of properties, and the digest of a unique key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

import pulumi
from pulumi.runtime import rpc

URN = "__urn"
RUN = "__run"
IN_CONFIDENCE = "in_confidence"
"""Of an Approval: the personal data of the signatures that it waits for; there where it is any."""
HIDES = "hides"
"""The names of the outputs that the program calls secret; there where it does so."""


def key_of(values: Sequence[object]) -> str:
    """A digest of a unique key's values; "" where one isn't known."""
    if any(isinstance(value, pulumi.Output) or rpc.contains_unknowns(value) for value in values):
        return ""
    plain = [canonical(value) for value in values]
    text = json.dumps(plain, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def canonical(value: object) -> object:
    """A property's value so that what means the same is the same.

    Numbers come back from the engine as floats; a proof file is its content, wherever it lies.
    """
    if isinstance(value, Mapping):
        if "sha256" in value:
            return ("file", value["sha256"])
        return tuple(sorted((name, canonical(item)) for name, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(canonical(item) for item in value)
    if isinstance(value, bool | int | float):
        return float(value)
    return value
