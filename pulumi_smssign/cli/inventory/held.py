"""The signatures in a stack's state: each resource's own, and the predecessors that it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.core.outputs import ACCEPTED_AT, ORIGIN, POLICY, SHARED, UNSEEN
from pulumi_smssign.core.predecessors import Predecessor, predecessors_of
from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.model.redaction import HIDDEN, sanitized
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.urns import name_of
from pulumi_smssign.model.vocabulary import HIDES, DeletionPolicy

Role = Literal["managed", "read", "predecessor", "leaving", "beside"]
"""Whose: the stack's own; one that `Signature.get` reads; a replaced one that its successor
remembers; one that a run is still to delete; one that the account has and no resource of the stack.
"""
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
        """The key that tells it from all others of the stack, also from what it replaces."""
        return f"{self.urn} {self.handle.id}"

    @property
    def is_managed(self) -> bool:
        """Whether a resource of the stack submits, changes or deletes it."""
        return self.role not in ("read", "beside")

    def said(self, name: str) -> str:
        """A value that state has, as text, or ""."""
        return str(self.state.get(name) or "")

    @property
    def stated(self) -> dict[str, str]:
        """The status, and the filing's with the carriers, as state has them, or ""."""
        filing = self.state.get("filing")
        state = filing.get("state") if isinstance(filing, Mapping) else ""
        return {"status": self.said("status"), "filing": str(state or "")}

    @property
    def accepted_at(self) -> str:
        """When the stack's last submission was accepted, or ""."""
        return self.said(ACCEPTED_AT)

    @property
    def unseen_since(self) -> str:
        """When it was accepted without being shown, or ""."""
        return self.accepted_at if self.state.get(UNSEEN) is True else ""

    @property
    def deletion_policy(self) -> DeletionPolicy:
        """The `deletion_policy` that state has; "retain" where it has none."""
        return "delete" if self.state.get(POLICY) == "delete" else "retain"

    @property
    def is_shared(self) -> bool:
        """Whether it was taken over unasked, so that another stack may have it too."""
        return self.state.get(SHARED) is True

    def hides(self, name: str) -> bool:
        """Whether the program keeps an output to itself."""
        hidden = self.state.get(HIDES)
        return self.state.get(name) == HIDDEN or (isinstance(hidden, list) and name in hidden)


def held_by(resources: Iterable[Mapping[str, Any]]) -> list[Held]:
    """Every signature that the resources of a stack's state tell of, in their order.

    One that a run was still to delete and that a resource has, or remembers as its predecessor, is
    told of once: whoever has it decides about it.
    """
    found = [one for resource in resources for one in _of(resource)]
    kept = {_identity(one) for one in found if one.role in ("managed", "predecessor")}
    return [one for one in found if one.role != "leaving" or _identity(one) not in kept]


def _identity(one: Held) -> tuple[str, str, str]:
    return one.vendor, one.account, one.handle.id


def _of(resource: Mapping[str, Any]) -> Iterator[Held]:
    """A resource's own signature, and its predecessors; nothing of other kinds of resources."""
    state = resource.get("outputs") or resource.get("inputs") or {}
    vendor = str(state.get("vendor")) if isinstance(state, Mapping) else ""
    identifier = str(resource.get("id") or "")
    if _TYPE not in str(resource.get("type")) or vendor not in VENDORS or not identifier:
        return
    urn = str(resource["urn"])
    own = Held(
        name_of(urn),
        urn,
        vendor,
        str(state.get("account") or DEFAULT),
        Handle(identifier, _text(state.get("text")), str(state.get("scope") or "")),
        "leaving" if resource.get("delete") else "read" if resource.get("external") else "managed",
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
        kept=sanitized(old.keep_reason),
    )


def _text(text: object) -> str:
    """A signature's text; "" where the export hides it."""
    return "" if text == HIDDEN else str(text or "")
