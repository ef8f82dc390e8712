"""The floor: dynamic resources whose provider does nothing.

`Nothing` has a signature's arguments. `Shape` has all properties of a signature too, also those
that the program leaves out and those that come back: what the SDK and the engine take for them is
no provider's to save.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider

TOLD: dict[str, Any] = {
    "text": "极客科技",
    "status": "PENDING",
    "vendor_status": "1",
    "usable": False,
    "reason": "",
    "edit_status": "",
    "deliverable": "no",
    "filing": {"state": "unknown", "carriers": {}, "since": "", "reasons": []},
    "qualification": {"id": "2000417", "name": "", "state": "approved"},
    "submitted_at": "2026-11-26T10:00:00Z",
    "accepted_at": "2026-11-26T10:00:00Z",
    "revision": 1,
    "scope": "mainland",
    "__record": {"origin": "sandbox-default"},
}
"""What a provider tells of a signature, in the same kinds of values."""


class NothingProvider(ResourceProvider):
    """Keeps what it is given."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Give it an id, and the outputs that it asks for."""
        shape = {name: value for name, value in TOLD.items() if props.get("is_shape")}
        return CreateResult(uuid.uuid4().hex, {**props, **shape})

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Compare what the program says with what it said."""
        return DiffResult(changes={**olds, **news} != olds)


class Nothing(Resource, module="floor", name="Nothing"):
    """A resource with any properties."""

    def __init__(self, resource_name: str, props: Mapping[str, Any]) -> None:
        super().__init__(NothingProvider(), resource_name, dict(props), pulumi.ResourceOptions())


class Shape(Nothing, module="floor", name="Shape"):
    """A resource with as many properties as a signature has."""

    def __init__(self, resource_name: str, vendor: str, props: Mapping[str, Any]) -> None:
        untold = ("adopt", "remark", "commission_image", "__predecessors", "one", "two")
        super().__init__(
            resource_name,
            {
                **dict.fromkeys((*TOLD, *untold)),
                **props,
                "vendor": vendor,
                "account": "default",
                "deletion_policy": "delete",
                "is_shape": True,
                "__run": {
                    "directory": "/program",
                    "preview": pulumi.runtime.is_dry_run(),
                    "retains": False,
                },
            },
        )
