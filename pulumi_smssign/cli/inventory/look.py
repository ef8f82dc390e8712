"""The looks at accounts: at what the stack has, by its state, and at all that they have.

Either changes nothing, and asks each account once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from pulumi_smssign.cli.inventory.departures import departure_step, has_left, holder_of
from pulumi_smssign.cli.inventory.signatures import StackSignature
from pulumi_smssign.cli.inventory.stack import Account
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.contract.vendor import Api, Vendor
from pulumi_smssign.core.account_cache import AccountCache
from pulumi_smssign.core.accounts import ACCOUNT, SANDBOX, Accounts, side
from pulumi_smssign.core.outputs import as_edited
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.verdicts import Target, Until, Verdict, ask
from pulumi_smssign.model.errors import InputError, RefusedError, SmsSignError
from pulumi_smssign.model.filing import CarrierFiling, Filing, Qualification
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import HIDDEN, hide, keep_secret, sanitized
from pulumi_smssign.model.review import Handle, Review

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application

_OF_SANDBOX = mark("{id} was made in the sandbox, and this configuration leads to {vendor} itself")
_OF_VENDOR = mark("{id} was made at {vendor} itself, and this configuration leads to the sandbox")
_OTHER_ACCOUNT = mark(
    "{vendor} has no {id} in the account that this configuration leads to: it was made in another "
    "account"
)


def look(
    accounts: Accounts, signatures: Sequence[StackSignature], until: Until = "approved"
) -> list[Standing]:
    """The standing of each signature: one question for all of an account, all accounts at once.

    Never raises for an account that can't be asked: its signatures say so.
    """
    targets = [
        Target(each.name, each.vendor, each.account, each.handle, each.unseen_since, until)
        for each in signatures
    ]
    groups: dict[Account, list[tuple[StackSignature, Verdict]]] = {}
    verdicts = ask(accounts.api, targets, known=partial(_unmoved, signatures))
    for signature, verdict in zip(signatures, verdicts, strict=True):
        groups.setdefault((signature.vendor, signature.account), []).append((signature, verdict))
    looks = [_standings_of(accounts, account, pairs) for account, pairs in groups.items()]
    standings = {standing.signature.key: standing for standing in chain.from_iterable(looks)}
    own = {
        standing.signature.urn: standing
        for standing in standings.values()
        if standing.signature.role == "managed"
    }
    origins = {account: _origin_of(accounts, account) for account in groups}
    # A predecessor's step hangs on its successor's review, which may be in another account.
    return [
        standing
        if standing.preset_step
        else replace(
            standing,
            preset_step=departure_step(
                standing, own, holder_of(standing.signature, signatures, origins)
            ),
        )
        for standing in (standings[signature.key] for signature in signatures)
        if not has_left(standing, own)
    ]


def _unmoved(
    signatures: Sequence[StackSignature], api: Api[Application], account: Account
) -> Mapping[Handle, Review]:
    """The reviews of an account's open signatures that a list shows to be as state has them.

    What the list doesn't tell, filing and qualification, is state's: nobody files what is open.
    """
    states = [each.state for each in signatures if (each.vendor, each.account) == account]
    if len(states) < 2:  # noqa: PLR2004 - a question for one is no more than a list
        return {}
    cache = AccountCache(api)
    return {
        state.handle: replace(
            listed,
            filing=Filing.of_output(state.outputs.get("filing")),
            qualification=Qualification.of_output(state.outputs.get("qualification")),
        )
        for state in states
        if (listed := cache.unmoved(state))
    }


def _origin_of(accounts: Accounts, account: Account) -> str:
    """The origin of an account's signatures; "" where the configuration doesn't lead to it."""
    try:
        return accounts.origin(*account)
    except SmsSignError:
        return ""


def _standings_of(
    accounts: Accounts, account: Account, pairs: Sequence[tuple[StackSignature, Verdict]]
) -> list[Standing]:
    """The standings of an account's signatures, of which one may have failed for all."""
    vendor = named(account[0])
    if (failure := pairs[0][1].failure) is not None:
        return [Standing(vendor, signature, None, str(failure)) for signature, _ in pairs]
    origin = accounts.origin(*account)
    return [_standing(vendor, signature, verdict, origin) for signature, verdict in pairs]


def _standing(vendor: Vendor, signature: StackSignature, verdict: Verdict, origin: str) -> Standing:
    """The standing of a signature; `origin` is the side and account that were asked."""
    signature = _kept(vendor, signature, origin)
    state, review = signature.state, verdict.review
    is_elsewhere = {side(state.origin), side(origin)} == {SANDBOX, ACCOUNT}
    # No run sends anything for what was made on the other side, even where this one has its id.
    if review is not None and not is_elsewhere:
        review = as_edited(vendor, state.fields, review, state.shown_before)
        return Standing(vendor, signature, replace(verdict, review=_sanitized(signature, review)))
    if state.origin in ("", origin) or (verdict.is_too_new and not is_elsewhere):
        return Standing(vendor, signature, verdict)
    # Another account need not have it: to call it gone would have the user submit it twice.
    trouble = _OTHER_ACCOUNT
    if is_elsewhere:
        trouble = _OF_VENDOR if side(origin) == SANDBOX else _OF_SANDBOX
    return Standing(
        vendor,
        signature,
        None,
        hide(_(trouble, id=state.id, vendor=vendor.title)),
        Step(Move.LOOK, _("look at the configuration")),
    )


