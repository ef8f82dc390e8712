"""Where the signatures of a stack stand now, beside what its state says: one look an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from pulumi_smssign.contract.together import together
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.waiting import Target, Until, Verdict, ask
from pulumi_smssign.engine.resource import SHOWN_BEFORE, as_edited
from pulumi_smssign.inventory.held import Held
from pulumi_smssign.inventory.steps import (
    LONGEST_WHY,
    Move,
    Situation,
    Step,
    next_step,
    step_of_leaving,
    step_of_predecessor,
)
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.fate import Delete, Leaves, fate
from pulumi_smssign.model.filing import FilingState
from pulumi_smssign.model.redaction import HIDDEN, hide, keep_secret, short, told
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

MAY_GO = 'approved, and deletion_policy is "delete": a dropped line or a destroy deletes'
"""What is said of approved signatures that nothing but their declaration keeps."""


class Outcome(IntEnum):
    """What a look amounts to; the number is the command's exit code."""

    APPROVED = 0
    ERROR = 1
    CANCELLED = 2
    PENDING = 3
    LOST = 4
    """Rejected, suspended or gone: no waiting brings it."""


@dataclass(frozen=True)
class Standing:
    """A signature of the stack now. `verdict` is None when it couldn't be asked for."""

    held: Held
    verdict: Verdict | None
    step: Step
    trouble: str = ""

    @property
    def review(self) -> Review | None:
        """What the vendor says; None when it has nothing or couldn't be asked."""
        return self.verdict.review if self.verdict else None

    @property
    def text(self) -> str:
        """What it says in 【】, as far as the program doesn't keep it to itself."""
        if self.held.is_secret:
            return HIDDEN
        return told(self.review.text if self.review else self.held.handle.text)

    @property
    def id(self) -> str:
        """What the vendor knows it by."""
        return short(self.held.handle.id)

    @property
    def status(self) -> str:
        """The common status now, GONE, or "?" where it couldn't be asked for."""
        return self.verdict.report()["status"] if self.verdict else "?"

    @property
    def filing(self) -> str:
        """Where the filing with the carriers stands now, or ""."""
        return told(str(self.review.filing)) if self.review else ""

    @property
    def reason(self) -> str:
        """The reviewer's words on one line, or ""."""
        if self.review is None:
            return ""
        if self.review.reason and self.held.hides("reason"):
            return HIDDEN
        return told(self.review.reason or self.review.remark)

    @property
    def waiting_since(self) -> str:
        """When what is waited for was submitted (ISO 8601), or "" where nothing is or none tells.

        It is of the stack's own last submission, or of the last one that the vendor names.
        """
        if self.outcome is not Outcome.PENDING:
            return ""
        live = self.review.submitted_at if self.review else ""
        return self.held.accepted_at or live or str(self.held.state.get("submitted_at") or "")

    @property
    def differs(self) -> tuple[str, ...]:
        """What the vendor tells otherwise than state: "status", "filing"."""
        if self.verdict is None:
            return ()
        pairs = {
            "status": (self.held.status, self.status),
            "filing": (self.held.filing, str(self.review.filing.state) if self.review else ""),
        }
        untold = ("", str(FilingState.UNKNOWN))
        return tuple(
            name for name, (old, new) in pairs.items() if old and new not in untold and old != new
        )

    @property
    def outcome(self) -> Outcome:
        """What it amounts to; one that the stack does not submit counts all the same."""
        if self.verdict is None:
            return Outcome.ERROR
        if self.verdict.is_done:
            edited = self.review is not None and self.review.edit is Status.PENDING
            return Outcome.PENDING if edited else Outcome.APPROVED
        return Outcome.PENDING if self.verdict.is_open else Outcome.LOST

    @property
    def is_counted(self) -> bool:
        """Whether the stack depends on it: what is being replaced or deleted is only shown."""
        return self.held.role in ("managed", "read")

    @property
    def may_go(self) -> bool:
        """Whether a dropped line or a destroy deletes it, though a person has approved it."""
        return may_go(named(self.held.vendor), self.held, self.review)

    def as_document(self) -> dict[str, Any]:
        """The same as `--json` prints it."""
        review = self.review
        filing = review.filing.as_output() if review else None
        if filing and self.held.hides("reason"):
            filing = {"state": filing["state"]}
        return {
            "name": self.held.name,
            "urn": self.held.urn,
            "role": self.held.role,
            "vendor": self.held.vendor,
            "account": self.held.account,
            "id": self.id,
            "text": self.text,
            "scope": self.held.handle.scope,
            "status": self.status,
            "vendor_status": told(review.vendor_status) if review else "",
            "state": {"status": self.held.status, "filing": self.held.filing},
            "differs": list(self.differs),
            "reason": self.reason,
            "filing": _cleaned(filing),
            "qualification": _cleaned(review.qualification.as_output()) if review else None,
            "deliverable": review.deliverable if review else "unknown" if self.trouble else "no",
            "edit_status": str(review.edit or "") if review else "",
            "waiting_since": self.waiting_since,
            "move": str(self.step.move),
            "next": str(self.step),
            "trouble": self.trouble,
            "deletion_policy": self.held.deletion_policy,
            "shared": self.held.is_shared,
        }


def look(accounts: Accounts, held: Iterable[Held], until: Until = "approved") -> list[Standing]:
    """What each signature is now: one question for all of an account.

    Never raises for an account that can't be asked: its signatures say so.
    """
    ordered = list(held)
    groups: dict[tuple[str, str], list[Held]] = {}
    for one in ordered:
        groups.setdefault((one.vendor, one.account), []).append(one)
    looks = together(lambda of_one: _of_account(accounts, of_one, until), groups.values())
    found = {standing.held.key: standing for standing in chain.from_iterable(looks)}
    own = {one.held.urn: one for one in found.values() if one.held.role == "managed"}
    return [_on_its_way_out(found[one.key], own) for one in ordered]


