"""Ownership: which resource of this run was seen to hold which signature.

One plugin process serves all signatures of a program. A Check, a Create, an adoption or a
`Signature.get` that names a signature is an observation; a refresh's Read is none, since it reads
dropped ones too. Nothing is guessed of what this run has not come to. Thread-safe.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_smssign.model.decide import Replace
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.lookalikes import listed, look, unusual
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.model.urns import name_of
from pulumi_smssign.model.vocabulary import RUN

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.model.decide import Decision
    from pulumi_smssign.model.fate import Delete
    from pulumi_smssign.model.review import Review, SignatureRef
    from pulumi_smssign.model.vocabulary import DeletionPolicy


@dataclass(frozen=True)
class ProgramFacts:
    """Facts that only the program knows of its run, told with each resource that it declares.

    `directory` is where it stands, `preview` whether it only previews. `retains` is what it sees of
    `retain_on_delete`; None where that can't be seen.
    """

    directory: str = ""
    preview: bool = False
    retains: bool | None = False

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> ProgramFacts | None:
        """The facts among a resource's properties; None where no program has told any."""
        facts = props.get(RUN)
        if not isinstance(facts, Mapping):
            return None
        retains = facts.get("retains")
        return cls(
            directory=str(facts.get("directory") or ""),
            preview=bool(facts.get("preview")),
            retains=retains if isinstance(retains, bool) else None,
        )


@dataclass(frozen=True)
class Plan:
    """A change's meaning in this run.

    `review` is what the vendor says of the signature; None when it is gone, or was not asked for.
    `leaving` are the predecessors that go with the change, and why. `predecessors` are those of the
    signature that takes its place, if one does. `takes_back` is one that becomes the resource's own
    again.
    """

    decision: Decision | None
    review: Review | None = None
    leaving: tuple[tuple[Predecessor, Delete], ...] = ()
    predecessors: tuple[Predecessor, ...] = ()
    takes_back: Predecessor | None = None

    @property
    def replaces(self) -> bool:
        """Whether a new signature takes the place of the one in state."""
        return isinstance(self.decision, Replace)

    @property
    def deletes_first(self) -> bool:
        """Whether the one in state is deleted before its successor is submitted."""
        return isinstance(self.decision, Replace) and self.decision.delete_first


NOTHING = Plan(None)


@dataclass
class Observed:
    """The observations of one resource in this run.

    `facts` and `policy` are what its Check said; None before it. `adopts` is the signature that its
    `adopt=` names. `holds` is the one that it has: by a Diff that leaves it there, a Create, an
    adoption or a `get`. `diffed` is the one whose change its Diff was about, `plan` what that came
    to, `diffed_policy` the policy that it had, and `diffed_shared` whether it was still one that
    had been taken over unasked. `remembers` are its predecessors by identity. `tries_to_create` is
    whether a Create has begun.
    """

    facts: ProgramFacts | None = None
    policy: DeletionPolicy | None = None
    adopts: SignatureRef | None = None
    holds: SignatureRef | None = None
    account: str = ""
    diffed: SignatureRef | None = None
    diffed_policy: DeletionPolicy | None = None
    diffed_shared: bool = False
    plan: Plan | None = None
    remembers: Mapping[SignatureRef, Predecessor] = field(default_factory=dict)
    tries_to_create: bool = False


