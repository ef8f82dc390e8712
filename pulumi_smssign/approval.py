"""`Approval`: the resource that waits for the verdict, one for many signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Literal, TypedDict

import pulumi
from pulumi.dynamic import Resource
from pulumi.runtime import rpc

from pulumi_smssign.model.language import CLAUSES, _, listed
from pulumi_smssign.model.vocabulary import IN_CONFIDENCE, REVIEW, Deliverable, Status
from pulumi_smssign.outputs import Review
from pulumi_smssign.program.facts import OptionsSeen, program_facts
from pulumi_smssign.program.output_types import output_type
from pulumi_smssign.provider import ApprovalProvider
from pulumi_smssign.signature import Signature

__all__ = ["Approval", "ApprovalArguments"]

_OUTPUTS = ("approved", "deliverable", "reviews")
_SUBMISSION = ("id", "revision", "accepted_at")
"""The outputs of a signature in which two submissions of it differ."""


class ApprovalArguments(TypedDict, total=False):
    """The arguments of an `Approval` beside its signatures, for a `Brand`.

    What each is stands at `Approval`.
    """

    timeout: pulumi.Input[str | float]
    poll_interval: pulumi.Input[str | float]
    until: Literal["approved", "filed"]
    on_pending: Literal["await", "fail", "continue"]
    opts: pulumi.ResourceOptions | None


class Approval(OptionsSeen, Resource, module="smsApproval", name="SmsApproval"):
    """Waits until signatures are approved, so that what depends on it may use them.

    Args:
        resource_name: the resource's name in the program.
        signatures: the signatures to wait for, of any vendor.
        timeout: how long to wait at the most, such as "30m", "2h", "90s" or a number of seconds;
            0 asks once. A review takes hours or days, and the next `up` goes on: so five minutes
            are for what a vendor refuses or approves at once, not for the reviewer.
        poll_interval: how long to wait between two looks at first; it grows while nothing moves.
        until: "approved" waits for the vendor's verdict, "filed" for the carriers' filing after it
            as well. Alibaba Cloud and Huawei Cloud tell of that; where none of the signatures is
            theirs, "filed" is refused, and where some are, a warning names the others. It takes
            days: let a run come now and then.
        on_pending: how the run ends when the time is up and nothing was refused. "await" ends it
            *awaiting* (from Pulumi 3.274 on: exit code 10, whatever doesn't depend on this is done;
            red before), "fail" red, "continue" green with `approved` false. The next `up` goes on
            in any case. Without it: "await" until all was approved once, and "fail" from then on,
            since an awaiting run deletes what the program makes inside `approval.….apply`. A
            rejection always fails.
        opts: Pulumi's options.

    Raises:
        TypeError: something in `signatures` is no signature.

    One Approval for many signatures asks a vendor once for all of them, so it beats many Approvals.
    """

    approved: pulumi.Output[bool]
    """Whether every signature was approved when last asked."""
    deliverable: pulumi.Output[Deliverable]
    """Whether messages under all of them arrive, as far as is told: "yes", "no" or "unknown"."""
    reviews: pulumi.Output[list[Review]]
    """What each signature was when last asked: name, vendor, account, id, text, status, reason,
    deliverable."""

    _targets: list[Signature]
    """Its signatures, in the order of `reviews`."""
    _statuses: list[pulumi.Output[Status]]
    """Their statuses, in the same order."""

    def __init__(
        self,
        resource_name: str,
        *,
        signatures: Iterable[Signature],
        timeout: pulumi.Input[str | float] = "5m",
        poll_interval: pulumi.Input[str | float] = "10s",
        until: Literal["approved", "filed"] = "approved",
        on_pending: Literal["await", "fail", "continue"] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        _give_types()
        self._must_not_be_imported(opts, resource_name)
        self._targets = targets = _all_of(signatures)
        personal = [value for signature in targets for value in signature._in_confidence]  # noqa: SLF001
        super().__init__(
            ApprovalProvider(),
            resource_name,
            {
                **dict.fromkeys(_OUTPUTS),
                "signatures": [_target(signature) for signature in targets],
                "timeout": timeout,
                "poll_interval": poll_interval,
                "until": until,
                "on_pending": on_pending,
                **({IN_CONFIDENCE: pulumi.Output.secret(personal)} if personal else {}),
                **program_facts(self),
            },
            opts,
        )
        self._statuses = [self._show(place, each) for place, each in enumerate(targets)]

    def _show(self, place: int, signature: Signature) -> pulumi.Output[Status]:
        """The status that was seen of a signature, whose outputs in the program say so from now on.

        In its own state they are as of its last create, update or refresh, which no other resource
        can change: exported, they would contradict `approved`.
        """
        own = pulumi.Output.all(**signature._own_review)  # noqa: SLF001
        submission = {name: getattr(signature, name) for name in _SUBMISSION}
        asked: pulumi.Output[Any] = vars(self)["signatures"]
        parts = pulumi.Output.all(self.reviews, asked, submission, own)
        seen_or_own = parts.apply(lambda known: _latest(place, *known))

        def either(reviews: object) -> pulumi.Output[dict[str, Any]]:
            # One that awaits, or that `--target` leaves out before it is made, has none yet.
            has_none = rpc.contains_unknowns(reviews) and not pulumi.runtime.is_dry_run()
            return own if has_none else seen_or_own

        latest: pulumi.Output[dict[str, Any]]
        latest = self.reviews.apply(either, run_with_unknowns=True)
        for name in signature._own_review:  # noqa: SLF001
            seen = latest.apply(itemgetter(name))
            # All reviews are secret where one has a secret text; a status tells nothing of it.
            if name != "reason" and not {name, REVIEW} & signature._hidden.outputs:  # noqa: SLF001
                seen = pulumi.Output.unsecret(seen)
            setattr(signature, name, seen)
        return signature.status

    def status_of(self, signature: Signature) -> pulumi.Output[Status]:
        """The status of one of its signatures when last asked: as fresh as `approved`.

        It is the signature's own `status`, where the program reads that after this Approval.

        Raises:
            TypeError: it doesn't wait for that one.
        """
        if signature not in self._targets:
            raise TypeError(
                _(
                    "status_of() takes one of the Approval's own signatures: "
                    "add {name} to signatures=",
                    name=repr(getattr(signature, "pulumi_resource_name", signature)),
                )
            )
        return self._statuses[self._targets.index(signature)]

    def _instead_of_import(self, identifier: str, *, is_read: bool) -> str:
        del identifier, is_read
        return _("an Approval, which is nothing at a vendor: leave import_ out")


@cache
def _give_types() -> None:
    """Have the SDK find the outputs' types; some programs make no Approval."""
    Approval.__annotations__ = {"reviews": pulumi.Output[list[output_type(Review)]]}  # type: ignore[misc] # the SDK reads it, no type checker does


