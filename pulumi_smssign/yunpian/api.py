"""Yunpian's calls: sign/add, sign/update and sign/get (v2); there is no deletion.

Sources: the page sign/add (seed 004) and, for update and get, the official SDKs (Python 1.0.0,
Java, Go, PHP).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, final

from pyrate_limiter import Rate

from pulumi_smssign.contract.pages import ListPage
from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.model.errors import NotFoundError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.yunpian.answers import bare, listed_reviews, payload, taken
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import AccountCredentials
from pulumi_smssign.yunpian.codes import KEY_PROOFS
from pulumi_smssign.yunpian.forms import Field, Form, submission

_T = TypeVar("_T")

ADD, UPDATE, GET = "sign/add", "sign/update", "sign/get"

_LIMITS = {ADD: Rate(1, 1050), UPDATE: Rate(1, 1050), GET: Rate(5, 1050)}
"""Calls per milliseconds. The vendor states no rate; these are a careful setting."""

_HEADERS = {
    "Accept": "application/json;charset=utf-8",
    "Content-Type": "application/x-www-form-urlencoded;charset=utf-8",
}


@final
class SignatureApi(BaseApi[SignatureApplication, AccountCredentials]):
    """One account's signatures at Yunpian, which have no ids: a text is asked for by itself."""

    limits = _LIMITS
    key_proofs = KEY_PROOFS

    def submit(self, application: SignatureApplication, token: str = "") -> Review:
        """sign/add; its answer has the text, which is the id, and the status."""
        del token
        return self._write(ADD, tuple(submission(application)), application.text)

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """sign/update: every field anew, since the vendor resets what is left out."""
        fields = (("old_sign", _text(handle)), *submission(application))
        self._write(UPDATE, fields, application.text)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """sign/get of the present text; the whole list first, for several.

        An id is only the text that a signature was submitted with.
        """
        return self._looked_up(
            handles, lambda handle: next(iter(self._bearing(_text(handle))), None)
        )

    def find(self, application: SignatureApplication) -> Sequence[Review]:
        """sign/get of the text."""
        return self._bearing(application.text)

    def listed(self, text: str = "") -> Sequence[Review]:
        """sign/get of a text without brackets, or of none: that finds all (the official SDKs)."""
        return [review for review in self._matches(text) if text in review.text]

    def catalogue(self, scope: str) -> Iterator[ListPage]:
        """sign/get of no text: all of them are one page."""
        del scope
        yield ListPage(self.listed(), is_last=True)

    def identity(self, handle: Handle) -> str:
        """The present text."""
        return _text(handle)

    def _bearing(self, text: str) -> list[Review]:
        """The signatures with exactly this text.

        Without the brackets get finds every signature that has the text in it. With them it finds
        this one alone, by the vendor's page; its answer is compared all the same.
        """
        return [review for review in self._matches(f"【{text}】") if review.text == text]

    def _matches(self, text: str) -> list[Review]:
        """The answer of sign/get; empty when the vendor says that there is none."""
        try:
            return self._call(GET, (("sign", text),), listed_reviews)
        except NotFoundError:
            return []

    def _write(self, action: str, fields: Sequence[Field], text: str) -> Review:
        """Submit, and take a yes only when it is about the text that was sent."""

        def confirmed(body: Mapping[str, Any]) -> Review:
            review = taken(body)
            if review.text != text:
                raise ValueError("another signature than the one submitted")
            return review

        return self._call(action, fields, confirmed, write=True)

    def _call(
        self,
        action: str,
        fields: Sequence[Field],
        read: Callable[[Mapping[str, Any]], _T],
        *,
        write: bool = False,
    ) -> _T:
        """Call an action and read its answer; the key is the form's last field, as the SDKs do."""
        form = Form((*fields, ("apikey", self._credentials.apikey.get_secret_value())))
        request = self._transport.request(
            "POST",
            f"/v2/{action}.json",
            content=form,
            # Without its size httpx sends a stream in chunks, which no official SDK does.
            headers={**_HEADERS, "Content-Length": str(form.size)},
        )
        return self._exchange(action, request, payload, read, part="sign", write=write)


def _text(handle: Handle) -> str:
    """The text that a signature is asked for by: its present one, without brackets."""
    return bare(handle.text or handle.id)