class Ownership:
    """The owners of one run's signatures, a record a resource."""

    def __init__(self) -> None:
        # Re-entrant: `adopt` asks `owner` and `successor` while it holds it.
        self._lock = threading.RLock()
        self._seen: defaultdict[str, Observed] = defaultdict(Observed)
        self._keys: dict[tuple[str, str], str] = {}
        self._deleted: set[SignatureRef] = set()
        self._looks: defaultdict[str, dict[str, str]] = defaultdict(dict)
        # URNs by signature, in order, so that no question goes through all resources: those that
        # ever had to do with it, since their records say what holds now.
        self._of: defaultdict[SignatureRef, dict[str, Observed]] = defaultdict(dict)

    def seen(self, urn: str) -> Observed:
        """The observations of a resource; empty for one that this run has not come to."""
        with self._lock:
            return self._seen[urn]

    def _record(self, urn: str, ref: SignatureRef) -> Observed:
        """The record of a resource that has to do with a signature from now on."""
        return self._of[ref].setdefault(urn, self._seen[urn])

    def _about(self, ref: SignatureRef) -> Iterable[tuple[str, Observed]]:
        """The URNs and records of the resources that ever had to do with a signature."""
        return self._of[ref].items() if ref in self._of else ()

    def check(
        self,
        urn: str,
        facts: ProgramFacts,
        policy: DeletionPolicy,
        key: tuple[str, str],
        label: str,
    ) -> None:
        """Note a Check: a resource's text, by a key whose digest is "" where it isn't known.

        Raises:
            InputError: another resource of this run has named it before.
        """
        with self._lock:
            record = self._seen[urn]
            record.facts, record.policy = facts, policy
            # Nobody claims a text that isn't known yet in a preview.
            if not key[1]:
                return
            other = self._keys.setdefault(key, urn)
        if other != urn:
            raise InputError(
                _(
                    "`{name}` has the same text as `{other}`: {label}",
                    name=name_of(urn),
                    other=name_of(other),
                    label=label,
                ),
                advice=_(
                    "let one resource declare it, and use that one's outputs; two resources can't "
                    "hold one signature."
                ),
            )

    def alike(self, urn: str, text: str) -> Iterator[str]:
        """A warning for each resource of this run whose text is another one and looks the same."""
        with self._lock:
            texts = self._looks[look(text)]
            others = {other: text_ for other, text_ in texts.items() if other != urn}
            texts[urn] = text
        for other, other_text in others.items():
            if other_text != text:
                # One of the two has the unusual characters; a secret one's are nobody's to read.
                characters = unusual(text) or unusual(other_text)
                is_secret = (hide(text), hide(other_text)) != (text, other_text)
                yield (
                    _(
                        "`{name}` looks like `{other}`, whose text has other characters: readers "
                        "can't tell the two signatures apart.",
                        name=name_of(urn),
                        other=name_of(other),
                    )
                    if is_secret
                    else _(
                        "`{name}` looks like `{other}`, whose text has other characters "
                        "({characters}): readers can't tell the two signatures apart.",
                        name=name_of(urn),
                        other=name_of(other),
                        characters=listed(characters),
                    )
                )

    def adopt(self, urn: str, ref: SignatureRef) -> None:
        """Note that a resource is to take over a signature.

        Raises:
            InputError: another resource of this run holds it, is to take it over, or replaces it
                and deletes it later: then it may come to that before this one is seen.
        """
        with self._lock:
            other, heir = self.owner(ref, besides=urn), self._deleting_heir(ref, urn)
            if not other and not heir:
                self._record(urn, ref).adopts = ref
        if other:
            raise _owned(urn, other, ref)
        if heir:
            raise _replaced(urn, heir, ref)

    def _deleting_heir(self, ref: SignatureRef, besides: str) -> str:
        """The URN of a resource that deletes a predecessor when it is approved itself, or ""."""
        heir = self.successor(ref)
        if heir in ("", besides):
            return ""
        record = self._seen[heir]
        policy = record.diffed_policy or record.policy
        return heir if policy == "delete" and not record.remembers[ref].keep_reason else ""

    def hold(self, urn: str, ref: SignatureRef, account: str) -> None:
        """Note that a resource goes on holding a signature.

        Raises:
            InputError: another resource of this run is to take it over; or replaces it and deletes
                it later, by a run that may come to that before this one is seen.
        """
        with self._lock:
            taker = next((u for u, seen in self._about(ref) if seen.adopts == ref and u != urn), "")
            heir = self._deleting_heir(ref, urn)
            if not taker and not heir:
                self._take(urn, ref, account)
        if taker:
            raise _owned(taker, urn, ref)
        if heir:
            raise _replaced(urn, heir, ref)

    def take(self, urn: str, ref: SignatureRef, account: str) -> None:
        """Note that a resource has just got a signature, or reads it."""
        with self._lock:
            self._take(urn, ref, account)

    def _take(self, urn: str, ref: SignatureRef, account: str) -> None:
        record = self._record(urn, ref)
        record.holds, record.account = ref, account
        # A new one has the same identity where the text is the identity.
        self._deleted.discard(ref)

    def diff(
        self,
        urn: str,
        ref: SignatureRef,
        plan: Plan,
        policy: DeletionPolicy,
        *,
        shared: bool = False,
    ) -> None:
        """Note the plan of a resource's Diff, about the signature that its state holds."""
        with self._lock:
            record = self._record(urn, ref)
            record.diffed, record.plan = ref, plan
            record.diffed_policy, record.diffed_shared = policy, shared

    def remember(self, urn: str, predecessors: Mapping[SignatureRef, Predecessor]) -> None:
        """Note the predecessors that a resource's inputs have."""
        with self._lock:
            self._seen[urn].remembers = predecessors
            for ref in predecessors:
                self._record(urn, ref)

    def owner(
        self, ref: SignatureRef, key: tuple[str, str] | None = None, *, besides: str = ""
    ) -> str:
        """The URN of a resource that was seen to hold a signature, or to name its key; or ""."""
        with self._lock:
            # By key first: a Check names a text before its resource holds an id.
            named = self._keys.get(key, "") if key else ""
            if named and named != besides:
                return named
            for urn, record in self._about(ref):
                if urn != besides and ref in (record.holds, record.adopts):
                    return urn
        return ""

    def successor(self, ref: SignatureRef) -> str:
        """The URN of the resource whose state remembers a signature as its predecessor, or ""."""
        with self._lock:
            return next((urn for urn, record in self._about(ref) if ref in record.remembers), "")

    def diff_of(self, ref: SignatureRef) -> Observed | None:
        """The observations of the resource whose Diff in this run was about this very signature."""
        with self._lock:
            # By signature, not by URN: a renamed resource's old one is deleted under the old URN.
            return next((record for _, record in self._about(ref) if record.diffed == ref), None)

    def plans_to_delete_first(self, ref: SignatureRef) -> bool:
        """Whether this run's Diff of a signature has it deleted before its replacement."""
        diffed = self.diff_of(ref)
        return diffed is not None and diffed.plan is not None and diffed.plan.deletes_first

    def policy(
        self, ref: SignatureRef, urn: str, state: DeletionPolicy, *, is_own: bool
    ) -> DeletionPolicy:
        """The policy that counts for a deletion: that of this run's Diff of it, else the strictest.

        Check alone is no consent: with `ignore_changes`, `--replace` and taint it has the raw
        inputs.

        Args:
            ref: the signature.
            urn: the resource that is deleted.
            state: the policy in that resource's state.
            is_own: whether the signature is its own, and no predecessor that it remembers.
        """
        diffed = self.diff_of(ref)
        if is_own and diffed and diffed.diffed_policy:
            return diffed.diffed_policy
        policies = [state, self.seen(urn).policy]
        if successor := self.successor(ref):
            new = self.seen(successor)
            policies.append(new.diffed_policy or new.policy)
        return "retain" if "retain" in policies else "delete"

    def keep_reason(self, ref: SignatureRef, state: str, *, is_own: bool) -> str:
        """Why it is never deleted by us: by this run's Diff, state, or who remembers it; or ""."""
        diffed = self.diff_of(ref)
        # This run's Diff may have seen a consent that state doesn't have yet.
        if is_own and diffed and not diffed.diffed_shared:
            return ""
        successor = self.successor(ref)
        remembered = self.seen(successor).remembers.get(ref) if successor else None
        return state or (remembered.keep_reason if remembered else "")

    def delete(self, ref: SignatureRef) -> None:
        """Note that a signature has been deleted: a list may still show it."""
        with self._lock:
            self._deleted.add(ref)

    def has_deleted(self, ref: SignatureRef) -> bool:
        """Whether this run has deleted a signature."""
        with self._lock:
            return ref in self._deleted


def _owned(taker: str, holder: str, ref: SignatureRef) -> InputError:
    return InputError(
        _(
            "`{holder}` of this program holds {id}, and `{taker}` has "
            'adopt="{id}": a signature has one owner',
            holder=name_of(holder),
            taker=name_of(taker),
            id=ref.identity,
        ),
        vendor=ref.vendor,
        advice=_(
            "take adopt= out of `{taker}`, or take `{holder}` out of the program in the same run: "
            "then it passes over and nothing is deleted.",
            holder=name_of(holder),
            taker=name_of(taker),
        ),
    )


def _replaced(taker: str, heir: str, ref: SignatureRef) -> InputError:
    return InputError(
        _(
            "`{heir}` replaces {id} and deletes it when its own is approved, so `{taker}` can't "
            "have it",
            heir=name_of(heir),
            taker=name_of(taker),
            id=ref.identity,
        ),
        vendor=ref.vendor,
        advice=_(
            'give `{heir}` deletion_policy="retain" until its own is approved: then it passes over '
            "and nothing is deleted.",
            heir=name_of(heir),
        ),
    )
