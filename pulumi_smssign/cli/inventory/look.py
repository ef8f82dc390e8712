"""The looks at accounts: at what the stack has, by its state, and at all that they have.

Either changes nothing, and asks each account once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pulumi_smssign.cli.inventory.held import Held
from pulumi_smssign.cli.inventory.stack import Account
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.steps import Move, Step, step_out
from pulumi_smssign.contract.together import together
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.outputs import ORIGIN, SHOWN_BEFORE, as_edited
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.verdicts import Target, Until, Verdict, ask
from pulumi_smssign.model.errors import InputError, RefusedError, SmsSignError
from pulumi_smssign.model.filing import CarrierFiling, Filing
from pulumi_smssign.model.redaction import HIDDEN, hide, keep_secret, sanitized
from pulumi_smssign.model.review import Handle, Review


def look(accounts: Accounts, held: Sequence[Held], until: Until = "approved") -> list[Standing]:
    """The standing of each signature: one question for all of an account.

    Never raises for an account that can't be asked: its signatures say so.
    """
    groups: dict[Account, list[Held]] = {}
    for one in held:
        groups.setdefault((one.vendor, one.account), []).append(one)
    looks = together(lambda group: _of_account(accounts, group, until), groups.values())
    found = {standing.held.key: standing for standing in chain.from_iterable(looks)}
    own = {one.held.urn: one for one in found.values() if one.held.role == "managed"}
    standings = [found[one.key] for one in held]
    return [replace(one, given=one.given or step_out(one, own)) for one in standings]


def _of_account(accounts: Accounts, held: Sequence[Held], until: Until) -> list[Standing]:
    vendor, account = named(held[0].vendor), held[0].account
    targets = [
        Target(one.name, one.vendor, account, one.handle, one.unseen_since, until) for one in held
    ]
    verdicts = ask(accounts.api, targets)
    if (failure := verdicts[0].failure) is not None:
        return [Standing(vendor, one, None, str(failure)) for one in held]
    origin = accounts.origin(vendor.name, account)
    pairs = zip(held, verdicts, strict=True)
    return [_standing(vendor, one, verdict, origin) for one, verdict in pairs]


def _standing(vendor: Vendor, held: Held, verdict: Verdict, origin: str) -> Standing:
    review = verdict.review
    if review is not None:
        review = as_edited(vendor, held.state, review, held.said(SHOWN_BEFORE))
        return Standing(vendor, held, replace(verdict, review=_shown(held, review)))
    if held.said(ORIGIN) in ("", origin) or verdict.is_too_new:
        return Standing(vendor, held, verdict)
    trouble = (
        f"{vendor.title} has no {held.handle.id} here, but it was made in another account or "
        "on another side (vendor or sandbox) than this configuration leads to"
    )
    return Standing(vendor, held, None, hide(trouble), Step(Move.LOOK, " at the configuration"))


def _shown(held: Held, review: Review) -> Review:
    """The review as it may be shown: others' words told, and none that the program hides."""
    if held.hides("text"):
        keep_secret([review.text])
    hides, filing, papers = held.hides("reason"), review.filing, review.qualification

    def said(reasons: Sequence[str]) -> Sequence[str]:
        return () if hides else tuple(map(sanitized, reasons))

    carriers = {
        sanitized(name): CarrierFiling(one.state, sanitized(one.since), said(one.reasons))
        for name, one in filing.carriers.items()
    }
    return replace(
        review,
        text=sanitized(review.text),
        reason=HIDDEN if hides and review.reason else sanitized(review.reason),
        remark=sanitized(review.remark),
        filing=Filing(filing.state, carriers, sanitized(filing.since), said(filing.reasons)),
        qualification=replace(papers, id=sanitized(papers.id), name=sanitized(papers.name)),
    )


@dataclass(frozen=True)
class Survey:
    """The signatures of accounts; `troubles` are the accounts that couldn't be asked, and why.

    `unlisted` are those whose vendor takes no such question.
    """

    found: tuple[Standing, ...]
    troubles: Mapping[Account, str]
    unlisted: Mapping[Account, str]
    asked: tuple[Account, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every account was asked that lists what it has, and there was one."""
        return not self.troubles and bool(self.asked)


def survey(
    accounts: Accounts,
    there: Sequence[Account],
    held: Sequence[Held],
    text: str = "",
    *,
    whole: bool = False,
) -> Survey:
    """The survey of accounts: each signature, whether or not a resource of the stack has it.

    Args:
        accounts: how to ask.
        there: the accounts to ask.
        held: what the stack's state tells of.
        text: a part of the text; "" for all.
        whole: whether to ask for all that the vendor tells of what is beside the stack, which may
            take a call each.
    """
    found: list[Standing] = []
    troubles: dict[Account, str] = {}
    unlisted: dict[Account, str] = {}
    for account in there:
        try:
            found += list(_listed(accounts, account, held, text, whole=whole))
        except (InputError, RefusedError) as error:
            unlisted[account] = str(error)
        except SmsSignError as error:
            troubles[account] = str(error)
    asked = tuple(one for one in there if one not in troubles and one not in unlisted)
    return Survey(tuple(found), troubles, unlisted, asked)


def _listed(
    accounts: Accounts, account: Account, held: Sequence[Held], text: str, *, whole: bool
) -> Iterator[Standing]:
    vendor, api = named(account[0]), accounts.api(*account)
    # Read and managed in one stack: whoever manages it has it.
    here = sorted(held, key=lambda one: one.role != "read")
    own = {one.handle.id: one for one in here if (one.vendor, one.account) == account}
    by_text = {one.handle.text: one for one in own.values() if vendor.rules.identity == "text"}
    for review in api.listed(text):
        is_abroad = review.reported.get("international") is True
        handle = Handle(review.id, review.text, "international" if is_abroad else "")
        holder = own.get(review.id) or by_text.get(review.text)
        beside = Held("", "", *account, handle, "beside")
        one = replace(holder, handle=handle) if holder else beside
        more = api.details(handle) if whole and holder is None else None
        target = Target(one.name, *account, handle)
        yield Standing(vendor, one, Verdict(target, _shown(one, more or review)))
