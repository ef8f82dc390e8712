"""The desk: which signatures have been applied for at which vendor, and where their reviews are."""

from __future__ import annotations

import contextlib
import heapq
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pydantic import JsonValue

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.evidence import Evidence, Upload
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import ReviewPolicy, Status, Verdict, magic_verdict
from pulumi_smssign.sandbox.shelf import Shelf

Key: TypeAlias = tuple[str, str]
"""The vendor of a signature or an upload, and its id."""


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
    """All that a desk remembers, in the order of first submission, as the state file keeps it.

    A change has only the signatures and uploads that are new or other than before, and the keys of
    those that are `removed`.
    """

    signatures: tuple[Signature, ...] = ()
    uploads: tuple[Upload, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    review: str = "manual"
    removed: tuple[Key, ...] = ()


class UnknownSignatureError(LookupError):
    """The desk has no such signature."""


class Desk:
    """Takes applications in and decides them; safe to use from several threads.

    Which policy an application falls under is settled when it is submitted. Approvals that fall
    due are noticed when somebody looks, so nothing runs in the background. However much the desk
    holds, a submission looks at nothing but the signatures with its text.
    """

    def __init__(self, clock: Clock, policy: ReviewPolicy | None = None) -> None:
        self._clock = clock
        self._policy = policy or ReviewPolicy()
        self._signatures: dict[Key, Signature] = {}
        self._uploads: dict[Key, Upload] = {}
        self._numbers: dict[str, int] = {}
        self._ids_by_text: dict[Key, dict[str, None]] = {}
        self._due: list[tuple[float, Key]] = []
        self._lock = threading.RLock()
        self._depth = 0
        self._before: tuple[dict[str, int], ReviewPolicy] | None = None
        self._touched: dict[Key, tuple[Signature | None, Upload | None]] = {}
        self.shelf = Shelf()
        self.changes = 0
        """How often something changed; whoever looks on compares it with what it was."""
        self.on_change: Callable[[DeskState], None] | None = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the desk: what happens inside is one step to others, and is stored once."""
        with self._lock:
            self._depth += 1
            try:
                self._settle()
                yield
            finally:
                self._depth -= 1
                if self._before is not None and not self._depth:
                    self._store(*self._before)

    def _store(self, numbers: Mapping[str, int], policy: ReviewPolicy) -> None:
        """Store what changed; what can't be stored has not happened, whoever asks."""
        self.changes += 1
        try:
            if self.on_change is not None:
                self.on_change(self._change())
        except BaseException:
            held = self._signatures | {key: each for key, (each, _) in self._touched.items()}
            files = self._uploads | {key: each for key, (_, each) in self._touched.items()}
            signatures = sorted(filter(None, held.values()), key=lambda each: each.created_at)
            uploads = tuple(filter(None, files.values()))
            self._take_over(DeskState(tuple(signatures), uploads, numbers, str(policy)))
            raise
        finally:
            self._before, self._touched = None, {}

    def touch(self, *keys: Key) -> None:
        """Have the change that follows stored, with what it leaves under these keys."""
        if self._before is None:
            self._before = dict(self._numbers), self._policy
        for key in keys:
            self._touched.setdefault(key, (self._signatures.get(key), self._uploads.get(key)))

    def _change(self) -> DeskState:
        signatures = filter(None, map(self._signatures.get, self._touched))
        uploads = filter(None, map(self._uploads.get, self._touched))
        held = self._signatures, self._uploads
        removed = tuple(key for key in self._touched if not any(key in each for each in held))
        numbers, policy = dict(self._numbers), str(self._policy)
        return DeskState(tuple(signatures), tuple(uploads), numbers, policy, removed)

    @property
    def policy(self) -> ReviewPolicy:
        """The review policy of the applications submitted from now on."""
        return self._policy

    @policy.setter
    def policy(self, policy: ReviewPolicy) -> None:
        with self.transaction():
            self.touch()
            self._policy = policy

    def next_number(self, vendor: str, first: int) -> int:
        """Give a number that this desk never gave before for `vendor`, `first` to begin with."""
        with self.transaction():
            self.touch()
            number = self._numbers.get(vendor, first)
            self._numbers[vendor] = number + 1
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
            return self._put(_decided(self.get(vendor, signature_id), verdict, self._clock.now()))

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
            return self._put(_noted(signature, self._clock.now(), "changed"))

    def withdraw(self, vendor: str, signature_id: str) -> None:
        """Forget a signature for good; no number is given again."""
        with self.transaction():
            signature = self.get(vendor, signature_id)
            self.touch((vendor, signature_id))
            del self._signatures[vendor, signature_id]
            del self._ids_by_text[vendor, signature.text][signature_id]

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
            return signature

    def find(self, vendor: str | None = None, account: str | None = None) -> list[Signature]:
        """List signatures as they are now, in the order of their first submission."""
        with self.transaction():
            return [
                each
                for each in self._signatures.values()
                if (vendor is None or each.vendor == vendor)
                and (account is None or each.account == account)
            ]

    def with_text(self, vendor: str, account: str, text: str) -> list[Signature]:
        """List an account's signatures that have a text, in the order of their first submission."""
        with self.transaction():
            ids = self._ids_by_text.get((vendor, text), {})
            found = (self._signatures.get((vendor, each)) for each in ids)
            own = [each for each in found if each and (each.account, each.text) == (account, text)]
            return sorted(own, key=lambda each: each.created_at)

    def keep(self, upload: Upload) -> None:
        """Remember a file that was handed in ahead of the application that will name it."""
        with self.transaction():
            self.touch((upload.vendor, upload.id))
            self._uploads[upload.vendor, upload.id] = upload

    def upload(self, vendor: str, upload_id: str) -> Upload | None:
        """Give a file that was handed in, if there is one of that id."""
        with self._lock:
            return self._uploads.get((vendor, upload_id))

    def reset(self, policy: ReviewPolicy) -> None:
        """Forget signatures and files; the numbers go on, so that no old id means a new one."""
        with self.transaction():
            self.restore(DeskState(numbers=self._numbers, review=str(policy)))
            self.shelf.clear()

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
        ReviewPolicy.parse(state.review)
        with self.transaction():
            self.touch(*self._signatures, *self._uploads)
            self.touch(*((each.vendor, each.id) for each in state.signatures))
            self.touch(*((each.vendor, each.id) for each in state.uploads))
            self._take_over(state)

    def _take_over(self, state: DeskState) -> None:
        self._signatures = {(each.vendor, each.id): each for each in state.signatures}
        self._uploads = {(each.vendor, each.id): each for each in state.uploads}
        self._numbers = dict(state.numbers)
        self._policy = ReviewPolicy.parse(state.review)
        self._ids_by_text, self._due = {}, []
        for signature in state.signatures:
            self._index(signature)

    def _renamed(self, vendor: str, signature_id: str, new_id: str | None) -> Signature:
        """Put a signature under another id, in its old place of the order; None leaves it."""
        signature = self.get(vendor, signature_id)
        if new_id is None or new_id == signature_id:
            return signature
        if (vendor, new_id) in self._signatures:
            raise ValueError(f"the desk has a {vendor} signature with the id {new_id!r} already")
        self.touch((vendor, signature_id), (vendor, new_id))
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
            self._put(signature)
            self._settle()
            return self.get(signature.vendor, signature.id)

    def _settle(self) -> None:
        """Approve what has fallen due."""
        while self._due and self._due[0][0] <= self._clock.now():
            due_at, key = heapq.heappop(self._due)
            signature = self._signatures.get(key)
            if signature is not None and signature.due_at == due_at:
                self._put(_decided(signature, Verdict(Status.APPROVED), due_at))

    def _put(self, signature: Signature) -> Signature:
        key = (signature.vendor, signature.id)
        self.touch(key)
        self._signatures[key] = signature
        self._index(signature)
        return signature

    def _index(self, signature: Signature) -> None:
        """Note by which text a signature is found, and when its review is due."""
        key = (signature.vendor, signature.id)
        self._ids_by_text.setdefault((signature.vendor, signature.text), {})[signature.id] = None
        if signature.due_at is not None:
            heapq.heappush(self._due, (signature.due_at, key))


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
