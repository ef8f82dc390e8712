"""Writing once: no vendor has an idempotency key, so look, submit, and look again in doubt.

At most one submission is ever sent for one wish. A signature that is found before it is not ours;
one that is found after a lost answer is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from pulumi_smssign import lifeline
from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.engine.properties import different
from pulumi_smssign.errors import (
    DuplicateError,
    InputError,
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
)
from pulumi_smssign.lifecycle import Handle, Review, Rules, Status

LOOKS = (0.0, 1.0, 3.0)
"""Seconds to wait before each look after a lost answer: a new signature may show up late."""


class Claim:
    """What is known of the signatures that may be found, and of a write that was cut off.

    This one knows nothing: it is for those who have nobody beside them.
    """

    def is_anothers(self, review: Review) -> bool:
        """Whether a signature is to be passed over: just deleted, or another resource's."""
        del review
        return False

    def was_cut_off(self) -> bool:
        """Whether a run of this very resource was cut off while it submitted this."""
        return False

    def is_absent(self, application: Application) -> bool:
        """Whether a list of a moment ago shows that the account has none with that key."""
        del application
        return False

    def takes_existing(self) -> bool:
        """Whether the program says that what the account has already is this resource's."""
        return False

    def alone(self) -> AbstractContextManager[None]:
        """The time in which nobody else looks for this signature or submits it."""
        return nullcontext()

    def must_be_first(self) -> None:
        """Make sure that nobody else has submitted it a moment ago, whatever a list shows.

        Raises:
            DuplicateError: somebody has.
        """

    def begin(self) -> None:
        """Note that a write is about to be sent."""

    def forget(self) -> None:
        """Note that nothing came of it."""


NO_CLAIM = Claim()


@dataclass(frozen=True)
class Submission:
    """A signature that was submitted.

    `was_cut_off` is whether an earlier run did so, `existed` whether the account had it already.
    `unchecked` is why the account could not be asked before whether it has one like it, or "".
    """

    id: str
    was_cut_off: bool = False
    existed: bool = False
    unchecked: str = ""


def submit_once(
    rules: Rules,
    api: Api[Application],
    application: Application,
    claim: Claim = NO_CLAIM,
    sleep: Callable[[float], None] = lifeline.pause,
) -> Submission:
    """Submit an application, and never a second one while the first may have worked.

    Args:
        rules: the vendor's law.
        api: the account's calls.
        application: what to submit.
        claim: what is known of the signatures that may be found.
        sleep: waits for some seconds.

    Returns:
        the signature, also when the vendor's answer was lost, when an earlier run was cut off, or
        when what exists is to be taken over.

    Raises:
        EvidenceError: a proof file has changed; nothing was sent.
        DuplicateError: the account has a signature with that unique key already.
        OutcomeUnknownError: an earlier run was cut off and the account can't be looked up; or the
            answer was lost and nothing is to be found (yet).
    """
    application.verify_evidence()
    with claim.alone():
        return _submit_alone(rules, api, application, claim, sleep)


def _submit_alone(
    rules: Rules,
    api: Api[Application],
    application: Application,
    claim: Claim,
    sleep: Callable[[float], None],
) -> Submission:
    taken, unchecked = _look_before(rules, api, application, claim)
    if taken and claim.was_cut_off():
        return Submission(taken[0].id, was_cut_off=True)
    if len(taken) == 1 and claim.takes_existing():
        return Submission(taken[0].id, existed=True)
    if taken:
        raise _taken(rules, application, taken)
    claim.must_be_first()
    claim.begin()
    try:
        return Submission(api.submit(application), unchecked=unchecked)
    except OutcomeUnknownError as lost:
        found = _look(api, application, claim, sleep)
        if found is None:
            raise _lost(rules, lost) from None
        return Submission(found.id, unchecked=unchecked)
    except SmsSignError:
        claim.forget()
        raise


def _look_before(
    rules: Rules, api: Api[Application], application: Application, claim: Claim
) -> tuple[list[Review], str]:
    """What the account has with that key; and where the vendor takes no such question, why.

    A question that is refused says nothing of the application, so it doesn't stop it; unless
    something may have been submitted before. Then a list of a moment ago won't do either.
    """
    if not claim.was_cut_off() and claim.is_absent(application):
        return [], ""
    try:
        found = api.find(application)
    except (InputError, RefusedError) as refused:
        if not claim.was_cut_off():
            return [], refused.summary
        raise OutcomeUnknownError(
            f"an earlier run was cut off while it submitted 【{application.text}】, and whether it "
            f"arrived can't be seen: {refused.summary}; nothing was sent",
            vendor=rules.vendor,
            action=refused.action,
            code=refused.code,
            words=refused.words,
            request_id=refused.request_id,
            advice="look in the vendor's console: if it is there, add adopt= with its id; if not, "
            "choose another text or run `pulumi up` from another machine, which knows of no "
            "earlier run.",
        ) from None
    return [review for review in found if not claim.is_anothers(review)], ""


