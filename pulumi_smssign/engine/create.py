"""Create: a predecessor taken back, an adoption, an approved twin, or one submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_smssign.core import storage, submission
from pulumi_smssign.engine.journal import Entry
from pulumi_smssign.engine.request import name_of
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.digests import different, digest
from pulumi_smssign.model.durations import now, seconds_since, spoken
from pulumi_smssign.model.errors import DuplicateError, InputError, NotFoundError, SmsSignError
from pulumi_smssign.model.redaction import quote
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import EXISTING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_smssign.contract.vendor import Vendor
    from pulumi_smssign.engine.resource import Properties, Resource
    from pulumi_smssign.engine.run import Run


@dataclass(frozen=True)
class Created:
    """A signature that a resource has come to hold.

    `shared` is whether it was taken over unasked. `without` are the inputs that were sent otherwise
    by a run that was cut off: state leaves them out, so that the next run sees that they differ.
    """

    handle: Handle
    review: Review
    revision: int = 1
    accepted_at: str = ""
    shared: bool = False
    uploads: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


def create(run: Run, resource: Resource) -> tuple[str, Properties]:
    """The new side of a resource: its signature's id, and the outputs.

    Returns as soon as the vendor has accepted.

    Raises:
        SmsSignError: there is none; nothing is lost.
    """
    vendor, observed = resource.vendor, run.owners.seen(resource.urn)
    observed.tries_to_create = True
    plan = observed.plan
    if plan and plan.takes_back:
        old = plan.takes_back
        review = still_there(vendor, run.api(vendor, old.account).details(old.handle), old.handle)
        got = Created(old.handle, review, old.revision, old.accepted_at)
    elif resource.adopts:
        got = _adopt(run, resource)
    else:
        got = _obtain(run, resource)
    ref = run.ref(vendor, resource.account, got.handle)
    run.owners.take(resource.urn, ref, resource.account)
    if observed.diffed:
        _clear_deletion(run, resource, observed.diffed.handle.id)
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
    return got.handle.id, outputs


def _adopt(run: Run, resource: Resource) -> Created:
    """What `adopt=` names."""
    api = run.api(resource.vendor, resource.account)
    scope = api.full_scope(resource.application.scope)
    handle = Handle(resource.adopts, scope=scope)
    run.owners.adopt(resource.urn, run.ref(resource.vendor, resource.account, handle))
    review = submission.adopt(resource.vendor.rules, api, handle, resource.application.model_dump())
    return Created(handle, review)


def _obtain(run: Run, resource: Resource) -> Created:
    """What is there already and is this resource's, or a submission."""
    vendor, row = resource.vendor, Row(resource.urn)
    api, application = run.api(vendor, resource.account), resource.application
    origin = run.origin(vendor, resource.account)
    entry = Entry("submit", resource.urn, origin, resource.key, resource.digests())
    application.verify_evidence()
    with storage.lock(run.locks, digest([origin, resource.key])):
        left = run.journal.find("submit", resource.urn, origin, resource.key)
        twins = look_for_twins(run, resource, was_cut_off=left is not None)
        scope = api.full_scope(application.scope)
        if left and twins.found:
            found = next((one for one in twins.found if one.id == left.id), twins.found[0])
            got = _recovered(run, resource, left, Handle(found.id, application.text, scope))
            run.journal.clear(left)
            return got
        if twins.found:
            return _taken_over(run, resource, twins.found, scope)
        other = run.journal.begun_elsewhere(entry)
        if other is not None:
            raise _begun_elsewhere(resource, other)
        if twins.unchecked:
            row.warn(
                f"{application.text!r} was submitted unchecked: whether the account has such a "
                f"signature already could not be asked.\n{twins.unchecked}"
            )
        with run.journal.writing(entry) as answer:
            answer.id = submission.submit_once(
                vendor.rules, api, application, _passed_over(run, resource), token=entry.token
            )
    accepted_at = now()
    handle = Handle(answer.id, application.text, scope)
    look = run.cache(vendor, resource.account).review
    review = submission.first_review(vendor.rules, look, handle)
    return Created(handle, review, accepted_at=accepted_at, uploads=application.uploads)


