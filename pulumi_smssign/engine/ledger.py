"""Who holds which signature in this run: the plugin's book over all its hooks.

One plugin process serves all signatures of a program. It hears of each resource before the engine
deletes anything at the end, so it can tell whether a signature that is about to be deleted is held
by another resource, and whether what takes its place is approved. One book a process, thread-safe.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_smssign.engine.properties import name_of
from pulumi_smssign.engine.retiring import Predecessor
from pulumi_smssign.errors import InputError, SmsSignError
from pulumi_smssign.lifecycle import Decision, Handle, Review


@dataclass(frozen=True)
class Ref:
    """A signature at its vendor: in an account, by what identifies it there."""

    vendor: str
    origin: str
    identity: str


@dataclass(frozen=True)
class Held:
    """The signature that a resource holds in this run."""

    ref: Ref
    handle: Handle
    account: str


@dataclass(frozen=True)
class Plan:
    """What a change of a resource means in this run, as its Diff has found.

    `review` is what the vendor says of its signature. `leaving` are the signatures that have waited
    for this one's approval and go now. `successor_retires` are those that a signature which takes
    the place of this one waits with; `takes_back` is one that becomes the resource's own again.
    """

    decision: Decision | None
    review: Review | None = None
    leaving: tuple[Predecessor, ...] = ()
    successor_retires: tuple[Predecessor, ...] = ()
    takes_back: Predecessor | None = None


class Ledger:
    """Claims, holders and plans of one run."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._texts: dict[tuple[str, str, str], str] = {}
        self._adopters: dict[Ref, str] = {}
        self._holders: dict[Ref, str] = {}
        self._held: dict[str, Held] = {}
        self._plans: dict[str, Plan] = {}
        self._successors: dict[Ref, str] = {}
        self._checked: set[str] = set()
        self._renamed: dict[str, str] = {}
        self._passed: set[str] = set()
        self._withdrawn: set[Ref] = set()

    def check_in(self, urn: str) -> None:
        """Note that the program declares a resource."""
        with self._lock:
            self._checked.add(urn)

    def names(self) -> frozenset[str]:
        """The names of the resources that the engine has checked."""
        with self._lock:
            return frozenset(map(name_of, self._checked))

    def claim_text(self, urn: str, text: tuple[str, str, str], what: str) -> None:
        """Note that a resource declares a unique key (vendor, account, digest).

        Raises:
            InputError: another resource of the program declares it.
        """
        with self._lock:
            other = self._texts.setdefault(text, urn)
        if other != urn:
            raise same_text(name_of(urn), name_of(other), what)

    def claim_adoption(self, urn: str, ref: Ref) -> None:
        """Note that a resource is to take over a signature.

        Raises:
            InputError: another resource of the program holds it, or is to take it over.
        """
        with self._lock:
            other = self._holders.get(ref) or self._adopters.setdefault(ref, urn)
        if other != urn:
            raise _owned(urn, other, ref)

    def keep(self, urn: str, held: Held) -> None:
        """Note that a resource holds a signature, and goes on holding it.

        Raises:
            InputError: another resource of the program holds it, or is to take it over.
        """
        with self._lock:
            ref = held.ref
            other = self._holders.get(ref) or self._adopters.get(ref) or urn
            if other == urn:
                self._holders[ref] = urn
                self._held[urn] = held
        if other != urn:
            raise _owned(other, urn, ref)

    def take(self, urn: str, held: Held) -> None:
        """Note that a resource has just got a signature: submitted, adopted or taken back."""
        with self._lock:
            self._holders[held.ref] = urn
            self._held[urn] = held
            self._withdrawn.discard(held.ref)

    def rename(self, old_urn: str, urn: str) -> None:
        """Note that a resource goes on under another URN (an alias)."""
        with self._lock:
            self._renamed[old_urn] = urn

    def all_of(self, urn: str) -> tuple[str, ...]:
        """A resource's URN, and those under which it went before."""
        with self._lock:
            return (urn, *(old for old, new in self._renamed.items() if new == urn != old))

    def present(self, urn: str) -> str:
        """The URN under which a resource goes on."""
        with self._lock:
            return self._renamed.get(urn, urn)

    def plan(self, urn: str, plan: Plan) -> None:
        """Note what a resource's change means."""
        with self._lock:
            self._plans[urn] = plan

    def remember(self, urn: str, waiting: Iterable[Ref]) -> None:
        """Note which signatures a resource's state remembers until its own is approved."""
        with self._lock:
            for ref in waiting:
                self._successors[ref] = urn

    def is_remembered(self, ref: Ref) -> bool:
        """Whether a resource's state remembers a signature that it replaces."""
        with self._lock:
            return ref in self._successors

    def plan_of(self, urn: str) -> Plan | None:
        """What the resource's change means, as far as a Diff has told."""
        with self._lock:
            return self._plans.get(urn)

    def pass_on(self, urn: str) -> None:
        """Note that another resource of the program declares what this one's state remembers."""
        with self._lock:
            self._passed.add(urn)

    def passes_on(self, urn: str) -> bool:
        """Whether the resource's state has to forget what another resource declares."""
        with self._lock:
            return urn in self._passed

    def holder(self, ref: Ref) -> str | None:
        """The URN of the resource that holds a signature in this run."""
        with self._lock:
            return self._holders.get(ref)

    def held_by(self, urn: str) -> Held | None:
        """The signature that a resource holds in this run, or has got."""
        with self._lock:
            return self._held.get(urn)

    def successor(self, ref: Ref, urn: str) -> str | None:
        """The URN of the resource whose signature takes the place of this one, which was `urn`'s.

        None when nothing of this program does.
        """
        with self._lock:
            urn = self.present(urn)
            return self._successors.get(ref) or (urn if urn in self._checked else None)

    def withdrew(self, ref: Ref) -> None:
        """Note that a signature has been deleted: a list may still show it."""
        with self._lock:
            self._withdrawn.add(ref)
            self._holders.pop(ref, None)

    def has_withdrawn(self, ref: Ref) -> bool:
        """Whether this run has deleted the signature."""
        with self._lock:
            return ref in self._withdrawn


def same_text(name: str, other: str, what: str) -> InputError:
    """The error of two resources that declare one signature."""
    return InputError(
        f"`{name}` has the same text as `{other}`: {what}",
        advice="let one resource declare it, and use that one's outputs; two resources can't hold "
        "one signature.",
    )


def _owned(taker: str, holder: str, ref: Ref) -> SmsSignError:
    return InputError(
        f"`{name_of(holder)}` of this program holds {ref.identity}, and `{name_of(taker)}` has "
        f'adopt="{ref.identity}": a signature has one owner',
        vendor=ref.vendor,
        advice=f"take adopt= out of `{name_of(taker)}`, or take `{name_of(holder)}` out of the "
        "program in the same run: then it passes over and nothing is deleted.",
    )
