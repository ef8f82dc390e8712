"""Coming to hold a signature: taken back, adopted, or submitted, which may find what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_smssign import submission
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.durations import now
from pulumi_smssign.engine import claims
from pulumi_smssign.engine.properties import Properties, adopted, different, urn_of
from pulumi_smssign.engine.retiring import Predecessor, digests
from pulumi_smssign.engine.row import Row
from pulumi_smssign.engine.run import Run
from pulumi_smssign.errors import NotFoundError
from pulumi_smssign.lifecycle import Handle, Review
from pulumi_smssign.submission import Submission

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application


@dataclass(frozen=True)
class Obtained:
    """A signature that a resource has come to hold.

    `props` are the inputs that state is to have: of what an earlier run sent, only those that the
    program still says.
    """

    handle: Handle
    review: Review
    application: Application
    props: Properties
    revision: int = 1
    accepted_at: str = ""


class Creation:
    """The engine's wish to create a resource, or the new side of a replaced one.

    Args:
        run: the run.
        vendor: the vendor.
        props: the resource's inputs.
    """

    def __init__(self, run: Run, vendor: Vendor, props: Properties) -> None:
        self._run = run
        self._vendor = vendor
        self._props = props
        self._row = Row(urn_of(props))
        self._api = run.api(props)
        self._application = run.application(props)

    def carry_out(self) -> Obtained:
        """Get the signature; returns as soon as the vendor has accepted it.

        Raises:
            SmsSignError: there is none; nothing is lost.
        """
        plan = self._run.ledger.plan_of(urn_of(self._props))
        if plan and plan.takes_back:
            return self._take_back(plan.takes_back)
        if adopted(self._props):
            scope = self._api.full_scope(self._application.scope)
            return self._adopt(Handle(adopted(self._props), scope=scope))
        return self._submit()

    def _take_back(self, old: Predecessor) -> Obtained:
        review = still_there(self._vendor, self._api.details(old.handle), old.handle)
        return self._obtained(old.handle, review, revision=old.revision, since=old.accepted_at)

    def _adopt(self, handle: Handle) -> Obtained:
        ref = self._run.ref(self._vendor, self._props["account"], handle)
        self._run.ledger.claim_adoption(urn_of(self._props), ref)
        declared = self._application.model_dump()
        review = submission.adopt(self._vendor.rules, self._api, handle, declared)
        return self._obtained(handle, review)

    def _submit(self) -> Obtained:
        claim = claims.WriteClaim(self._run, self._vendor, self._props, self._application)
        left, scope = claim.left, self._api.full_scope(self._application.scope)
        submitted = submission.submit_once(self._vendor.rules, self._api, self._application, claim)
        accepted_at = now()
        handle = Handle(submitted.id, self._application.text, scope)
        if submitted.existed:
            return self._take_existing(handle)
        self._tell_what_was_unchecked(submitted)
        review = submission.first_review(
            self._vendor.rules, self._run.view(self._props).review, handle
        )
        sent = self._as_it_was_sent(left.fields, handle) if submitted.was_cut_off and left else None
        return self._obtained(handle, review, since=accepted_at, props=sent)

    def _take_existing(self, handle: Handle) -> Obtained:
        claims.claim_adoption(self._run, self._vendor, self._props, handle)
        got = self._adopt(handle)
        other = different(got.review.reported, self._props)
        differs = f"; there otherwise than in the program: {', '.join(other)}" if other else ""
        self._row.info(f"{handle.id}, which the account had already, is taken over{differs}")
        return got

    def _tell_what_was_unchecked(self, submitted: Submission) -> None:
        if submitted.unchecked:
            self._row.warn(
                f"{self._application.text!r} was submitted unchecked: whether the account has such "
                f"a signature already could not be asked.\n{submitted.unchecked}"
            )

    def _as_it_was_sent(self, sent: Mapping[str, str], handle: Handle) -> Properties:
        """What a run that was cut off had submitted, as far as the program still says so.

        What it says otherwise by now is left out: the next run sees that it differs.
        """
        new = digests(self._vendor, self._props)
        other = {name for name in sent.keys() | new.keys() if sent.get(name) != new.get(name)}
        changed = f" with other {', '.join(sorted(other))}: run `pulumi up` again" if other else ""
        self._row.warn(
            f"{handle.id} was submitted by an earlier run of this resource{changed}; it is taken "
            "over."
        )
        return {name: value for name, value in self._props.items() if name not in other}

    def _obtained(
        self,
        handle: Handle,
        review: Review,
        *,
        revision: int = 1,
        since: str = "",
        props: Properties | None = None,
    ) -> Obtained:
        kept = self._props if props is None else props
        return Obtained(handle, review, self._application, kept, revision, since)


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
