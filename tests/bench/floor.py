"""The floors: dynamic resources whose provider does nothing.

`Bare` has one input and one output. `Nothing` has a signature's arguments. `Shape` has the
properties that the product's own resource has in the same run, read from its program and its state
(`Stage.learn_shape`): what the SDK and the engine take for them is no provider's to save.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider

SHAPE = "shape.json"
"""The file beside a program that says which properties a vendor's signature has."""
SECRET = "__secret"
"""The key of a value that is a secret in the product's state."""


@cache
def shapes() -> Mapping[str, Mapping[str, Any]]:
    """What `Shape` is given and tells, by vendor."""
    written: dict[str, dict[str, Any]] = json.loads(Path(SHAPE).read_text(encoding="utf-8"))
    return written


class NothingProvider(ResourceProvider):
    """Keeps what it is given."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Give it an id."""
        return CreateResult(uuid.uuid4().hex, props)

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Compare what the program says with what it said; what belongs to a run is no part."""
        told = {name: value for name, value in news.items() if not name.startswith("__")}
        return DiffResult(changes={**olds, **told} != olds)


class BareProvider(NothingProvider):
    """Tells one output."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Give it an id and its output."""
        return CreateResult(uuid.uuid4().hex, {**props, "told": "PENDING"})


class ShapeProvider(NothingProvider):
    """Tells what the product tells of a signature."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Give it an id and the outputs of its vendor."""
        return CreateResult(uuid.uuid4().hex, {**props, **shapes()[props["vendor"]]["told"]})


class Bare(Resource, module="floor", name="Bare"):
    """A resource with one input and one output."""

    def __init__(self, resource_name: str, text: str) -> None:
        super().__init__(BareProvider(), resource_name, {"text": text, "told": None})


class Nothing(Resource, module="floor", name="Nothing"):
    """A resource with any properties."""

    def __init__(self, resource_name: str, props: Mapping[str, Any]) -> None:
        super().__init__(NothingProvider(), resource_name, dict(props), pulumi.ResourceOptions())


class Shape(Resource, module="floor", name="Shape"):
    """A resource with the properties of a vendor's signature."""

    def __init__(self, resource_name: str, vendor: str, text: Mapping[str, Any]) -> None:
        shape = shapes()[vendor]
        given = {name: _given(value) for name, value in shape["given"].items()}
        super().__init__(
            ShapeProvider(),
            resource_name,
            {**dict.fromkeys(shape["names"]), **given, **text, "vendor": vendor},
            pulumi.ResourceOptions(),
        )


def _given(value: Any) -> Any:  # noqa: ANN401 - a property may be anything that JSON has
    if isinstance(value, dict) and SECRET in value:
        return pulumi.Output.secret(value[SECRET])
    return value
