"""Messages of the hooks: what they tell, warn of and refuse, in the reader's language.

They stand apart from the hooks, since a sentence with all its facts is longer than the step that it
is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pulumi_smssign.core.accounts import SANDBOX
from pulumi_smssign.model.decide import name_of as signature_of
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    ReviewMovedError,
)
from pulumi_smssign.model.language import _, labelled, listed
from pulumi_smssign.model.urns import name_of

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.core.state import State
    from pulumi_smssign.model.findings import Problem
    from pulumi_smssign.model.review import Review


def where(origin: str) -> str:
    """The side and account of an origin, in words."""
    which, _dash, fingerprint = origin.partition("-")
    if which == SANDBOX:
        return _("in the sandbox ({account})", account=fingerprint)
    return _("in account {account}", account=fingerprint)


# Errors of every hook


def goes_on() -> str:
    """The advice where something went wrong after a vendor had accepted."""
    return _(
        "run `pulumi up` again: what was accepted before is in state, and it goes on from there."
    )


def old_keys() -> str:
    """The advice beside refused keys in a hook that has the last run's configuration."""
    return _(
        "A refresh and a destroy use the configuration, keys too, as of the last `pulumi up`. "
        "Where it has changed since: run `pulumi up` first, or add --run-program."
    )


def made_elsewhere(urn: str, vendor: str, state: State, now: str, consequence: str) -> AccountError:
    """The refusal of a signature that was made on another side, or in another account."""
    return AccountError(
        _(
            "{id} at {vendor} was made {there}; this stack now asks {here}, {consequence}",
            id=state.id,
            vendor=vendor,
            there=where(state.origin),
            here=where(now),
            consequence=consequence,
        ),
        vendor=vendor,
        advice=_(
            "set the configuration back to what it was (keys, endpoint, smssign:sandbox), and run "
            "it again. If the signature is really to be forgotten by this stack: pulumi state "
            "delete '{urn}'.",
            urn=urn,
        ),
    )


def moved(vendor: str, summary: str) -> ReviewMovedError:
    """The refusal of a change whose plan is old."""
    return ReviewMovedError(
        summary,
        vendor=vendor,
        advice=_("run `pulumi up` again: it tells what the change means now."),
    )


# Check and Create


def of_property(problem: Problem) -> str:
    """A problem or a doubt, after the property that it is about."""
    return labelled(problem.property, problem.reason)


def unchecked(text: str, why: str) -> str:
    """The warning of a submission whose twins could not be looked for."""
    return _(
        "{text} was submitted unchecked: the account could not be asked whether it has such a "
        "signature already.\n{why}",
        text=repr(text),
        why=why,
    )


def takes_over(review: Review, differing: Mapping[str, str]) -> str:
    """The preview's line on a signature that will be taken over, and what it has otherwise."""
    taken = _(
        "takes over {name}, which is {status}: nothing is submitted.",
        name=f"【{review.text}】 ({review.id})",
        status=review.status.label,
    )
    others = (
        _(
            "{field} is {value} there, and the program says otherwise.",
            field=field,
            value=value,
        )
        for field, value in differing.items()
    )
    return "\n".join((taken, *others))


def taken_over(review: Review, differing: Iterable[str]) -> str:
    """The line on a signature that was there, as the program says that it may be."""
    if fields := listed(differing):
        return _(
            "{id}, which the account had already, is taken over; it differs from the program in "
            "{fields}",
            id=review.id,
            fields=fields,
        )
    return _("{id}, which the account had already, is taken over", id=review.id)


def taken_over_unasked(review: Review) -> str:
    """The line on an approved signature that was there, with all as declared."""
    return _(
        "{name} is {status} and is taken over: the account had it as declared, and nothing is "
        "submitted.",
        name=f"【{review.text}】 ({review.id})",
        status=review.status.label,
    )


def recovered(id_: str, changed: Iterable[str]) -> str:
    """The warning of a signature that a run which was cut off had submitted."""
    taken = _("{id} was submitted by an earlier run of this resource; it is taken over.", id=id_)
    if fields := listed(sorted(changed)):
        return "\n".join((taken, _("It has other {fields}: run `pulumi up` again.", fields=fields)))
    return taken


def held_already(vendor: str, owner: str, twin: Review) -> DuplicateError:
    """The refusal of a text that another resource of this run holds."""
    return DuplicateError(
        _(
            "`{owner}` of this program holds {name}; nothing was submitted",
            owner=name_of(owner),
            name=f"【{twin.text}】 ({twin.id})",
        ),
        vendor=vendor,
        advice=_(
            "let one resource declare it, and use that one's outputs; or choose another text."
        ),
    )


# Diff and Update


def has_other_content(vendor: str, old: Predecessor, differing: Iterable[str]) -> InputError:
    """The refusal of a predecessor's text with other content than it was submitted with."""
    return InputError(
        _(
            "{name} is still at {vendor}, and the program wants its text back with other content "
            "({fields})",
            name=old,
            vendor=vendor,
            fields=listed(sorted(differing)),
        ),
        vendor=vendor,
        advice=_(
            'take those changes back too, and it is simply kept; or add adopt="{id}" to keep it as '
            "it is. What it is to become after that is a change of its own.",
            id=old.id,
        ),
    )


