"""Writing once: no vendor has an idempotency key, so look, submit, and look again in doubt.

At most one submission is ever sent for one wish. A signature that is found before it is not ours;
one that is found after a lost answer is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from pulumi_smssign.application import Application
from pulumi_smssign.errors import (
    DuplicateError,
    InputError,
    NotFoundError,
    OutcomeUnknownError,
    SmsSignError,
)
from pulumi_smssign.lifecycle import Handle, Review, Rules, Status
from pulumi_smssign.vendor import Api

LOOKS = (0.0, 1.0, 3.0)
"""Seconds to wait before each look after a lost answer: a new signature may show up late."""

_withdrawn_lock = threading.Lock()
_withdrawn: set[tuple[str, str]] = set()


def submit_once(
    rules: Rules,
    api: Api[Application],
    application: Application,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Submit an application, and never a second one while the first may have worked.

    Returns:
        the signature's id, also when the vendor's answer was lost.

    Raises:
        EvidenceError: a proof file has changed; nothing was sent.
        DuplicateError: the account has a signature with that unique key already.
        OutcomeUnknownError: the answer was lost and nothing is to be found (yet).
    """
    application.verify_evidence()
    taken = _living(rules, api.find(application))
    if taken:
        raise _taken(rules, application, taken)
    try:
        return api.submit(application)
    except OutcomeUnknownError as lost:
        found = _look(rules, api, application, sleep)
        if found is None:
            raise _lost(rules, lost) from None
        return found.id


def resubmit_once(
    rules: Rules,
    api: Api[Application],
    handle: Handle,
    application: Application,
    submitted_at: str,
) -> None:
    """Change a signature in place and have it reviewed again.

    Args:
        rules: the vendor's law.
        api: the account's calls.
        handle: the signature.
        application: what it shall be.
        submitted_at: when the application in state was submitted (ISO 8601), or "".

    Raises:
        EvidenceError: a proof file has changed; nothing was sent.
        OutcomeUnknownError: the answer was lost and the review doesn't tell.
    """
    application.verify_evidence()
    try:
        api.resubmit(handle, application)
    except OutcomeUnknownError as lost:
        moved = Handle(handle.id, application.text, handle.scope)
        review = api.reviews([moved]).get(moved)
        if review is not None and (_has_left(rules, review) or _is_newer(review, submitted_at)):
            return
        lost.advice = (
            "run `pulumi up` again: the change will be sent once more to the same signature, "
            f"{handle.id}."
        )
        raise


def adopt(rules: Rules, api: Api[Application], handle: Handle, application: Application) -> Review:
    """The review of a signature that exists already and shall be managed from now on.

    Raises:
        NotFoundError: the account has no such signature.
        InputError: its text is another one than the program's.
    """
    review = api.reviews([handle]).get(handle)
    if review is None:
        raise NotFoundError(
            f"there is no signature {handle.id} to adopt in this account",
            vendor=rules.vendor,
            advice="look up its id in the vendor's console, or take adopt= out to submit it.",
        )
    if review.text != application.text:
        raise InputError(
            f"the signature {handle.id} to adopt is 【{review.text}】, and the program says "
            f"【{application.text}】",
            vendor=rules.vendor,
            advice=f"write {application.text_field}={review.text!r} to adopt it; change it after.",
        )
    return review


def withdraw(rules: Rules, api: Api[Application], handle: Handle) -> bool:
    """Delete a signature; False when the vendor no longer had it.

    Raises:
        OutcomeUnknownError: the answer was lost and the signature is still there.
    """
    try:
        api.withdraw(handle)
    except NotFoundError:
        return False
    except OutcomeUnknownError:
        if handle in api.reviews([handle]):
            raise
    with _withdrawn_lock:
        _withdrawn.add((rules.vendor, handle.id))
    return True


def first_review(rules: Rules, api: Api[Application], handle: Handle) -> Review:
    """What the vendor says of a signature that it has just taken.

    Never raises: a create that fails after the vendor has said yes would lose the signature.
    """
    try:
        review = api.reviews([handle]).get(handle)
    except SmsSignError:
        review = None
    return review or Review(
        id=handle.id,
        text=handle.text,
        status=Status.PENDING,
        vendor_status=rules.submitted,
    )


def _living(rules: Rules, found: Sequence[Review]) -> list[Review]:
    """The signatures found, without those that this run has just deleted and a list still has."""
    with _withdrawn_lock:
        return [review for review in found if (rules.vendor, review.id) not in _withdrawn]


def _look(
    rules: Rules, api: Api[Application], application: Application, sleep: Callable[[float], None]
) -> Review | None:
    for pause in LOOKS:
        sleep(pause)
        try:
            found = _living(rules, api.find(application))
        except SmsSignError:
            continue
        if found:
            return found[0]
    return None


def _taken(rules: Rules, application: Application, taken: Sequence[Review]) -> DuplicateError:
    listed = ", ".join(f"{review.id} ({review.status})" for review in taken)
    return DuplicateError(
        f"the account has 【{application.text}】 already: {listed}; nothing was submitted",
        vendor=rules.vendor,
        advice=f'add adopt="{taken[0].id}" to the resource to manage that one, '
        "or give the new one another text.",
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
        advice="run `pulumi up` again: it looks before it submits, so there will be one signature.",
    )


def _has_left(rules: Rules, review: Review) -> bool:
    """Where only rejected signatures are changed, nothing but a resubmission leads out of that."""
    return (
        all(rules.status(raw) is Status.REJECTED for raw in rules.modifiable)
        and review.status is not Status.UNKNOWN
        and review.vendor_status not in rules.modifiable
    )


def _is_newer(review: Review, submitted_at: str) -> bool:
    return bool(review.submitted_at and submitted_at) and review.submitted_at > submitted_at
