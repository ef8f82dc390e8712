"""The service base: what the actions of every vendor do with the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature, UnknownSignatureError
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import Verdict
from pulumi_smssign.sandbox.switches import Switches


@dataclass(frozen=True)
class Application:
    """A checked application; `verdict` is the rejection that its flaws bring about, if any."""

    text: str
    fields: Document
    evidence: Mapping[str, Evidence]
    verdict: Verdict | None


class Service:
    """The service of one vendor behind its gateway, with a method for each action."""

    def __init__(self, vendor: str, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._vendor = vendor
        self._desk = desk
        self._switches = switches
        self._clock = clock

    def _submit(self, account: str, signature_id: str, application: Application) -> Signature:
        return self._desk.submit(
            self._vendor,
            account,
            signature_id=signature_id,
            text=application.text,
            fields=application.fields,
            evidence=application.evidence,
            verdict=application.verdict,
        )

    def _resubmit(
        self, signature: Signature, application: Application, new_id: str | None = None
    ) -> Signature:
        return self._desk.resubmit(
            self._vendor,
            signature.id,
            text=application.text,
            fields=application.fields,
            evidence=application.evidence,
            verdict=application.verdict,
            new_id=new_id,
        )

    def _own(self, account: str, signature_id: str) -> Signature | None:
        """Give a signature of an account; None where there is none, or it is another account's."""
        try:
            signature = self._desk.get(self._vendor, signature_id)
        except UnknownSignatureError:
            return None
        return signature if signature.account == account else None

    def _others(self, account: str, itself: Signature | None) -> list[Signature]:
        """List an account's signatures but `itself`, the twins-to-be of an application."""
        return [
            each
            for each in self._desk.find(self._vendor, account)
            if itself is None or each.id != itself.id
        ]

    def _listed(self, account: str) -> list[Signature]:
        """List an account's signatures that its reads show by now, the newest first."""
        signatures = self._desk.find(self._vendor, account)
        return [each for each in reversed(signatures) if self._is_visible(each)]

    def _is_visible(self, signature: Signature) -> bool:
        delay = self._switches.number(f"{self._vendor}.visibility_delay")
        return self._clock.now() >= signature.created_at + delay
