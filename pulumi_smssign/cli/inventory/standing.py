"""Where a signature stands now, beside what the stack's state says of it.

Pure: `look` asks, and has made the vendor's words fit to be shown before they come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from pulumi_smssign.cli.inventory.steps import Step, next_step
from pulumi_smssign.model.fate import Delete, Leaves, fate
from pulumi_smssign.model.filing import LOST, CarrierFiling, Filing, FilingState
from pulumi_smssign.model.names import FILED_NO_MORE
from pulumi_smssign.model.redaction import HIDDEN, sanitized, short
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.held import Held
    from pulumi_smssign.contract.vendor import Vendor
    from pulumi_smssign.core.verdicts import Verdict

MAY_GO = 'approved, and deletion_policy is "delete": a dropped line or a destroy deletes'
"""What is said of approved signatures that nothing but their declaration keeps."""
BESIDE = "beside the stack"
"""What is said of a signature that no resource of the stack manages."""
_LONGEST_WHY = 60
"""Characters of a reviewer's words within a line."""


class Outcome(IntEnum):
    """The outcome of a look; the number is the command's exit code."""

    APPROVED = 0
    ERROR = 1
    CANCELLED = 2
    PENDING = 3
    LOST = 4
    """Rejected, suspended or gone: no waiting brings it."""


