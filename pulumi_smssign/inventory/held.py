"""The signatures in a stack's state: each resource's own, and the predecessors that it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pulumi_smssign.engine.keys import HIDES
from pulumi_smssign.engine.properties import ACCEPTED_AT, ORIGIN, UNSEEN, handle_of, name_of
from pulumi_smssign.engine.retiring import retiring_of
from pulumi_smssign.inventory.stack import Stack
from pulumi_smssign.lifecycle import Handle
from pulumi_smssign.redaction import HIDDEN
from pulumi_smssign.vendors import VENDORS

Role = Literal["managed", "read", "retiring", "leaving"]
"""Whose: the stack's own; one that `Signature.get` reads; one that stays until its successor is
approved; one that a run is still to delete."""
_TYPE = "dynamic/smssign:"


@dataclass(frozen=True)
class Held:
    """A signature that the state tells of; `state` are the resource's properties."""

    name: str
    urn: str
    vendor: str
    account: str
    handle: Handle
    role: Role = "managed"
    state: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)

    @property
    def key(self) -> str:
        """What tells it from all others of the stack, also from what it replaces."""
        return f"{self.urn} {self.handle.id}"

    @property
    def status(self) -> str:
        """The status that state has."""
        return str(self.state.get("status") or "")

    @property
    def filing(self) -> str:
        """Where state has the filing with the carriers, or ""."""
        filing = self.state.get("filing")
        return str(filing.get("state") or "") if isinstance(filing, Mapping) else ""

    @property
    def origin(self) -> str:
        """Where it was made, or ""."""
        return str(self.state.get(ORIGIN) or "")

    @property
    def unseen_since(self) -> str:
        """When it was accepted without being shown, or ""."""
        return self.accepted_at if self.state.get(UNSEEN) is True else ""

    @property
    def accepted_at(self) -> str:
        """When the stack's last submission was accepted, or ""."""
        return str(self.state.get(ACCEPTED_AT) or "")

    @property
    def is_secret(self) -> bool:
        """Whether the program keeps its text to itself."""
        return self.hides("text")

    def hides(self, name: str) -> bool:
        """Whether the program calls an output secret."""
        hidden = self.state.get(HIDES)
        return self.state.get(name) == HIDDEN or (isinstance(hidden, list) and name in hidden)


def held_by(stack: Stack) -> list[Held]:
    """Every signature that a stack's state tells of, in its order.

    One that a run was to delete and that its successor remembers is told of once: it stays.
    """
    found = [one for resource in stack.resources for one in _of(resource)]
    kept = {one.key for one in found if one.role == "retiring"}
    return [one for one in found if one.role != "leaving" or one.key not in kept]


def _of(resource: Mapping[str, Any]) -> Iterator[Held]:
    state = resource.get("outputs") or resource.get("inputs") or {}
    vendor = state.get("vendor") if isinstance(state, Mapping) else None
    if _TYPE not in str(resource.get("type")) or vendor not in VENDORS:
        return
    urn, identifier = str(resource["urn"]), str(resource.get("id") or "")
    if not identifier:
        return
    role: Role = "managed"
    if resource.get("external"):
        role = "read"
    if resource.get("delete"):
        role = "leaving"
    account = str(state.get("account") or "default")
    text = "" if state.get("text") == HIDDEN else state.get("text") or ""
    handle = handle_of(identifier, {**state, "text": text})
    yield Held(name_of(urn), urn, vendor, account, handle, role, state)
    for old in retiring_of(state):
        kept = {"text": old.text, ORIGIN: old.origin, ACCEPTED_AT: old.accepted_at}
        yield Held(name_of(urn), urn, vendor, old.account, old.handle, "retiring", kept)