def outcome_of(standings: Sequence[Standing]) -> Outcome:
    """What a look at all of them amounts to: an error first, then what is lost, then what waits."""
    outcomes = {one.outcome for one in standings if one.is_counted}
    worst = (Outcome.ERROR, Outcome.LOST, Outcome.PENDING)
    return next((outcome for outcome in worst if outcome in outcomes), Outcome.APPROVED)


def is_abroad(review: Review | None, scope: str = "") -> bool:
    """Whether the carriers of the mainland have no part in a signature."""
    reported = review.reported if review else {}
    if any(reported.get(name) is True for name in ("international", "is_only_global")):
        return True
    return scope.endswith("international")


def lacks_qualification(vendor: Vendor, review: Review | None, scope: str = "") -> bool:
    """Whether the vendor says that a signature has none of the papers that it is filed with."""
    if review is None or not vendor.rules.tells_qualification or is_abroad(review, scope):
        return False
    return not review.qualification.id


def _of_account(accounts: Accounts, held: Sequence[Held], until: Until) -> list[Standing]:
    vendor, account = held[0].vendor, held[0].account
    targets = [
        Target(one.name, vendor, account, one.handle, one.unseen_since, until) for one in held
    ]
    try:
        verdicts = ask(accounts.api, targets)
        origin = accounts.origin(vendor, account)
    except SmsSignError as error:
        return [Standing(one, None, Step(Move.LOOK, " below"), str(error)) for one in held]
    return [
        _standing(one, verdict, origin, until) for one, verdict in zip(held, verdicts, strict=True)
    ]


def _standing(held: Held, verdict: Verdict, origin: str, until: Until) -> Standing:
    vendor = named(held.vendor)
    review = verdict.review
    if review is None and held.origin not in ("", origin) and not verdict.is_too_new:
        trouble = (
            f"{vendor.title} has no {held.handle.id} here, but it was made in another account or "
            "on another side (vendor or sandbox) than this configuration leads to"
        )
        return Standing(held, None, Step(Move.LOOK, " at the configuration"), hide(trouble))
    if held.is_secret and review is not None:
        keep_secret([review.text])
    if review is not None:
        shown_before = str(held.state.get(SHOWN_BEFORE) or "")
        review = as_edited(vendor, held.state, review, shown_before)
        verdict = replace(verdict, review=review)
    kind = vendor.application.name_kind({**_reported(review), **fields_of(vendor, held)})
    said = review.reason if review else ""
    why = "; ".join(review.filing.reasons) if review and review.filing.is_lost else ""
    situation = Situation(
        review,
        is_too_new=verdict.is_too_new,
        why=HIDDEN if held.hides("reason") and (why or said) else told(said or why, LONGEST_WHY),
        kind=kind[1] if kind else None,
        lacks_qualification=lacks_qualification(vendor, review, held.handle.scope),
        requests=_requests(vendor, review),
        is_managed=held.role == "managed",
        until=until,
    )
    return Standing(held, verdict, next_step(situation))


def _on_its_way_out(one: Standing, own: Mapping[str, Standing]) -> Standing:
    """The same with the next step of a predecessor, and of what a run is still to delete.

    Args:
        one: what the look has found.
        own: the resources' own signatures, by URN.
    """
    held, verdict = one.held, one.verdict
    if one.is_counted or verdict is None or verdict.is_too_new:
        return one
    rules, review, successor = named(held.vendor).rules, verdict.review, own.get(held.urn)
    if review is None:
        return replace(one, step=Step(Move.NOTHING, ": the vendor no longer has it"))
    leaves, policy = Leaves.DROPPED, held.deletion_policy
    if successor:
        is_superseded = successor.verdict is not None and successor.verdict.is_approved
        leaves = Leaves.SUPERSEDED if is_superseded else Leaves.WAITING
        policy = "retain" if successor.held.deletion_policy == "retain" else policy
    now = fate(rules, review, leaves, policy, held.kept)
    if held.role == "leaving":
        return replace(one, step=step_of_leaving(now))
    later = fate(rules, review, Leaves.SUPERSEDED, policy, held.kept)
    step = step_of_predecessor(now, later, is_approved=rules.is_approved(review))
    return replace(one, step=step)


def may_go(vendor: Vendor, held: Held, review: Review | None) -> bool:
    """Whether a dropped line or a destroy deletes a signature that a person has approved."""
    if review is None or held.role != "managed" or held.is_guarded:
        return False
    rules = vendor.rules
    ending = fate(rules, review, Leaves.DROPPED, held.deletion_policy, held.kept)
    return rules.is_approved(review) and isinstance(ending, Delete)


def fields_of(vendor: Vendor, held: Held) -> dict[str, object]:
    """The application's own fields in a signature's state."""
    fields = vendor.application.model_fields
    return {name: value for name, value in held.state.items() if name in fields}


def _requests(vendor: Vendor, review: Review | None) -> frozenset[str]:
    if review is None:
        return frozenset()
    return frozenset(
        name for name, when in vendor.rules.requests.items() if review.vendor_status in when
    )


def _reported(review: Review | None) -> dict[str, Any]:
    return dict(review.reported) if review else {}


def _cleaned(document: Any) -> Any:  # noqa: ANN401 - JSON
    """The vendor's words in it as they may be shown."""
    if isinstance(document, dict):
        return {name: _cleaned(value) for name, value in document.items()}
    if isinstance(document, list):
        return [_cleaned(value) for value in document]
    return told(document) if isinstance(document, str) else document
