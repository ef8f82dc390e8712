"""Decisions on changes, from the live review, the vendor's rules and the deletion policy.

Everything here is pure: no I/O, no clock, no vendor, no engine. `decide` is about a signature that
goes on or is replaced; what becomes of one that is on its way out is `fate`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.rules import ACCOUNT, Rules
from pulumi_smssign.model.vocabulary import DeletionPolicy, Status

_UNDECIDED = (Status.PENDING, Status.REJECTED)


@dataclass(frozen=True)
class Known:
    """Knowledge of the stack beside the review."""

    policy: DeletionPolicy = "retain"
    """The signature's `deletion_policy`."""
    is_shared: bool = False
    """Whether it was taken over unasked, so that "delete" does not hold for it."""
    status: Status | None = None
    """The status in state; None when state has none."""
    is_overtaken: bool = False
    """Whether the vendor names a later submission than state does."""
    adopts: str = ""
    """Another signature to take over in its place, or ""."""
    is_adopted: bool = False
    """Whether the program says `adopt=` of this very signature."""
    is_only_recorded: bool = False
    """Whether this stack has never submitted it: what the vendor doesn't report may be wrong."""
    was_sent: bool = False
    """Whether the journal has an entry of this very change, whose run was cut off."""
    has_twin: bool = False
    """Whether the account has another signature, an approved one, of the text that is wanted."""

    @property
    def may_lose(self) -> bool:
        """Whether an approval may be lost for a change."""
        return self.policy == "delete" and not self.is_shared


