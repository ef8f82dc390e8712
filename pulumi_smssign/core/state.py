"""A signature's state, parsed once from a resource's outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_smssign.core.outputs import POLICY, unfolded
from pulumi_smssign.model.records import record_of
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import DeletionPolicy

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor


@dataclass(frozen=True)
class State:
    """The state of a signature, as the stack last knew it.

    `shared` is whether it was taken over unasked. `unseen` is whether the vendor accepted it and
    has not shown it yet. `learned` are the fields whose value only a refresh has told. `outputs`
    are the properties as the engine has them.
    """

    id: str
    text: str
    scope: str
    account: str
    fields: Mapping[str, Any]
    adopt: str = ""
    policy: DeletionPolicy = "retain"
    shared: bool = False
    status: str = ""
    vendor_status: str = ""
    submitted_at: str = ""
    accepted_at: str = ""
    unseen: bool = False
    origin: str = ""
    revision: int = 1
    edit_status: str = ""
    learned: frozenset[str] = frozenset()
    shown_before: str = ""
    uploads: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def handle(self) -> Handle:
        """The handle by which the vendor knows it."""
        return Handle(self.id, self.text, self.scope)

    @classmethod
    def of(cls, vendor: Vendor, id_: str, props: Mapping[str, Any]) -> State:
        """The state that a resource's outputs hold."""
        props = unfolded(props)
        return record_of(
            cls,
            props,
            id=id_,
            account=str(props.get("account") or "default"),
            fields={name: props.get(name) for name in vendor.rules.fields},
            # A state without a policy, or with one that nobody knows, gives no consent.
            policy="delete" if props.get(POLICY) == "delete" else "retain",
            outputs=props,
        )