def _kept(vendor: Vendor, signature: StackSignature, origin: str) -> StackSignature:
    """The signature, with the reason for which the delete hook leaves one of other keys."""
    is_by_text = vendor.rules.identity == "text" and vendor.rules.deletable is not None
    if not is_by_text or signature.state.origin in ("", origin):
        return signature
    # The account may have another signature of its text.
    return replace(signature, keep_reason=signature.keep_reason or mark("other keys made it"))


def _sanitized(signature: StackSignature, review: Review) -> Review:
    """The review with others' words sanitized, and none that the program keeps secret."""
    if signature.hides("text"):
        keep_secret([review.text])
    hides_reason = signature.hides("reason")
    filing, qualification = review.filing, review.qualification

    def visible(reasons: Sequence[str]) -> Sequence[str]:
        return () if hides_reason else tuple(map(sanitized, reasons))

    carriers = {
        sanitized(name): CarrierFiling(
            carrier.state, sanitized(carrier.since), visible(carrier.reasons)
        )
        for name, carrier in filing.carriers.items()
    }
    return replace(
        review,
        text=sanitized(review.text),
        reason=HIDDEN if hides_reason and review.reason else sanitized(review.reason),
        remark=sanitized(review.remark),
        filing=Filing(filing.state, carriers, sanitized(filing.since), visible(filing.reasons)),
        qualification=replace(
            qualification, id=sanitized(qualification.id), name=sanitized(qualification.name)
        ),
    )


@dataclass(frozen=True)
class Survey:
    """The signatures of accounts; `troubles` are the accounts that couldn't be asked, and why.

    `unlisted` are the accounts whose vendor has no list of what an account has, and its answer.
    """

    standings: tuple[Standing, ...]
    troubles: Mapping[Account, str]
    unlisted: Mapping[Account, str]
    asked: tuple[Account, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every account was asked that lists what it has, and there was one."""
        return not self.troubles and bool(self.asked)


def survey(
    accounts: Accounts,
    chosen: Sequence[Account],
    signatures: Sequence[StackSignature],
    text: str = "",
    *,
    with_details: bool = False,
) -> Survey:
    """The survey of accounts: each signature, whether or not a resource of the stack has it.

    Args:
        accounts: the configured accounts, by which they are asked.
        chosen: the accounts to ask.
        signatures: the signatures in the stack's state.
        text: a part of the text; "" for all.
        with_details: whether to ask for all that the vendor reports of a signature that is not
            managed, which may take a call each.
    """
    standings: list[Standing] = []
    troubles: dict[Account, str] = {}
    unlisted: dict[Account, str] = {}
    for account in chosen:
        try:
            # As a list first: of an account that fails half-way nothing is listed.
            standings += list(
                _listed(accounts, account, signatures, text, with_details=with_details)
            )
        except (InputError, RefusedError) as error:
            unlisted[account] = str(error)
        except SmsSignError as error:
            troubles[account] = str(error)
    asked = tuple(each for each in chosen if each not in troubles and each not in unlisted)
    return Survey(tuple(standings), troubles, unlisted, asked)


def _listed(
    accounts: Accounts,
    account: Account,
    signatures: Sequence[StackSignature],
    text: str,
    *,
    with_details: bool,
) -> Iterator[Standing]:
    vendor, api = named(account[0]), accounts.api(*account)
    origin = accounts.origin(*account)
    # The later of two with one id counts: where a resource manages it, one that reads it doesn't.
    ordered = sorted(signatures, key=lambda signature: signature.role != "read")
    by_id = {each.handle.id: each for each in ordered if (each.vendor, each.account) == account}
    has_ids = vendor.rules.identity != "text"
    by_text = {} if has_ids else {each.handle.text: each for each in by_id.values()}
    for review in api.listed(text):
        handle = Handle(review.id, review.text, review.scope)
        holder = by_id.get(review.id) or by_text.get(review.text)
        if holder:
            state = replace(holder.state, id=handle.id, text=handle.text, scope=handle.scope)
            signature = _kept(vendor, replace(holder, state=state), origin)
        else:
            signature = StackSignature.unmanaged(*account, handle)
        more = api.details(handle) if with_details and holder is None else None
        target = Target(signature.name, *account, handle)
        yield Standing(vendor, signature, Verdict(target, _sanitized(signature, more or review)))