def look_for_twins(run: Run, resource: Resource, *, was_cut_off: bool = False) -> submission.Twins:
    """The twins of what a resource is to submit; that there are none a recent list may say.

    Each text is claimed by one resource, so nobody else in this run submits this one.
    """
    vendor, application = resource.vendor, resource.application
    if not was_cut_off and run.cache(vendor, resource.account).is_absent(application):
        return submission.Twins()
    api = run.api(vendor, resource.account)
    return submission.twins_of(
        vendor.rules, api, application, _passed_over(run, resource), was_cut_off=was_cut_off
    )


def _passed_over(run: Run, resource: Resource) -> Callable[[Review], bool]:
    """Whether a twin is none: this run has deleted it, or it is of another scope.

    A vendor that does not tell one kind of signature from the other may find one that another
    resource holds.
    """
    vendor, account = resource.vendor, resource.account
    scope = run.api(vendor, account).full_scope(resource.application.scope)

    def is_none(twin: Review) -> bool:
        ref = run.ref(vendor, account, Handle(twin.id, twin.text, scope))
        if run.owners.has_deleted(ref):
            return True
        owner = run.owners.owner(ref, besides=resource.urn)
        held = run.owners.seen(owner).holds if owner else None
        return held is not None and held.handle.scope != scope

    return is_none


def taken_over(
    run: Run, resource: Resource, twins: tuple[Review, ...], scope: str
) -> Review | None:
    """The twin that a resource takes over, as it stands; None where none is its to take.

    With `adopt="existing"` it is the only one there is; unasked it is an approved one, with
    `deletion_policy` "retain", that nothing in this run was seen to hold.

    Raises:
        InputError: another resource of this run holds it.
        DuplicateError: an approved one is not as declared; names the differences.
    """
    vendor, api = resource.vendor, run.api(resource.vendor, resource.account)
    if len(twins) == 1 and takes_existing(run, resource):
        handle = Handle(twins[0].id, twins[0].text, scope)
        run.owners.adopt(resource.urn, run.ref(vendor, resource.account, handle))
        return submission.adopt(vendor.rules, api, handle, resource.application.model_dump())
    if resource.policy != "retain":
        return None
    for twin in twins:
        handle = Handle(twin.id, twin.text, scope)
        ref = run.ref(vendor, resource.account, handle)
        if not vendor.rules.is_approved(twin) or run.owners.owner(ref, besides=resource.urn):
            continue
        review = api.details(handle)
        if review is None or not vendor.rules.is_approved(review):
            continue
        submission.must_be_all_as_declared(vendor.rules, review, resource.application.model_dump())
        run.owners.adopt(resource.urn, ref)
        return review
    return None


def _taken_over(run: Run, resource: Resource, twins: tuple[Review, ...], scope: str) -> Created:
    vendor, row = resource.vendor, Row(resource.urn)
    review = taken_over(run, resource, twins, scope)
    if review is None:
        raise _refused(run, resource, twins, scope)
    handle = Handle(review.id, review.text, scope)
    if takes_existing(run, resource):
        other = different(review.reported, resource.application.model_dump())
        differs = f"; there otherwise than in the program: {', '.join(other)}" if other else ""
        row.info(f"{handle.id}, which the account had already, is taken over{differs}")
        return Created(handle, review)
    row.info(
        f"【{review.text}】 ({review.id}) is {review.status} and is taken over: the account had it "
        "as declared, and nothing is submitted."
    )
    diffed = run.owners.seen(resource.urn).diffed
    is_own = diffed == run.ref(vendor, resource.account, handle)
    return Created(handle, review, shared=not is_own)


def _refused(run: Run, resource: Resource, twins: tuple[Review, ...], scope: str) -> SmsSignError:
    """The refusal of a twin; names the resource of this run that holds it."""
    for twin in twins:
        ref = run.ref(resource.vendor, resource.account, Handle(twin.id, twin.text, scope))
        owner = run.owners.owner(ref, besides=resource.urn)
        if owner:
            return DuplicateError(
                f"`{name_of(owner)}` of this program holds 【{twin.text}】 ({twin.id}); nothing "
                "was submitted",
                vendor=resource.vendor.name,
                advice="let one resource declare it, and use that one's outputs; or choose another "
                "text.",
            )
    return submission.taken(resource.vendor.rules, resource.application, twins)


