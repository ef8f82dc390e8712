"""Signatures whose successor is not approved yet: remembered, kept, and let go in time.

A replaced signature stays at its vendor until what takes its place is approved. The successor's
`retiring` property remembers it: to delete it then, and to pick it up again when the change is
taken back before. Of its application only digests are kept, and none of what is personal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_smssign.engine.keys import canonical
from pulumi_smssign.engine.properties import (
    ACCEPTED_AT,
    ORIGIN,
    RETIRING,
    UNSEEN,
    handle_of,
    unique_key,
)
from pulumi_smssign.lifecycle import Handle

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

_DIGITS = 12


@dataclass(frozen=True)
class Predecessor:
    """A signature that another one is to replace.

    `key` is the digest of its unique key, `fields` has one of each field of its application that is
    not personal. `origin` is where it was made. `kept` is whether the program says
    `retain_on_delete=True`: then it is never deleted.
    """

    id: str
    text: str
    scope: str
    account: str
    key: str = ""
    origin: str = ""
    revision: int = 1
    accepted_at: str = ""
    unseen: bool = False
    kept: bool = False
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def handle(self) -> Handle:
        """What the vendor knows it by."""
        return Handle(self.id, self.text, self.scope)

    def __str__(self) -> str:
        return f"【{self.text}】" + (f" ({self.id})" if self.id != self.text else "")

    @classmethod
    def of_state(
        cls, vendor: Vendor, id_: str, state: Mapping[str, Any], *, kept: bool = False
    ) -> Predecessor:
        """The signature that a resource's state holds."""
        handle = handle_of(id_, state)
        return cls(
            id=id_,
            text=handle.text,
            scope=handle.scope,
            account=str(state["account"]),
            key=unique_key(vendor, state),
            origin=str(state.get(ORIGIN) or ""),
            revision=int(state.get("revision") or 1),
            accepted_at=str(state.get(ACCEPTED_AT) or ""),
            unseen=bool(state.get(UNSEEN)),
            kept=kept,
            fields=digests(vendor, state),
        )

    @classmethod
    def of_property(cls, entry: Mapping[str, Any]) -> Predecessor:
        """The entry of a `retiring` property."""
        return cls(
            id=str(entry["id"]),
            text=str(entry.get("text") or ""),
            scope=str(entry.get("scope") or ""),
            account=str(entry.get("account") or "default"),
            key=str(entry.get("key") or ""),
            origin=str(entry.get(ORIGIN) or ""),
            revision=int(entry.get("revision") or 1),
            accepted_at=str(entry.get(ACCEPTED_AT) or ""),
            unseen=bool(entry.get(UNSEEN)),
            kept=bool(entry.get("kept")),
            fields=dict(entry.get("fields") or {}),
        )

    def as_property(self) -> dict[str, Any]:
        """The entry of a `retiring` property; what says nothing is left out."""
        return {name: value for name, value in vars(self).items() if value or name == "id"}


def retiring_of(props: Mapping[str, Any]) -> tuple[Predecessor, ...]:
    """The signatures that wait for a resource's success."""
    entries = props.get(RETIRING)
    if not isinstance(entries, list | tuple):
        return ()
    return tuple(
        Predecessor.of_property(entry)
        for entry in entries
        if isinstance(entry, Mapping) and entry.get("id")
    )


def digests(vendor: Vendor, props: Mapping[str, Any]) -> dict[str, str]:
    """A digest of each field of an application that is set and not personal."""
    names = vendor.application.model_fields.keys() - vendor.application.personal
    return {
        name: _digest(props[name])
        for name in sorted(names - vendor.rules.riders)
        if props.get(name) not in (None, False)
    }


def differences(vendor: Vendor, old: Predecessor, news: Mapping[str, Any]) -> frozenset[str]:
    """The fields in which a program differs from what an old signature was submitted with."""
    new = digests(vendor, news)
    names = (old.fields.keys() | new.keys()) - vendor.rules.words - vendor.rules.attached
    return frozenset(name for name in names if old.fields.get(name) != new.get(name))


def _digest(value: object) -> str:
    text = json.dumps(canonical(value), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