@dataclass(frozen=True)
class Standing:
    """A signature now: of the stack, or beside it in one of its accounts.

    `verdict` is None when it couldn't be asked for; `trouble` then says why. `given` is the next
    step where that doesn't come from the review: of what is on its way out.
    """

    vendor: Vendor
    held: Held
    verdict: Verdict | None
    trouble: str = ""
    given: Step | None = None

    @property
    def review(self) -> Review | None:
        """The review; None when the vendor has nothing or couldn't be asked."""
        return self.verdict.review if self.verdict else None

    @property
    def reported(self) -> Mapping[str, object]:
        """The application's own fields, as far as the vendor tells them."""
        return self.review.reported if self.review else {}

    @property
    def text(self) -> str:
        """The text in 【】, unless the program keeps it to itself."""
        if self.held.hides("text"):
            return HIDDEN
        return sanitized(self.review.text if self.review else self.held.handle.text)

    @property
    def id(self) -> str:
        """The id by which the vendor knows it."""
        return short(self.held.handle.id)

    @property
    def status(self) -> str:
        """The common status now, GONE, or "?" where it couldn't be asked for."""
        return self.verdict.report()["status"] if self.verdict else "?"

    @property
    def reason(self) -> str:
        """The reviewer's words on one line, or ""."""
        return (self.review.reason or self.review.remark) if self.review else ""

    @property
    def why(self) -> str:
        """The reason of the reviewer or the carriers, short enough for a part of a line."""
        if self.review is None:
            return ""
        lost = "; ".join(self.review.filing.reasons) if self.review.filing.is_lost else ""
        return sanitized(self.review.reason or lost, _LONGEST_WHY)

    @property
    def waiting_since(self) -> str:
        """When what is waited for was submitted (ISO 8601), or "" where nothing is or none tells.

        It is of the stack's own last submission, or of the last one that the vendor names.
        """
        if self.outcome is not Outcome.PENDING:
            return ""
        live = self.review.submitted_at if self.review else ""
        return self.held.accepted_at or live or self.held.said("submitted_at")

    @property
    def differs(self) -> tuple[str, ...]:
        """Differences between the vendor and state: "status", "filing"."""
        if self.verdict is None:
            return ()
        filing = str(self.review.filing.state) if self.review else ""
        now, untold = {"status": self.status, "filing": filing}, ("", str(FilingState.UNKNOWN))
        stated = self.held.stated.items()
        return tuple(name for name, was in stated if was and now[name] not in (*untold, was))

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
        """Whether the stack depends on it: what is being replaced or deleted is only shown."""
        return self.held.role in ("managed", "read")

    @property
    def may_go(self) -> bool:
        """Whether a dropped line or a destroy deletes it, though a person has approved it."""
        held, rules = self.held, self.vendor.rules
        if self.review is None or held.role != "managed" or held.is_guarded:
            return False
        ending = fate(rules, self.review, Leaves.DROPPED, held.deletion_policy, held.kept)
        return rules.is_approved(self.review) and isinstance(ending, Delete)

    @property
    def is_abroad(self) -> bool:
        """Whether it is for other countries alone, where the mainland's carriers have no part."""
        is_said = self.reported.get(self.vendor.application.abroad_field) is True
        return is_said or self.held.handle.scope.endswith("international")

    @property
    def lacks_qualification(self) -> bool:
        """Whether the vendor says that it has none of the papers that it is filed with."""
        if self.review is None or not self.vendor.rules.tells_qualification or self.is_abroad:
            return False
        return not self.review.qualification.id

    @property
    def expelled(self) -> str:
        """Why its name has to go, as far as the vendor or the stack tells what it names; or ""."""
        application = self.vendor.application
        fields = {k: v for k, v in self.held.state.items() if k in application.model_fields}
        found = None if self.is_abroad else application.name_kind({**self.reported, **fields})
        since = FILED_NO_MORE.get(found[1]) if found else None
        return f"names of {found[1]} are filed no more since {since}" if found and since else ""

    @property
    def step(self) -> Step:
        """The next step."""
        return self.given or next_step(self)

    @property
    def findings(self) -> tuple[str, ...]:
        """Findings that are worth seeing to, each in a few words."""
        return tuple(self._findings(self.review)) if self.review else ()

    def _findings(self, review: Review) -> Iterator[str]:
        if not self.held.is_managed:
            yield BESIDE + (f" (read by {self.held.name})" if self.held.name else "")
        elif self.may_go:
            yield f"{MAY_GO} it"
        if review.status in (Status.REJECTED, Status.SUSPENDED, Status.UNKNOWN):
            why = sanitized(review.reason, _LONGEST_WHY)
            yield str(review.status).lower() + (f": {why}" if why else "")
        yield from _lost_filings(review.filing)
        if self.lacks_qualification:
            yield "no 资质"
        if self.expelled:
            yield self.expelled

    def as_document(self) -> dict[str, Any]:
        """The standing as `smssign status --json` prints it."""
        held, review = self.held, self.review
        return {
            "name": held.name,
            "urn": held.urn,
            "role": held.role,
            "vendor": held.vendor,
            "account": held.account,
            "id": self.id,
            "text": self.text,
            "scope": held.handle.scope,
            "status": self.status,
            "vendor_status": sanitized(review.vendor_status) if review else "",
            "state": held.stated,
            "differs": list(self.differs),
            "reason": self.reason,
            "filing": review.filing.as_output() if review else None,
            "qualification": review.qualification.as_output() if review else None,
            "deliverable": review.deliverable if review else "unknown" if self.trouble else "no",
            "edit_status": str(review.edit or "") if review else "",
            "waiting_since": self.waiting_since,
            "move": str(self.step.move),
            "next": str(self.step),
            "trouble": self.trouble,
            "deletion_policy": held.deletion_policy,
            "shared": held.is_shared,
        }


def outcome_of(standings: Sequence[Standing]) -> Outcome:
    """The outcome of a look at all: an error first, then what is lost, then what waits."""
    outcomes = {one.outcome for one in standings if one.is_counted}
    worst = (Outcome.ERROR, Outcome.LOST, Outcome.PENDING)
    return next((one for one in worst if one in outcomes), Outcome.APPROVED)


def _lost_filings(filing: Filing) -> Iterator[str]:
    """Where the filing failed or lapsed: at which carrier, where the vendor names them."""
    whole = CarrierFiling(filing.state, filing.since, filing.reasons)
    carriers = {f" at {name}": one for name, one in filing.carriers.items() if one.state in LOST}
    for where, one in (carriers or ({"": whole} if filing.is_lost else {})).items():
        why = f" ({sanitized(', '.join(one.reasons), _LONGEST_WHY)})" if one.reasons else ""
        yield f"filing {one.state}{where}{why}"
