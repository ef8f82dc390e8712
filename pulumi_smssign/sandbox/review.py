"""The review: its statuses, its verdicts, when it ends by itself, and the magic texts.

Magic texts work like the test cards of payment sandboxes: a text that contains one of the words
below has its review decided at submission, whatever the policy is. The words are case-sensitive.

| the text contains | its review |
| --- | --- |
| `REJECT` or `驳回` | rejected at once, with a reason |
| `HOLD` or `待审` | stays in review until someone decides |
| `APPROVE` or `通过` | approved at once |
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from pulumi_smssign.sandbox.messages import OrderError


class Status(StrEnum):
    """The status of a review, in words that suit every vendor."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    OTHER = "other"


@dataclass(frozen=True)
class Verdict:
    """A reviewer's decision; `vendor_status`, where set, is what the vendor's API is to show."""

    status: Status
    reason: str = ""
    vendor_status: str | None = None


MAGIC_TEXTS: tuple[tuple[tuple[str, ...], Verdict], ...] = (
    (
        ("REJECT", "驳回"),
        Verdict(Status.REJECTED, "The evidence does not show a right to this name. 资质与签名不符"),
    ),
    (("HOLD", "待审"), Verdict(Status.PENDING)),
    (("APPROVE", "通过"), Verdict(Status.APPROVED)),
)


def magic_verdict(text: str) -> Verdict | None:
    """Give the verdict that `text` carries in itself, the table's first match, or none."""
    return next(
        (verdict for words, verdict in MAGIC_TEXTS if any(word in text for word in words)), None
    )


@dataclass(frozen=True)
class ReviewPolicy:
    """When an application is approved by itself: `seconds` after submission, or never if None."""

    seconds: float | None = None

    @property
    def is_manual(self) -> bool:
        """Whether nothing is decided but by somebody."""
        return self.seconds is None

    @classmethod
    def parse(cls, text: str) -> ReviewPolicy:
        """Read `manual`, `immediate` or `after:SECONDS`.

        Raises:
            OrderError: if `text` is none of the three.
        """
        if text == "manual":
            return cls(None)
        if text == "immediate":
            return cls(0.0)
        word, _, amount = text.partition(":")
        try:
            seconds = float(amount)
        except ValueError:
            seconds = math.nan
        if word != "after" or not (math.isfinite(seconds) and seconds >= 0):
            raise OrderError(
                "{text} is no review policy: use manual, immediate or after:SECONDS (after:90)",
                text=repr(text),
            )
        return cls(seconds)

    def __str__(self) -> str:
        if self.seconds is None:
            return "manual"
        return f"after:{self.seconds:.15g}" if self.seconds else "immediate"

    def due_at(self, submitted_at: float) -> float | None:
        """Give the Unix time at which an application of `submitted_at` is approved, or None."""
        return None if self.seconds is None else submitted_at + self.seconds
