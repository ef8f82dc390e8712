"""The run that the hooks of one plugin share: accounts, ownership, journal, account caches."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pulumi_smssign.core import messages, storage
from pulumi_smssign.core.account_cache import AccountCache
from pulumi_smssign.core.accounts import SANDBOX, Accounts, side
from pulumi_smssign.core.journal import Entry, Journal
from pulumi_smssign.core.ownership import Ownership
from pulumi_smssign.core.predecessors import Predecessor
from pulumi_smssign.engine.resource import Resource
from pulumi_smssign.engine.row import engine_is_alive
from pulumi_smssign.model.durations import is_recent
from pulumi_smssign.model.errors import AccountError, NotShownYetError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import (
    SHOWN_AFTER,
    SHOWN_IN_SANDBOX_AFTER,
    Handle,
    Review,
    SignatureRef,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.vendor import Api, Vendor


class Run:
    """One run as its plugin sees it.

    Args:
        accounts: the accounts that the stack is configured with.
        journal: the writes in flight.
        locks: the folder of the locks; a submission takes one.
    """

    def __init__(self, accounts: Accounts, journal: Journal, locks: Path | None = None) -> None:
        self.accounts = accounts
        self.journal = journal
        self.locks = locks or storage.home() / "locks"
        self.owners = Ownership()
        self._caches: dict[Api[Application], AccountCache] = {}
        self._warned_of: set[str] = set()
        self._lock = threading.Lock()

    def warnings(self, vendor: Vendor, account: str) -> list[str]:
        """Warnings about an account's settings, each once in this process."""
        self.origin(vendor, account)  # refuses settings that can't be used
        with self._lock:
            new = set(self.accounts.warnings(vendor.name, account)) - self._warned_of
            self._warned_of |= new
        return sorted(new)

    def api(self, vendor: Vendor, account: str) -> Api[Application]:
        """The calls of an account."""
        return self.accounts.api(vendor.name, account)

    def cache(self, vendor: Vendor, account: str) -> AccountCache:
        """The cache through which this run's hooks read an account."""
        # By the calls and not by the name: two names of one key share one cache.
        api = self.api(vendor, account)
        with self._lock:
            return self._caches.setdefault(api, AccountCache(api))

    def origin(self, vendor: Vendor, account: str) -> str:
        """The side and the account that the configuration leads to now."""
        return self.accounts.origin(vendor.name, account)

    def origin_of(self, resource: Resource) -> str:
        """The origin for a signature's state: of the key in use where an id proves the account."""
        made, now = resource.held.origin, self.origin(resource.vendor, resource.account)
        return made if resource.vendor.rules.identity == "text" and made else now

    def ref(self, vendor: Vendor, account: str, handle: Handle) -> SignatureRef:
        """The identity of a signature in an account."""
        return vendor.rules.ref(self.origin(vendor, account), handle)

    def own_ref(self, resource: Resource) -> SignatureRef:
        """The identity of the signature that a resource's state holds."""
        return self.ref(resource.vendor, resource.held.account, resource.held.handle)

    def resubmission_of(self, resource: Resource) -> Entry:
        """The journal's entry of a change of a resource's signature in place."""
        return Entry.of_resubmission(resource.urn, self.own_ref(resource), resource.digests())

    def deletion_in_flight(self, resource: Resource) -> Entry | None:
        """The journal's entry of a deletion of this very signature that a run was cut off from."""
        return self.journal.find(Entry.of_deletion(resource.urn, self.own_ref(resource)))

    def review_of(self, vendor: Vendor, old: Predecessor) -> Review | None:
        """A live review of a predecessor."""
        return self.cache(vendor, old.account).review(old.handle)

    def is_elsewhere(self, vendor: Vendor, origin: str, account: str) -> bool:
        """Whether a signature was made on the other side: sandbox, or vendor."""
        return bool(origin) and side(origin) != side(self.origin(vendor, account))

    def is_of_another_account(self, vendor: Vendor, origin: str, account: str) -> bool:
        """Whether a signature was made with another account's key, or with one since rotated."""
        return origin not in ("", self.origin(vendor, account))

    def must_be_this_side(self, resource: Resource, consequence: str) -> None:
        """Make sure that a signature is where this run asks.

        Args:
            resource: the resource.
            consequence: what follows otherwise, such as "and it is not read; nothing was sent".

        Raises:
            AccountError: it was made on the other side (sandbox, vendor); nothing was sent.
        """
        state = resource.held
        if self.is_elsewhere(resource.vendor, state.origin, state.account):
            raise self._elsewhere(resource, consequence)

    def must_be_gone(self, resource: Resource) -> None:
        """Make sure that a signature which is not shown has really gone.

        Raises:
            NotShownYetError: it was accepted a moment ago, and has never been shown.
            AccountError: it was made in another account.
        """
        vendor, state = resource.vendor, resource.held
        within = SHOWN_IN_SANDBOX_AFTER if side(state.origin) == SANDBOX else SHOWN_AFTER
        is_too_new = state.unseen and is_recent(state.accepted_at, within)
        # No deletion begins before the vendor has shown what it deletes.
        if is_too_new and not self.deletion_in_flight(resource):
            raise NotShownYetError.of(vendor.name, state.id, state.accepted_at, within)
        if self.is_of_another_account(vendor, state.origin, state.account):
            consequence = _("and there is none here; nothing was changed")
            raise self._elsewhere(resource, consequence)

    def is_known_by_text_only(self, vendor: Vendor, old: Predecessor) -> bool:
        """Whether the account may have another signature of its text: other keys made this one."""
        # Where nothing can be deleted, it doesn't matter which one it is.
        is_by_text = vendor.rules.deletable is not None and vendor.rules.identity == "text"
        return is_by_text and self.is_of_another_account(vendor, old.origin, old.account)

    def _elsewhere(self, resource: Resource, consequence: str) -> AccountError:
        vendor, state = resource.vendor, resource.held
        now = self.origin(vendor, state.account)
        return messages.made_elsewhere(resource.urn, vendor.name, state, now, consequence)


def of_this_plugin(accounts: Accounts) -> Run:
    """The run that this plugin works for."""
    return Run(accounts, Journal(storage.home() / "journal", engine_is_alive))
