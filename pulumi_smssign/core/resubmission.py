"""Resubmission: a change in place, sent once, and looked for where the answer was lost.

What every vendor needs stands here: a look before where the text is what a signature is known by,
the review that moved meanwhile, and the look after, or several where the answer was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.codes import NEW_PREVIEW
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.submission import LOOKS
from pulumi_smssign.model.errors import (
    AccountError,
    BugError,
    DuplicateError,
    InputError,
    OutcomeUnknownError,
    RefusedError,
    ReviewMovedError,
    SmsSignError,
)
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application

_PERHAPS_FILED = mark(
    "If nothing is wrong with it: an open application may be locked while the carriers file it; "
    "wait for the verdict and run `pulumi up` again. Nothing is lost."
)
_NO_PROOF = (Status.REJECTED, Status.UNKNOWN)


def resubmit_once(
    rules: Rules,
    api: Api[Application],
    handle: Handle,
    application: Application,
    before: Review,
    *,
    sleep: Callable[[float], None] = lifeline.pause,
) -> None:
    """Change a signature in place and have it reviewed again.

    Args:
        rules: the vendor's rules.
        api: the account's calls.
        handle: the signature.
        application: what it shall be.
        before: what the vendor said of the signature when the change was decided.
        sleep: waits for some seconds.

    Raises:
        ReviewMovedError: the vendor refused, since the review no longer lets it change.
        OutcomeUnknownError: the answer was lost and the review doesn't tell.
        SmsSignError: the vendor refused for another reason.
    """
    is_renamed = _is_renamed(rules, handle, application)
    try:
        api.resubmit(handle, application)
    except OutcomeUnknownError as lost:
        # Where the text is the identity, the signature is found by its new one.
        moved = Handle(handle.id, application.text, handle.scope)
        if any(_is_proof(before, after, is_renamed) for after in _looks(api, moved, sleep)):
            return
        lost.advice = _(
            "run `pulumi up` again: the change will be sent once more to the same signature, {id}, "
            "unless it is seen to have arrived.",
            id=handle.id,
        )
        raise
    except SmsSignError as refused:
        _raise_if_moved(rules, api, handle, refused)
        raise


def _is_renamed(rules: Rules, handle: Handle, application: Application) -> bool:
    """Whether a change gives another text to a signature that is known by its text."""
    return rules.identity == "text" and application.text != handle.text


def must_be_possible(
    rules: Rules, api: Api[Application], handle: Handle, application: Application
) -> None:
    """Make sure that a change can be sent: its proof files are there, and its new text is free.

    Where a signature is known by its text, a lost answer is found by the new one.

    Raises:
        EvidenceError: a proof file has changed.
        DuplicateError: the new text is another signature's.
    """
    application.verify_evidence()
    if not _is_renamed(rules, handle, application) or not api.capabilities.finds:
        return
    for other in api.find(application):
        raise DuplicateError(
            _(
                "the account has 【{other}】 already ({status}), so 【{text}】 can't become it; "
                "nothing was sent",
                other=other.text,
                status=other.status.label,
                text=handle.text,
            ),
            vendor=rules.vendor,
            advice=_(
                "choose another text; or take this change back and manage that signature with a "
                'resource of its own that has adopt="{id}".',
                id=other.id,
            ),
        )


def review_after(
    rules: Rules, look: Callable[[Handle], Review | None], handle: Handle
) -> tuple[Review, BugError | None]:
    """The review of a signature after a change in place, and the bug in reading it, if any.

    Never raises: the change was accepted. That the vendor can't be asked now, or does not show it
    yet, is no trouble: it is in review, and state says that it was not seen.
    """
    review, bug = None, None
    try:
        review = look(handle)
    except SmsSignError:
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours
        bug = BugError.of(error)
    return review or rules.accepted(handle.id, handle.text), bug


def _looks(
    api: Api[Application], handle: Handle, sleep: Callable[[float], None]
) -> Iterator[Review | None]:
    """Repeated reviews of a signature: a change may show late."""
    for pause in LOOKS:
        sleep(pause)
        try:
            yield api.reviews([handle]).get(handle)
        except SmsSignError:
            continue  # an outage at one look says nothing of the next


def _is_proof(before: Review, after: Review | None, is_renamed: bool) -> bool:  # noqa: FBT001
    """Whether a review shows that a change has arrived whose answer was lost.

    A new text does, where nothing had it before; so does a later submission, and to be in review
    again after a rejection, since nothing but a resubmission leads there.
    """
    if after is None:
        return False
    # UNKNOWN proves nothing: any status may have become one that this version doesn't know.
    has_left = before.status is Status.REJECTED and after.status not in _NO_PROOF
    is_newer = bool(before.submitted_at) and after.submitted_at > before.submitted_at
    is_another = bool(before.trace and after.trace) and after.trace != before.trace
    return is_renamed or has_left or is_newer or is_another


def _raise_if_moved(
    rules: Rules, api: Api[Application], handle: Handle, refused: SmsSignError
) -> None:
    """Raise `ReviewMovedError` for a refusal by the review, which seldom has a code of its own."""
    # Without a code it was no vendor's verdict, so no review is behind it.
    if not refused.code or not isinstance(refused, InputError | RefusedError | AccountError):
        return
    try:
        review = api.reviews([handle]).get(handle)
    except SmsSignError:
        return
    if review is None:
        return
    if review.vendor_status in rules.modifiable | rules.editable_when_approved:
        if review.status is Status.PENDING and isinstance(refused, InputError | RefusedError):
            refused.advice = f"{refused.advice}\n    {_(_PERHAPS_FILED)}"
        return
    raise ReviewMovedError(
        _(
            "{vendor} refused {action}: 【{text}】 is {status} by now, and can't be changed any "
            "more",
            vendor=rules.vendor,
            action=refused.action,
            text=review.text,
            status=review.status.label,
        ),
        vendor=rules.vendor,
        advice=_(NEW_PREVIEW),
        after=refused,
    ) from None
