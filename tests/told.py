"""A state's properties as a program is told them: the parts of the review beside the arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXTS = ("vendor_status", "reason", "edit_status", "submitted_at", "accepted_at", "scope")
"""Common outputs that are "" where state has none."""


def told(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Each output by its name; those of other resources as they are."""
    if not isinstance(properties.get("review"), Mapping):
        return dict(properties)
    said = {name: value for name, value in properties.items() if name != "review"}
    blank = dict.fromkeys(TEXTS, "")
    return {**blank, "account": "default", **properties["review"], **said}


def with_told(properties: Mapping[str, Any], **outputs: object) -> dict[str, Any]:
    """A state's properties with other outputs, each where the state has it; None is without it."""
    own = {*properties, "adopt", "hides", "vendor"}
    said = {name: value for name, value in outputs.items() if name in own}
    parts = {name: value for name, value in outputs.items() if name not in own}
    review = _known({**properties.get("review", {}), **parts})
    return {**_known({**properties, **said}), "review": review}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
