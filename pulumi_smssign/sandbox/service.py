"""The service base: how each vendor screens an application, and what its actions do at the desk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pulumi_smssign.sandbox.desk import Signature, UnknownSignatureError
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Gateway, Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import Status, Verdict
from pulumi_smssign.sandbox.shelf import Shelf
from pulumi_smssign.sandbox.switches import Switches

ERROR, IN_REVIEW, ACCEPTED = "error", "review", "accepted"
"""What a flaw meets: a refusal at once, a rejection in review, or nothing."""


_SENT = TypeVar("_SENT")
"""What a vendor's actions read of a call."""


class Objections:
    """The flaws of one application, dealt with as the switches say."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._texts: list[str] = []

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
        self._texts.append(objection)

    def verdict(self) -> Verdict | None:
        """Give the rejection that the objections bring about at submission, None without any."""
        return Verdict(Status.REJECTED, "; ".join(self._texts)) if self._texts else None


@dataclass(frozen=True)
class Application:
    """A checked application; `verdict` is the rejection that its flaws bring about, if any."""

    text: str
    fields: Document
    evidence: Mapping[str, Evidence]
    verdict: Verdict | None


class Screening(ABC, Generic[_SENT]):
    """The check of an application; `before` is the signature that it changes, None for a new."""

    def __init__(
        self, sent: _SENT, switches: Switches, shelf: Shelf, before: Signature | None = None
    ) -> None:
        self._sent, self._before = sent, before
        self._switches, self._shelf = switches, shelf
        self._objections = Objections(switches)

    @abstractmethod
    def application(self) -> Application:
        """Check everything and give what is to be filed.

        Raises:
            Refusal: for the first flaw that is refused at once.
        """


class Service(Generic[_SENT]):
    """The service of one vendor behind its gateway, with a method for each action."""

    screening: type[Screening[_SENT]]

    def __init__(self, gateway: Gateway) -> None:
        self._vendor = gateway.name
        self._desk, self._switches, self._clock = gateway.desk, gateway.settings, gateway.clock

    def _submit(self, account: str, signature_id: str, application: Application) -> Signature:
        content = vars(application)  # by the names under which the desk takes it
        return self._desk.submit(self._vendor, account, signature_id=signature_id, **content)

    def _resubmit(
        self, signature: Signature, application: Application, new_id: str | None = None
    ) -> Signature:
        content = vars(application)
        return self._desk.resubmit(self._vendor, signature.id, new_id=new_id, **content)

    def _screened(self, account: str, sent: _SENT, before: Signature | None = None) -> Application:
        """Check an application that replaces `before`, and that no other with its text is there."""
        application = self._checked(account, sent, before)
        for twin in self._desk.with_text(self._vendor, account, application.text):
            if before is None or twin.id != before.id:
                self._check_twin(twin, application)
        return application

    def _checked(self, account: str, sent: _SENT, before: Signature | None) -> Application:  # noqa: ARG002 - for others
        return self.screening(sent, self._switches, self._desk.shelf, before).application()

    def _check_twin(self, twin: Signature, application: Application) -> None:
        """Refuse an application whose text `twin` has, where the vendor minds."""

    def _own(self, account: str, signature_id: str) -> Signature | None:
        """Give a signature of an account; None where there is none, or it is another account's."""
        try:
            signature = self._desk.get(self._vendor, signature_id)
        except UnknownSignatureError:
            return None
        return signature if signature.account == account else None

    def _listed(self, account: str, text: str = "") -> list[Signature]:
        """List an account's signatures that its reads show by now, the newest first.

        Where a `text` is given, only those that have it.
        """
        latest = self._latest_visible()
        if text:
            signatures = self._desk.with_text(self._vendor, account, text)
        else:
            signatures = self._desk.find(self._vendor, account)
        return [each for each in reversed(signatures) if each.created_at <= latest]

    def _is_visible(self, signature: Signature) -> bool:
        return signature.created_at <= self._latest_visible()

    def _latest_visible(self) -> float:
        delay = self._switches.number(f"{self._vendor}.visibility_delay")
        return self._clock.now() - delay
