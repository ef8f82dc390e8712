"""One run as the plugin sees it: its accounts, its ledger, its notes, and what the program said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_smssign.accounts import Accounts
from pulumi_smssign.contract.vendor import Api, Vendor
from pulumi_smssign.durations import seconds_since
from pulumi_smssign.engine import declared, runs
from pulumi_smssign.engine.announcements import Announcements
from pulumi_smssign.engine.declared import Declared
from pulumi_smssign.engine.keys import RUN
from pulumi_smssign.engine.ledger import Ledger, Ref
from pulumi_smssign.engine.marks import Marks
from pulumi_smssign.engine.properties import ACCEPTED_AT, ORIGIN, UNSEEN, fields_of, name_of, urn_of
from pulumi_smssign.engine.retiring import Predecessor
from pulumi_smssign.engine.row import engine_address
from pulumi_smssign.engine.view import AccountView
from pulumi_smssign.errors import AccountError, NotShownYetError
from pulumi_smssign.lifecycle import SHOWN_AFTER, Handle, Review
from pulumi_smssign.vendors import named

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application


@dataclass(frozen=True)
class ProgramFacts:
    """What only the program knows of a resource and its run.

    `directory` is where it stands, `preview` whether it only previews. `consents` is
    `delete_before_replace=True`, `retains` is `retain_on_delete=True`.
    """

    directory: str = ""
    preview: bool = False
    consents: bool = False
    retains: bool = False


class Run:
    """What the hooks of all signatures in one plugin process share.

    Args:
        accounts: the accounts that the stack is configured with.
        announcements: the notes of this run's preview.
        program: tells all signatures that the program declares, as far as it has said.
        marks: the marks of writes that were cut off.
        is_partial: whether the run leaves some of them out.
    """

    def __init__(
        self,
        accounts: Accounts,
        announcements: Announcements,
        program: Callable[[], Sequence[Declared]],
        marks: Marks,
        *,
        is_partial: bool = False,
    ) -> None:
        self.accounts = accounts
        self.announcements = announcements
        self.marks = marks
        self._program = program
        self.is_partial = is_partial
        self.ledger = Ledger()
        self._facts: dict[str, ProgramFacts] = {}
        self._once: set[str] = set()
        self._views: dict[Api[Application], AccountView] = {}
        self._lock = threading.Lock()
        self._indexed: tuple[
            Sequence[Declared] | None, Mapping[tuple[str, str, str, str], Sequence[Declared]]
        ] = (None, {})

    def remember(self, props: Mapping[str, Any]) -> ProgramFacts:
        """Keep what the program says of a resource that it declares."""
        said = props.get(RUN) or {}
        names = ProgramFacts.__dataclass_fields__
        facts = ProgramFacts(**{name: said[name] for name in names if said.get(name)})
        self._facts[urn_of(props)] = facts
        return facts

    def facts(self, urn: str) -> ProgramFacts | None:
        """What the program said of a resource; None before its check, and where no program runs."""
        return self._facts.get(urn)

    def first_time(self, what: str) -> bool:
        """Whether something is to be said for the first time in this process."""
        is_first = what not in self._once
        self._once.add(what)
        return is_first

    def api(self, props: Mapping[str, Any]) -> Api[Application]:
        """The calls of the account that a resource names."""
        return self.accounts.api(props["vendor"], props["account"])

    def application(
        self, props: Mapping[str, Any], olds: Mapping[str, Any] | None = None
    ) -> Application:
        """The application that a resource's checked inputs make."""
        vendor = named(props["vendor"])
        fields = fields_of(props)
        directory = (self.facts(urn_of(props)) or ProgramFacts()).directory
        uploads = (olds or {}).get("uploads")
        application: Application = vendor.application.of(fields, directory, uploads)
        return application

    def ref(self, vendor: Vendor, account: str, handle: Handle) -> Ref:
        """What identifies a signature among all of this run."""
        identity = handle.id
        if vendor.rules.identity == "text":
            identity = handle.text or handle.id
        return Ref(vendor.name, self.accounts.origin(vendor.name, account), identity)

    def view(self, props: Mapping[str, Any]) -> AccountView:
        """What this run's hooks see together of the account that a resource names."""
        return self.view_of(props["vendor"], props["account"])

    def view_of(self, vendor: str, account: str) -> AccountView:
        """The same of an account by its name."""
        api = self.accounts.api(vendor, account)
        with self._lock:
            return self._views.setdefault(api, AccountView(api))

    def review_of(self, vendor: Vendor, old: Predecessor) -> Review | None:
        """What the vendor says now of a signature that waits for its successor."""
        return self.view_of(vendor.name, old.account).review(old.handle)

    def must_be_gone(self, vendor: Vendor, handle: Handle, state: Mapping[str, Any]) -> None:
        """Make sure that a signature which is not there has really gone.

        Args:
            vendor: the vendor.
            handle: the signature that it does not show.
            state: the resource's state.

        Raises:
            NotShownYetError: it was accepted a moment ago, and has never been shown.
            AccountError: it was made on another side, or in another account.
        """
        accepted_at = str(state.get(ACCEPTED_AT) or "")
        if state.get(UNSEEN) and seconds_since(accepted_at) < SHOWN_AFTER:
            raise NotShownYetError(
                f"{vendor.name} accepted {handle.id} a moment ago and does not show it yet",
                vendor=vendor.name,
                advice="run it again in a minute; nothing is lost.",
            )
        self.must_be_the_same_account(vendor, handle, state)

    def must_be_the_same_account(
        self, vendor: Vendor, handle: Handle, state: Mapping[str, Any]
    ) -> None:
        """Make sure that a signature which is not there is asked for where it was made.

        Raises:
            AccountError: it was made on another side, or in another account.
        """
        made, asked = str(state.get(ORIGIN) or ""), self.origin(state)
        if made in ("", asked):
            return
        raise AccountError(
            f"{vendor.name} has no signature {handle.id} here, but it was made {_side(made)}, and "
            f"this stack now asks {_side(asked)}; nothing was changed",
            vendor=vendor.name,
            advice="set the configuration back to what it was (keys, endpoint, smssign:sandbox), "
            "and run it again. If the signature is really to be forgotten by this stack: pulumi "
            f"state delete '{urn_of(state)}'.",
        )

    def why_absent(self, vendor: Vendor, name: str, state: Mapping[str, Any]) -> str:
        """What to say of a signature that is not there and shall not be: gone, or elsewhere."""
        made, asked = str(state.get(ORIGIN) or ""), self.origin(state)
        if made in ("", asked):
            return f"{vendor.name} no longer had it: {name}."
        return f"{name} is left: it was made {_side(made)}, and this run asks {_side(asked)}."

    def origin(self, props: Mapping[str, Any]) -> str:
        """Which side and account the configuration leads to now."""
        return self.accounts.origin(props["vendor"], props["account"])

    def wanted_elsewhere(self, vendor: Vendor, old: Predecessor, urn: str) -> Declared | None:
        """Another resource that the program declares for this very signature, seen yet or not."""
        index = self._index()
        found = index.get((vendor.name, old.account, "key", old.key), ()) if old.key else ()
        return self._other(
            urn, (*found, *index.get((vendor.name, old.account, "adopt", old.id), ()))
        )

    def reaches(self, one: Declared) -> bool:
        """Whether this run comes to a resource that the program declares, or has come to it."""
        return not self.is_partial or one.name in self.ledger.names()

    def twin_of(self, vendor: Vendor, key: str, account: str, urn: str) -> Declared | None:
        """Another resource that the program declares with the same unique key, seen yet or not."""
        return self._other(urn, self._index().get((vendor.name, account, "key", key), ()))

    def _index(self) -> Mapping[tuple[str, str, str, str], Sequence[Declared]]:
        """What the program declares, by account and by key or by what it adopts."""
        program = self._program()
        with self._lock:
            if program is not self._indexed[0]:
                index: dict[tuple[str, str, str, str], list[Declared]] = {}
                for one in program:
                    where = (one.vendor, one.account)
                    index.setdefault((*where, "key", one.key), []).append(one)
                    index.setdefault((*where, "adopt", one.adopt), []).append(one)
                self._indexed = (program, index)
            return self._indexed[1]

    @staticmethod
    def _other(urn: str, found: Sequence[Declared]) -> Declared | None:
        """The first that is not the resource itself, of which the list has only the name."""
        own = next((one for one in found if one.name == name_of(urn)), None)
        return next((one for one in found if one is not own), None)


def of_this_plugin(accounts: Accounts) -> Run:
    """The run that this plugin works for."""
    engine = engine_address()
    return Run(
        accounts,
        Announcements(runs.folder()),
        lambda: declared.of_this_run(engine),
        Marks(runs.home() / "marks"),
        is_partial=runs.is_partial(),
    )


def _side(origin: str) -> str:
    side, _, fingerprint = origin.partition("-")
    return f"in the sandbox ({fingerprint})" if side == "sandbox" else f"in account {fingerprint}"
