"""Read-through cache of one account: coalesces concurrent reads; a list is fresh for 10 s.

Each way to ask says how old its answer may be. `review` is never older than the hook that asks:
while a call is under way the others gather, and the next call is for all of them. `recent` and
`is_absent` take a list of the account that is at most `LASTS` old; for `recent`, a write makes it
stale. A cache's owner is the run, which ends with the plugin's process.
"""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from pulumi_smssign.contract.pages import list_refusals
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.model.errors import InputError, SmsSignError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.core.state import State

LASTS = 10.0
"""Seconds for which a list of an account is shared."""
_OPEN = (Status.PENDING, Status.REJECTED)


class AccountCache:
    """Cache of one account's reviews and lists, shared by the threads of a run.

    Args:
        api: the account's calls.
        clock: seconds; the machine's clock unless a test sets it.
    """

    def __init__(self, api: Api[Application], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._lists: dict[str, _List] = {}
        self._turn = threading.Lock()
        self._gathered: dict[Handle, Future[Review | None]] = {}

    def review(self, handle: Handle) -> Review | None:
        """A live review; None when the vendor says that it doesn't have the signature.

        Raises:
            SmsSignError: the vendor can't be asked.
        """
        # Nothing to share: gathering would only queue the hooks one behind another.
        if not self._api.capabilities.batches:
            return self._api.reviews([handle]).get(handle)
        with self._lock:  # the answer of the next call, which asks for this signature too
            answer = self._gathered.setdefault(handle, Future())
        with self._turn:
            # Whoever had the turn before may have asked for this handle too.
            if not answer.done():
                self._ask()
        try:
            return answer.result()
        except SmsSignError as error:
            # A copy, since the boundary writes the name of its own resource into each.
            raise copy.copy(error) from None

    def _ask(self) -> None:
        """Make one call for every handle that is waiting."""
        with self._lock:
            gathered, self._gathered = self._gathered, {}
        try:
            reviews = self._api.reviews(list(gathered))
        except InputError:
            # An id that can't be one must not spoil the others' answers.
            self._ask_each(gathered)
        except BaseException as error:  # noqa: BLE001 - it is raised in each hook that waits for it
            for answer in gathered.values():
                answer.set_exception(error)
        else:
            for handle, answer in gathered.items():
                answer.set_result(reviews.get(handle))

    def _ask_each(self, gathered: dict[Handle, Future[Review | None]]) -> None:
        """Make a call for each handle, after the vendor refused one of them and so the batch."""
        for handle, answer in gathered.items():
            try:
                answer.set_result(self._api.reviews([handle]).get(handle))
            except BaseException as error:  # noqa: BLE001 - as above
                answer.set_exception(error)

    def recent(self, handle: Handle) -> Review | None:
        """A review that is at most `LASTS` old, and from after this process's last write.

        A signature that the list doesn't have is asked for by itself.

        Raises:
            SmsSignError: the vendor can't be asked.
        """
        review = None
        if self._api.capabilities.lists_all:
            review = self._list(handle.scope, after_writes=True).find(self._api.identity(handle))
        return review or self.review(handle)

    def unmoved(self, state: State) -> Review | None:
        """An open signature in a list, such as for `recent`, where that is as state has it.

        Only where a list tells less than a question for each: what is approved may be filed with
        the carriers, or lose that, and no list tells it.
        """
        is_open = state.status in _OPEN and not (state.edit_status or state.shown_before)
        if self._api.capabilities.lists_all or not is_open:
            return None
        identity = self._api.identity(state.handle)
        listed = self._list(state.handle.scope, after_writes=True).find(identity)
        return listed if listed and self._api.is_unmoved(listed, state.outputs) else None

    def is_absent(self, application: Application) -> bool:
        """Whether a list that is at most `LASTS` old has no signature with its unique key.

        False where that can't be told, or would take more calls than a question for this one.
        """
        if not self._api.capabilities.finds:
            return False
        scope = self._api.full_scope(application.scope)
        # This run's own writes can't add it: Check lets one resource have a text.
        bearing = self._list(scope, after_writes=False).bearing(
            application.text,
            # Without a search, a question for the text would go through the same pages.
            at_any_cost=not self._api.capabilities.searches,
        )
        return bearing is not None and not any(
            self._api.bears(review, application) for review in bearing
        )

    def _list(self, scope: str, *, after_writes: bool) -> _List:
        """The list of a scope; a new one where the last is too old."""
        with self._lock:
            last, writes = self._lists.get(scope), self._api.writes
            too_old = last is None or self._clock() - last.begun > LASTS
            if last is None or too_old or (after_writes and last.writes != writes):
                last = self._lists[scope] = _List(self._api, scope, self._clock(), writes)
            return last


class _List:
    """The pages of an account's list, fetched as far as a question needs them.

    It never takes more calls than there were questions, since each could be asked by itself.

    Args:
        api: the account's calls.
        scope: which signatures.
        begun: when, in seconds.
        writes: how many writes had been made before.
    """

    def __init__(self, api: Api[Application], scope: str, begun: float, writes: int) -> None:
        self.begun = begun
        self.writes = writes
        self._pages = api.catalogue(scope)
        self._is_no_answer = list_refusals(api.capabilities.lists_apart)
        self._lock = threading.Lock()
        self._count = threading.Lock()
        self._asked = self._taken = 0
        self._is_whole = False
        self._reviews: dict[str, Review] = {}
        self._by_text: dict[str, list[Review]] = {}

    def find(self, identity: str) -> Review | None:
        """A signature, by the id of its review; None where the list doesn't have it (so far)."""
        with self._admit():
            while identity not in self._reviews and self._taken < self._asked:
                if not self._take():
                    break
            return self._reviews.get(identity)

    def bearing(self, text: str, *, at_any_cost: bool) -> Sequence[Review] | None:
        """All signatures with a text; None where the list takes more calls than it is worth."""
        with self._admit():
            while at_any_cost or self._taken < self._asked:
                if not self._take():
                    break
            return self._by_text.get(text, ()) if self._is_whole else None

    def _admit(self) -> threading.Lock:
        """Raise the page budget by one and return the lock."""
        # A lock of its own: who waits for the pages counts too, and pays for one of them.
        with self._count:
            self._asked += 1
        return self._lock

    def _take(self) -> bool:
        """Fetch a page more; False where there is none, or it may not be seen."""
        if self._pages is None or self._is_whole:
            return False
        # A generator that has raised is at its end: it is put back only after a page.
        pages, self._pages = self._pages, None
        with suppress(*self._is_no_answer):
            page = next(pages, None)
            self._pages = pages
            self._taken += 1
            self._is_whole = page is None or page.is_last
            for review in page.items if page else ():
                self._reviews[review.id] = review
                self._by_text.setdefault(review.text, []).append(review)
            return page is not None
        return False
