"""What the accounts have, beside what the stack manages; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import named
from pulumi_smssign.inventory.accounts_there import Account
from pulumi_smssign.inventory.held import Held
from pulumi_smssign.inventory.standing import (
    MAY_GO,
    fields_of,
    is_abroad,
    lacks_qualification,
    may_go,
)
from pulumi_smssign.inventory.steps import LONGEST_WHY
from pulumi_smssign.model.errors import InputError, RefusedError, SmsSignError
from pulumi_smssign.model.filing import LOST, Filing
from pulumi_smssign.model.names import FILED_NO_MORE, NameKind
from pulumi_smssign.model.redaction import HIDDEN, keep_secret, short, told
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

BESIDE = "beside the stack"
"""What is said of a signature that no resource of the stack manages."""


@dataclass(frozen=True)
class Found:
    """A signature that an account has; `held` is the stack's resource that has it, if one does."""

    vendor: Vendor
    account: str
    review: Review
    held: Held | None = None

    @property
    def is_managed(self) -> bool:
        """Whether a resource of the stack submits, changes and deletes it."""
        return self.held is not None and self.held.role != "read"

    @property
    def text(self) -> str:
        """What it says in 【】, as far as the program doesn't keep it to itself."""
        return HIDDEN if self.held and self.held.is_secret else told(self.review.text)

    @property
    def reason(self) -> str:
        """The reviewer's words, as far as the program doesn't keep them to itself."""
        hides = self.held is not None and self.held.hides("reason")
        return HIDDEN if hides and self.review.reason else told(self.review.reason)

    @property
    def kind(self) -> NameKind | None:
        """What the name is the name of, as far as the vendor or the stack tells."""
        if is_abroad(self.review):
            return None
        state = fields_of(self.vendor, self.held) if self.held else {}
        found = self.vendor.application.name_kind({**self.review.reported, **state})
        return found[1] if found else None

    @property
    def expelled(self) -> str:
        """Why its name has to go, or ""."""
        since = FILED_NO_MORE.get(self.kind) if self.kind else None
        return f"names of {self.kind} are filed no more since {since}" if since else ""

    @property
    def findings(self) -> tuple[str, ...]:
        """What is worth seeing to, each in a few words."""
        return tuple(self._findings())

    def _findings(self) -> Iterable[str]:
        review = self.review
        if not self.is_managed:
            yield BESIDE + (f" (read by {self.held.name})" if self.held else "")
        elif self.held and may_go(self.vendor, self.held, review):
            yield f"{MAY_GO} it"
        if review.status in (Status.REJECTED, Status.SUSPENDED, Status.UNKNOWN):
            why = f": {told(self.reason, LONGEST_WHY)}" if self.reason else ""
            yield f"{str(review.status).lower()}{why}"
        hides = self.held is not None and self.held.hides("reason")
        yield from _lost(without_reasons(review.filing) if hides else review.filing)
        if lacks_qualification(self.vendor, review):
            yield "no 资质"
        if self.expelled:
            yield self.expelled

    def as_document(self) -> dict[str, Any]:
        """The same as `--json` prints it."""
        review = self.review
        return {
            "vendor": self.vendor.name,
            "account": self.account,
            "id": short(review.id),
            "text": self.text,
            "status": str(review.status),
            "vendor_status": told(review.vendor_status),
            "reason": self.reason,
            "filing": str(review.filing.state),
            "qualification": short(review.qualification.id),
            "resource": self.held.name if self.held else "",
            "managed": self.is_managed,
            "findings": list(self.findings),
            "deletion_policy": self.held.deletion_policy if self.held and self.is_managed else "",
            "shared": self.held is not None and self.held.is_shared,
        }


@dataclass(frozen=True)
class Survey:
    """What was found; `troubles` are the accounts that couldn't be asked, and why.

    `unlisted` are those whose vendor takes no such question.
    """

    found: tuple[Found, ...]
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
    """What each account has.

    Args:
        accounts: how to ask.
        there: the accounts to ask.
        held: what the stack's state tells of.
        text: a part of the text; "" for all.
        whole: whether to ask for all that the vendor tells of each, which may take a call each.
    """
    found: list[Found] = []
    troubles: dict[Account, str] = {}
    unlisted: dict[Account, str] = {}
    for account in there:
        try:
            found += _of_account(accounts, account, held, text, whole=whole)
        except (InputError, RefusedError) as error:
            unlisted[account] = str(error)
        except SmsSignError as error:
            troubles[account] = str(error)
    asked = tuple(one for one in there if one not in troubles and one not in unlisted)
    return Survey(tuple(found), troubles, unlisted, asked)


def without_reasons(filing: Filing) -> Filing:
    """The same, of which the program keeps the reasons to itself."""
    carriers = {name: replace(one, reasons=()) for name, one in filing.carriers.items()}
    return replace(filing, carriers=carriers, reasons=())


def _lost(filing: Filing) -> Iterable[str]:
    """Where the filing failed or lapsed: at which carrier, where the vendor names them."""
    carriers = {name: one for name, one in filing.carriers.items() if one.state in LOST}
    if filing.is_lost and not carriers:
        why = f" ({told(', '.join(filing.reasons), LONGEST_WHY)})" if filing.reasons else ""
        yield f"filing {filing.state}{why}"
    for name, one in carriers.items():
        why = f" ({told(', '.join(one.reasons), LONGEST_WHY)})" if one.reasons else ""
        yield f"filing {one.state} at {told(name)}{why}"


def _of_account(
    accounts: Accounts, account: Account, held: Sequence[Held], text: str, *, whole: bool
) -> list[Found]:
    vendor, api = named(account[0]), accounts.api(*account)
    here = [one for one in held if (one.vendor, one.account) == account]
    # Read and managed in one stack: whoever manages it has it.
    here.sort(key=lambda one: one.role != "read")
    own = {one.handle.id: one for one in here}
    texts = {one.handle.text: one for one in own.values() if one.handle.text}
    result = []
    for review in api.listed(text):
        holder = own.get(review.id)
        if holder is None and vendor.rules.identity == "text":
            holder = texts.get(review.text)
        if holder and holder.is_secret:
            keep_secret([review.text])
        if whole and holder is None:
            handle = Handle(review.id, review.text, _scope(review))
            told_more = api.details(handle) or review
        else:
            told_more = review
        result.append(Found(vendor, account[1], told_more, holder))
    return result


def _scope(review: Review) -> str:
    return "international" if review.reported.get("international") is True else ""
