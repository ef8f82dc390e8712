"""Submission: look for twins, send once, and look again where the answer was lost.

At most one submission is ever sent for one wish. What brackets it, the journal and the lock, is the
engine's side; a vendor that takes a token is given the journal's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.model.digests import different
from pulumi_smssign.model.durations import seconds_since, spoken
from pulumi_smssign.model.errors import (
    DuplicateError,
    InputError,
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
)
from pulumi_smssign.model.language import _, listed
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application

LOOKS = (0.0, 1.0, 3.0)
"""Seconds to wait before each look after a lost answer: a new signature may show up late."""


@dataclass(frozen=True)
class Twins:
    """The signatures that an account has under an application's unique key.

    `unchecked` is why the account could not be asked, or "".
    """

    reviews: tuple[Review, ...] = ()
    unchecked: str = ""


def twins_of(
    rules: Rules,
    api: Api[Application],
    application: Application,
    passed_over: Callable[[Review], bool],
    *,
    was_cut_off: bool,
) -> Twins:
    """The twins of an application, before it is submitted.

    A question that is refused says nothing of the application, so it doesn't stop it; unless a run
    was cut off while it submitted this: then it may be there.

    Args:
        rules: the vendor's rules.
        api: the account's calls.
        application: what is to be submitted.
        passed_over: whether a signature is none: just deleted, or another resource's.
        was_cut_off: whether the journal has an entry of this submission.

    Raises:
        OutcomeUnknownError: a run was cut off, and the account can't be asked.
    """
    if not api.capabilities.finds:
        if was_cut_off and not api.capabilities.takes_token:
            raise _unknown(rules, application, _no_look_up(rules))
        # With a token the vendor knows a second try for one, so nothing need be looked for.
        return Twins(unchecked="" if was_cut_off else _no_look_up(rules))
    try:
        reviews = api.find(application)
    except (InputError, RefusedError) as refused:
        if not was_cut_off:
            return Twins(unchecked=refused.summary)
        raise _unknown(rules, application, refused.summary, refused) from None
    return Twins(tuple(review for review in reviews if not passed_over(review)))


def _no_look_up(rules: Rules) -> str:
    return _("{vendor} has no look-up by text", vendor=rules.vendor)


def submit_once(
    rules: Rules,
    api: Api[Application],
    application: Application,
    passed_over: Callable[[Review], bool] = lambda _: False,
    *,
    token: str = "",
    sleep: Callable[[float], None] = lifeline.pause,
) -> Review:
    """Submit an application, and never a second one while the first may have worked.

    Args:
        rules: the vendor's rules.
        api: the account's calls.
        application: what to submit; its twins have been looked for.
        passed_over: whether a signature is none of ours.
        token: the same for each try of this submission, for a vendor that takes one.
        sleep: waits for some seconds.

    Returns:
        the new signature as the vendor's answer tells it; as a look has shown it, where the answer
        was lost.

    Raises:
        OutcomeUnknownError: the answer was lost and nothing is to be found (yet).
        SmsSignError: the vendor refused.
    """
    try:
        return api.submit(application, token)
    except OutcomeUnknownError as lost:
        twin = _look(api, application, passed_over, sleep) if api.capabilities.finds else None
        if twin is None:
            raise _lost(rules, lost, finds=api.capabilities.finds) from None
        return twin


def adopt(
    rules: Rules, api: Api[Application], handle: Handle, fields: Mapping[str, object]
) -> Review:
    """The review of a signature that exists already and shall be managed from now on.

    Args:
        rules: the vendor's rules.
        api: the account's calls.
        handle: the signature.
        fields: what the program declares.

    Raises:
        NotFoundError: the account has no such signature.
        InputError: its text, or what can't be changed of it, is another than the program's.
    """
    # By details: what is compared may be in none of the vendor's shorter answers.
    review = api.details(handle)
    if review is None:
        raise NotFoundError(
            _("there is no signature {id} to adopt in this account", id=handle.id),
            vendor=rules.vendor,
            advice=_("look up its id in the vendor's console, or take adopt= out to submit it."),
        )
    must_be_as_declared(rules, review, fields)
    return review


def must_be_as_declared(rules: Rules, review: Review, fields: Mapping[str, object]) -> None:
    """Make sure that a signature is the one that a program declares: its text and what is fixed.

    Raises:
        InputError: one of them is another than the program's; names them all.
    """
    fixed = (rules.unique | rules.fixed) - rules.console_only
    differing = [name for name in different(review.reported, fields) if name in fixed]
    if differing:
        lines = _lines(review, differing)
        raise InputError(
            _(
                "the signature {id} to adopt has {values}, and the program says otherwise",
                id=review.id,
                values=lines,
            ),
            vendor=rules.vendor,
            advice=_("write {values} to adopt it; change it after.", values=lines),
        )


def must_be_all_as_declared(rules: Rules, review: Review, fields: Mapping[str, object]) -> None:
    """Make sure that an approved twin can be taken over unasked: all that is told is as declared.

    What the vendor does not report, and what the program leaves out, is no difference.

    Raises:
        DuplicateError: something differs; names it all, with the ways out.
    """
    declared = {name: value for name, value in fields.items() if value is not None}
    reported = {name: value for name, value in review.reported.items() if name in declared}
    differing = different(reported, declared)
    if differing:
        lines = _lines(review, differing)
        raise DuplicateError(
            _(
                "the account has 【{text}】 already: {id} ({status}). It has {values}, and the "
                "program says otherwise; nothing was submitted",
                text=review.text,
                id=review.id,
                status=review.status.label,
                values=lines,
            ),
            vendor=rules.vendor,
            advice=_("write {values}, and it is taken over; or choose another text.", values=lines),
        )


def _lines(review: Review, names: Sequence[str]) -> str:
    return listed(f"{name}={written(review.reported[name])}" for name in names)


def written(value: object) -> str:
    """A value as a program writes it; a choice by its name."""
    return f"{type(value).__name__}.{value.name}" if isinstance(value, Enum) else repr(value)


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
        # Gone is what was wanted, whoever has done it.
        if _is_there(api, handle):
            raise lost from None
    return True


def still_there(rules: Rules, api: Api[Application], handle: Handle) -> Review:
    """The review of a signature that the vendor must still have.

    Raises:
        NotFoundError: it has not.
    """
    review = api.details(handle)
    if review is None:
        raise NotFoundError(
            _("{vendor} no longer has {id}", vendor=rules.vendor, id=handle.id),
            vendor=rules.vendor,
            advice=_("run `pulumi up` again: it will be submitted anew."),
        )
    return review


def _is_there(api: Api[Application], handle: Handle) -> bool:
    """Whether a signature is there; that nobody can tell is no proof that it is gone."""
    try:
        return handle in api.reviews([handle])
    except SmsSignError:
        return True


def _look(
    api: Api[Application],
    application: Application,
    passed_over: Callable[[Review], bool],
    sleep: Callable[[float], None],
) -> Review | None:
    for pause in LOOKS:
        sleep(pause)
        try:
            twins = [review for review in api.find(application) if not passed_over(review)]
        except SmsSignError:
            continue  # an outage at one look says nothing of the next
        if twins:
            return twins[0]
    return None


def taken(rules: Rules, application: Application, twins: Sequence[Review]) -> DuplicateError:
    """The refusal of a text that the account has already, with the ways out."""
    # Nobody can see at a vendor whose a signature is, so all ways out are the user's choice.
    approved = [review for review in twins if rules.is_approved(review)]
    ways = (
        _(
            "A resource of this stack had it under another name: give this one "
            'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="that name")]).'
        ),
        _(
            'It is to be taken over as it is: add adopt="{id}"; where runs begin on machines that '
            'are thrown away, adopt="existing" says so beforehand.',
            id=twins[0].id,
        ),
        _(
            "This very resource has it, after --replace or a taint: leave --replace out, or run "
            "`pulumi state untaint URN`."
        ),
        _("Another stack manages it: read it here with Signature.get."),
        _('With deletion_policy="retain" an approved one is taken over by itself.')
        if approved
        else "",
        _("None of these: choose another text."),
        _(rules.duplicate_hint),
    )
    return DuplicateError(
        _(
            "the account has 【{text}】 already: {ids}; nothing was submitted",
            text=application.text,
            ids=listed(f"{review.id} ({review.status.label})" for review in twins),
        ),
        vendor=rules.vendor,
        advice="\n    - ".join((_("what fits:"), *filter(None, ways))),
    )


def begun_elsewhere(rules: Rules, application: Application, urn: str, at: str) -> DuplicateError:
    """The refusal of a text that another resource submitted a moment ago (`at`, ISO 8601)."""
    return DuplicateError(
        _(
            "【{text}】 was submitted {span} ago by another stack, {urn}, and {vendor} does not "
            "show it (yet); nothing was submitted",
            text=application.text,
            span=spoken(seconds_since(at)),
            urn=urn,
            vendor=rules.vendor,
        ),
        vendor=rules.vendor,
        advice=_(
            "let one stack manage it, and read it in the other with Signature.get; or run "
            "`pulumi up` again in ten minutes, when the vendor shows what there is."
        ),
    )


def _unknown(
    rules: Rules, application: Application, why: str, refused: SmsSignError | None = None
) -> OutcomeUnknownError:
    """The refusal to submit a text that a cut-off run may have submitted."""
    return OutcomeUnknownError(
        _(
            "an earlier run was cut off while it submitted 【{text}】, and whether it arrived "
            "can't be seen: {why}; nothing was sent",
            text=application.text,
            why=why,
        ),
        vendor=rules.vendor,
        after=refused,
        advice=_(
            "look in the vendor's console: if it is there, add adopt= with its id; if not, "
            "`smssign journal clear` forgets the earlier run, and the next `pulumi up` submits it."
        ),
    )


def _lost(rules: Rules, lost: OutcomeUnknownError, *, finds: bool) -> OutcomeUnknownError:
    if not finds:
        return OutcomeUnknownError(
            _(
                "{lost}. Whether the application arrived is not known, and {vendor} has no "
                "look-up; it was not sent again",
                lost=lost.summary,
                vendor=rules.vendor,
            ),
            vendor=rules.vendor,
            after=lost,
            advice=_(
                "run `pulumi up` again on this machine: its journal knows of this submission."
            ),
        )
    return OutcomeUnknownError(
        _(
            "{lost}. Whether the application arrived is not known, and {vendor} does not show it "
            "(yet); it was not sent again",
            lost=lost.summary,
            vendor=rules.vendor,
        ),
        vendor=rules.vendor,
        after=lost,
        advice=_(
            "run `pulumi up` again: it looks before it submits, so there will be one signature, "
            "and on this machine it takes over what arrived. Where another machine then says that "
            "the account has it already, add the adopt= that it names."
        ),
    )
