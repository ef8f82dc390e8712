"""The desk: which signatures have been applied for at which vendor, and where their reviews are."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pydantic import JsonValue

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.evidence import Evidence, Upload
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import ReviewPolicy, Status, Verdict, magic_verdict
from pulumi_smssign.sandbox.shelf import Shelf


@dataclass(frozen=True)
class Event:
    """One line of a signature's history: when (Unix seconds), what, and with which reason."""

    at: float
    what: str
    reason: str = ""


@dataclass(frozen=True)
class Signature:
    """One application and its review.

    `vendor_status` is set only where a verdict named the vendor's own status; `due_at` is when the
    policy approves it. Times are Unix seconds. `fields` hold no file and no personal value.
    """

    vendor: str
    account: str
    id: str
    text: str
    fields: Mapping[str, JsonValue]
    evidence: Mapping[str, Evidence]
    created_at: float
    submitted_at: float
    submissions: int = 1
    status: Status = Status.PENDING
    vendor_status: str | None = None
    reason: str = ""
    reviewed_at: float | None = None
    due_at: float | None = None
    history: tuple[Event, ...] = ()


@dataclass(frozen=True)
class DeskState:
    """All that a desk remembers, in the order of first submission, as the state file keeps it."""

    signatures: tuple[Signature, ...] = ()
    uploads: tuple[Upload, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    review: str = "manual"


class UnknownSignatureError(LookupError):
    """The desk has no such signature."""


_Kept = tuple[
    dict[tuple[str, str], "Signature"],
    dict[tuple[str, str], "Upload"],
    dict[str, int],
    ReviewPolicy,
]
"""What a change can be taken back to."""


class Desk:
    """Takes applications in and decides them; safe to use from several threads.

    Which policy an application falls under is settled when it is submitted. Approvals that fall
    due are noticed when somebody looks, so nothing runs in the background.
    """

    def __init__(self, clock: Clock, policy: ReviewPolicy | None = None) -> None:
        self._clock = clock
        self._policy = policy or ReviewPolicy()
        self._signatures: dict[tuple[str, str], Signature] = {}
        self._uploads: dict[tuple[str, str], Upload] = {}
        self._numbers: dict[str, int] = {}
        self._lock = threading.RLock()
        self._depth = 0
        self._changed = False
        self.shelf = Shelf()
        self.changes = 0
        """How often something changed; whoever looks on compares it with what it was."""
        self.on_change: Callable[[], None] | None = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the desk: what happens inside is one step to others, and is stored once."""
        with self._lock:
            before = None if self._depth or self.on_change is None else self._kept()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._changed and not self._depth:
                    self._changed = False
                    self.changes += 1
                    self._stored(before)

    def _stored(self, before: _Kept | None) -> None:
        """Store what changed; what can't be stored has not happened, whoever asks."""
        try:
            if self.on_change is not None:
                self.on_change()
        except BaseException:
            if before is not None:
                self._signatures, self._uploads, self._numbers, self._policy = before
            raise

    def _kept(self) -> _Kept:
        return dict(self._signatures), dict(self._uploads), dict(self._numbers), self._policy

    @property
    def policy(self) -> ReviewPolicy:
        """The review policy of the applications submitted from now on."""
        return self._policy

    @policy.setter
    def policy(self, policy: ReviewPolicy) -> None:
        with self.transaction():
            self._policy = policy
            self._changed = True

    def next_number(self, vendor: str, first: int) -> int:
        """Give a number that this desk never gave before for `vendor`, `first` to begin with."""
        with self.transaction():
            number = self._numbers.get(vendor, first)
            self._numbers[vendor] = number + 1
            self._changed = True
            return number

    def submit(
        self,
        vendor: str,
        account: str,
        *,
        signature_id: str,
        text: str,
        fields: Document,
        evidence: Mapping[str, Evidence],
        verdict: Verdict | None = None,
    ) -> Signature:
        """Take in a new application; `verdict` is what the vendor's own rules decide beforehand.

        Where the review is manual it is only noted, as an objection: nothing decides by itself.
        """
        now = self._clock.now()
        signature = Signature(vendor, account, signature_id, text, fields, evidence, now, now)
        return self._enter(signature, "submitted", verdict)

    def resubmit(
        self,
        vendor: str,
        signature_id: str,
        *,
        text: str,
        fields: Document,
        evidence: Mapping[str, Evidence],
        verdict: Verdict | None = None,
        new_id: str | None = None,
    ) -> Signature:
        """Replace an application by a new version of it, which goes into review again.

        Raises:
            ValueError: if another signature bears `new_id`, its id from now on where it is given.
        """
        with self.transaction():
            signature = replace(
                self._renamed(vendor, signature_id, new_id),
                text=text,
                fields=fields,
                evidence=evidence,
                submitted_at=self._clock.now(),
                status=Status.PENDING,
                vendor_status=None,
                reason="",
                reviewed_at=None,
            )
            signature = replace(signature, submissions=signature.submissions + 1)
            return self._enter(signature, "resubmitted", verdict)

    def reopen(self, vendor: str, signature_id: str, verdict: Verdict, *, event: str) -> Signature:
        """Put an unchanged application into review again; it stands as `verdict` meanwhile."""
        with self.transaction():
            signature = replace(
                self.get(vendor, signature_id),
                submitted_at=self._clock.now(),
                status=verdict.status,
                vendor_status=verdict.vendor_status,
                reason=verdict.reason,
                reviewed_at=None,
            )
            return self._enter(signature, event, None)

    def review(self, vendor: str, signature_id: str, verdict: Verdict) -> Signature:
        """Decide a review, as the vendor's people would, at any moment and in any direction."""
        with self.transaction():
            return self._store(_decided(self.get(vendor, signature_id), verdict, self._clock.now()))

    def change(
        self,
        vendor: str,
        signature_id: str,
        *,
        text: str | None = None,
        fields: Document | None = None,
        new_id: str | None = None,
    ) -> Signature:
        """Change what the vendor holds without any call: the drift that a client should notice.

        Raises:
            ValueError: if another signature bears `new_id`, its id from now on where it is given.
        """
        with self.transaction():
            signature = self._renamed(vendor, signature_id, new_id)
            signature = replace(
                signature,
                text=signature.text if text is None else text,
                fields={**signature.fields, **(fields or {})},
            )
            return self._store(_noted(signature, self._clock.now(), "changed"))

    def withdraw(self, vendor: str, signature_id: str) -> None:
        """Forget a signature for good; no number is given again."""
        with self.transaction():
            self.get(vendor, signature_id)
            del self._signatures[vendor, signature_id]
            self._changed = True

    def get(self, vendor: str, signature_id: str) -> Signature:
        """Give a signature as it is now.

        Raises:
            UnknownSignatureError: if there is none.
        """
        with self.transaction():
            signature = self._signatures.get((vendor, signature_id))
            if signature is None:
                raise UnknownSignatureError(
                    f"the desk has no {vendor} signature with the id {signature_id!r}"
                )
            return self._settled(signature)

    def find(self, vendor: str | None = None, account: str | None = None) -> list[Signature]:
        """List signatures as they are now, in the order of their first submission."""
        with self.transaction():
            return [
                self._settled(signature)
                for signature in list(self._signatures.values())
                if vendor in {None, signature.vendor} and account in {None, signature.account}
            ]

    def keep(self, upload: Upload) -> None:
        """Remember a file that was handed in ahead of the application that will name it."""
        with self.transaction():
            self._uploads[upload.vendor, upload.id] = upload
            self._changed = True

    def upload(self, vendor: str, upload_id: str) -> Upload | None:
        """Give a file that was handed in, if there is one of that id."""
        with self._lock:
            return self._uploads.get((vendor, upload_id))

    def reset(self, policy: ReviewPolicy) -> None:
        """Forget signatures and files; the numbers go on, so that no old id means a new one."""
        with self.transaction():
            self._signatures.clear()
            self._uploads.clear()
            self.shelf.clear()
            self._policy = policy
            self._changed = True

    def state(self) -> DeskState:
        """Give all that the desk remembers."""
        with self._lock:
            return DeskState(
                tuple(self._signatures.values()),
                tuple(self._uploads.values()),
                dict(self._numbers),
                str(self._policy),
            )

    def restore(self, state: DeskState) -> None:
        """Take over what an earlier desk remembered.

        Raises:
            ValueError: if the review policy in it is none.
        """
        policy = ReviewPolicy.parse(state.review)
        with self._lock:
            self._signatures = {(each.vendor, each.id): each for each in state.signatures}
            self._uploads = {(each.vendor, each.id): each for each in state.uploads}
            self._numbers = dict(state.numbers)
            self._policy = policy

    def _renamed(self, vendor: str, signature_id: str, new_id: str | None) -> Signature:
        """Put a signature under another id, in its old place of the order; None leaves it."""
        signature = self.get(vendor, signature_id)
        if new_id is None or new_id == signature_id:
            return signature
        if (vendor, new_id) in self._signatures:
            raise ValueError(f"the desk has a {vendor} signature with the id {new_id!r} already")
        renamed = replace(signature, id=new_id)
        self._signatures = {
            (each.vendor, each.id): each
            for each in (
                renamed if key == (vendor, signature_id) else each
                for key, each in self._signatures.items()
            )
        }
        return renamed

    def _enter(self, signature: Signature, event: str, verdict: Verdict | None) -> Signature:
        objection = verdict.reason if verdict and self._policy.is_manual else ""
        verdict = (None if objection else verdict) or magic_verdict(signature.text)
        with self.transaction():
            now = signature.submitted_at
            due_at = self._policy.due_at(now) if verdict is None else None
            signature = _noted(replace(signature, due_at=due_at), now, event)
            if objection:
                signature = _noted(signature, now, "objection", objection)
            if verdict is not None and verdict.status is not Status.PENDING:
                signature = _decided(signature, verdict, now)
            return self._settled(self._store(signature))

    def _settled(self, signature: Signature) -> Signature:
        due_at = signature.due_at
        if due_at is None or self._clock.now() < due_at:
            return signature
        return self._store(_decided(signature, Verdict(Status.APPROVED), due_at))

    def _store(self, signature: Signature) -> Signature:
        self._signatures[signature.vendor, signature.id] = signature
        self._changed = True
        return signature


def _noted(signature: Signature, at: float, event: str, reason: str = "") -> Signature:
    """Give `signature` with one more line of history."""
    return replace(signature, history=(*signature.history, Event(at, event, reason)))


def _decided(signature: Signature, verdict: Verdict, at: float) -> Signature:
    """Give `signature` as `verdict` leaves it."""
    event = verdict.status.value
    if verdict.vendor_status is not None:
        event = f"status {verdict.vendor_status}"
    reviewed = replace(
        signature,
        status=verdict.status,
        vendor_status=verdict.vendor_status,
        reason=verdict.reason,
        reviewed_at=at,
        due_at=None,
    )
    return _noted(reviewed, at, event, verdict.reason)