def _all_of(given: object) -> list[Signature]:
    """The signatures as a list.

    Raises:
        TypeError: says what was given, and what is wanted.
    """
    if isinstance(given, Signature):
        raise TypeError(_("signatures= takes a list of signatures, even of one: put it in [ ]"))
    if isinstance(given, Mapping):
        raise TypeError(
            _("signatures= takes a list of signatures: of a mapping, give its .values()")
        )
    if isinstance(given, str | pulumi.Output) or not isinstance(given, Iterable):
        raise TypeError(
            _("signatures= takes a list of signatures: {problem}", problem=_described(given))
        )
    items = list(given)
    wrong = [item for item in items if not isinstance(item, Signature)]
    if wrong:
        raise TypeError(
            _(
                "signatures= takes signatures, such as a tencent.Signature itself: {problems}",
                problems=listed(map(_described, wrong), CLAUSES),
            )
        )
    return items


def _latest(
    place: int,
    reviews: Sequence[Mapping[str, Any]] | None,
    asked: Sequence[Mapping[str, Any]] | None,
    submission: Mapping[str, object],
    own: dict[str, Any],
) -> dict[str, Any]:
    """What was seen of the signature at a place, or its own outputs where that is newer.

    An Approval that `--target` leaves out has what it saw of an earlier submission, and one that
    Pulumi's mocks made for a program's own tests has nothing.
    """
    if not reviews or not asked:
        return own
    if any(asked[place].get(name) != value for name, value in submission.items()):
        return own
    review = reviews[place]
    usable = review["status"] == Status.APPROVED
    return {"usable": usable} | {name: review[name] for name in own.keys() & review.keys()}


def _described(given: object) -> str:
    """A description of a value that is no signature, and of what may be meant."""
    if isinstance(given, pulumi.Output):
        return _("an output is no signature: give the resource itself, and not its .id")
    if isinstance(given, str):
        return _(
            "{value} is a text: for a signature that exists, give Signature.get(...)",
            value=repr(given),
        )
    if isinstance(given, pulumi.ComponentResource):
        return _("a component is no signature: give those in it, such as brand.signatures.values()")
    return _("{value} is no signature", value=repr(given))


def _target(signature: Signature) -> dict[str, pulumi.Input[Any]]:
    return {
        **signature._hidden.as_property(),  # noqa: SLF001
        "name": signature.pulumi_resource_name,
        "id": signature.id,
        "text": signature.text,
        "scope": signature.scope,
        "vendor": signature._vendor,  # noqa: SLF001 - known in each preview
        "account": signature.account,
        "revision": signature.revision,
        "accepted_at": signature.accepted_at,
        "unseen": signature._is_unseen,  # noqa: SLF001
    }