def takes_existing(run: Run, resource: Resource) -> bool:
    """Whether what the account has already is the resource's: it says so, or its stack does."""
    return resource.adopt == EXISTING or (not resource.adopt and run.accounts.adopts_existing)


def _recovered(run: Run, resource: Resource, left: Entry, handle: Handle) -> Created:
    """What a run that was cut off had submitted, as far as the program still says so."""
    vendor, new = resource.vendor, resource.digests()
    other = {
        name for name in left.fields.keys() | new.keys() if left.fields.get(name) != new.get(name)
    }
    changed = f" with other {', '.join(sorted(other))}: run `pulumi up` again" if other else ""
    Row(resource.urn).warn(
        f"{handle.id} was submitted by an earlier run of this resource{changed}; it is taken over."
    )
    look = run.cache(vendor, resource.account).review
    review = submission.first_review(vendor.rules, look, handle)
    return Created(handle, review, accepted_at=left.at, without=frozenset(other))


def _begun_elsewhere(resource: Resource, other: Entry) -> DuplicateError:
    return DuplicateError(
        f"【{resource.text}】 was submitted {spoken(seconds_since(other.at))} ago by another "
        f"stack, {other.urn}, and {resource.vendor.name} does not show it (yet); nothing was "
        "submitted",
        vendor=resource.vendor.name,
        advice="let one stack manage it, and read it in the other with Signature.get; or run "
        "`pulumi up` again in ten minutes, when the vendor shows what there is.",
    )


def _clear_deletion(run: Run, resource: Resource, id_: str) -> None:
    """Forget that the signature in whose place this one stands was being deleted."""
    origin = run.origin(resource.vendor, resource.account)
    entry = run.journal.find("delete", resource.urn, origin, digest([resource.vendor.name, id_]))
    if entry:
        run.journal.clear(entry)


def tell_what_is_taken_over(run: Run, resource: Resource) -> None:
    """Say in the preview what a resource will take over, and where that differs.

    Raises:
        NotFoundError: `adopt=` names what is not there.
        InputError: another resource of this run holds it.
        DuplicateError: an approved one is there, and is not as declared.
    """
    plan = run.owners.seen(resource.urn).plan
    is_new = resource.state is None and not (plan and plan.takes_back)
    if resource.adopts and (is_new or resource.new_adoption):
        review: Review | None = _adopt(run, resource).review
    elif is_new and (takes_existing(run, resource) or resource.policy == "retain"):
        review = _existing(run, resource)
    else:
        return
    if review is None:
        return
    fields = resource.application.model_dump()
    differs = "".join(
        f"\n{name} is {quote(repr(review.reported[name]))} there, and otherwise in the program."
        for name in different(review.reported, fields)
        if fields.get(name) is not None
    )
    Row(resource.urn).note(
        f"takes over 【{review.text}】 ({review.id}), which is {review.status}: nothing is "
        f"submitted.{differs}"
    )


def _existing(run: Run, resource: Resource) -> Review | None:
    """What the account has and the resource would take over; None where it can't be asked."""
    application, vendor = resource.application, resource.vendor
    try:
        scope = run.api(vendor, resource.account).full_scope(application.scope)
        twins = look_for_twins(run, resource)
        found = taken_over(run, resource, twins.found, scope)
    except (DuplicateError, InputError):
        raise
    except SmsSignError:
        return None
    if not twins.found and not twins.unchecked and takes_existing(run, resource):
        Row(resource.urn).note(f"【{application.text}】 is not in the account: it is submitted.")
    return found


def still_there(vendor: Vendor, review: Review | None, handle: Handle) -> Review:
    """The review of a signature that the vendor must still have.

    Raises:
        NotFoundError: it has not.
    """
    if review is None:
        raise NotFoundError(
            f"{vendor.name} no longer has {handle.id}",
            vendor=vendor.name,
            advice="run `pulumi up` again: it will be submitted anew.",
        )
    return review
