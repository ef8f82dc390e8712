"""The signatures in a stack's state: each resource's own, and the predecessors that it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.engine.predecessors import Predecessor, predecessors_of
from pulumi_smssign.engine.request import name_of
from pulumi_smssign.engine.resource import ACCEPTED_AT, ORIGIN, POLICY, SHARED, UNSEEN
from pulumi_smssign.inventory.stack import Stack
from pulumi_smssign.model.redaction import HIDDEN, told
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import HIDES, DeletionPolicy

Role = Literal["managed", "read", "predecessor", "leaving"]
"""Whose: the stack's own; one that `Signature.get` reads; a replaced one that its successor
remembers; one that a run is still to delete."""
_TYPE = "dynamic/smssign:"
_SHARED = "it was taken over unasked, so another stack may have it"


@dataclass(frozen=True)
class Held:
    """A signature that the state tells of; `state` are the resource's properties.

    `is_guarded` is whether the engine never deletes it: `protect=True` or `retain_on_delete=True`.
    `kept` is why a deletion_policy of "delete" does not hold for it, or "".
    """

    name: str
    urn: str
    vendor: str
    account: str
    handle: Handle
    role: Role = "managed"
    state: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)
    is_guarded: bool = False
    kept: str = ""

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
    def deletion_policy(self) -> DeletionPolicy:
        """The `deletion_policy` that state has; "retain" where it has none."""
        return "delete" if self.state.get(POLICY) == "delete" else "retain"

    @property
    def is_shared(self) -> bool:
        """Whether it was taken over unasked, so that another stack may have it too."""
        return self.state.get(SHARED) is True

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

    One that a run was still to delete and that a resource has, or remembers as its predecessor, is
    told of once: whoever has it decides about it.
    """
    found = [one for resource in stack.resources for one in _of(resource)]
    kept = {_identity(one) for one in found if one.role in ("managed", "predecessor")}
    return [one for one in found if one.role != "leaving" or _identity(one) not in kept]


def _identity(one: Held) -> tuple[str, str, str]:
    return one.vendor, one.account, one.handle.id


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
    own = Held(
        name_of(urn),
        urn,
        vendor,
        str(state.get("account") or DEFAULT),
        Handle(identifier, _text(state.get("text")), str(state.get("scope") or "")),
        role,
        state,
        is_guarded=bool(resource.get("protect") or resource.get("retainOnDelete")),
        kept=_SHARED if state.get(SHARED) is True else "",
    )
    yield own
    for old in predecessors_of(resource.get("inputs") or {}):
        yield _predecessor(own, old)


def _predecessor(own: Held, old: Predecessor) -> Held:
    """A predecessor: it goes by the policy of the resource that remembers it."""
    state = {
        "text": old.text,
        HIDES: own.state.get(HIDES),
        ORIGIN: old.origin,
        ACCEPTED_AT: old.accepted_at,
        UNSEEN: old.unseen,
        POLICY: own.deletion_policy,
    }
    return replace(
        own,
        account=old.account,
        handle=replace(old.handle, text=_text(old.text)),
        role="predecessor",
        state=state,
        kept=told(old.kept),
    )


def _text(text: object) -> str:
    """A signature's text; "" where the export hides it."""
    return "" if text == HIDDEN else str(text or "")
