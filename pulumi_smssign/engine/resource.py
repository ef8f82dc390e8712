"""A resource, parsed once from the engine's properties: what the program says, and the state.

Behind the hooks nobody takes the engine's dictionaries: they are read here, and written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pulumi.runtime import rpc

from pulumi_smssign.core import secrets
from pulumi_smssign.core.outputs import (
    ACCEPTED_AT,
    LEARNED,
    ORIGIN,
    POLICY,
    SHARED,
    SHOWN_BEFORE,
    as_edited,
    folded,
    outputs_of,
)
from pulumi_smssign.core.ownership import ProgramFacts
from pulumi_smssign.core.predecessors import (
    PREDECESSORS,
    Predecessor,
    field_digests,
    predecessors_of,
)
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.state import State
from pulumi_smssign.engine.sdk_patches import PROVIDER
from pulumi_smssign.model.digests import differ, digest
from pulumi_smssign.model.language import mark
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.rules import ACCOUNT
from pulumi_smssign.model.urns import name_of
from pulumi_smssign.model.vocabulary import EXISTING, HIDES, RUN, UNSEEN, DeletionPolicy

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.vendor import Vendor

Properties = dict[str, Any]

COMMON = {"vendor", "account", "adopt", "scope", POLICY, HIDES, PREDECESSORS, RUN, PROVIDER}
"""Inputs that are not the application's; the scope is one of a `Signature.get`."""