@dataclass(frozen=True)
class Record:
    """Decision to record the change in state: nothing is asked of the vendor."""

    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Resubmit:
    """Decision to submit the change in place, for another review; the id stays.

    With `loses` what is approved is out of use until the change is: only with `deletion_policy`
    "delete". `warning` is what the preview warns of.
    """

    loses: bool = False
    warning: str = field(default="", compare=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Request:
    """Decision to make the named requests, if any: nothing is submitted anew."""

    names: frozenset[str]
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Replace:
    """Decision to replace the signature by a new one.

    With `loses` a person's approval goes before there is a new one: only with `deletion_policy`
    "delete". `warning` is what the preview warns of: the fact in one line, then the whole of it.
    """

    delete_first: bool
    loses: bool = False
    warning: str = field(default="", compare=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Refuse:
    """Decision to refuse the change: no way does it, or none keeps the approval; with a way out."""

    why: str
    what_to_do: str


Decision = Record | Resubmit | Request | Replace | Refuse

_TAKEN_AS_IT_IS = mark("{name} is taken as it is, as adopt= says: only recorded, nothing is sent.")


def decide(rules: Rules, review: Review | None, changed: frozenset[str], known: Known) -> Decision:
    """The decision on a change of the fields `changed`, for a signature with this live review.

    Args:
        rules: the vendor's rules.
        review: what the vendor says now; None when it no longer has the signature.
        changed: names of the fields that differ from what the vendor has, unreviewed ones left
            out; never empty unless `known.adopts`.
        known: what the stack knows beside the review.
    """
    if review is None:
        return Replace(
            delete_first=False,
            warning=_(
                "{vendor} no longer has this signature: it will be submitted anew.",
                vendor=rules.vendor,
            ),
        )
    # Before the status is looked at: what sends nothing is safe in an unknown one too.
    if changed and changed <= rules.reviewer_notes and review.status is not Status.REJECTED:
        return Record(_("words to the reviewer go with the next application; nothing is sent."))
    if review.status is Status.UNKNOWN:
        return Refuse(
            _(
                "{vendor} reports the status {status}, which this version does not know, so it "
                "can't say what a change would do.",
                vendor=rules.vendor,
                status=repr(review.vendor_status),
            ),
            _("look at the signature in the vendor's console; a newer pulumi-smssign may know it."),
        )
    if changed and changed <= rules.requests.keys():
        names = frozenset(name for name in changed if review.vendor_status in rules.requests[name])
        notes = (_(rules.request_notes.get(name, "")) for name in sorted(names))
        return Request(names, note=" ".join(filter(None, notes)))
    fixed = changed & (rules.fixed | {ACCOUNT})
    if changed <= rules.reviewer_notes & fixed and not known.adopts:
        return Record(
            _("the vendor takes these words with a new application only; nothing is sent.")
        )
    if not known.adopts and _has_arrived(review, known):
        return Record(
            _(
                "{name} is {status}: this change was sent by a run that was cut off, and has "
                "arrived; nothing is sent again.",
                name=name_of(review),
                status=review.status.label,
            )
        )
    in_place = review.vendor_status in rules.modifiable and not fixed - rules.reviewer_notes
    if in_place and not known.adopts and not known.has_twin and not rules.is_approved(review):
        return Resubmit(
            note=_(
                "{name} is {status}: the change goes into review under the same id.",
                name=name_of(review),
                status=review.status.label,
            )
        )
    if known.adopts or changed & (rules.unique | {ACCOUNT}):
        return _under_another_key(rules, review, known)
    return _under_the_same_key(rules, review, changed, known)


def _has_arrived(review: Review, known: Known) -> bool:
    """Whether the review shows that the change of a run that was cut off has arrived."""
    has_left = known.status is Status.REJECTED and review.status is not Status.REJECTED
    return known.was_sent and (has_left or known.is_overtaken)


def _under_another_key(rules: Rules, review: Review, known: Known) -> Replace:
    """A replacement under another key: what is approved stays at least until the new one is."""
    successor = _("{id} takes its place", id=known.adopts)
    if not known.adopts:
        successor = _("a new one takes its place")
    name = name_of(review)
    if rules.deletable is None:
        return Replace(
            delete_first=False,
            warning=_(
                "{vendor} can't delete signatures: {name} stays in the account beside the new "
                "one{doubt}.",
                vendor=rules.vendor,
                name=name,
                doubt=_doubt(rules, "deletable"),
            ),
        )
    if not rules.is_approved(review):
        return Replace(
            delete_first=False,
            warning=_also_lost(rules),
            note=_(
                "{name} is {status}: {successor}, and it is deleted last.",
                name=name,
                status=review.status.label,
                successor=successor,
            ),
        )
    if not known.may_lose:
        return Replace(
            delete_first=False,
            note=_(
                "{name} stays in the account, as deletion_policy says: {successor}.\n"
                "It is in use until the new one is approved, and taken up again when the change is "
                "taken back.",
                name=name,
                successor=successor,
            ),
        )
    return Replace(
        delete_first=False,
        warning=_also_lost(rules),
        note=_(
            "{name} stays until its successor is approved: {successor}.\n"
            'It is deleted by the run that finds the new one approved, as deletion_policy="delete" '
            "says, and kept when the change is taken back before.",
            name=name,
            successor=successor,
        ),
    )


def _under_the_same_key(
    rules: Rules, review: Review, changed: frozenset[str], known: Known
) -> Replace | Resubmit | Record | Refuse:
    """The decision on a lossy change in place, while the text (the unique key) stays."""
    name, status, fields = name_of(review), review.status.label, listed(sorted(changed))
    approved = rules.is_approved(review)
    if approved and known.status in _UNDECIDED and known.is_overtaken:
        return Record(
            _(
                "{name} was submitted again since this stack last looked, and is {status}: taken "
                "for this very change ({fields}); nothing is sent.",
                name=name,
                status=status,
                fields=fields,
            )
        )
    if approved and changed - rules.reviewer_notes <= rules.console_only:
        return _console_only(rules, review, changed - rules.reviewer_notes, known)
    if approved and (known.status is Status.REJECTED or known.was_sent):
        return _in_doubt(review, fields, known)
    correction = _correction(rules, review, changed, known)
    if correction and known.is_adopted:
        return Record(
            _(
                "{name} is taken as it is, as adopt= says: {fields} is only corrected in the "
                "record, nothing is sent. For a change at the vendor take adopt= out first.",
                name=name,
                fields=fields,
            )
        )
    editable = rules.editable_when_approved | rules.modifiable
    if review.vendor_status in editable and not changed & (rules.fixed | {ACCOUNT}):
        if approved and not known.may_lose:
            return Refuse(
                _(
                    "{name} is {status}, and {vendor} would take it out of use until a change of "
                    "{fields} is approved.",
                    name=name,
                    status=status,
                    vendor=rules.vendor,
                    fields=fields,
                ),
                _both_ways(review, known, _("it is out of use until the change is approved"))
                + correction,
            )
        warning = _out_of_use(rules, review) + correction if approved else ""
        return Resubmit(loses=approved, warning=warning)
    if rules.deletable is None:
        return Refuse(
            _(
                "{name} is {status} and can't be changed any more ({fields}), and {vendor} has no "
                "way to delete it and submit it again{doubt}.",
                name=name,
                status=status,
                fields=fields,
                vendor=rules.vendor,
                doubt=_doubt(rules, "deletable"),
            ),
            _("take the change back, or give the signature another text.") + correction,
        )
    if not rules.may_delete(review):
        return Refuse(
            _(
                "{name} is {status} ({vendor_status}): {vendor} can neither change {fields} nor "
                "delete the signature before there is a verdict{doubt}.",
                name=name,
                status=status,
                vendor_status=review.vendor_status,
                vendor=rules.vendor,
                fields=fields,
                doubt=_doubt(rules, "deletable"),
            ),
            _("wait for the verdict and run `pulumi up` again, or take the change back."),
        )
    once = _(
        "{vendor} allows its text only once{doubt}",
        vendor=rules.vendor,
        doubt=_doubt(rules, "unique"),
    )
    if approved and not known.may_lose:
        return Refuse(
            _(
                "{name} is {status}: a change of {fields} would delete it first, since {why}.",
                name=name,
                status=status,
                fields=fields,
                why=once,
            ),
            _both_ways(
                review,
                known,
                _("it is deleted first, and out of use until the new one is approved"),
            )
            + correction,
        )
    warning = _gap(rules, review, once) + correction
    return Replace(delete_first=True, loses=approved, warning=warning)


def _in_doubt(review: Review, fields: str, known: Known) -> Record | Refuse:
    """The decision on a change that may be approved already."""
    if known.is_adopted:
        return Record(_(_TAKEN_AS_IT_IS, name=name_of(review)))
    return Refuse(
        _(
            "{name} was {before} when this stack last looked and is {status} now: a run that was "
            "cut off may have sent this very change ({fields}), so it may be approved already.",
            name=name_of(review),
            before=known.status.label if known.status else _("submitted"),
            status=review.status.label,
            fields=fields,
        ),
        _(
            'if it is what the program says, add adopt="{id}": that records it and sends nothing. '
            "If not, run `pulumi refresh`, and the next preview tells what the change means for "
            "the approved one.",
            id=review.id,
        ),
    )


def _correction(rules: Rules, review: Review, changed: frozenset[str], known: Known) -> str:
    """The way out where a change of what is approved may be one of the record alone; or "".

    What a vendor reports is known to be otherwise there. Of a signature that was taken over unasked
    `adopt=` beside "delete" is the consent to its loss.
    """
    is_consent = known.is_shared and known.policy == "delete"
    is_told = bool((changed - rules.reviewer_notes) & review.reported.keys())
    if not (rules.is_approved(review) and known.is_only_recorded) or is_consent or is_told:
        return ""
    return _(
        ' If what was submitted is as the program says now, add adopt="{id}": then it is only '
        "recorded, and nothing is sent.",
        id=review.id,
    )


def _both_ways(review: Review, known: Known, loss: str) -> str:
    """The advice where a change would cost an approval: keep it, or say that it may go."""
    if known.is_shared:
        return _(
            "take the change back, or give the signature another text: it stays in use meanwhile. "
            'Or give it deletion_policy="delete" and adopt="{id}" (it was taken over unasked, so '
            "another stack may have it too): {loss}.",
            id=review.id,
            loss=loss,
        )
    return _(
        "take the change back, or give the signature another text: it stays in use meanwhile. "
        'Or give it deletion_policy="delete": {loss}.',
        loss=loss,
    )


def _console_only(
    rules: Rules, review: Review, fields: frozenset[str], known: Known
) -> Record | Refuse:
    """The decision on fields that the vendor changes in its console only."""
    reported = {name: review.reported[name] for name in fields & review.reported.keys()}
    if known.is_adopted and not reported:
        return Record(_(_TAKEN_AS_IT_IS, name=name_of(review)))
    why = _(
        "{name} is {status}, and {vendor} changes {fields} of an approved signature in its console "
        "only, not by this API.",
        name=name_of(review),
        status=review.status.label,
        vendor=rules.vendor,
        fields=listed(sorted(fields)),
    )
    if reported:
        return Refuse(
            why,
            _(
                "attach it in the vendor's console (or ask its support), and run `pulumi up` "
                "again: what the vendor then reports is no change. Or write {values}, which is "
                "what it has.",
                values=listed(f"{name}={value!r}" for name, value in sorted(reported.items())),
            ),
        )
    return Refuse(
        why,
        _(
            "attach it in the vendor's console (or ask its support), and add "
            'adopt="{id}": {vendor} does not report it, so this records what the program says, '
            "and nothing is sent. Or take the change back.",
            id=review.id,
            vendor=rules.vendor,
        ),
    )


def _gap(rules: Rules, review: Review, since: str) -> str:
    """The warning of a replacement that deletes before it creates: a line, and the whole of it."""
    also_lost = f" {_also_lost(rules)}".rstrip()
    if not rules.is_approved(review):
        return (
            _(
                "{name} is deleted and submitted again: {why}.",
                name=name_of(review),
                why=since,
            )
            + also_lost
        )
    return (
        _(
            "{name} is {status} and WILL BE DELETED FIRST.\n"
            "{why}, so no text can be sent under it until the new application is approved, which "
            "takes a person hours or days and may fail. To keep it, take the change back, give the "
            'signature another text, or write deletion_policy="retain".',
            name=name_of(review),
            status=review.status.label,
            why=f"{since[0].upper()}{since[1:]}",
        )
        + also_lost
    )


def _out_of_use(rules: Rules, review: Review) -> str:
    """The warning of an edit in place of what is approved: a line, and the whole of it."""
    return _(
        "{name} is {status} and WILL BE OUT OF USE until the change is approved.\n{vendor} takes "
        "the change in place and reviews it again, so no text can be sent under it meanwhile, "
        "which takes a person hours or days and may fail. To keep it in use, take the change back, "
        'give the signature another text, or write deletion_policy="retain".',
        name=name_of(review),
        status=review.status.label,
        vendor=rules.vendor,
    )


def _doubt(rules: Rules, rule: str) -> str:
    """The remark on a rule that no source states, for a message."""
    return _(" (as far as is known: no source says)") if rule in rules.inferred else ""


def _also_lost(rules: Rules) -> str:
    if not rules.lost_with_it:
        return ""
    return _("With the old signature go {things}.", things=_(rules.lost_with_it))


def name_of(review: Review) -> str:
    """A signature's name for a message: its text, and its id where that is another."""
    return f"【{review.text}】" + (f" ({review.id})" if review.id != review.text else "")
