"""Predecessors: replaced signatures that a successor's state remembers until it is approved.

One is remembered to be deleted then, where `deletion_policy` says so, and to become the resource's
own again when the change is taken back before. Of its application only digests are kept, and none
of what is personal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.language import mark
from pulumi_smssign.model.records import properties_of, record_of
from pulumi_smssign.model.review import Handle

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor
    from pulumi_smssign.model.rules import Rules

PREDECESSORS = "__predecessors"
_SHARED = mark("it was taken over unasked, so another stack may have it")


@dataclass(frozen=True)
class Predecessor:
    """A signature that another one replaces; the vendor has shown it before it became one.

    `key` is the digest of its unique key, `fields` has one of each field of its application that is
    not personal. `origin` is where it was made. `shared` is whether it was taken over unasked.
    `retained` is why it is never deleted by us, in English, or "": the program said, or may have
    said, `retain_on_delete=True`. `hidden` is whether the program calls the text a secret.
    """

    id: str
    text: str
    scope: str
    account: str = "default"
    key: str = ""
    origin: str = ""
    revision: int = 1
    accepted_at: str = ""
    shared: bool = False
    retained: str = ""
    hidden: bool = False
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)  # no mapping has a hash

    @property
    def handle(self) -> Handle:
        """The handle by which the vendor knows it."""
        return Handle(self.id, self.text, self.scope)

    @property
    def keep_reason(self) -> str:
        """Why it is never deleted by us, in English, or ""."""
        return self.retained or (_SHARED if self.shared else "")

    def __str__(self) -> str:
        return f"【{self.text}】" + (f" ({self.id})" if self.id != self.text else "")

    @classmethod
    def of_property(cls, entry: Mapping[str, Any]) -> Predecessor:
        """The entry of a `predecessors` property."""
        return record_of(cls, entry)

    def as_property(self) -> dict[str, Any]:
        """The entry of a `predecessors` property; defaults are left out."""
        return properties_of(self)


def predecessors_of(props: Mapping[str, Any]) -> tuple[Predecessor, ...]:
    """The predecessors among a resource's properties."""
    entries = props.get(PREDECESSORS)
    if not isinstance(entries, list | tuple):
        return ()
    return tuple(
        Predecessor.of_property(entry)
        for entry in entries
        if isinstance(entry, Mapping) and entry.get("id")
    )


def without(
    rules: Rules,
    predecessors: Iterable[Predecessor],
    taken: Collection[str],
    key: str,
    origin: str,
) -> tuple[Predecessor, ...]:
    """The predecessors of a new signature: without those that it takes over, and without itself.

    A text that is submitted again where it is gone has the identity of the old one at a vendor
    without ids: remembered as its own predecessor it would be deleted as that.

    Args:
        rules: the vendor's rules.
        predecessors: those that the one in its place remembers.
        taken: ids of those that it takes over.
        key: the digest of its unique key, "" where another signature may have that.
        origin: its side and account.
    """

    def is_taken(old: Predecessor) -> bool:
        # Where the text is the id, what another account has under it is another signature.
        return old.id in taken and (rules.identity == "id" or old.origin in ("", origin))

    own = (key, origin)
    return tuple(
        old
        for old in predecessors
        if not is_taken(old) and not (key and (old.key, old.origin) == own)
    )


def field_digests(vendor: Vendor, fields: Mapping[str, Any]) -> dict[str, str]:
    """A digest of each field of an application that is set and not personal."""
    names = frozenset(vendor.rules.fields) - vendor.rules.personal
    return {
        name: digest(fields[name], length=12)
        for name in sorted(names - vendor.rules.unreviewed)
        # Not by truth: a choice whose number is 0 is set.
        if fields.get(name) is not None and fields[name] is not False
    }


def differences(vendor: Vendor, old: Predecessor, fields: Mapping[str, Any]) -> frozenset[str]:
    """The fields in which a program differs from what a predecessor was submitted with."""
    new = field_digests(vendor, fields)
    names = (
        (old.fields.keys() | new.keys()) - vendor.rules.reviewer_notes - vendor.rules.console_only
    )
    return frozenset(name for name in names if old.fields.get(name) != new.get(name))
