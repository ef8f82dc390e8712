"""Create: a predecessor taken back, an adoption, an approved twin, or one submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi.dynamic import CreateResult

from pulumi_smssign.core import messages, storage, submission
from pulumi_smssign.core.journal import Entry, id_in_journal
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.digests import different, digest
from pulumi_smssign.model.durations import is_recent, now
from pulumi_smssign.model.errors import DuplicateError, InputError, NotShownYetError, SmsSignError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.redaction import quote
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, Review
from pulumi_smssign.model.vocabulary import EXISTING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_smssign.engine.resource import Resource
    from pulumi_smssign.engine.run import Run
    from pulumi_smssign.model.review import SignatureRef


@dataclass(frozen=True)
class Created:
    """A signature that a resource has come to hold.

    `shared` is whether it was taken over unasked. `without` are the inputs that a run that was cut
    off sent otherwise: state leaves them out, so that the next run sees that they differ.
    """

    handle: Handle
    review: Review
    revision: int = 1
    accepted_at: str = ""
    shared: bool = False
    uploads: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


def create(run: Run, resource: Resource) -> CreateResult:
    """The new side of a resource: its signature's id, and the outputs.

    Returns as soon as the vendor has accepted, with what its answer tells: what comes of it is for
    the next refresh, or an `Approval`.

    Raises:
        SmsSignError: there is none; nothing is lost.
    """
    vendor, observed = resource.vendor, run.owners.seen(resource.urn)
    # Set also for a Create that fails: the Delete of the old side then comes after one.
    observed.tries_to_create = True
    plan = observed.plan
    if plan and plan.takes_back:
        old = plan.takes_back
        review = submission.still_there(vendor.rules, run.api(vendor, old.account), old.handle)
        got = Created(old.handle, review, old.revision, old.accepted_at, shared=old.shared)
    elif resource.adopts and not run.owners.has_deleted(
        run.ref(vendor, resource.account, Handle(resource.adopts))  # deleted first, by this run
    ):
        got = _adopt(run, resource)
    else:
        got = _obtain(run, resource)
    ref = run.ref(vendor, resource.account, got.handle)
    run.owners.take(resource.urn, ref, resource.account)
    if observed.diffed:  # the one in whose place it stands may have been on its way out
        run.journal.clear(Entry.of_deletion(resource.urn, observed.diffed))
    outputs = resource.as_state(
        got.review,
        scope=got.handle.scope,
        origin=ref.origin,
        revision=got.revision,
        accepted_at=got.accepted_at,
        shared=got.shared,
        uploads=got.uploads,
        without=got.without,
    )
    return CreateResult(got.handle.id, outputs)


def _adopt(run: Run, resource: Resource) -> Created:
    """The signature that `adopt=` names."""
    api = run.api(resource.vendor, resource.account)
    scope = api.full_scope(resource.application.scope)
    handle = Handle(resource.adopts, scope=scope)
    run.owners.adopt(resource.urn, run.ref(resource.vendor, resource.account, handle))
    review = submission.adopt(resource.vendor.rules, api, handle, resource.application.model_dump())
    return Created(handle, review)


def _obtain(run: Run, resource: Resource) -> Created:
    """The signature for a resource: recovered, taken over, or submitted."""
    vendor, application = resource.vendor, resource.application
    api, origin = run.api(vendor, resource.account), run.origin(vendor, resource.account)
    entry = Entry("submit", resource.urn, origin, resource.key, resource.digests())
    application.verify_evidence()
    with storage.lock(run.locks, digest([origin, resource.key])):
        pending = run.journal.find(entry)
        twins = look_for_twins(run, resource, was_cut_off=pending is not None)
        if pending and (arrived := _arrived(run, resource, pending, twins.reviews)):
            got = _recovered(run, resource, pending, arrived)
            run.journal.clear(pending)
            return got
        if twins.reviews:
            return _taken_over(run, resource, twins.reviews)
        # After the twins: of what the vendor shows already they tell more.
        if other := run.journal.begun_elsewhere(entry):
            raise submission.begun_elsewhere(vendor.rules, application, other.urn, other.at)
        if twins.unchecked:
            Row(resource.urn).warn(messages.unchecked(application.text, twins.unchecked))
        ignored = _passed_over(run, resource)
        with run.journal.writing(entry) as answer:
            review = submission.submit_once(
                vendor.rules, api, application, ignored, token=entry.token
            )
            handle = _handle(run, resource, review)
            answer.id = id_in_journal(run.ref(vendor, resource.account, handle))
    return Created(handle, review, accepted_at=now(), uploads=application.uploads)


def _handle(run: Run, resource: Resource, twin: Review) -> Handle:
    """The handle of a twin."""
    scope = run.api(resource.vendor, resource.account).full_scope(resource.application.scope)
    return Handle(twin.id, twin.text, scope)


def _ref(run: Run, resource: Resource, twin: Review) -> SignatureRef:
    return run.ref(resource.vendor, resource.account, _handle(run, resource, twin))


def look_for_twins(run: Run, resource: Resource, *, was_cut_off: bool = False) -> submission.Twins:
    """The twins of a resource's application; a recent list may say that there are none."""
    vendor, application = resource.vendor, resource.application
    if not was_cut_off and run.cache(vendor, resource.account).is_absent(application):
        return submission.Twins()
    api = run.api(vendor, resource.account)
    passed_over = _passed_over(run, resource)
    return submission.twins_of(vendor.rules, api, application, passed_over, was_cut_off=was_cut_off)


