"""What a change of a resource means in this run: the live review, the law, and other holders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_smssign.contract.application import examine
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.durations import seconds_since
from pulumi_smssign.engine.declared import Declared
from pulumi_smssign.engine.ledger import Held, Plan
from pulumi_smssign.engine.marks import Mark, deletion_of
from pulumi_smssign.engine.properties import (
    ACCEPTED_AT,
    adopted,
    changed_fields,
    fields_of,
    handle_of,
    reported_as_wanted,
    unique_key,
    urn_of,
)
from pulumi_smssign.engine.retiring import Predecessor, differences, digests, retiring_of
from pulumi_smssign.engine.run import ProgramFacts, Run
from pulumi_smssign.errors import InputError
from pulumi_smssign.lifecycle import (
    SHOWN_AFTER,
    Decision,
    Known,
    Record,
    Refuse,
    Replace,
    Resubmit,
    Review,
    Status,
    decide,
)
from pulumi_smssign.submission import must_be_as_declared
from pulumi_smssign.vendors import named


@dataclass(frozen=True)
class Change:
    """A resource as state has it and as the program wants it, in one run.

    `id` is the signature's; `olds` and `news` are the engine's properties.
    """

    run: Run
    id: str
    olds: Mapping[str, Any]
    news: Mapping[str, Any]

    @property
    def vendor(self) -> Vendor:
        """The vendor that both are at."""
        return named(self.news["vendor"])

    @property
    def facts(self) -> ProgramFacts:
        """What the program says of the run."""
        return self.run.facts(urn_of(self.news)) or ProgramFacts()

    @property
    def is_none(self) -> bool:
        """Whether nothing differs and nothing waits: then the vendor is not asked."""
        return (
            not changed_fields(self.vendor, self.olds, self.news)
            and not self._adoption
            and not self._drops_adoption
            and not retiring_of(self.news)
            and not self._passes_on
            and self._deletion is None
        )

    @property
    def _deletion(self) -> Mark | None:
        """The mark of a deletion of this very signature that a run was cut off from."""
        return self._marks_of(urn_of(self.olds), deletion_of(self.id))

    @property
    def _passes_on(self) -> bool:
        return self.run.ledger.passes_on(urn_of(self.news))

    def keep(self) -> None:
        """Note that the resource goes on holding its signature.

        Raises:
            InputError: another resource of the program is to take it over.
        """
        handle = handle_of(self.id, self.olds)
        account = self.olds["account"]
        held = Held(self.run.ref(self.vendor, account, handle), handle, account)
        self.run.ledger.keep(urn_of(self.news), held)

    def clear_marks(self) -> None:
        """Forget the marks of what state has by now: the signature, and all that was changed."""
        origin, key = self.run.origin(self.olds), unique_key(self.vendor, self.olds)
        for urn in {urn_of(self.olds), urn_of(self.news)}:
            self.run.marks.settle(urn, origin, key, str(self.olds.get(ACCEPTED_AT) or ""))
            if not changed_fields(self.vendor, self.olds, self.news):
                self.run.marks.clear(urn, origin, self.id)

    def announce_or_hold(self, plan: Plan) -> None:
        """In a preview note what the plan is; in a run hold to what its preview has noted.

        Raises:
            ReviewMovedError: the run would do something else, or lose what is approved without
                an announcement or the program's consent.
            InputError: another resource of the program is to take the signature over.
        """
        decision, urn, notes = plan.decision, urn_of(self.news), self.run.announcements
        if not isinstance(decision, Replace):
            self.keep()
        if decision is None:
            return
        if self.facts.preview:
            notes.announce(urn, decision, plan.review)
        elif isinstance(decision, Replace | Resubmit) and decision.loses:
            if not self.facts.consents and plan.review is not None:
                notes.hold_to_loss(urn, decision, plan.review)
        else:
            notes.hold_to(urn, decision, plan.review)

    @property
    def _own(self) -> Predecessor:
        return Predecessor.of_state(self.vendor, self.id, self.olds, kept=self.facts.retains)

    @property
    def _heir(self) -> Declared | None:
        """Another resource of the program that declares the signature that this one has."""
        return self.run.wanted_elsewhere(self.vendor, self._own, urn_of(self.news))

    @property
    def _is_taken_over(self) -> bool:
        """Whether that one takes it over: by name, or since its text is all that it is known by."""
        heir = self._heir
        by_text = self.vendor.rules.identity == "text"
        return heir is not None and (by_text or heir.adopt == self.id)

    @property
    def _adoption(self) -> str:
        """The signature that the program newly wants to be taken over, its own or another."""
        wanted = adopted(self.news)
        return "" if wanted == adopted(self.olds) else wanted

    @property
    def _drops_adoption(self) -> bool:
        """Whether the program no longer says what state remembers to have been taken over."""
        return bool(adopted(self.olds)) and not adopted(self.news)

    def plan(self) -> Plan:
        """What the change means now; asks the vendor.

        Raises:
            InputError: there is no way to do it, with the way out.
            SmsSignError: the vendor can't be asked.
        """
        vendor, handle = self.vendor, handle_of(self.id, self.olds)
        view = self.run.view(self.olds)
        review = view.recent(handle) if self.facts.preview else view.review(handle)
        if review is None and self._is_marked:
            review = self._moved()
        if review is None:
            self.run.must_be_gone(vendor, handle, self.olds)
        elif self._deletion and seconds_since(self._deletion.at) > SHOWN_AFTER:
            self.run.marks.clear(self._deletion.urn, self._deletion.origin, self._deletion.what)
        waiting = retiring_of(self.news)
        back = self._taken_back(waiting)
        decision = back_to(back) if back else self._decision(review)
        if isinstance(decision, Refuse):
            raise InputError(decision.why, vendor=vendor.name, advice=decision.what_to_do)
        if isinstance(decision, Replace) and not back:
            self._examine_replacement()
        return Plan(
            decision,
            review,
            leaving=self._leaving(review, waiting) if _keeps_its_approval(decision) else (),
            successor_retires=self._inherited(review, decision, waiting, back),
            takes_back=back,
        )

    def _decision(self, review: Review | None) -> Decision | None:
        if review and self._adoption == self.id:
            must_be_as_declared(self.vendor.rules, review, self.news)
            return Record(f"{self.id} is taken as it is: only recorded, nothing is sent.")
        changed = changed_fields(self.vendor, self.olds, self.news)
        settled = reported_as_wanted(changed, self.news, review) if review else frozenset()
        if review and changed and changed == settled and not self._adoption:
            return Record(
                f"{self.vendor.name} has it as the program says ({', '.join(sorted(changed))}): "
                "only recorded, nothing is sent."
            )
        if review and not changed and not self._adoption:
            return self._forgetting()
        decision = decide(self.vendor.rules, review, changed - settled, self._known(review))
        if isinstance(decision, Replace):
            self._refuse_spent_adoption()
        return decision

    def _forgetting(self) -> Record | None:
        if self._drops_adoption:
            return Record("adopt= has done its work and is taken out: only recorded.")
        if self._passes_on:
            return Record("another resource of the program declares what this one replaced.")
        return None

    def _known(self, review: Review | None) -> Known:
        status = str(self.olds.get("status") or "")
        known_time = str(self.olds.get("submitted_at") or "")
        return Known(
            status=Status(status) if status in Status.__members__ else None,
            is_overtaken=bool(review and known_time and review.submitted_at > known_time),
            consents=self.facts.consents and self._heir is None,
            adopts=self._adoption,
            passes_on=self._is_taken_over,
            is_adopted=adopted(self.news) == self.id,
            is_marked=self._is_marked,
        )

    @property
    def _is_marked(self) -> bool:
        """Whether a run was cut off while it sent this very change to this signature."""
        mark = self._marks_of(urn_of(self.olds), self.id) or self._marks_of(
            urn_of(self.news), self.id
        )
        return mark is not None and mark.fields == digests(self.vendor, self.news)

    def _marks_of(self, urn: str, what: str) -> Mark | None:
        return self.run.marks.find(urn, self.run.origin(self.olds), what)

    def _moved(self) -> Review | None:
        """The signature under the text that the change gives it, where that is its identity."""
        text = str(self.news.get(self.vendor.application.text_field) or "")
        moved = replace(handle_of(self.id, self.olds), text=text)
        return self.run.view(self.olds).review(moved)

    def _taken_back(self, waiting: tuple[Predecessor, ...]) -> Predecessor | None:
        """The signature that still waits and whose text the program wants back.

        Raises:
            InputError: the program wants its text with other content.
        """
        key, account = unique_key(self.vendor, self.news), self.news["account"]
        if self._adoption or (key, account) == (
            unique_key(self.vendor, self.olds),
            self.olds["account"],
        ):
            return None
        for old in waiting:
            if (old.key, old.account) != (key, account):
                continue
            other = differences(self.vendor, old, self.news)
            if other:
                raise InputError(
                    f"{old} is still at {self.vendor.name}, and the program wants its text back "
                    f"with other content ({', '.join(sorted(other))})",
                    vendor=self.vendor.name,
                    advice="take those changes back too, and it is simply kept; or add "
                    f'adopt="{old.id}" to keep it as it is. What it is to become after that is a '
                    "change of its own.",
                )
            return old
        return None

    def _refuse_spent_adoption(self) -> None:
        """A replacement would adopt the very signature that it replaces."""
        spent = adopted(self.news)
        if spent and spent == adopted(self.olds):
            raise InputError(
                f"the signature {self.id} is to be replaced, and adopt= says to take over {spent} "
                "instead of submitting a new one",
                vendor=self.vendor.name,
                advice="take the line adopt= out of the resource: it has done its work.",
            )

    def _examine_replacement(self) -> None:
        """Verify all that can be verified before the first write of a replacement."""
        if self._adoption:
            return
        fields = fields_of(self.news)
        findings = examine(self.vendor.application, fields, frozenset(), new=True)
        if findings.problems:
            listed = "\n".join(f"  - {one.property}: {one.reason}" for one in findings.problems)
            raise InputError(f"a new application could not be submitted:\n{listed}")
        self.run.application(self.news).verify_evidence()

    def _leaving(
        self, review: Review | None, waiting: tuple[Predecessor, ...]
    ) -> tuple[Predecessor, ...]:
        """Those of the waiting signatures whose time has come."""
        is_approved = review is not None and review.usable
        return tuple(old for old in waiting if may_go(self.run, self.vendor, old, is_approved))

    def _inherited(
        self,
        review: Review | None,
        decision: Decision | None,
        waiting: tuple[Predecessor, ...],
        back: Predecessor | None,
    ) -> tuple[Predecessor, ...]:
        """What a signature that takes the place of this one has to remember."""
        own = self._own
        goes_first = isinstance(decision, Replace) and decision.delete_first
        gone = review is None or goes_first or self._heir is not None
        taken = {back.id if back else "", adopted(self.news)}
        kept = tuple(old for old in waiting if old.id not in taken)
        return kept if gone or own.id in taken else (*kept, own)


def _keeps_its_approval(decision: Decision | None) -> bool:
    """Whether what is approved now is still so after a decision is carried out."""
    in_review_again = isinstance(decision, Resubmit) and decision.loses
    return not isinstance(decision, Replace) and not in_review_again


def back_to(old: Predecessor) -> Replace:
    """The replacement that picks up a signature which was to be replaced."""
    return Replace(
        delete_first=False,
        note=f"{old} is still there and is kept: the change is taken back, and its unfinished "
        "successor withdrawn.",
    )


def may_go(run: Run, vendor: Vendor, old: Predecessor, successor_is_approved: bool) -> bool:  # noqa: FBT001
    """Whether a signature that was replaced may be deleted at its vendor now."""
    if old.kept or vendor.rules.deletable is None:
        return False
    review = run.review_of(vendor, old)
    if review is None:
        return False
    free = successor_is_approved or not vendor.rules.is_earned(review)
    return free and vendor.rules.may_delete(review)
