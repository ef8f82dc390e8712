"""What a change to a signature means: the review, the vendor's rules, and the one decision.

Everything here is pure: no I/O, no clock, no vendor. The provider asks `decide` what a change
of some fields amounts to, given what the vendor says of the signature at this moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pulumi_smssign.filing import NO_QUALIFICATION, NOT_TOLD, Deliverable, Filing, Qualification
from pulumi_smssign.filing import deliverable as _deliverable
from pulumi_smssign.vocabulary import EXISTING as EXISTING  # noqa: PLC0414 - the law says it too
from pulumi_smssign.vocabulary import Status as Status  # noqa: PLC0414

SHOWN_AFTER = 600.0
"""Seconds within which a vendor need not show yet what it has accepted and never shown."""
ACCOUNT = "account"
"""The one field that every vendor's signature is fixed in: it lives in the account it is in."""


_EARNED = (Status.APPROVED, Status.SUSPENDED, Status.UNKNOWN)
_UNDECIDED = (Status.PENDING, Status.REJECTED)


@dataclass(frozen=True)
class Handle:
    """What identifies a signature at its vendor.

    Most vendors ask by `id`; one that has no ids asks by the present `text`. `scope` is where
    the vendor keeps it within the account (a project, mainland or international), or "".
    """

    id: str
    text: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Review:
    """What a vendor says of one signature at one moment.

    `reported` holds the application's own fields as far as the vendor tells them (for drift),
    `outputs` what this vendor alone tells. `submitted_at` is ISO 8601 in UTC, or "". `trace` is
    what each submission leaves and no verdict moves (a time, an order's number), or "". `edit` is
    the status of an edit that is in review while what was approved stays in use; None for none.
    `is_assumed` is whether the vendor has not shown it yet, and has only said that it took the
    application; `is_earlier` whether what it shows is from before the last change.
    `filing` is the second life with the carriers, `qualification` the papers that it is filed with.
    `remark` is what the status leaves open, or "": it may then be approved already.
    """

    id: str
    text: str
    status: Status
    vendor_status: str
    reason: str = ""
    submitted_at: str = ""
    reported: Mapping[str, object] = field(default_factory=dict)
    outputs: Mapping[str, object] = field(default_factory=dict)
    trace: str = ""
    edit: Status | None = None
    is_assumed: bool = False
    is_earlier: bool = False
    filing: Filing = NOT_TOLD
    qualification: Qualification = NO_QUALIFICATION
    remark: str = ""

    @property
    def usable(self) -> bool:
        """Whether texts may be sent under the signature now."""
        return self.status is Status.APPROVED

    @property
    def deliverable(self) -> Deliverable:
        """Whether texts under it arrive, as far as the vendor tells."""
        return _deliverable(self.filing, usable=self.usable)


@dataclass(frozen=True)
class Rules:
    """One vendor's law about what may be changed when, as data; statuses are the vendor's own.

    `editable` are statuses in which what is approved can be changed in place, and is out of use
    until that is approved. `passed` are statuses of what a person has approved and that can't be
    used (yet). `deletable` is None where the vendor has no deletion at all. `riders` travel with a
    submission and are no reason for one; `words` are told to the reviewer, and are one only for
    what was rejected.
    `attached` are fields that the vendor changes outside a review, and not by this API. `requests`
    are fields that ask for something else than a review, each with the statuses in which the
    vendor takes it; `request_notes` says what else comes of one. `inferred` names what no source
    says: "unique", "deletable". `identity` is what the vendor knows a signature by.
    `tells_qualification` is whether its reviews say which papers a signature is filed with.
    `shows_earlier` is whether it may go on showing a signature as it was before a change until
    that is approved. `twins` is what to say beside a text that is taken.
    """

    vendor: str
    statuses: Mapping[str, Status]
    submitted: str
    modifiable: frozenset[str]
    fixed: frozenset[str]
    unique: frozenset[str]
    deletable: frozenset[str] | None
    lost_with_it: str = ""
    editable: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    riders: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    requests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    request_notes: Mapping[str, str] = field(default_factory=dict)
    inferred: frozenset[str] = frozenset()
    identity: Literal["id", "text"] = "id"
    tells_qualification: bool = False
    shows_earlier: bool = False
    twins: str = ""

    def status(self, vendor_status: str) -> Status:
        """The common status of a raw one; `UNKNOWN` for one that no source describes."""
        return self.statuses.get(vendor_status, Status.UNKNOWN)

    def is_earned(self, review: Review) -> bool:
        """Whether a person's approval would be lost with the signature, in use or not."""
        is_told = review.vendor_status in self.passed or review.status in _EARNED
        return is_told or bool(review.remark)

    def may_delete(self, review: Review) -> bool:
        """Whether the vendor deletes a signature in this status, as far as is known."""
        return self.deletable is not None and review.vendor_status in self.deletable

    def wanted(self, inputs: Mapping[str, object], vendor_status: str) -> frozenset[str]:
        """The requests that the program makes and the vendor takes in this status."""
        return frozenset(
            name
            for name, statuses in self.requests.items()
            if inputs.get(name) is True and vendor_status in statuses
        )


