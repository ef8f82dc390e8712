"""An Approval's properties, parsed once: what it waits for, and what it was told last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_smssign.core import secrets
from pulumi_smssign.core.verdicts import Target, Until, Verdict
from pulumi_smssign.model.redaction import sanitized
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status

_SUBMISSION = ("vendor", "account", "id", "text", "scope", "revision", "accepted_at")
"""The properties in which two submissions of a signature differ."""


@dataclass(frozen=True)
class ApprovalState:
    """The properties of an Approval, of the program or of state.

    `until` is what is waited for. `approved` and `deliverable` are what the program was told last,
    `was_approved` is whether all was approved at some time: then something may hang on it.
    `submissions` tells its signatures apart, `reports` has the last report of each that has one.
    """

    until: Until
    approved: bool
    was_approved: bool
    deliverable: str
    submissions: tuple[tuple[object, ...], ...]
    reports: Mapping[tuple[object, ...], Mapping[str, str]]

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> ApprovalState:
        """The state that some properties hold; of a version before, with less in them."""
        approved, listed = props.get("approved") is True, props.get("signatures")
        submissions = tuple(map(_submission, listed if isinstance(listed, list) else ()))
        return cls(
            until="filed" if props.get("until") == "filed" else "approved",
            approved=approved,
            was_approved=approved or props.get("was_approved") is True,
            deliverable=str(props.get("deliverable") or ""),
            submissions=submissions,
            # Not strict: inputs name the signatures too, and have no reviews.
            reports=dict(zip(submissions, props.get("reviews") or (), strict=False)),
        )

    def is_over(self, until: Until) -> bool:
        """Whether the last wait has reached the approval, or the filing, that is waited for."""
        # A filing that its vendor doesn't tell of would be waited for without end.
        return self.approved and (until == "approved" or self.deliverable in ("yes", "unknown"))

    def targets(self, props: Mapping[str, Any]) -> list[Target]:
        """The signatures that some properties name, each with what is known of it here."""
        until = ApprovalState.of(props).until
        return [
            Target(
                entry["name"],
                entry["vendor"],
                entry["account"],
                Handle(entry["id"], entry.get("text") or "", entry.get("scope") or ""),
                entry["accepted_at"] if entry.get("unseen") else "",
                until,
                accepted_at=entry.get("accepted_at") or "",  # none of one that is only read
                hides_reason="reason" in secrets.hides(entry),
                known=self.reports.get(_submission(entry), {}),
            )
            for entry in props["signatures"]
        ]

    def outputs(self, verdicts: Sequence[Verdict]) -> dict[str, Any]:
        """The outputs after a look; one that couldn't be asked for keeps its last report."""
        reports = [verdict.report() for verdict in verdicts]
        answers = [report["deliverable"] for report in reports]
        worst = next((answer for answer in ("no", "unknown") if answer in answers), "yes")
        approved = all(report["status"] == Status.APPROVED for report in reports)
        return {
            "approved": approved,
            **({"was_approved": True} if approved or self.was_approved else {}),
            "deliverable": worst,
            "reviews": [{**report, "reason": sanitized(report["reason"])} for report in reports],
        }


def _submission(target: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(target.get(name) for name in _SUBMISSION)
