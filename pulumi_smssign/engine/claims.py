"""Who owns a text or a signature in this program, settled when the engine checks a resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from pulumi_smssign import submission
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.durations import seconds_since, spoken
from pulumi_smssign.engine import runs
from pulumi_smssign.engine.keys import key_of
from pulumi_smssign.engine.ledger import same_text
from pulumi_smssign.engine.marks import Mark
from pulumi_smssign.engine.properties import (
    ACCEPTED_AT,
    adopted,
    different,
    name_of,
    unique_key,
    unknown_fields,
    urn_of,
)
from pulumi_smssign.engine.retiring import Predecessor, digests, retiring_of
from pulumi_smssign.engine.row import Row
from pulumi_smssign.engine.run import Run
from pulumi_smssign.errors import (
    DuplicateError,
    InputError,
    RefusedError,
    SmsSignError,
)
from pulumi_smssign.lifecycle import EXISTING, SHOWN_AFTER, Handle, Review
from pulumi_smssign.redaction import quote
from pulumi_smssign.submission import Claim

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application


def claim(run: Run, vendor: Vendor, olds: Mapping[str, Any], news: Mapping[str, Any]) -> None:
    """Claim a resource's text, and what it adopts; say once when keys are not used.

    Raises:
        InputError: another resource of this program has the text or the signature.
        NotFoundError: there is nothing to adopt.
        AccountError: the configuration lacks what the vendor needs.
    """
    urn = urn_of(news)
    origin = run.origin(news)
    facts = run.facts(urn)
    _mention_unused_keys(run, news)
    key = unique_key(vendor, news)
    run.ledger.check_in(urn)
    if key:
        text = f"【{news.get(vendor.application.text_field)}】 at {vendor.name}"
        twin = run.twin_of(vendor, key, str(news["account"]), urn)
        if twin is not None:
            raise same_text(name_of(urn), twin.name, text)
        run.ledger.claim_text(urn, (vendor.name, origin, key), text)
    is_preview = facts is not None and facts.preview
    adopt = adopted(news)
    if adopt and adopt != adopted(olds):
        claim_adoption(run, vendor, news, Handle(adopt))
        if is_preview and key:
            _announce_adoption(run, vendor, news, adopt)
    elif not adopt and not olds and is_preview and takes_existing(run, news):
        _announce_what_exists(run, vendor, news)


def claim_adoption(run: Run, vendor: Vendor, news: Mapping[str, Any], handle: Handle) -> None:
    """Claim a signature that a resource takes over; its account is asked nothing.

    Raises:
        InputError: another resource of this program has it, or this run can't know.
    """
    if run.is_partial:
        raise InputError(
            f"adopt= asks whether another resource holds {handle.id}, and this run leaves some out",
            vendor=vendor.name,
            advice="run `pulumi up` for the whole program, without --target and --exclude.",
        )
    ref = run.ref(vendor, news["account"], handle)
    run.ledger.claim_adoption(urn_of(news), ref)


def takes_existing(run: Run, news: Mapping[str, Any]) -> bool:
    """Whether what the account has already is the resource's: it says so, or its stack does."""
    return news.get("adopt") == EXISTING or (not news.get("adopt") and run.accounts.adopts_existing)


def waiting(
    run: Run, vendor: Vendor, olds: Mapping[str, Any], news: Mapping[str, Any]
) -> tuple[Predecessor, ...]:
    """The signatures that a resource's state is to remember until its own is approved.

    Of a resource that goes on, those that its state remembers and that are still there; of one
    that takes another's place, what its Diff has found. To both comes what a run of it that was
    cut off has submitted under another text. What another resource of the program declares is left
    to that one.
    """
    urn = urn_of(news)
    run.marks.clear(urn, run.origin(news), *(old.key for old in retiring_of(olds)))
    if olds:
        remembered = tuple(_there(run, vendor, olds, unique_key(vendor, news)))
    else:
        plan = run.ledger.plan_of(urn)
        remembered = plan.successor_retires if plan else ()
    remembered = (*remembered, *_left_behind(run, vendor, olds, news, remembered))
    kept = tuple(old for old in remembered if run.wanted_elsewhere(vendor, old, urn) is None)
    if olds and len(kept) < len(remembered):
        run.ledger.pass_on(urn)
    run.ledger.remember(urn, (run.ref(vendor, old.account, old.handle) for old in kept))
    return kept


def still_there(run: Run, vendor: Vendor, state: Mapping[str, Any]) -> tuple[Predecessor, ...]:
    """The signatures that a resource's state remembers and that the vendor still has."""
    return tuple(_there(run, vendor, state))


