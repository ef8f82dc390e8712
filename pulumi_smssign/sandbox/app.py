"""The sandbox: one desk with all vendors' sides before it, and what its control can do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from pulumi_smssign.sandbox.call_log import CallLog, ReceivedCall
from pulumi_smssign.sandbox.clock import Clock, SystemClock
from pulumi_smssign.sandbox.desk import Desk, DeskState, Signature
from pulumi_smssign.sandbox.fault_kinds import Fault, VerdictFault
from pulumi_smssign.sandbox.faults import Faults
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.messages import OrderError
from pulumi_smssign.sandbox.registry import VENDORS
from pulumi_smssign.sandbox.review import ReviewPolicy, Status, Verdict
from pulumi_smssign.sandbox.state import SandboxState, StateFile
from pulumi_smssign.sandbox.switches import Switches


@dataclass(frozen=True)
class SignatureView(Signature):
    """A signature as people look at it: `status` in all vendors' words, `vendor_status` raw."""

    vendor_status: str = ""


class Sandbox:
    """The vendors' side, played locally; `server` has it on a socket, `dispatch` in process.

    Args:
        clock: where the time comes from; the machine's clock unless given.
        review: `manual`, `immediate` or `after:SECONDS`; unless given, what the state file says,
            and else `manual`.
        state: the file to remember signatures, switches and policy in; none unless given.
        switches: settings to begin with, and to return to at a reset.
        seed: for the chance of faults with a probability; any unless given.

    Raises:
        ValueError: if `review` or `switches` are wrong.
        StateFileError: if the state file can't be used.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        review: str | None = None,
        state: Path | None = None,
        switches: Mapping[str, JsonValue] | None = None,
        seed: int | None = None,
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self._initial_policy = ReviewPolicy.parse(review or "manual")
        self._initial_switches = dict(switches or {})
        self.desk = Desk(self.clock, self._initial_policy)
        self.faults = Faults(self._check_fault, seed)
        self.switches = Switches(switch for vendor in VENDORS for switch in vendor.switches)
        self.switches.set(self._initial_switches)
        self.log = CallLog()
        self.vendors: dict[str, Gateway] = {
            vendor.name: vendor(self.desk, self.switches, self.clock) for vendor in VENDORS
        }
        self._file = None if state is None else StateFile(state)
        if self._file is not None:
            self._remember_in(self._file, keep_policy=review is not None)

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """Hold the state file, if there is one, against another sandbox while this one is served.

        Raises:
            StateFileError: another one is served with it.
        """
        return self._file.held(self._state) if self._file else contextlib.nullcontext()

    @property
    def review_policy(self) -> str:
        """The policy of reviews from now on: `manual`, `immediate` or `after:SECONDS`."""
        return str(self.desk.policy)

    @review_policy.setter
    def review_policy(self, policy: str) -> None:
        self.desk.policy = ReviewPolicy.parse(policy)

    def signatures(
        self, vendor: str | None = None, account: str | None = None, text: str | None = None
    ) -> list[SignatureView]:
        """List signatures in the order of their first submission."""
        with self.desk.transaction():
            return [
                self._view(signature)
                for signature in self.desk.find(vendor, account)
                if text in {None, signature.text}
            ]

    def signature(self, vendor: str, signature_id: str) -> SignatureView:
        """Give one signature.

        Raises:
            UnknownSignatureError: if there is none; so do all operations below.
        """
        return self._view(self.desk.get(vendor, signature_id))

    def approve(self, vendor: str, signature_id: str) -> SignatureView:
        """Approve, whatever the review's status is."""
        return self.decide([(vendor, signature_id)], Verdict(Status.APPROVED))[0]

    def reject(self, vendor: str, signature_id: str, reason: str) -> SignatureView:
        """Reject with the reviewer's words."""
        return self.decide([(vendor, signature_id)], Verdict(Status.REJECTED, reason))[0]

    def decide(self, keys: Sequence[tuple[str, str]], verdict: Verdict) -> list[SignatureView]:
        """Decide several reviews alike, by vendor and id: all, or none if a signature is absent."""
        with self.desk.transaction():
            for key in keys:
                self.desk.get(*key)
            return [self._view(self.desk.review(*key, verdict)) for key in keys]

    def set_status(
        self, vendor: str, signature_id: str, vendor_status: str, reason: str = ""
    ) -> SignatureView:
        """Have the vendor's API show a status of its own, known to clients or not.

        Raises:
            ValueError: if this vendor's API can't show it.
        """
        self.desk.get(vendor, signature_id)
        status = self.vendors[vendor].status_of(vendor_status)
        verdict = Verdict(status, reason, vendor_status)
        return self._view(self.desk.review(vendor, signature_id, verdict))

    def change(
        self,
        vendor: str,
        signature_id: str,
        *,
        text: str | None = None,
        fields: Mapping[str, JsonValue] | None = None,
    ) -> SignatureView:
        """Change what the vendor holds behind the client's back: its text, or some fields.

        Raises:
            ValueError: if the signature can't have that text.
        """
        with self.desk.transaction():
            signature = self.desk.get(vendor, signature_id)
            new_id = None if text is None else self.vendors[vendor].renamed(signature, text)
            return self._view(
                self.desk.change(
                    vendor, signature_id, text=text, fields=dict(fields or {}), new_id=new_id
                )
            )

    def remove(self, vendor: str, signature_id: str) -> None:
        """Have a signature vanish without a call."""
        self.desk.withdraw(vendor, signature_id)

    def apply(self, fault: VerdictFault) -> None:
        """Decide what a `verdict` fault says; without effect if its signature isn't there."""
        for signature in self.desk.find(None if fault.vendor == "*" else fault.vendor):
            if fault.id != signature.id and fault.text != signature.text:
                continue
            where = (signature.vendor, signature.id)
            if fault.verdict == "approve":
                self.approve(*where)
            elif fault.verdict == "reject":
                self.reject(*where, fault.reason)
            elif fault.verdict == "status":
                self.set_status(*where, fault.vendor_status, fault.reason)
            else:
                self.remove(*where)

    def calls(self, vendor: str | None = None, action: str | None = None) -> list[ReceivedCall]:
        """List the vendor calls that were received, in the order in which they were answered."""
        return self.log.list(vendor, action)

    def credentials(self, address: str) -> dict[str, dict[str, str]]:
        """Give, by vendor, the environment for clients of a sandbox at `address` (`host:port`)."""
        return {vendor.name: vendor.credentials(address) for vendor in VENDORS}

    def reset(self) -> None:
        """Go back to the start: no signatures, calls, faults; policy and switches as at first."""
        self.switches.set({**dict.fromkeys(self.switches.changed()), **self._initial_switches})
        self.desk.reset(self._initial_policy)
        for vendor in self.vendors.values():
            vendor.reset()
        self.faults.clear()
        self.log.clear()

    def _view(self, signature: Signature) -> SignatureView:
        shown = self.vendors[signature.vendor].vendor_status(signature)
        return SignatureView(**{**vars(signature), "vendor_status": shown})

    def _check_fault(self, fault: Fault) -> None:
        aimed_at = [each for each in self.vendors.values() if fault.vendor in {"*", each.name}]
        if not aimed_at:
            known = ", ".join(self.vendors)
            raise OrderError("there is no vendor {it!r}, only {all}", it=fault.vendor, all=known)
        actions = {action for vendor in aimed_at for action in vendor.actions}
        if fault.action not in {"*", *actions}:
            known = ", ".join(sorted(actions))
            raise OrderError("there is no action {it!r}, only {all}", it=fault.action, all=known)
        if isinstance(fault, VerdictFault) and fault.vendor_status:
            for vendor in aimed_at:
                vendor.status_of(fault.vendor_status)

    def _check_signatures(self, signatures: Iterable[Signature]) -> None:
        for signature in signatures:
            vendor = self.vendors.get(signature.vendor)
            if vendor is None:
                raise ValueError(f"there is no vendor {signature.vendor!r}")
            if signature.vendor_status is not None:
                vendor.status_of(signature.vendor_status)

    def _remember_in(self, file: StateFile, *, keep_policy: bool) -> None:
        policy = self.desk.policy
        stored = file.load()
        if stored is not None:
            try:
                self._check_signatures(stored.desk.signatures)
                self.desk.restore(stored.desk)
                self.switches.set({**stored.switches, **self._initial_switches})
            except ValueError as error:
                raise file.damaged(str(error)) from error
        if keep_policy:
            self.desk.policy = policy

        def save(change: DeskState) -> None:
            file.add(SandboxState(change, self.switches.changed()), self._state)

        def save_switches() -> None:
            with self.desk.transaction():
                self.desk.touch()

        file.save(self._state())
        self.desk.on_change = save
        self.switches.on_change = save_switches

    def _state(self) -> SandboxState:
        return SandboxState(self.desk.state(), self.switches.changed())
