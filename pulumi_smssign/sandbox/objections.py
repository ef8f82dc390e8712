"""Objections to an application: what is wrong is refused at once, or in review, or not at all."""

from __future__ import annotations

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.review import Status, Verdict
from pulumi_smssign.sandbox.switches import Switches

ERROR, IN_REVIEW, ACCEPTED = "error", "review", "accepted"

AT_ONCE_OR_LATER = (ERROR, IN_REVIEW, ACCEPTED)
"""The choices of a switch about a flaw."""

BY_SUBMISSION = "'error' refuses at once, 'review' takes the application and rejects it in review"
"""What they mean, for the switch's own meaning."""


class Objections:
    """The flaws of one application, dealt with as the switches say."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._found: list[str] = []

    def meet(self, switch: str, refusal: Refusal, objection: str = "") -> None:
        """Deal with a flaw; the reviewers object in the refusal's words unless others are given.

        Raises:
            Refusal: `refusal`, where the switch has it refused at once.
        """
        setting = self._switches.text(switch)
        if setting == ERROR:
            raise refusal
        if setting == IN_REVIEW:
            self.note(objection or refusal.message)

    def note(self, objection: str) -> None:
        """Leave a flaw to the reviewers, which no source refuses at once."""
        self._found.append(objection)

    def verdict(self) -> Verdict | None:
        """Give the rejection that the objections bring about at submission, None without any."""
        return Verdict(Status.REJECTED, "; ".join(self._found)) if self._found else None
