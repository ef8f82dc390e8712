"""The signatures in a stack's state: each resource's own, and the predecessors it remembers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pulumi_smssign.core.predecessors import Predecessor, predecessors_of
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.core.secrets import hides
from pulumi_smssign.core.state import State
from pulumi_smssign.model.language import mark
from pulumi_smssign.model.redaction import HIDDEN, sanitized
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.urns import name_of, vendor_of
from pulumi_smssign.model.vocabulary import HIDES

Role = Literal["managed", "read", "predecessor", "leaving", "unmanaged"]
"""The role of a signature in the stack.

managed: a resource submits, changes and deletes it. read: `Signature.get` reads it. predecessor:
it was replaced, and its successor remembers it. leaving: a run is still to delete it. unmanaged:
the account has it, and no resource of the stack.
"""
_RETAINED = mark("retain_on_delete=True says so")
_SHARED = mark("it was taken over unasked, so another stack may have it")


@dataclass(frozen=True)
class StackSignature:
    """A signature and its role in the stack; `state` is what the stack last knew of it.

    `is_guarded` is whether the engine never deletes it: `protect=True` or `retain_on_delete=True`.
    `keep_reason` is why a deletion_policy of "delete" does not hold for it, or "". `ignored`
    are the paths of the resource's `ignore_changes`.
    """

    name: str
    urn: str
    vendor: str
    state: State
    role: Role = "managed"
    is_guarded: bool = False
    keep_reason: str = ""
    ignored: tuple[str, ...] = ()

    @classmethod
    def unmanaged(cls, vendor: str, account: str, handle: Handle) -> StackSignature:
        """A signature of an account that no resource of the stack has."""
        state = State(handle.id, handle.text, handle.scope, account, fields={})
        return cls("", "", vendor, state, "unmanaged")

    @property
    def label(self) -> str:
        """The resource's name, with the role of what is not the resource's own."""
        return self.name + ("" if self.role in ("managed", "unmanaged") else f" ({self.role})")

    @property
    def account(self) -> str:
        """The account's name in the configuration."""
        return self.state.account

    @property
    def handle(self) -> Handle:
        """The handle by which the vendor knows it; the text is "" where the export hides it."""
        return self.state.handle

    @property
    def key(self) -> str:
        """The key that tells it from all others of the stack, also from what it replaces."""
        return f"{self.urn} {self.handle.id}"

    @property
    def is_managed(self) -> bool:
        """Whether a resource of the stack submits, changes or deletes it."""
        return self.role not in ("read", "unmanaged")

    @property
    def recorded(self) -> dict[str, str]:
        """The status, and the filing's with the carriers, as state records them, or ""."""
        filing = self.state.outputs.get("filing")
        filing_state = filing.get("state") if isinstance(filing, Mapping) else ""
        return {"status": self.state.status, "filing": str(filing_state or "")}

    @property
    def unseen_since(self) -> str:
        """The time at which it was accepted without being shown, or ""."""
        return self.state.accepted_at if self.state.unseen else ""

    def ignores(self, name: str) -> bool:
        """Whether the program ignores changes of a property, or of a part of it."""
        return any(re.split(r"[.\[]", path)[0] in (name, "*") for path in self.ignored)

    def hides(self, name: str) -> bool:
        """Whether the program keeps an output secret."""
        outputs = self.state.outputs
        return outputs.get(name) == HIDDEN or name in hides({**outputs, "vendor": self.vendor})


def signatures_of(resources: Iterable[Mapping[str, Any]]) -> list[StackSignature]:
    """The signatures that the resources of a stack's state hold, in their order.

    A run may have failed between making a signature's successor and deleting it. Then state has it
    twice: as leaving, and as some resource's own or predecessor. Only the latter is listed, since
    that resource decides about it.
    """
    signatures = [signature for resource in resources for signature in _signatures_of(resource)]
    decided = {
        _identity(signature)
        for signature in signatures
        if signature.role in ("managed", "predecessor")
    }
    # By key: several runs that failed leave one signature several times.
    leaving = {each.key: each for each in signatures if each.role == "leaving"}
    return [
        signature
        for signature in signatures
        if signature.role != "leaving"
        or (leaving[signature.key] is signature and _identity(signature) not in decided)
    ]


def _identity(signature: StackSignature) -> tuple[str, str, str]:
    return signature.vendor, signature.account, signature.handle.id


def _signatures_of(resource: Mapping[str, Any]) -> Iterator[StackSignature]:
    """A resource's own signature, and its predecessors; nothing of other kinds of resources."""
    # A resource whose create is still under way has inputs only.
    inputs = _object(resource.get("inputs"))
    properties = _object(resource.get("outputs")) or inputs
    vendor, identifier = str(properties.get("vendor")), str(resource.get("id") or "")
    is_signature = bool(vendor_of(str(resource.get("type"))))
    if not is_signature or vendor not in VENDORS or not identifier:
        return
    ignored = resource.get("ignoreChanges")
    ignored = ignored if isinstance(ignored, list) else []
    is_leaving, retains = bool(resource.get("delete")), bool(resource.get("retainOnDelete"))
    urn, state = str(resource.get("urn")), State.of(named(vendor), identifier, properties)
    own = StackSignature(
        name_of(urn),
        urn,
        vendor,
        replace(state, text=_exported_text(state.text)),
        "leaving" if is_leaving else "read" if resource.get("external") else "managed",
        is_guarded=bool(resource.get("protect") or retains),
        keep_reason=_RETAINED if is_leaving and retains else _SHARED if state.shared else "",
        # An older engine does not record it: nothing is known to be ignored then.
        ignored=tuple(path for path in ignored if isinstance(path, str)),
    )
    yield own
    for predecessor in predecessors_of(inputs):
        yield _predecessor_of(own, predecessor, _RETAINED if retains else "")


def _object(value: object) -> Mapping[str, Any]:
    """A part of a state that should be an object; an empty one where it is none."""
    return value if isinstance(value, Mapping) else {}


def _predecessor_of(own: StackSignature, predecessor: Predecessor, retained: str) -> StackSignature:
    """The predecessor of a resource, which goes by that resource's policy and options."""
    state = State(
        predecessor.id,
        _exported_text(predecessor.text),
        predecessor.scope,
        predecessor.account,
        fields={},
        policy=own.state.policy,
        accepted_at=predecessor.accepted_at,
        origin=predecessor.origin,
        outputs={HIDES: own.state.outputs.get(HIDES), "text": predecessor.text},
    )
    keep_reason = sanitized(predecessor.keep_reason) or retained
    return replace(own, state=state, role="predecessor", keep_reason=keep_reason)


def _exported_text(text: str) -> str:
    """A signature's text; "" where the export hides it."""
    return "" if text == HIDDEN else text
