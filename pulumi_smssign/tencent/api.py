"""Tencent's calls: AddSmsSign, ModifySmsSign, DescribeSmsSignList, DeleteSmsSign (2021-01-11).

Sources: the pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10) and, for Describe and
Delete, the SDK 3.1.153.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar, final

from pyrate_limiter import Rate

from pulumi_smssign.contract.answers import ignore_body
from pulumi_smssign.contract.pages import ListPage, by_pages, each
from pulumi_smssign.contract.vendor import BaseApi, Capabilities
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.filing import NOT_BEGUN
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.tencent import forms
from pulumi_smssign.tencent.answers import Added, Item, payload_of
from pulumi_smssign.tencent.application import SignatureApplication, scope_of
from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.codes import KEY_PROOFS
from pulumi_smssign.tencent.rules import RULES
from pulumi_smssign.tencent.signing import TC3Auth

_T = TypeVar("_T")

VERSION = "2021-01-11"
MOST_IDS = 100
"""Ids that one Describe takes; the largest page too."""

_WRITE = Rate(1, 1050)
LIMITS = {
    "AddSmsSign": _WRITE,
    "ModifySmsSign": _WRITE,
    "DeleteSmsSign": _WRITE,
    "DescribeSmsSignList": Rate(20, 1050),
}
"""Calls per milliseconds. The vendor's pages state 20 a second for Describe and 1 for each of the
others; the 50 ms more are for the network."""


@final
class SignatureApi(BaseApi[SignatureApplication, AccountCredentials]):
    """One account's signatures at Tencent."""

    limits = LIMITS
    capabilities = Capabilities(searches=False)
    key_proofs = KEY_PROOFS

    def _auth(self) -> TC3Auth:
        return TC3Auth(self._credentials)

    def submit(self, application: SignatureApplication, token: str = "") -> Review:
        """AddSmsSign; its answer has nothing but the new SignId."""
        del token
        added = self._call(
            "AddSmsSign",
            forms.submission(application),
            "AddSignStatus",
            Added.model_validate,
            write=True,
        )
        papers, text = application.qualification_id, application.text
        return RULES.accepted(str(added.sign_id), text, papers=papers, filing=NOT_BEGUN)

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """ModifySmsSign, a full replacement of the application under the same SignId."""
        form = {"SignId": _sign_id(handle), **forms.submission(application)}
        self._call("ModifySmsSign", form, "ModifySignStatus", ignore_body, write=True)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """DescribeSmsSignList by ids, 100 a call.

        Mainland and international signatures are listed apart; one that is not in the list of its
        scope is looked for in the other before it is called absent.
        """
        reviews: dict[str, Review] = {}
        for elsewhere in (False, True):
            for international in (False, True):
                ids = [
                    _sign_id(handle)
                    for handle in handles
                    if handle.id not in reviews
                    and (handle.scope == scope_of(international=True))
                    is (international is not elsewhere)
                ]
                for start in range(0, len(ids), MOST_IDS):
                    query = {"SignIdSet": ids[start : start + MOST_IDS]}
                    page = self._list(international, query)
                    reviews.update((review.id, review) for review in page)
        return {handle: reviews[handle.id] for handle in handles if handle.id in reviews}

    def withdraw(self, handle: Handle) -> None:
        """DeleteSmsSign."""
        form = {"SignId": _sign_id(handle)}
        self._call("DeleteSmsSign", form, "DeleteSignStatus", ignore_body, write=True)

    def listed(self, text: str = "") -> Sequence[Review]:
        """Every page of DescribeSmsSignList, the mainland's and then the international one."""
        return [
            review
            for international in (False, True)
            for review in each(self.catalogue(scope_of(international=international)))
            if text in review.text
        ]

    def catalogue(self, scope: str) -> Iterator[ListPage]:
        """DescribeSmsSignList of the mainland or of the other countries, 100 a page."""
        international = scope == scope_of(international=True)
        return by_pages(self.vendor, lambda offset: self._page(offset, international=international))

    def _page(self, offset: int, *, international: bool) -> tuple[list[Review], bool]:
        """A page of the list, and whether it is the last one."""
        page = self._list(international, {"Limit": MOST_IDS, "Offset": offset})
        return page, len(page) < MOST_IDS

    def _list(self, international: bool, query: Mapping[str, object]) -> list[Review]:  # noqa: FBT001
        return self._call(
            "DescribeSmsSignList",
            {"International": int(international), **query},
            "DescribeSignListStatusSet",
            lambda items: [Item.model_validate(item).review() for item in items or ()],
        )

    def _call(
        self,
        action: str,
        form: Mapping[str, object],
        key: str,
        read: Callable[[Any], _T],
        *,
        write: bool = False,
    ) -> _T:
        """Call an action and read what its answer has under `key`."""
        request = self._transport.request(
            "POST",
            "/",
            content=json.dumps(form).encode(),
            headers={
                "Content-Type": "application/json",
                "X-TC-Action": action,
                "X-TC-Version": VERSION,
                "X-TC-Region": self._credentials.region,
                "X-TC-Language": "en-US",
            },
        )
        answer = partial(payload_of, key, action)
        return self._exchange(action, request, answer, read, part=key, write=write)


def _sign_id(handle: Handle) -> int:
    try:
        return int(handle.id)
    except ValueError:
        raise InputError(
            _("{id} is not a SignId of Tencent", id=repr(handle.id)),
            vendor=RULES.vendor,
            advice=_("a SignId is a number; the vendor's console lists it."),
        ) from None
