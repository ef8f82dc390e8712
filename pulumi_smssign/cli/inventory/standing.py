"""The standing of a signature: the vendor's live review beside the stack's state.

Pure: `look` asks, and has sanitized the vendor's words before they come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from pulumi_smssign.model.fate import Delete, Leaves, fate
from pulumi_smssign.model.filing import LOST, CarrierFiling, Filing, FilingState
from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.names import FILED_NO_MORE
from pulumi_smssign.model.redaction import HIDDEN, sanitized, short
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    # This module is loaded for each --help: the clients' side and pydantic would slow it.
    from pulumi_smssign.cli.inventory.signatures import StackSignature
    from pulumi_smssign.cli.inventory.step import Step
    from pulumi_smssign.contract.vendor import Vendor
    from pulumi_smssign.core.verdicts import Verdict

_OUT_OF_USE: Mapping[Status, tuple[str, str]] = {
    Status.REJECTED: (mark("rejected"), mark("rejected: {reason}")),
    Status.SUSPENDED: (mark("suspended"), mark("suspended: {reason}")),
    Status.UNKNOWN: (mark("unknown"), mark("unknown: {reason}")),
}
"""The findings about a status that a person has to see to, without and with a reason."""
_LONGEST_REASON = 60
"""Characters of a reviewer's words within a line."""


class Outcome(IntEnum):
    """The outcome of a look; the number is the command's exit code."""

    APPROVED = 0
    ERROR = 1
    CANCELLED = 2
    PENDING = 3
    LOST = 4
    """Rejected, suspended or gone: no waiting brings it."""
    EMPTY = 5
    """No signature that the stack depends on: nothing is approved, since there is nothing."""