def _passed_over(run: Run, resource: Resource) -> Callable[[Review], bool]:
    """A test for twins that don't count: deleted by this run, or of another scope."""

    def is_none(twin: Review) -> bool:
        ref = _ref(run, resource, twin)
        owner = run.owners.owner(ref, besides=resource.urn)
        # A vendor that doesn't tell two kinds apart may find one that another resource holds.
        held = run.owners.seen(owner).holds if owner else None
        is_of_another_scope = held is not None and held.handle.scope != ref.handle.scope
        return run.owners.has_deleted(ref) or is_of_another_scope

    return is_none


def takes_existing(run: Run, resource: Resource) -> bool:
    """Whether a resource takes over an existing signature: it says so, or its stack does."""
    return resource.adopt == EXISTING or (not resource.adopt and run.accounts.adopts_existing)


def taken_over(run: Run, resource: Resource, twins: tuple[Review, ...]) -> Review | None:
    """The twin that a resource takes over, as it stands; None where none is its to take.

    With `adopt="existing"` it is the only one there is; unasked it is an approved one, with
    `deletion_policy` "retain", that nothing in this run was seen to hold.

    Raises:
        InputError: another resource of this run holds it.
        DuplicateError: an approved one is not as declared; names the differences.
    """
    rules, fields = resource.vendor.rules, resource.application.model_dump()
    api = run.api(resource.vendor, resource.account)
    # Of several that exist none is guessed.
    if len(twins) == 1 and takes_existing(run, resource):
        run.owners.adopt(resource.urn, _ref(run, resource, twins[0]))
        return submission.adopt(rules, api, _handle(run, resource, twins[0]), fields)
    for twin in twins if resource.policy == "retain" else ():
        ref = _ref(run, resource, twin)
        if not rules.is_approved(twin) or run.owners.owner(ref, besides=resource.urn):
            continue
        # Looked at again: it may have lost its approval since it was listed.
        review = api.details(ref.handle)
        if review is not None and rules.is_approved(review):
            submission.must_be_all_as_declared(rules, review, fields)
            run.owners.adopt(resource.urn, ref)
            return review
    return None


def _taken_over(run: Run, resource: Resource, twins: tuple[Review, ...]) -> Created:
    row, review = Row(resource.urn), taken_over(run, resource, twins)
    if review is None:
        raise _refused(run, resource, twins)
    ref = _ref(run, resource, review)
    if takes_existing(run, resource):
        differing = different(review.reported, resource.application.model_dump())
        row.info(messages.taken_over(review, differing))
        return Created(ref.handle, review)
    row.info(messages.taken_over_unasked(review))
    seen = run.owners.seen(resource.urn)
    # Its own one that comes back, after --replace or a taint, is not another stack's.
    return Created(ref.handle, review, shared=seen.diffed_shared or seen.diffed != ref)


def _refused(run: Run, resource: Resource, twins: tuple[Review, ...]) -> SmsSignError:
    """The refusal of a twin; names the resource of this run that holds it."""
    for twin in twins:
        if owner := run.owners.owner(_ref(run, resource, twin), besides=resource.urn):
            return messages.held_already(resource.vendor.name, owner, twin)
    return submission.taken(resource.vendor.rules, resource.application, twins)


def _arrived(
    run: Run, resource: Resource, pending: Entry, twins: tuple[Review, ...]
) -> Review | None:
    """The review of a submission from which an earlier run was cut off, or None.

    Raises:
        NotShownYetError: the vendor has accepted it a moment ago and does not show it.
    """
    if twins:
        return next((twin for twin in twins if twin.id == pending.id), twins[0])
    if pending.state == "begun":
        return None
    application, api = resource.application, run.api(resource.vendor, resource.account)
    # By the id that the vendor gave, since its list may not show it yet.
    id_ = pending.id or application.text
    review = api.details(Handle(id_, application.text, api.full_scope(application.scope)))
    if review is None and is_recent(pending.at, SHOWN_AFTER):
        text = f"【{application.text}】"
        raise NotShownYetError.of(resource.vendor.name, text, pending.at, SHOWN_AFTER)
    return review


def _recovered(run: Run, resource: Resource, pending: Entry, twin: Review) -> Created:
    """The signature that a cut-off run submitted, as far as the program still says so."""
    new, sent = resource.digests(), pending.fields
    changed = {name for name in sent.keys() | new.keys() if sent.get(name) != new.get(name)}
    Row(resource.urn).warn(messages.recovered(twin.id, changed))
    handle = _handle(run, resource, twin)
    return Created(handle, twin, accepted_at=pending.at, without=frozenset(changed))


def announce_takeover(run: Run, resource: Resource) -> None:
    """Announce in the preview the signature that a resource will take over, and how it differs.

    That the account can't be asked stops no preview.

    Raises:
        NotFoundError: `adopt=` names what is not there.
        InputError: another resource of this run holds it.
        DuplicateError: an approved one is there, and is not as declared.
    """
    plan, row = run.owners.seen(resource.urn).plan, Row(resource.urn)
    is_new = resource.state is None and not (plan and plan.takes_back)
    review: Review | None = None
    if resource.adopts and (is_new or resource.new_adoption):
        review = _adopt(run, resource).review
    elif is_new and (takes_existing(run, resource) or resource.policy == "retain"):
        try:
            twins = look_for_twins(run, resource)
            review = taken_over(run, resource, twins.reviews)
        except (DuplicateError, InputError):
            raise
        except SmsSignError:
            return
        if twins == submission.Twins() and takes_existing(run, resource):
            row.note(_("【{text}】 is not in the account: it is submitted.", text=resource.text))
    if review is None:
        return
    fields = resource.application.model_dump()
    differing = {
        name: quote(submission.written(review.reported[name]))
        for name in different(review.reported, fields)
        if fields.get(name) is not None
    }
    row.note(messages.takes_over(review, differing))
