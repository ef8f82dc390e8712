"""The six hooks of a signature, the same for every vendor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)

from pulumi_smssign import resubmission, submission
from pulumi_smssign.contract.application import Problem, doubts_of_the_name, examine
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.durations import now
from pulumi_smssign.engine import claims
from pulumi_smssign.engine.boundary import hook
from pulumi_smssign.engine.changes import Change
from pulumi_smssign.engine.confidence import words_of
from pulumi_smssign.engine.creation import Creation, still_there
from pulumi_smssign.engine.deletion import Deletion
from pulumi_smssign.engine.keys import RUN
from pulumi_smssign.engine.ledger import Held, Plan
from pulumi_smssign.engine.marks import deletion_of
from pulumi_smssign.engine.properties import (
    ACCEPTED_AT,
    COMMON,
    LEARNED,
    ORIGIN,
    PROVIDER,
    RETIRING,
    SHOWN_BEFORE,
    UNSEEN,
    Properties,
    adopted,
    as_edited,
    changed_fields,
    different,
    fields_of,
    handle_of,
    outputs_of,
    shown,
    state_of,
    unknown_fields,
    urn_of,
)
from pulumi_smssign.engine.row import Row
from pulumi_smssign.engine.run import Run
from pulumi_smssign.errors import NotFoundError, NotShownYetError, SmsSignError
from pulumi_smssign.filing import QualificationState
from pulumi_smssign.lifecycle import Handle, Replace, Request, Resubmit, Review
from pulumi_smssign.redaction import quote, readable, short
from pulumi_smssign.vendors import named


class SignatureHooks:
    """What becomes of a signature at any vendor; which one is in the resource's properties.

    Args:
        run: the run that this plugin works for.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    @hook
    def check(self, olds: Properties, news: Properties) -> CheckResult:
        """Every problem of the inputs at once, and warnings; then who owns what."""
        vendor, run = named(news["vendor"]), self._run
        facts = run.remember(news)
        inputs = {name: value for name, value in news.items() if name not in (RUN, RETIRING)}
        fields = fields_of(inputs)
        new = not olds and not adopted(inputs)
        findings = examine(vendor.application, fields, unknown_fields(inputs), new=new)
        failures = [_failure(found) for found in findings.problems]
        if failures:
            return CheckResult(inputs, failures)
        row = Row(urn_of(inputs))
        claims.claim(run, vendor, olds, inputs)
        if not olds or changed_fields(vendor, olds, inputs):
            _warn(row, findings.doubts)
        if facts.preview:
            run.announcements.announce_files(urn_of(inputs), fields)
        else:
            run.announcements.hold_to_files(urn_of(inputs), fields)
        waiting = claims.waiting(run, vendor, olds, inputs)
        if waiting:
            inputs[RETIRING] = [old.as_property() for old in waiting]
        return CheckResult(inputs, [])

    @hook
    def diff(self, id_: str, olds: Properties, news: Properties) -> DiffResult:
        """What the change means; the vendor is asked only when there is one."""
        run, vendor, urn = self._run, named(news["vendor"]), urn_of(news)
        facts = run.facts(urn)
        changed = changed_fields(vendor, olds, news)
        if facts is None or changed & unknown_fields(news):
            # A refresh shows the drift, and a question about dependents knows no values: there is
            # nothing to decide, and nothing may be deleted for it.
            return DiffResult(changes=bool(changed))
        run.ledger.rename(urn_of(olds), urn)
        change = Change(run, id_, olds, news)
        change.clear_marks()
        if change.is_none:
            change.keep()
            return DiffResult(changes=False)
        plan = change.plan()
        run.ledger.plan(urn, plan)
        if facts.preview:
            _tell(Row(urn), plan, vendor)
        change.announce_or_hold(plan)
        if isinstance(plan.decision, Replace):
            return DiffResult(
                changes=True,
                replaces=sorted(changed) or ["adopt"],
                delete_before_replace=plan.decision.delete_first,
            )
        return DiffResult(changes=plan.decision is not None or bool(plan.leaving))

    @hook
    def create(self, props: Properties) -> CreateResult:
        """Submit for review, adopt or take back; returns as soon as the vendor has accepted."""
        run, vendor = self._run, named(props["vendor"])
        got = Creation(run, vendor, props).carry_out()
        ref = run.ref(vendor, props["account"], got.handle)
        run.ledger.take(urn_of(props), Held(ref, got.handle, props["account"]))
        run.marks.clear(urn_of(props), ref.origin, deletion_of(got.handle.id))
        state = state_of(
            vendor,
            got.props,
            got.application,
            got.review,
            scope=got.handle.scope,
            origin=run.origin(props),
            revision=got.revision,
            accepted_at=got.accepted_at,
        )
        return CreateResult(got.handle.id, state)

    @hook
    def update(self, id_: str, olds: Properties, news: Properties) -> UpdateResult:
        """Resubmit in place, make a request, record, or let go what waited for the approval."""
        run, vendor, urn = self._run, named(news["vendor"]), urn_of(news)
        plan = run.ledger.plan_of(urn) or Change(run, id_, olds, news).plan()
        api, look = run.api(olds), run.view(olds).review
        application = run.application(news, olds)
        old = handle_of(id_, olds)
        handle = Handle(id_, plan.review.text, old.scope) if plan.review else old
        review, revision = plan.review, int(olds.get("revision") or 1)
        accepted_at = str(olds.get(ACCEPTED_AT) or "")
        shown_before = str(olds.get(SHOWN_BEFORE) or "")
        if isinstance(plan.decision, Request):
            for name in sorted(plan.decision.names):
                api.request(name, old)
            review = submission.first_review(vendor.rules, look, old)
        elif isinstance(plan.decision, Resubmit):
            claim = claims.WriteClaim(run, vendor, news, application, id_)
            before = still_there(vendor, plan.review, old)
            resubmission.resubmit_once(vendor.rules, api, old, application, before, claim=claim)
            accepted_at, revision = now(), revision + 1
            shown_before = shown(before)
            handle = Handle(id_, application.text, old.scope)
            review = submission.first_review(vendor.rules, look, handle)
        ref = run.ref(vendor, news["account"], handle)
        run.ledger.take(urn, Held(ref, handle, news["account"]))
        leaving = self._let_go(vendor, plan, urn)
        waiting = [entry for entry in news.get(RETIRING) or () if entry["id"] not in leaving]
        inputs = {name: value for name, value in news.items() if name != RETIRING}
        state = state_of(
            vendor,
            {**inputs, **({RETIRING: waiting} if waiting else {})},
            application,
            still_there(vendor, review, handle),
            scope=old.scope,
            origin=run.origin(news),
            revision=revision,
            accepted_at=accepted_at,
            shown_before=shown_before,
        )
        return UpdateResult(state)

    @hook
    def read(self, id_: str, props: Properties) -> ReadResult:
        """What the vendor says now; gone only when the vendor said so, where it was made."""
        run, vendor = self._run, named(props["vendor"])
        seen = (RUN, LEARNED, UNSEEN, SHOWN_BEFORE)
        known = {name: value for name, value in props.items() if name not in seen}
        row = Row(urn_of(known))
        handle = handle_of(id_, known)
        review = run.view(known).recent(handle)
        if review is None and "status" not in known:
            raise NotFoundError(
                f"{vendor.name} has no signature {id_} to read in this account",
                vendor=vendor.name,
                advice="look up its id in the vendor's console, or declare the signature.",
            )
        if "status" in known:
            claims.clear_submission(run, vendor, props)
        if review is None:
            try:
                run.must_be_gone(vendor, handle, props)
            except NotShownYetError as error:
                row.info(f"{error.summary}: state is left as it is.")
                return ReadResult(id_, {**known, UNSEEN: True}, _inputs_of(vendor, known))
            return ReadResult(None, {})
        if known.get("status") not in (None, str(review.status)):
            row.info(_news_of(known, review))
        _tell_of_papers(row, known, review)
        _warn(row, doubts_of_the_name(vendor.application, fields_of(known)))
        shown_before = str(props.get(SHOWN_BEFORE) or "")
        review = as_edited(vendor, known, review, shown_before)
        if review.is_earlier:
            known[SHOWN_BEFORE] = shown_before
        elif known.get("edit_status") and review.usable:
            row.info(f"the edit of 【{review.text}】 ({review.id}) is {review.status}")
        outputs, inputs = self._refreshed(vendor, known, review)
        return ReadResult(id_, {"scope": handle.scope, **outputs}, inputs)

    def _refreshed(
        self, vendor: Vendor, known: Properties, review: Review
    ) -> tuple[Properties, Properties]:
        """The outputs and inputs with what the vendor says now.

        What the program leaves out is learned: it stands in the outputs, and is no input.
        """
        is_managed = "status" in known
        learned = {name for name in review.reported if is_managed and known.get(name) is None}
        drifted = {name: review.reported[name] for name in different(review.reported, known)}
        waiting = [old.as_property() for old in claims.still_there(self._run, vendor, known)]
        outputs = {
            "revision": 0,
            **{name: value for name, value in known.items() if name != RETIRING},
            **drifted,
            **outputs_of(review),
            ORIGIN: self._run.origin(known),
            **({RETIRING: waiting} if waiting else {}),
        }
        inputs = _inputs_of(vendor, {k: v for k, v in outputs.items() if k not in learned})
        if learned:
            outputs[LEARNED] = sorted(learned)
        return outputs, inputs

    @hook
    def delete(self, id_: str, props: Properties) -> None:
        """Delete it at the vendor, unless something else holds it or its loss was not agreed to."""
        vendor = named(props["vendor"])
        Deletion(self._run, vendor, id_, props).carry_out()

    def _let_go(self, vendor: Vendor, plan: Plan, urn: str) -> set[str]:
        """Delete what has waited for the approval of the resource's signature.

        Returns:
            the ids of what needs to be remembered no more. Where the run has sent something to the
            vendor before, a deletion that fails is for the next run: state must have the first.

        Raises:
            SmsSignError: a deletion failed, and nothing was sent before.
        """
        row, leaving = Row(urn), {old.id for old in plan.leaving}
        has_sent = isinstance(plan.decision, Request | Resubmit)
        for old in plan.leaving:
            ref = self._run.ref(vendor, old.account, old.handle)
            if old.kept or vendor.rules.deletable is None:
                row.info(f"{old} stays in the account.")
            elif not self._run.ledger.has_withdrawn(ref):
                api = self._run.accounts.api(vendor.name, old.account)
                try:
                    submission.withdraw(api, old.handle)
                except SmsSignError as failed:
                    if not has_sent:
                        raise
                    leaving.discard(old.id)
                    row.warn(
                        f"{old} is not deleted yet: {failed.summary}. The next `pulumi up` tries "
                        "it again."
                    )
                    continue
                self._run.ledger.withdrew(ref)
                self._run.marks.clear(urn, ref.origin, old.key)
                row.info(f"{old} is deleted: its successor is approved.")
        return leaving