@dataclass(frozen=True)
class Resource:
    """One resource in one hook.

    Of `of_program` (check, diff, create, update) the fields are what the program says, and `state`
    is what it changes, where there is any; of `of_state` (read, delete) both are the state's.
    `policy` is its `deletion_policy`, resolved by Check. `unknown` are the fields whose value isn't
    known in this preview. `inputs` are the properties as the engine has them, for what is written.
    """

    urn: str
    vendor: Vendor
    account: str
    fields: Mapping[str, Any]
    inputs: Mapping[str, Any]
    adopt: str = ""
    policy: DeletionPolicy = "retain"
    predecessors: tuple[Predecessor, ...] = ()
    unknown: frozenset[str] = frozenset()
    facts: ProgramFacts | None = None
    state: State | None = None

    @classmethod
    def of_program(
        cls,
        urn: str,
        props: Mapping[str, Any],
        *,
        id_: str = "",
        olds: Mapping[str, Any] | None = None,
        facts: ProgramFacts | None = None,
        predecessors: tuple[Predecessor, ...] | None = None,
    ) -> Resource:
        """The resource that a program declares.

        `props` are the engine's inputs, `id_` and `olds` the id and the outputs in its state;
        `facts` and `predecessors` are for what the inputs don't have any more, or in Check not yet.
        """
        vendor = named(str(props["vendor"]))
        fields = {name: value for name, value in props.items() if name not in COMMON}
        return cls(
            urn=urn,
            vendor=vendor,
            account=str(props.get("account") or "default"),
            fields=fields,
            inputs={name: value for name, value in props.items() if name != RUN},
            adopt=str(props.get("adopt") or ""),
            policy="delete" if props.get(POLICY) == "delete" else "retain",
            predecessors=predecessors_of(props) if predecessors is None else predecessors,
            unknown=frozenset(name for name, value in fields.items() if _is_unknown(value)),
            facts=ProgramFacts.of(props) or facts,
            state=None if olds is None else State.of(vendor, id_, olds),
        )

    @classmethod
    def of_state(
        cls, urn: str, id_: str, props: Mapping[str, Any], inputs: Mapping[str, Any]
    ) -> Resource:
        """The resource that a state holds, or that a program reads.

        `props` are the outputs in its state, or the inputs of what a program reads; `inputs`, which
        have the predecessors, are those in its state.
        """
        vendor = named(str(props["vendor"]))
        state = State.of(vendor, id_, props)
        known = state.outputs
        # In the inputs alone is what the program says since a refresh has told it.
        own = {*vendor.rules.fields, *COMMON} - {RUN}
        said = (props.keys() | inputs.keys()) & known.keys() & own
        return cls(
            urn=urn,
            vendor=vendor,
            account=state.account,
            fields={name: known[name] for name in vendor.rules.fields if name in known},
            inputs={name: value for name, value in known.items() if name in said},
            adopt=state.adopt,
            policy=state.policy,
            predecessors=predecessors_of(inputs),
            facts=ProgramFacts.of(props),
            state=state,
        )

    @property
    def name(self) -> str:
        """Its logical name in the program."""
        return name_of(self.urn)

    @property
    def text(self) -> str:
        """The signature's text, as the program says it."""
        return str(self.fields.get(self.vendor.rules.text_field) or "")

    @property
    def held(self) -> State:
        """The state, for the hooks that always have one."""
        assert self.state is not None, "a hook without a state asked for it"  # noqa: S101
        return self.state

    @property
    def adopts(self) -> str:
        """The id of the signature that the program has it take over, or ""."""
        return "" if self.adopt == EXISTING else self.adopt

    @property
    def key(self) -> str:
        """A digest of vendor and unique key; "" where a part of it isn't known yet."""
        return self._key_of(self.fields)

    @property
    def state_key(self) -> str:
        """The key of the signature in its state."""
        return self._key_of(self.held.fields)

    def _key_of(self, fields: Mapping[str, Any]) -> str:
        unique = sorted(self.vendor.rules.unique)
        if self.unknown.intersection(unique):
            return ""
        return digest([self.vendor.name, *(fields.get(name) for name in unique)])

    @cached_property
    def changed(self) -> frozenset[str]:
        """The names of the fields that differ, and of the requests that the vendor takes now."""
        old, rules = self.held, self.vendor.rules
        # Left out by the program, these are no difference: the vendor, or a refresh, has set them.
        unmanaged = rules.console_only | old.learned
        different = {
            name
            for name in rules.fields
            if name not in rules.unreviewed
            and differ(old.fields.get(name), self.fields.get(name))
            and not (name in unmanaged and self.fields.get(name) is None)
        }
        if old.account != self.account:
            different.add(ACCOUNT)
        return frozenset(different) | rules.wanted(self.fields, old.vendor_status)

    @property
    def new_adoption(self) -> str:
        """The id of the signature that the program newly wants to be taken over, or ""."""
        old = "" if self.held.adopt == EXISTING else self.held.adopt
        # A text may be another account's id too.
        is_elsewhere = self.account != self.held.account and self.vendor.rules.identity == "text"
        return "" if self.adopts == old and not is_elsewhere else self.adopts

    @property
    def is_shared(self) -> bool:
        """Whether its signature was taken over unasked, and no `adopt=` says that it is its own."""
        return self.held.shared and self.adopt not in (EXISTING, self.held.id)

    @property
    def changes_settings(self) -> bool:
        """Whether its settings differ, which no vendor is asked for: policy, `adopt=` done with."""
        old = self.held
        asked = bool(self.adopt) and old.shared
        return self.policy != old.policy or asked or (bool(old.adopt) and not self.adopt)

    def is_as_checked(self, olds: Mapping[str, Any]) -> bool:
        """Whether all fields are those of `olds`, the inputs that an earlier Check has passed."""
        checked = {name: value for name, value in olds.items() if name not in COMMON}
        return bool(olds) and self.fields == checked

    @cached_property
    def application(self) -> Application:
        """The application that the checked inputs make."""
        directory = self.facts.directory if self.facts else ""
        uploads = self.state.uploads if self.state else {}
        application: Application = self.vendor.application.of(self.fields, directory, uploads)
        return application

    def digests(self) -> dict[str, str]:
        """A digest of each field that the program says and that is not personal."""
        return field_digests(self.vendor, self.fields)

    @property
    def retains(self) -> str:
        """Why its predecessors are never deleted by us, by the program; in English, for state."""
        retains = self.facts.retains if self.facts else False
        if retains is None:
            return mark(
                "transforms or a component of the program's own may say retain_on_delete=True"
            )
        return mark("retain_on_delete=True says so") if retains else ""

    def as_predecessor(self) -> Predecessor:
        """The signature in its state, as one that another is to replace."""
        old = self.held
        return Predecessor(
            id=old.id,
            text=old.text or old.id,
            scope=old.scope,
            account=old.account,
            key=self.state_key,
            origin=old.origin,
            revision=old.revision,
            accepted_at=old.accepted_at,
            shared=self.is_shared,
            retained=self.retains,
            hidden="text" in secrets.hides(old.outputs),
            fields=field_digests(self.vendor, old.fields),
        )

    def with_predecessors(self, predecessors: tuple[Predecessor, ...]) -> Properties:
        """Its inputs, remembering these."""
        # In inputs and not outputs: the engine writes what Check returns also without a change.
        inputs = {name: value for name, value in self.inputs.items() if name != PREDECESSORS}
        listed = [old.as_property() for old in predecessors]
        return {**inputs, **({PREDECESSORS: listed} if listed else {})}

    def as_state(
        self,
        review: Review,
        *,
        scope: str,
        origin: str,
        revision: int = 1,
        accepted_at: str = "",
        shown_before: str = "",
        shared: bool = False,
        uploads: Mapping[str, str] | None = None,
        without: frozenset[str] = frozenset(),
    ) -> Properties:
        """The outputs of a signature that has just been submitted, adopted, changed or recorded.

        `shown_before` is a digest of what the vendor showed before the last change, `uploads` has
        file ids by SHA-256, and `without` are inputs that are to differ at the next run. The rest
        is as `State` has it.
        """
        review = as_edited(self.vendor, self.fields, review, shown_before)
        inputs = {k: v for k, v in self.inputs.items() if k not in without | {PREDECESSORS}}
        return folded(
            {
                **inputs,
                **outputs_of(review),
                POLICY: self.policy,
                "scope": scope,
                "revision": revision,
                ORIGIN: origin,
                ACCEPTED_AT: accepted_at,
                SHARED: shared,
                SHOWN_BEFORE: shown_before if review.is_earlier else "",
                "uploads": dict(uploads or {}),
            },
            inputs,
        )

    def as_recorded(self) -> Properties:
        """The outputs where nothing but its settings differ, and no vendor was asked."""
        held = {k: v for k, v in self.held.outputs.items() if k not in ("adopt", HIDES)}
        inputs = {k: v for k, v in self.inputs.items() if k != PREDECESSORS}
        return folded({**held, **inputs, SHARED: self.is_shared}, inputs)

    def refreshed(
        self, review: Review, origin: str, predecessors: tuple[Predecessor, ...]
    ) -> tuple[Properties, Properties]:
        """The outputs and inputs after a refresh, with the vendor's review.

        What the program leaves out is learned: it stands in the review, and is no input.
        """
        known, held = self._said, self.held
        review = as_edited(self.vendor, {**held.outputs, **known}, review, held.shown_before)
        is_managed = bool(held.status and held.revision)  # one that is only read has no revision
        told = {**held.outputs, **review.reported}
        names = {*held.learned, *(review.reported if is_managed else ())} & told.keys()
        learned = {name: told[name] for name in names if known.get(name) is None}
        outputs = {
            **known,
            **learned,
            **{
                name: value
                for name, value in review.reported.items()
                if differ(value, known.get(name))
            },
            **outputs_of(review),
            "scope": held.scope,
            "revision": held.revision if is_managed else 0,
            ACCEPTED_AT: held.accepted_at,
            ORIGIN: origin,
            SHARED: held.shared,
            SHOWN_BEFORE: held.shown_before if review.is_earlier else "",
            "uploads": held.uploads,
            LEARNED: sorted(learned),
        }
        said = {name: outputs[name] for name in known if name not in learned}
        return folded(outputs, said), self._inputs_of(said, predecessors)

    def as_before(self, *, unseen: bool) -> tuple[Properties, Properties]:
        """The outputs and inputs as they were; `unseen` is that the vendor does not show it yet."""
        outputs = folded({**self.held.outputs, UNSEEN: unseen}, self._said)
        return outputs, self._inputs_of(self._said, self.predecessors)

    @property
    def _said(self) -> Properties:
        """What the program has said of it, and a refresh does not set anew."""
        return {k: v for k, v in self.inputs.items() if k not in (RUN, PREDECESSORS)}

    def _inputs_of(
        self, known: Mapping[str, Any], predecessors: tuple[Predecessor, ...]
    ) -> Properties:
        inputs = {name: value for name, value in known.items() if name != PROVIDER}
        return replace(self, inputs=inputs).with_predecessors(predecessors)


def _is_unknown(value: object) -> bool:
    if isinstance(value, str):
        return value == rpc.UNKNOWN
    return not isinstance(value, bool | float | None) and rpc.contains_unknowns(value)