def clear_submission(run: Run, vendor: Vendor, state: Mapping[str, Any]) -> None:
    """Forget the mark of a submission whose signature state has."""
    key, accepted_at = unique_key(vendor, state), str(state.get(ACCEPTED_AT) or "")
    run.marks.settle(urn_of(state), run.origin(state), key, accepted_at)


class WriteClaim(Claim):
    """A resource's claim on what it is about to submit or resubmit.

    A list may still show what this run has deleted; a vendor that does not tell one kind of
    signature from the other may find one that another resource holds; and a mark tells that an
    earlier run was cut off.

    Args:
        run: the run.
        vendor: the vendor.
        props: the resource's inputs.
        application: what it submits.
        id_: the signature that is changed in place, or "" for a new one.
    """

    def __init__(
        self,
        run: Run,
        vendor: Vendor,
        props: Mapping[str, Any],
        application: Application,
        id_: str = "",
    ) -> None:
        self._run = run
        self._vendor = vendor
        self._props = props
        self._scope = run.api(props).full_scope(application.scope)
        self._mark = Mark(
            urn_of(props),
            run.origin(props),
            id_ or unique_key(vendor, props),
            digests(vendor, props),
            {} if id_ else {name: props.get(name) for name in sorted(vendor.rules.unique)},
        )

    def is_anothers(self, review: Review) -> bool:
        """Whether this run has deleted it, or another resource of the program holds it."""
        handle = Handle(review.id, review.text, self._scope)
        ref = self._run.ref(self._vendor, self._props["account"], handle)
        if self._run.ledger.has_withdrawn(ref):
            return True
        holder = self._run.ledger.holder(ref)
        held = self._run.ledger.held_by(holder) if holder else None
        return held is not None and held.handle.scope != self._scope

    def takes_existing(self) -> bool:
        """Whether what exists is this resource's."""
        return takes_existing(self._run, self._props)

    def alone(self) -> AbstractContextManager[None]:
        """The time in which no other run on this machine submits this text in this account."""
        return runs.alone(self._mark.what or key_of([self._mark.urn]))

    def must_be_first(self) -> None:
        """Make sure that no other stack has submitted it a moment ago.

        Raises:
            DuplicateError: one has, from this machine; the vendor does not show it yet.
        """
        mark = self._mark
        urns = self._run.ledger.all_of(mark.urn)
        begun = self._run.marks.begun_elsewhere(urns, mark.origin, mark.what)
        if begun is None:
            return
        text = self._props.get(self._vendor.application.text_field)
        raise DuplicateError(
            f"【{text}】 was submitted {spoken(begun.ago)} ago by another stack, {begun.urn}, and "
            f"{self._vendor.name} does not show it (yet); nothing was submitted",
            vendor=self._vendor.name,
            advice="let one stack manage it, and read it in the other with Signature.get; or run "
            "`pulumi up` again in ten minutes, when the vendor shows what there is.",
        )

    def was_cut_off(self) -> bool:
        """Whether there is a mark of such a submission."""
        return self.left is not None

    @property
    def left(self) -> Mark | None:
        """The mark of such a write by a run that was cut off, also under an earlier name."""
        marks, mark = self._run.marks, self._mark
        urns = self._run.ledger.all_of(mark.urn)
        return next(filter(None, (marks.find(urn, mark.origin, mark.what) for urn in urns)), None)

    def is_absent(self, application: Application) -> bool:
        """Whether the list that this run's hooks share shows none; what this run sends is no part.

        Each text is claimed by one resource, so nobody else in this run submits this one.
        """
        return self._run.view(self._props).is_absent(application)

    def begin(self) -> None:
        """Set the mark."""
        self._run.marks.keep(self._mark)

    def forget(self) -> None:
        """Clear the mark."""
        self._run.marks.clear(self._mark.urn, self._mark.origin, self._mark.what)


def _there(
    run: Run, vendor: Vendor, state: Mapping[str, Any], wanted: str = ""
) -> Iterator[Predecessor]:
    """Those that are still there, or whose key is wanted; all where the vendor can't be asked."""
    for old in retiring_of(state):
        try:
            review = run.review_of(vendor, old)
        except SmsSignError:
            yield old
            continue
        if review is None and _is_surely_gone(run, vendor, old):
            continue
        if _is_past(run, vendor, old, state) and old.key != wanted:
            continue
        yield old


