"""Alibaba Cloud's calls: CreateSmsSign, UpdateSmsSign, GetSmsSign, DeleteSmsSign (2017-05-25).

Sources: the vendor's OpenAPI description (December 2025) and the official SDK 4.6.0. A signature is
asked for by its name alone; QuerySmsSignList reports less of each (no filing with the carriers), so
it serves for verdicts and absence, and for what is open and unmoved: no carrier files that yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, final

from pyrate_limiter import Rate

from pulumi_smssign.alibaba import forms
from pulumi_smssign.alibaba.answers import Confirmed, Item, Page, successful
from pulumi_smssign.alibaba.application import SignatureApplication
from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.alibaba.codes import KEY_PROOFS
from pulumi_smssign.alibaba.rules import RULES
from pulumi_smssign.alibaba.signing import Acs3Auth
from pulumi_smssign.contract.answers import ignore_body
from pulumi_smssign.contract.pages import ListPage, by_pages, each
from pulumi_smssign.contract.together import together
from pulumi_smssign.contract.vendor import BaseApi, Capabilities
from pulumi_smssign.model.errors import NotFoundError
from pulumi_smssign.model.filing import NOT_BEGUN
from pulumi_smssign.model.redaction import sanitized
from pulumi_smssign.model.review import Handle, Review

_T = TypeVar("_T")

VERSION = "2017-05-25"
CREATE, UPDATE = "CreateSmsSign", "UpdateSmsSign"
GET, DELETE, LIST = "GetSmsSign", "DeleteSmsSign", "QuerySmsSignList"
LARGEST_PAGE = 50

_WRITE = Rate(1, 1050)
_LIMITS = {
    CREATE: _WRITE,
    UPDATE: _WRITE,
    DELETE: _WRITE,
    GET: Rate(100, 1050),
    LIST: Rate(5, 1050),
}
"""Calls per milliseconds. The vendor states 150 a second for Get, and 1 for the withdrawn
operations that the writes have replaced; for the writes themselves and the list it states none."""


@final
class SignatureApi(BaseApi[SignatureApplication, AccountCredentials]):
    """One account's signatures at Alibaba Cloud, which have no ids but their names."""

    limits = _LIMITS
    capabilities = Capabilities(batches=False, lists_all=False, lists_apart=True)
    key_proofs = KEY_PROOFS

    def _auth(self) -> Acs3Auth:
        return Acs3Auth(self._credentials)

    def submit(self, application: SignatureApplication, token: str = "") -> Review:
        """CreateSmsSign; its answer has the name, which is the id, and the ticket's number."""
        del token
        order = self._submit(CREATE, application)
        papers, name = application.qualification_id, application.sign_name
        review = RULES.accepted(name, name, papers=papers, filing=NOT_BEGUN)
        return replace(review, outputs={"order_id": order, "registrations": []}, trace=order)

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """UpdateSmsSign, a full replacement of the application under the same name."""
        del handle
        self._submit(UPDATE, application)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """GetSmsSign of each name, several at a time."""
        names = list(dict.fromkeys(map(_name, handles)))
        reviews = dict(zip(names, together(self._named, names), strict=True))
        return {handle: review for handle in handles if (review := reviews[_name(handle)])}

    def verdicts(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """QuerySmsSignList for several, without the filing; GetSmsSign of those that it lacks."""
        return self._looked_up(handles, lambda handle: self._named(_name(handle)))

    def find(self, application: SignatureApplication) -> Sequence[Review]:
        """GetSmsSign of the name."""
        review = self._named(application.sign_name)
        return [review] if review else []

    def withdraw(self, handle: Handle) -> None:
        """DeleteSmsSign."""
        self._call(DELETE, {"SignName": _name(handle)}, ignore_body, write=True)

    def listed(self, text: str = "") -> Sequence[Review]:
        """GetSmsSign of every name on the pages of QuerySmsSignList, which reports less of each."""
        names = [review.id for review in each(self.catalogue("")) if text in review.text]
        return [review for review in together(self._named, names) if review]

    def catalogue(self, scope: str) -> Iterator[ListPage]:
        """QuerySmsSignList, 50 a page: name, status and reason of each, and no filing."""
        del scope
        return by_pages(self.vendor, self._page)

    def is_unmoved(self, listed: Review, known: Mapping[str, Any]) -> bool:
        """Whether status, reason and ticket are the same.

        That a change makes another ticket is inferred: OrderId is that of the last application.
        """
        now = (listed.vendor_status, sanitized(listed.reason), listed.trace)
        before = (known.get(name, "") for name in ("vendor_status", "reason", "order_id"))
        return bool(listed.trace) and now == tuple(before)

    def identity(self, handle: Handle) -> str:
        """The name."""
        return _name(handle)

    def _page(self, offset: int) -> tuple[list[Review], bool]:
        """A page, and whether it is the last one."""
        query = {"PageIndex": str(offset // LARGEST_PAGE + 1), "PageSize": str(LARGEST_PAGE)}
        page = self._call(LIST, query, Page.model_validate)
        return [item.review() for item in page.items], offset + len(page.items) >= page.total

    def _named(self, name: str) -> Review | None:
        def read(body: Mapping[str, Any]) -> Review:
            item = Item.model_validate(body)
            if item.sign_name != name:
                raise ValueError("another signature than the one asked for")
            return item.review()

        try:
            return self._call(GET, {"SignName": name}, read)
        except NotFoundError:
            return None

    def _submit(self, action: str, application: SignatureApplication) -> str:
        """Submit, and take a yes only when it is about the name that was sent.

        Returns:
            the ticket's number, or "".
        """

        def confirmed(body: Mapping[str, Any]) -> str:
            answer = Confirmed.model_validate(body)
            if answer.sign_name != application.sign_name:
                raise ValueError("another signature than the one submitted")
            return str(answer.order_id or "")

        return self._call(action, forms.submission(application), confirmed, write=True)

    def _call(
        self,
        action: str,
        parameters: Mapping[str, str],
        read: Callable[[Any], _T],
        *,
        write: bool = False,
    ) -> _T:
        request = self._transport.request(
            "POST",
            "/",
            params=parameters,
            headers={
                "Accept": "application/json",
                "x-acs-action": action,
                "x-acs-version": VERSION,
            },
        )
        return self._exchange(action, request, partial(successful, action), read, write=write)


def _name(handle: Handle) -> str:
    """The name that a signature is asked for by: its present text."""
    return handle.text or handle.id