def adopt(
    rules: Rules, api: Api[Application], handle: Handle, inputs: Mapping[str, object]
) -> Review:
    """The review of a signature that exists already and shall be managed from now on.

    Args:
        rules: the vendor's law.
        api: the account's calls.
        handle: the signature.
        inputs: what the program declares.

    Raises:
        NotFoundError: the account has no such signature.
        InputError: its text, or what can't be changed of it, is another than the program's.
    """
    review = api.details(handle)
    if review is None:
        raise NotFoundError(
            f"there is no signature {handle.id} to adopt in this account",
            vendor=rules.vendor,
            advice="look up its id in the vendor's console, or take adopt= out to submit it.",
        )
    must_be_as_declared(rules, review, inputs)
    return review


def must_be_as_declared(rules: Rules, review: Review, inputs: Mapping[str, object]) -> None:
    """Make sure that a signature is the one that a program declares: its text and what is fixed.

    Raises:
        InputError: one of them is another than the program's; names them all.
    """
    kept = (rules.unique | rules.fixed) - rules.attached
    other = [name for name in different(review.reported, inputs) if name in kept]
    if other:
        lines = ", ".join(f"{name}={review.reported[name]!r}" for name in other)
        raise InputError(
            f"the signature {review.id} to adopt has {lines}, and the program says otherwise",
            vendor=rules.vendor,
            advice=f"write {lines} to adopt it; change it after.",
        )


def withdraw(api: Api[Application], handle: Handle) -> bool:
    """Delete a signature; False when the vendor no longer had it.

    Raises:
        OutcomeUnknownError: the answer was lost and the signature is still there.
    """
    try:
        api.withdraw(handle)
    except NotFoundError:
        return False
    except OutcomeUnknownError as lost:
        if _is_there(api, handle):
            raise lost from None
    return True


def _is_there(api: Api[Application], handle: Handle) -> bool:
    """Whether a signature is there; that nobody can tell is no proof that it is gone."""
    try:
        return handle in api.reviews([handle])
    except SmsSignError:
        return True


def first_review(rules: Rules, look: Callable[[Handle], Review | None], handle: Handle) -> Review:
    """What the vendor says of a signature that it has just taken.

    Never raises: a create that fails after the vendor has said yes would lose the signature.
    """
    try:
        review = look(handle)
    except Exception:  # noqa: BLE001 - whatever the vendor answers, the signature is there
        review = None
    return review or Review(
        id=handle.id,
        text=handle.text,
        status=Status.PENDING,
        vendor_status=rules.submitted,
        is_assumed=True,
    )


def _look(
    api: Api[Application],
    application: Application,
    claim: Claim,
    sleep: Callable[[float], None],
) -> Review | None:
    for pause in LOOKS:
        sleep(pause)
        try:
            found = [review for review in api.find(application) if not claim.is_anothers(review)]
        except SmsSignError:
            continue
        if found:
            return found[0]
    return None


def _taken(rules: Rules, application: Application, taken: Sequence[Review]) -> DuplicateError:
    listed = ", ".join(f"{review.id} ({review.status})" for review in taken)
    ways = (
        (
            "A resource of this stack had it under another name: give this one "
            'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="that name")]).'
        ),
        (
            f'It is to be taken over as it is: add adopt="{taken[0].id}"; where runs begin on '
            'machines that are thrown away, adopt="existing" says so beforehand.'
        ),
        (
            "This very resource has it, after --replace or a taint: leave --replace out, or run "
            "`pulumi state untaint URN`."
        ),
        "Another stack manages it: read it here with Signature.get.",
        "None of these: choose another text.",
        *filter(None, (rules.twins,)),
    )
    return DuplicateError(
        f"the account has 【{application.text}】 already: {listed}; nothing was submitted",
        vendor=rules.vendor,
        advice="\n    - ".join(("what fits:", *ways)),
    )


def _lost(rules: Rules, lost: OutcomeUnknownError) -> OutcomeUnknownError:
    return OutcomeUnknownError(
        f"{lost.summary}. Whether the application arrived is not known, and {rules.vendor} does "
        "not show it (yet); it was not sent again",
        vendor=rules.vendor,
        action=lost.action,
        code=lost.code,
        words=lost.words,
        request_id=lost.request_id,
        advice="run `pulumi up` again: it looks before it submits, so there will be one signature, "
        "and on this machine it takes over what arrived. Where another machine then says that the "
        "account has it already, add the adopt= that it names.",
    )