@dataclass(frozen=True)
class Standing:
    """The standing of one signature, of the stack or of one of its accounts.

    `verdict` is None when the account couldn't be asked; `trouble` then says why. `preset_step` is
    the next step where it doesn't come from the review, as for a predecessor.
    """

    vendor: Vendor
    signature: StackSignature
    verdict: Verdict | None
    trouble: str = ""
    preset_step: Step | None = None

    @property
    def review(self) -> Review | None:
        """The review; None when the vendor has nothing or couldn't be asked."""
        return self.verdict.review if self.verdict else None

    @property
    def reported(self) -> Mapping[str, object]:
        """The application's own fields, as far as the vendor reports them."""
        return self.review.reported if self.review else {}

    @property
    def text(self) -> str:
        """The text in 【】, unless the program keeps it secret."""
        if self.signature.hides("text"):
            return HIDDEN
        return sanitized(self.review.text if self.review else self.signature.handle.text)

    @property
    def id(self) -> str:
        """The id by which the vendor knows it."""
        return short(self.signature.handle.id)

    @property
    def status(self) -> str:
        """The common status now, GONE, or "?" where the account couldn't be asked."""
        return self.verdict.report()["status"] if self.verdict else "?"

    @property
    def reason(self) -> str:
        """The reviewer's words on one line, or ""."""
        return (self.review.reason or self.review.remark) if self.review else ""

    @property
    def short_reason(self) -> str:
        """The reason of the reviewer or the carriers, short enough for a part of a line."""
        if self.review is None:
            return ""
        of_carriers = "; ".join(self.review.filing.reasons) if self.review.filing.is_lost else ""
        return sanitized(self.review.reason or of_carriers, _LONGEST_REASON)

    @property
    def waiting_since(self) -> str:
        """The time of the submission that is waited for (ISO 8601), or "".

        It is of the stack's own last submission, or of the last one that the vendor names.
        """
        if self.outcome is not Outcome.PENDING:
            return ""
        live = self.review.submitted_at if self.review else ""
        return self.signature.state.accepted_at or live or self.signature.state.submitted_at

    @property
    def differences(self) -> tuple[str, ...]:
        """Differences between the vendor and state: "status", "filing"."""
        if self.verdict is None:
            return ()
        filing = str(self.review.filing.state) if self.review else ""
        now, unknown = {"status": self.status, "filing": filing}, ("", str(FilingState.UNKNOWN))
        recorded = self.signature.recorded.items()
        return tuple(name for name, was in recorded if was and now[name] not in (*unknown, was))

    @property
    def shown_differences(self) -> tuple[str, ...]:
        """The differences of which a person need know: what ends well needs no refresh."""
        is_well = {
            "status": self.review is not None and self.review.status is Status.APPROVED,
            "filing": self.review is not None and not self.review.filing.is_lost,
        }
        return tuple(name for name in self.differences if not is_well[name])

    @property
    def outcome(self) -> Outcome:
        """The outcome; a signature that the stack does not submit counts all the same."""
        if self.verdict is None:
            return Outcome.ERROR
        if self.verdict.is_done:
            edited = self.review is not None and self.review.edit is Status.PENDING
            return Outcome.PENDING if edited else Outcome.APPROVED
        return Outcome.PENDING if self.verdict.is_open else Outcome.LOST

    @property
    def is_counted(self) -> bool:
        """Whether the stack depends on it: a predecessor, or one that leaves, is only shown."""
        return self.signature.role in ("managed", "read")

    @property
    def is_deleted_when_dropped(self) -> bool:
        """Whether removing it from the program deletes it, though a person has approved it."""
        signature, rules = self.signature, self.vendor.rules
        if self.review is None or signature.role != "managed" or signature.is_guarded:
            return False
        policy, keep_reason = signature.state.policy, signature.keep_reason
        ending = fate(rules, self.review, Leaves.DROPPED, policy, keep_reason)
        return rules.is_approved(self.review) and isinstance(ending, Delete)

    @property
    def is_abroad(self) -> bool:
        """Whether it is for other countries alone, where the mainland's carriers have no part."""
        return self.vendor.application.is_abroad(self.reported, self.signature.handle.scope)

    @property
    def lacks_qualification(self) -> bool:
        """Whether the vendor says that it has none of the papers that it is filed with."""
        if self.review is None or not self.vendor.rules.tells_qualification or self.is_abroad:
            return False
        return not self.review.qualification.id

    @property
    def refused_name(self) -> str:
        """Why the carriers refuse its name, as far as vendor or state say what it names; or ""."""
        if self.is_abroad:
            return ""
        # A program may leave a field out that the vendor reports: what it declares comes first.
        fields = self.signature.state.fields.items()
        declared = {name: value for name, value in fields if value is not None}
        match self.vendor.application.name_kind({**self.reported, **declared}):
            case (_, kind) if kind in FILED_NO_MORE:
                return _(
                    "carriers have filed no names of {kind} since {since}",
                    kind=_(str(kind)),
                    since=FILED_NO_MORE[kind],
                )
            case _:
                return ""

    @property
    def findings(self) -> tuple[str, ...]:
        """Findings that a person has to see to, each in a few words."""
        return tuple(self._findings(self.review)) if self.review else ()

    def _findings(self, review: Review) -> Iterator[str]:
        if not self.signature.is_managed:
            reader = self.signature.name
            yield (
                _("not managed by this stack (read by {reader})", reader=reader)
                if reader
                else _("not managed by this stack")
            )
        elif self.is_deleted_when_dropped:
            yield _(
                'approved, and deletion_policy is "delete": removal from the program, or pulumi '
                "destroy, deletes it"
            )
        if (words := _OUT_OF_USE.get(review.status)) is not None:
            alone, explained = words
            reason = sanitized(review.reason, _LONGEST_REASON)
            yield _(explained, reason=reason) if reason else _(alone)
        yield from _lost_filings(review.filing)
        if self.lacks_qualification:
            yield _("no 资质")
        if self.refused_name:
            yield self.refused_name


def outcome_of(standings: Sequence[Standing]) -> Outcome:
    """The outcome of a look at all: an error first, then what is lost, then what waits."""
    outcomes = {standing.outcome for standing in standings if standing.is_counted}
    worst = (Outcome.ERROR, Outcome.LOST, Outcome.PENDING, Outcome.APPROVED)
    return next((outcome for outcome in worst if outcome in outcomes), Outcome.EMPTY)


def _lost_filings(filing: Filing) -> Iterator[str]:
    """Lost filings in a few words: at which carriers, where the vendor names them."""
    carriers = {name: each for name, each in filing.carriers.items() if each.state in LOST}
    if not carriers and filing.is_lost:
        carriers = {"": CarrierFiling(filing.state, filing.since, filing.reasons)}
    for carrier, lost in carriers.items():
        state = lost.state.label
        finding = (
            _("filing {state} at {carrier}", state=state, carrier=_(carrier))
            if carrier
            else _("filing {state}", state=state)
        )
        reasons = sanitized(listed(lost.reasons), _LONGEST_REASON)
        yield _("{why} ({reason})", why=finding, reason=reasons) if lost.reasons else finding