def spent_adoption(vendor: str, id_: str, spent: str) -> InputError:
    """The refusal of a replacement that would adopt the very signature that it replaces."""
    return InputError(
        _(
            "the signature {id} is to be replaced, and adopt= says to take over {spent} instead of "
            "submitting a new one",
            id=id_,
            spent=spent,
        ),
        vendor=vendor,
        advice=_("take the line adopt= out of the resource: it has done its work."),
    )


def incomplete(problems: Iterable[Problem]) -> InputError:
    """The refusal of a replacement whose application could not be submitted."""
    lines = (f"  - {of_property(problem)}" for problem in problems)
    return InputError(
        "\n".join((_("a new application could not be submitted:"), *lines)),
        advice=_("mend these properties in the program and run `pulumi up` again."),
    )


def taken_back(old: Predecessor) -> str:
    """The preview's line on a predecessor that becomes the resource's own again."""
    return _(
        "{name} is still there and is kept: the change is taken back, and its unfinished successor "
        "withdrawn.",
        name=old,
    )


def has_it(vendor: str, fields: Iterable[str]) -> str:
    """The note on a change that the vendor has already."""
    return _(
        "{vendor} has it as the program says ({fields}): only recorded, nothing is sent.",
        vendor=vendor,
        fields=listed(sorted(fields)),
    )


def is_replacement(vendor: str, id_: str, review: Review | None) -> ReviewMovedError:
    """The refusal of a change in place that has become a replacement."""
    if review is None:
        return moved(
            vendor,
            _(
                "{vendor} no longer has {id} by now, so this change is a replacement",
                vendor=vendor,
                id=id_,
            ),
        )
    return moved(
        vendor,
        _(
            "{name} is {status} by now, so this change is a replacement",
            name=signature_of(review),
            status=review.status.label,
        ),
    )


def not_deleted(old: Predecessor, why: str) -> str:
    """The summary of a failure to delete a predecessor."""
    return _("{name} is not deleted yet: {why}", name=old, why=why)


# Delete and Read


def deleted(old: Predecessor, why: str) -> str:
    """The line on a signature that is deleted."""
    return _("{name} is deleted: {why}.", name=old, why=why)


def will_be_deleted(old: Predecessor, why: str) -> str:
    """The preview's line on a predecessor that goes with the change."""
    return _("{name} will be deleted: {why}.", name=old, why=why)


def stays(old: Predecessor, why: str) -> str:
    """The line on a signature that stays in the account."""
    return _("{name} stays in the account: {why}.", name=old, why=why)


def stays_while(vendor: str, old: Predecessor, review: Review, words: str) -> str:
    """The line on a signature that its vendor does not delete in this status, in its words."""
    why = _(
        "{vendor} does not delete it while it is {status}",
        vendor=vendor,
        status=review.status.label,
    )
    return f"{stays(old, why)} {words}"


def managed_by(owner: str) -> str:
    """Why a signature stays: another resource goes on with it."""
    return _("`{owner}` manages it now", owner=name_of(owner))


def made_there(origin: str, here: str) -> str:
    """Why a signature stays: it was made where this run doesn't ask."""
    return _("it was made {there}, and this run asks {here}", there=where(origin), here=where(here))


def known_by_text_only(origin: str) -> str:
    """Why a signature stays: another one of its text may be in this account."""
    return _(
        "it was made {there}, and these keys know it by text only",
        there=where(origin),
    )


def takes_up_again(why: str, id_: str, *, by_itself: bool) -> str:
    """Why a signature stays, and the way back to it."""
    if by_itself:
        return _(
            '{why}; declared again it is taken up by itself, or adopt="{id}" takes it up again',
            why=why,
            id=id_,
        )
    return _('{why}; adopt="{id}" takes it up again', why=why, id=id_)


def moved_before_deletion(
    vendor: str, old: Predecessor, review: Review, why: str
) -> ReviewMovedError:
    """The refusal to delete for its replacement what has been approved since."""
    return moved(
        vendor,
        _(
            "{name} is {status} by now, and is not deleted for its replacement: {why}",
            name=old,
            status=review.status.label,
            why=why,
        ),
    )


def nothing_to_read(vendor: str, id_: str) -> NotFoundError:
    """The refusal to read what is not there."""
    return NotFoundError(
        _("{vendor} has no signature {id} to read in this account", vendor=vendor, id=id_),
        vendor=vendor,
        advice=_("look up its id in the vendor's console, or declare the signature."),
    )


# Approval


def may_cost() -> str:
    """The warning of a wait that may end awaiting while something hangs on the approval."""
    return _(
        "if there is no verdict in time, the run ends awaiting, and the engine deletes what the "
        "program makes inside approval.….apply: give that depends_on=[approval] instead."
    )


def keeps_reports(names: str, why: str) -> str:
    """The warning of reports that were not refreshed."""
    return _(
        "{names} couldn't be asked, since {why}: `reviews` keeps what was told last.",
        names=names,
        why=why,
    )


def untold_filings(vendors: Iterable[str]) -> str:
    """The problem that vendors tell nothing of the filing that is to be waited for."""
    names = tuple(vendors)
    if len(names) == 1:
        return _("{vendor} tells nothing of the carriers' filing", vendor=names[0])
    return _("{vendors} tell nothing of the carriers' filing", vendors=listed(names))