def _inputs_of(vendor: Vendor, known: Mapping[str, Any]) -> Properties:
    return {
        name: known[name]
        for name in (*vendor.application.model_fields, *COMMON)
        if name in known and name != PROVIDER
    }


def _failure(problem: Problem) -> CheckFailure:
    """The problem for the engine.

    It is not given the property: the engine would print the property's value beside the reason,
    that of a secret in clear (seen with 3.250).
    """
    return CheckFailure("", f"{problem.property}: {readable(problem.reason)}")


def _warn(row: Row, doubts: Iterable[Problem]) -> None:
    for doubt in doubts:
        row.warn(f"{doubt.property}: {doubt.reason}")


def _tell(row: Row, plan: Plan, vendor: Vendor) -> None:
    """Say in the preview what a change means."""
    decision = plan.decision
    warning, note = getattr(decision, "warning", ""), getattr(decision, "note", "")
    if warning:
        row.warn(warning)
    if note:
        row.note(note)
    for old in plan.leaving:
        if old.kept or vendor.rules.deletable is None:
            row.note(f"{old} stays in the account: its successor is approved.")
        else:
            row.note(f"{old} will be deleted: its successor is approved.")


def _tell_of_papers(row: Row, known: Properties, review: Review) -> None:
    """What has become of the filing and of the qualification since the stack last looked.

    An approval stays when the one is lost or the other withdrawn, and texts arrive no more.
    """
    name, filing, papers = f"【{review.text}】 ({review.id})", review.filing, review.qualification
    before = (known.get("filing") or {}).get("state")
    if before not in (None, str(filing.state)):
        reasons = words_of(quote(", ".join(filing.reasons)), "filing", "reason", of=known)
        why = f": {reasons}" if reasons else ""
        news = f"the filing of {name} with the carriers is {filing} (was {before}){why}"
        if filing.is_lost:
            row.warn(f"{news}. Texts may not arrive any more; mend it in the vendor's console.")
        else:
            row.info(news)
    was = (known.get("qualification") or {}).get("state")
    called = words_of(quote(papers.name) or short(papers.id), "qualification", of=known)
    if was == QualificationState.APPROVED and papers.state is not QualificationState.APPROVED:
        row.warn(
            f"the qualification {called} of {name} is {papers.state} (was {was})."
            " Its filing may be lost with it; mend it in the vendor's console."
        )


def _news_of(known: Properties, review: Review) -> str:
    told = words_of(quote(review.reason), "reason", of=known)
    reason = f": {told}" if told else ""
    return f"【{review.text}】 ({review.id}) is {review.status} (was {known['status']}){reason}"