def _left_behind(
    run: Run,
    vendor: Vendor,
    olds: Mapping[str, Any],
    news: Mapping[str, Any],
    remembered: tuple[Predecessor, ...],
) -> Iterator[Predecessor]:
    """What an earlier run of this resource has submitted, and it no longer declares; says so.

    That run was cut off; or state has it, and the engine, which was told to replace the resource,
    does not show its state.

    A mark of what has not arrived goes, as soon as no list can be late any more; one of what
    another resource of the program declares goes at once.
    """
    if unknown_fields(news):
        return
    urn, origin = urn_of(news), run.origin(news)
    own = unique_key(vendor, olds) if olds else ""
    known = {unique_key(vendor, news), own, *(old.key for old in remembered)}
    for mark in run.marks.left_by(urn, origin, *known):
        if run.twin_of(vendor, mark.what, str(news["account"]), urn) is not None:
            run.marks.clear(urn, origin, mark.what)
            continue
        api, application = run.api(news), run.application({**news, **mark.unique})
        try:
            found = [one for one in api.find(application) if _is_of(mark, one)]
        except SmsSignError:
            continue
        if not found and seconds_since(mark.at) > SHOWN_AFTER:
            run.marks.clear(urn, origin, mark.what)
        for review in found[:1]:
            facts = run.facts(urn)
            old = Predecessor(
                id=review.id,
                text=review.text,
                scope=api.full_scope(application.scope),
                account=str(news["account"]),
                key=mark.what,
                origin=origin,
                accepted_at=mark.at,
                kept=facts is not None and facts.retains,
                fields=mark.fields,
            )
            Row(urn).note(
                f"{old} was submitted by an earlier run of this resource, and is {review.status}: "
                "it is remembered as one that this resource replaces."
            )
            yield old


def _is_of(mark: Mark, review: Review) -> bool:
    """Whether a signature may be what a mark tells of: it was not submitted long after."""
    if not review.submitted_at:
        return True
    return seconds_since(review.submitted_at) > seconds_since(mark.at) - SHOWN_AFTER


def _is_surely_gone(run: Run, vendor: Vendor, old: Predecessor) -> bool:
    """Whether one that the vendor does not show has gone: it was shown, and in this account."""
    is_too_new = old.unseen and seconds_since(old.accepted_at) < SHOWN_AFTER
    elsewhere = old.origin not in ("", run.accounts.origin(vendor.name, old.account))
    return not is_too_new and not elsewhere


def _is_past(run: Run, vendor: Vendor, old: Predecessor, state: Mapping[str, Any]) -> bool:
    """Whether one that is never deleted need not be remembered: its successor is approved."""
    if vendor.rules.deletable is not None or vendor.rules.identity != "text":
        return False
    text = str(state.get(vendor.application.text_field) or "")
    handle = Handle(text, text, old.scope)
    try:
        review = run.view(state).review(handle)
    except SmsSignError:
        return False
    return review is not None and review.usable


def _announce_what_exists(run: Run, vendor: Vendor, news: Mapping[str, Any]) -> None:
    """Say in the preview whether the account has what is the resource's, where it can be asked."""
    if unknown_fields(news):
        return
    application = run.application(news)
    own = WriteClaim(run, vendor, news, application)
    try:
        found = [one for one in run.api(news).find(application) if not own.is_anothers(one)]
    except (InputError, RefusedError):
        return
    if len(found) == 1:
        claim_adoption(run, vendor, news, Handle(found[0].id))
        _announce_adoption(run, vendor, news, found[0].id)
    elif not found:
        Row(urn_of(news)).note(f"【{application.text}】 is not in the account: it is submitted.")


def _announce_adoption(run: Run, vendor: Vendor, news: Mapping[str, Any], adopt: str) -> None:
    """Say in the preview what is taken over, and where it differs from the program."""
    api = run.api(news)
    row = Row(urn_of(news))
    handle = Handle(adopt, scope=api.full_scope(""))
    review = submission.adopt(vendor.rules, api, handle, news)
    differs = "".join(
        f"\n{name} is {quote(repr(review.reported[name]))} there, and otherwise in the program."
        for name in different(review.reported, news)
    )
    row.note(
        f"takes over 【{review.text}】 ({review.id}), which is {review.status}: nothing is "
        f"submitted.{differs}"
    )


def _mention_unused_keys(run: Run, news: Mapping[str, Any]) -> None:
    unused = run.accounts.unused_keys(news["vendor"], news["account"])
    facts = run.facts(urn_of(news))
    if not unused or facts is None or not run.first_time("unused keys"):
        return
    if facts.preview or not run.announcements.has_any():
        Row(urn_of(news)).warn(
            f"smssign:sandbox is set, so the keys of {unused} are not used: nothing of this run "
            "reaches a vendor."
        )
