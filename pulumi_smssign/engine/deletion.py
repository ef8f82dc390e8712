"""Deleting at a vendor: who else holds it, is what replaces it approved, was it announced?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_smssign import submission
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.engine.ledger import Ref
from pulumi_smssign.engine.marks import Mark, deletion_of
from pulumi_smssign.engine.properties import ORIGIN, name_of, urn_of
from pulumi_smssign.engine.retiring import Predecessor, retiring_of
from pulumi_smssign.engine.row import Row
from pulumi_smssign.engine.run import Run
from pulumi_smssign.errors import DeletionHeldError
from pulumi_smssign.lifecycle import Review


class Deletion:
    """The engine's wish to delete a resource, or the old side of a replaced one.

    Args:
        run: the run.
        vendor: the vendor.
        id_: the signature's id.
        state: the resource's state.
    """

    def __init__(self, run: Run, vendor: Vendor, id_: str, state: Mapping[str, Any]) -> None:
        self._run = run
        self._vendor = vendor
        self._state = state
        self._urn = run.ledger.present(urn_of(state))
        self._row = Row(urn_of(state))
        self._own = Predecessor.of_state(vendor, id_, state)
        self._succeeded: set[str] = set()

    def carry_out(self) -> None:
        """Delete what nothing holds any more: the signature, and those that waited beside it.

        Raises:
            DeletionHeldError: it would be a loss that nobody has agreed to, and nothing in state
                would remember the signature; the engine keeps the resource and asks again.
        """
        for old, ref in self._going():
            self._withdraw(old, ref)

    def _going(self) -> list[tuple[Predecessor, Ref]]:
        """Those that go now; all of it is decided before the first one is deleted."""
        going, ledger = [], self._run.ledger
        for old in (self._own, *retiring_of(self._state)):
            ref = self._run.ref(self._vendor, old.account, old.handle)
            holder, successor = ledger.holder(ref), ledger.successor(ref, self._urn)
            if ledger.has_withdrawn(ref):
                continue
            if holder is not None:
                if old is self._own:
                    self._row.info(f"{old} is left: `{name_of(holder)}` manages it now.")
            elif old is not self._own and ledger.is_remembered(ref):
                continue
            elif self._may_go(old, ref, successor):
                going.append((old, ref))
        return going

    def _may_go(self, old: Predecessor, ref: Ref, successor: str | None) -> bool:
        """Whether a signature that nobody holds is to be deleted now; says so where it is not.

        Raises:
            DeletionHeldError: it is not, and nothing would remember it.
        """
        if self._passes_to_another(old):
            return False
        if successor is not None and old is self._own and self._is_agreed(successor):
            return True
        if old.kept:
            self._row.info(f"{old} is left, as retain_on_delete=True says.")
            return False
        if successor is None:
            return True
        review = self._run.review_of(self._vendor, old)
        if review is None:  # what nobody sees is not deleted: a list may be stale
            self._row.info(self._run.why_absent(self._vendor, str(old), self._state))
            return False
        why = self._why_it_stays(review, successor)
        if not why:
            if self._vendor.rules.is_earned(review):
                self._succeeded.add(old.id)
            return True
        if not self._run.ledger.is_remembered(ref):
            raise self._held_back(old, review, why)
        self._row.info(f"{old} stays at {self._vendor.name}: {why}.")
        return False

    def _is_agreed(self, successor: str) -> bool:
        """Whether this run has announced, or the program says, that it is deleted first."""
        plan, facts = self._run.ledger.plan_of(successor), self._run.facts(successor)
        announced = plan is not None and getattr(plan.decision, "delete_first", False)
        return announced or (facts is not None and facts.consents)

    def _why_it_stays(self, review: Review, successor: str) -> str:
        """Why a replaced signature may not be deleted yet, or ""."""
        rules = self._vendor.rules
        held = self._run.ledger.held_by(successor)
        if held is None:
            return "nothing has taken its place yet"
        if rules.deletable is None:
            return ""
        if not rules.is_earned(review):
            return (
                "" if rules.may_delete(review) else "the vendor deletes it after the verdict only"
            )
        new = self._run.view_of(self._vendor.name, held.account).review(held.handle)
        is_approved = new is not None and new.usable
        return "" if is_approved else "its successor is not approved yet"

    def _passes_to_another(self, old: Predecessor) -> bool:
        """Whether another resource is about to take it over in this run; says so.

        Raises:
            DeletionHeldError: another resource declares it, and has not taken it over.
        """
        other = self._run.wanted_elsewhere(self._vendor, old, self._urn)
        if other is None:
            return False
        if other.adopt == old.id and self._run.reaches(other):
            self._row.info(f"{old} is left: `{other.name}` takes it over.")
            return True
        if self._run.review_of(self._vendor, old) is None:
            return False
        raise DeletionHeldError(
            f"{old} is not deleted: `{other.name}` of this program declares the same signature, "
            "and has not taken it over",
            vendor=self._vendor.name,
            advice="run `pulumi up` for the whole program, without --target. If "
            f"`{other.name}` is this resource under a new name, give it "
            f'aliases=[pulumi.Alias(name="{name_of(self._urn)}")]; else add adopt="{old.id}" to '
            f"`{other.name}`, and it passes over.",
        )

    def _held_back(self, old: Predecessor, review: Review, why: str) -> DeletionHeldError:
        way = (
            "Leave --replace out, or run `pulumi state untaint URN`: its successor is in review."
            if old is not self._own
            else "To have it deleted first, give the resource "
            "pulumi.ResourceOptions(delete_before_replace=True)."
        )
        return DeletionHeldError(
            f"{old} is {review.status} and is not deleted: {why}",
            vendor=self._vendor.name,
            advice=f"run `pulumi up` again when the new one is approved: it is deleted then. {way}",
        )

    def _withdraw(self, old: Predecessor, ref: Ref) -> None:
        rules = self._vendor.rules
        self._run.marks.clear(urn_of(self._state), ref.origin, old.key)
        if rules.deletable is None:
            self._tell_what_stays(old)
            return
        if old is self._own:
            what = deletion_of(old.id)
            self._run.marks.keep(Mark(urn_of(self._state), ref.origin, what, fields={}))
        api = self._run.accounts.api(self._vendor.name, old.account)
        if submission.withdraw(api, old.handle):
            self._run.ledger.withdrew(ref)
            if old.id in self._succeeded:
                self._row.info(f"{old} is deleted: its successor is approved.")
            return
        if old is self._own:
            self._run.must_be_gone(self._vendor, old.handle, self._state)
            self._row.info(f"{self._vendor.name} no longer had it: {old}.")

    def _tell_what_stays(self, old: Predecessor) -> None:
        if old is self._own and self._run.review_of(self._vendor, old) is None:
            self._run.must_be_the_same_account(self._vendor, old.handle, self._state)
            self._row.info(f"{self._vendor.name} no longer had it: {old}.")
            return
        self._row.info(
            f"{self._vendor.name} can't delete signatures: 【{old.text}】 stays in the account."
        )


def made_elsewhere(run: Run, state: Mapping[str, Any]) -> bool:
    """Whether a resource's signature was made on the other side (sandbox, vendor)."""
    made = str(state.get(ORIGIN) or "").partition("-")[0]
    return bool(made) and made != run.origin(state).partition("-")[0]
