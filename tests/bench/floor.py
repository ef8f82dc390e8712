"""The floor: a dynamic resource with a signature's arguments, whose provider does nothing."""

from __future__ import annotations

import uuid
from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider


class NothingProvider(ResourceProvider):
    """Keeps what it is given."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Give it an id."""
        return CreateResult(uuid.uuid4().hex, props)

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Compare what the program says with what it said."""
        return DiffResult(changes={**olds, **news} != olds)


class Nothing(Resource, module="floor", name="Nothing"):
    """A resource with any properties."""

    def __init__(self, resource_name: str, props: dict[str, Any]) -> None:
        super().__init__(NothingProvider(), resource_name, props, pulumi.ResourceOptions())