@dataclass(frozen=True)
class Known:
    """What the stack knows beside the review: its own view, and the program's consent.

    `status` is the one in state, None when state has none. `is_overtaken` is whether the vendor
    names a later submission than state does. `consents` is whether the program says
    `delete_before_replace=True`. `adopts` is another signature to take over in its place, or "".
    `passes_on` is whether another resource takes this one over, so that it can't be changed.
    `is_adopted` is whether the program says `adopt=` of this very signature. `is_marked` is whether
    a run was cut off while it sent this very change.
    """

    status: Status | None = None
    is_overtaken: bool = False
    consents: bool = False
    adopts: str = ""
    passes_on: bool = False
    is_adopted: bool = False
    is_marked: bool = False


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Record:
    """Nothing is asked of the vendor: state takes over what the program says."""

    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Resubmit:
    """The vendor takes the change in place and reviews it again; the id stays.

    With `loses` what is approved is out of use until the change is: never without an announcement
    or the program's consent. `warning` is what the preview warns of.
    """

    loses: bool = False
    warning: str = field(default="", compare=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Request:
    """Nothing is submitted anew: the named requests are made of the vendor, if any is left."""

    names: frozenset[str]
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Replace:
    """A new signature takes the place of the old one.

    `warning` is what the preview warns of: the fact in one line, and then the whole of it. With
    `loses` a person's approval goes before there is a new one: never without an announcement or
    the program's consent.
    """

    delete_first: bool
    loses: bool = False
    warning: str = field(default="", compare=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Refuse:
    """There is no way to do it, or none that is certain to lose nothing; with the way out."""

    why: str
    what_to_do: str


_TAKEN_AS_IT_IS = "{} is taken as it is, as adopt= says: only recorded, nothing is sent."

Decision = Record | Resubmit | Request | Replace | Refuse


def decide(
    rules: Rules, review: Review | None, changed: frozenset[str], known: Known = NOTHING_KNOWN
) -> Decision:
    """What a change of the fields `changed` means for a signature whose review is `review`.

    Args:
        rules: the vendor's law.
        review: what the vendor says now; None when it no longer has the signature.
        changed: names of the fields that differ from what the vendor has, riders left out; never
            empty unless `known.adopts`.
        known: what the stack knows beside the review.
    """
    if review is None:
        return Replace(
            delete_first=False,
            warning=f"{rules.vendor} no longer has this signature: it will be submitted anew.",
        )
    if changed and changed <= rules.words and review.status is not Status.REJECTED:
        return Record("words to the reviewer go with the next application; nothing is sent.")
    if review.status is Status.UNKNOWN:
        return Refuse(
            f"{rules.vendor} reports the status {review.vendor_status!r}, which this version "
            "does not know, so it can't say what a change would do.",
            "look at the signature in the vendor's console; a newer pulumi-smssign may know it.",
        )
    if changed and changed <= rules.requests.keys():
        names = frozenset(name for name in changed if review.vendor_status in rules.requests[name])
        notes = (rules.request_notes.get(name, "") for name in sorted(names))
        return Request(names, note=" ".join(filter(None, notes)))
    fixed = changed & (rules.fixed | {ACCOUNT})
    if changed <= rules.words & fixed and not known.adopts:
        return Record("the vendor takes these words with a new application only; nothing is sent.")
    stays = not known.adopts and not known.passes_on
    if stays and _has_arrived(review, known):
        return Record(
            f"{_name(review)} is {review.status}: this change was sent by a run that was cut off, "
            "and has arrived; nothing is sent again."
        )
    if review.vendor_status in rules.modifiable and not fixed - rules.words and stays:
        return Resubmit(
            note=f"{_name(review)} is {review.status}: the change goes into review under the same "
            "id."
        )
    if known.adopts or changed & (rules.unique | {ACCOUNT}):
        return _succeeded(rules, review, known)
    return _same_text(rules, review, changed, known)


def _has_arrived(review: Review, known: Known) -> bool:
    """Whether a change that a run was cut off from sending is seen to have come through."""
    has_left = known.status is Status.REJECTED and review.status is not Status.REJECTED
    return known.is_marked and (has_left or known.is_overtaken)


def _succeeded(rules: Rules, review: Review, known: Known) -> Replace:
    """A replacement under another key: the old one stays until the new one is approved."""
    if known.consents and rules.deletable is not None:
        return Replace(
            delete_first=True,
            loses=rules.is_earned(review),
            warning=_gap(rules, review, "as delete_before_replace=True says"),
        )
    new_one = f"{known.adopts} takes its place" if known.adopts else "a new one takes its place"
    if rules.deletable is None:
        return Replace(
            delete_first=False,
            warning=f"{rules.vendor} can't delete signatures: {_name(review)} stays in the account "
            f"beside the new one{_as_far_as_known(rules, 'deletable')}.",
        )
    if not rules.is_earned(review):
        return Replace(
            delete_first=False,
            warning=_also_lost(rules),
            note=f"{_name(review)} is {review.status}: {new_one}, and it is deleted last.",
        )
    return Replace(
        delete_first=False,
        warning=_also_lost(rules),
        note=f"{_name(review)} stays until its successor is approved: {new_one}.\n"
        "It is deleted by the run that finds the new one approved, and kept when the change is "
        "taken back before.",
    )


def _same_text(
    rules: Rules, review: Review, changed: frozenset[str], known: Known
) -> Replace | Resubmit | Record | Refuse:
    """What can't be changed in place, while the text (the unique key) stays."""
    fields = ", ".join(sorted(changed))
    earned = rules.is_earned(review)
    if earned and known.status in _UNDECIDED and known.is_overtaken:
        return Record(
            f"{_name(review)} was submitted again since this stack last looked, and is "
            f"{review.status}: taken for this very change ({fields}); nothing is sent."
        )
    if earned and changed - rules.words <= rules.attached:
        return _attached(rules, review, changed - rules.words, known)
    if earned and (known.status is Status.REJECTED or known.is_marked):
        if known.is_adopted:
            return Record(_TAKEN_AS_IT_IS.format(_name(review)))
        return Refuse(
            f"{_name(review)} was {known.status or 'submitted'} when this stack last looked and is "
            f"{review.status} now: perhaps this very change ({fields}) was approved, sent by a run "
            "that was cut off.",
            f'if it is what the program says, add adopt="{review.id}": that records it and sends '
            "nothing. If not, run `pulumi refresh`, and the next preview tells what the change "
            "means for the approved one.",
        )
    if review.vendor_status in rules.editable and not changed & (rules.fixed | {ACCOUNT}):
        return Resubmit(loses=earned, warning=_out_of_use(rules, review))
    if rules.deletable is None:
        return Refuse(
            f"{_name(review)} is {review.status} and can't be changed any more ({fields}), and "
            f"{rules.vendor} has no way to delete it and submit it again"
            f"{_as_far_as_known(rules, 'deletable')}.",
            "take the change back, or give the signature another text.",
        )
    if not rules.may_delete(review):
        return Refuse(
            f"{_name(review)} is {review.status} ({review.vendor_status}): {rules.vendor} can "
            f"neither change {fields} nor delete the signature before there is a verdict"
            f"{_as_far_as_known(rules, 'deletable')}.",
            "wait for the verdict and run `pulumi up` again, or take the change back.",
        )
    once = f"{rules.vendor} allows its text only once{_as_far_as_known(rules, 'unique')}"
    return Replace(delete_first=True, loses=earned, warning=_gap(rules, review, once))


def _attached(
    rules: Rules, review: Review, fields: frozenset[str], known: Known
) -> Record | Refuse:
    """What the vendor changes outside a review, and not by this API."""
    names = ", ".join(sorted(fields))
    told = {name: review.reported[name] for name in fields & review.reported.keys()}
    if known.is_adopted and not told:
        return Record(_TAKEN_AS_IT_IS.format(_name(review)))
    if told:
        values = ", ".join(f"{name}={value!r}" for name, value in sorted(told.items()))
        way = (
            "run `pulumi up` again: what the vendor then reports is no change. Or write "
            f"{values}, which is what it has"
        )
    else:
        way = (
            f'add adopt="{review.id}": {rules.vendor} does not report it, so this records what the '
            "program says, and nothing is sent. Or take the change back"
        )
    return Refuse(
        f"{_name(review)} is {review.status}, and {rules.vendor} changes {names} of such a one "
        "outside a review, not by this API.",
        f"attach it in the vendor's console (or ask its support), and {way}.",
    )


def _gap(rules: Rules, review: Review, since: str) -> str:
    """The warning of a replacement that deletes before it creates: a line, and the whole of it."""
    also_lost = f" {_also_lost(rules)}".rstrip()
    if not rules.is_earned(review):
        return f"{_name(review)} is deleted and submitted again: {since}.{also_lost}"
    return (
        f"{_name(review)} is {review.status} and WILL BE DELETED FIRST.\n"
        f"{since[0].upper()}{since[1:]}, so no text can be sent under it until the new application "
        "is approved, which takes a person hours or days and may fail. To keep it, take the change "
        "back or give the signature another text; protect=True forbids this for good."
        f"{also_lost}"
    )


def _out_of_use(rules: Rules, review: Review) -> str:
    """The warning of an edit in place of what is approved: a line, and the whole of it."""
    return (
        f"{_name(review)} is {review.status} and WILL BE OUT OF USE until the change is approved.\n"
        f"{rules.vendor} takes the change in place and reviews it again, so no text can be sent "
        "under it meanwhile, which takes a person hours or days and may fail. To keep it in use, "
        "take the change back or give the signature another text."
    )


def _as_far_as_known(rules: Rules, what: str) -> str:
    """A remark for what no source says."""
    return " (as far as is known: no source says)" if what in rules.inferred else ""


def _also_lost(rules: Rules) -> str:
    return f"With the old signature go {rules.lost_with_it}." if rules.lost_with_it else ""


def _name(review: Review) -> str:
    return f"【{review.text}】" + (f" ({review.id})" if review.id != review.text else "")
