"""Huawei's calls on signatures and their proof files (MSGSMS v2).

Sources: the vendor's page "Creating an SMS Signature" (2025-04-11); the official SDK 3.1.219 and
the vendor's API pages for the other calls. Actions bear the names that the SDK gives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, final
from urllib.parse import quote

import httpx
from pydantic import BaseModel
from pyrate_limiter import Rate

from pulumi_smssign.contract.answers import ignore_body
from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.contract.pages import ListPage, by_pages, each
from pulumi_smssign.contract.signing import canonical_query
from pulumi_smssign.contract.vendor import BaseApi, Capabilities
from pulumi_smssign.huawei import forms
from pulumi_smssign.huawei.answers import (
    Apps,
    Item,
    Page,
    Submitted,
    Uploaded,
    confirmed,
    succeeded,
)
from pulumi_smssign.huawei.application import EXTENSIONS, FILE_IDS, SignatureApplication
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.huawei.codes import FILE_MISSING, KEY_PROOFS
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.huawei.signing import KeyAuth
from pulumi_smssign.huawei.tokens import TokenAuth, User
from pulumi_smssign.model.errors import (
    BugError,
    InputError,
    NotFoundError,
    ReviewMovedError,
    SmsSignError,
)
from pulumi_smssign.model.filing import NOT_BEGUN
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.review import Handle, Review

_Answer = TypeVar("_Answer", bound=BaseModel)

LARGEST_PAGE = 500

_READ = Rate(20, 1050)
_WRITE = Rate(5, 1050)
_LIMITS = {
    "CreateSignature": _WRITE,
    "UpdateSignature": _WRITE,
    "DeleteSignature": _WRITE,
    "EnableSignature": _WRITE,
    "UploadSignatureFile": _WRITE,
    "ShowSignature": _READ,
    "ListSignatureDetails": _READ,
    "ListAppDetails": _READ,
}
"""Calls per milliseconds, far below the 200 a second that the gateway lets through."""

_LONGEST_ID = 64


_AFTER_THE_VERDICT = mark(
    "run it again after the verdict: as far as is known the vendor deletes no open application."
)


@final
class SignatureApi(BaseApi[SignatureApplication, AccountCredentials]):
    """One account's signatures at Huawei."""

    limits = _LIMITS
    capabilities = Capabilities(lists_apart=True)
    key_proofs = KEY_PROOFS

    @property
    def _project(self) -> str:
        return self._credentials.project_id

    def _auth(self) -> httpx.Auth:
        key = self._credentials
        if key.ak and key.sk:
            return KeyAuth(key.ak, key.sk, key.security_token)
        if key.user_name and key.password and key.domain_name:
            user = User(key.user_name, key.password, key.domain_name, key.project_id)
            return TokenAuth(user, key.iam_endpoint)
        raise BugError("huawei's credentials are neither a key nor an IAM user")

    def submit(self, application: SignatureApplication, token: str = "") -> Review:
        """CreateSignature, after the upload of its files; its answer has the ids."""
        del token
        request = self._submission("POST", "signatures", application)
        submitted = self._answered("CreateSignature", request, Submitted, write=True)
        papers, text = application.qualification_id, application.text
        review = RULES.accepted(submitted.id, text, papers=papers, filing=NOT_BEGUN)
        return replace(review, outputs={"signature_id": submitted.signature_id})

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """UpdateSignature, a full replacement of the application under the same id.

        Files of an earlier submission are not sent again, unless the vendor no longer has them.
        """
        sent_before = application.uploads.keys() & {file.sha256 for file in application.evidence}
        try:
            self._update(handle, application)
        except InputError as error:
            if error.code != FILE_MISSING or not sent_before:
                raise
            for digest in sent_before:
                del application.uploads[digest]
            self._update(handle, application)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """ShowSignature, which alone says that there is none; the list first, for several."""

        def ask(handle: Handle) -> Review | None:
            item = self._item(handle)
            return self._review(item) if item else None

        return self._looked_up(handles, ask)

    def details(self, handle: Handle) -> Review | None:
        """ShowSignature, and the `app_id`, of which it reports only the app's name and key."""
        item = self._item(handle)
        if item is None:
            return None
        review, app_id = self._review(item), self._app_id(item)
        return replace(
            review, reported={**review.reported, "app_id": app_id} if app_id else review.reported
        )

    def find(self, application: SignatureApplication) -> Sequence[Review]:
        """ListSignatureDetails with the name and type, to its end, compared exactly."""
        name, kind = application.signature_name, application.signature_type.value
        return [
            review
            for review in each(self._list({"signature_name": name, "signature_type": kind}))
            if review.text == name and review.reported.get("signature_type") == kind
        ]

    def withdraw(self, handle: Handle) -> None:
        """DeleteSignature."""
        request = self._request("DELETE", _path(handle))
        try:
            self._confirmed("DeleteSignature", request)
        except ReviewMovedError as refused:
            refused.advice = _(_AFTER_THE_VERDICT)
            raise

    def request(self, name: str, handle: Handle) -> None:
        """EnableSignature for `activate`: the activation is reviewed like an application."""
        if name != "activate":
            super().request(name, handle)
        request = self._request("PUT", f"{_path(handle)}/active")
        self._confirmed("EnableSignature", request)

    def catalogue(self, scope: str) -> Iterator[ListPage]:
        """ListSignatureDetails, 500 a page; reports each as ShowSignature does (the SDK)."""
        del scope
        return self._list({})

    def bears(self, review: Review, application: SignatureApplication) -> bool:
        """Whether it has exactly the name, and the type where the review reports one."""
        kind = review.reported.get("signature_type", application.signature_type.value)
        return (review.text, kind) == (
            application.signature_name,
            application.signature_type.value,
        )

    def _review(self, item: Item) -> Review:
        """An item as a `Review`; only the region says which site it is."""
        return item.review(is_china=self._credentials.region.startswith("cn-"))

    def _item(self, handle: Handle) -> Item | None:
        """ShowSignature; None when the vendor says that there is none."""
        try:
            return self._answered("ShowSignature", self._request("GET", _path(handle)), Item)
        except NotFoundError:
            return None

    def _app_id(self, item: Item) -> str:
        """The `id` of the app that a signature belongs to; "" where it isn't certain."""
        if not item.app_name or not item.app_key:
            return ""
        query = canonical_query({"app_name": item.app_name, "limit": str(LARGEST_PAGE)}.items())
        try:
            apps = self._answered("ListAppDetails", self._request("GET", f"apps?{query}"), Apps)
        except SmsSignError:
            return ""
        matches = [app.id for app in apps.results if app.app_key == item.app_key]
        return matches[0] if len(matches) == 1 else ""

    def _update(self, handle: Handle, application: SignatureApplication) -> None:
        request = self._submission("PUT", _path(handle), application)
        self._answered("UpdateSignature", request, Submitted, write=True)

    def _list(self, filters: Mapping[str, str]) -> Iterator[ListPage]:
        """The pages of the vendor's list for some filters."""
        return by_pages(self.vendor, lambda offset: self._page(offset, filters))

    def _page(self, offset: int, filters: Mapping[str, str]) -> tuple[list[Review], bool]:
        """A page of the list, and whether it is the last one."""
        query = {"limit": str(LARGEST_PAGE), "offset": str(offset), **filters}
        request = self._request("GET", f"signatures?{canonical_query(query.items())}")
        page = self._answered("ListSignatureDetails", request, Page)
        reviews = [self._review(item) for item in page.results]
        return reviews, offset + len(reviews) >= page.total

    def _submission(
        self, method: str, path: str, application: SignatureApplication
    ) -> httpx.Request:
        """A request with the application; its files are uploaded now, if they have not been."""
        file_ids = {file_id: self._file_id(application, file) for file, file_id in FILE_IDS.items()}
        return self._request(
            method, path, json.dumps(forms.submission(application, file_ids)).encode()
        )

    def _file_id(self, application: SignatureApplication, name: str) -> str | None:
        file: Evidence | None = getattr(application, name)
        if file is None:
            file_id: str | None = getattr(application, FILE_IDS[name])
            return file_id
        if file.sha256 not in application.uploads:
            application.uploads[file.sha256] = self._upload(name, file)
        return application.uploads[file.sha256]

    def _upload(self, name: str, file: Evidence) -> str:
        """UploadSignatureFile, under a name of ours and not the user's.

        Called as a read, so it is repeated when its answer is lost: a file that arrived twice does
        no harm, since no signature names the first.
        """
        request = self._transport.request(
            "POST",
            self._url("upload-files"),
            headers={"X-Project-Id": self._project},
            files={"file": (name + EXTENSIONS[file.media_type], file.read(), file.media_type)},
        )
        return self._answered("UploadSignatureFile", request, Uploaded).file_id

    def _request(self, method: str, path: str, content: bytes = b"") -> httpx.Request:
        return self._transport.request(
            method,
            self._url(path),
            headers={
                "Content-Type": "application/json",
                "X-Project-Id": self._project,
            },
            content=content,
        )

    def _url(self, path: str) -> str:
        return f"/v2/{self._project}/msgsms/{path}"

    def _answered(
        self, action: str, request: httpx.Request, model: type[_Answer], *, write: bool = False
    ) -> _Answer:
        """Make a call and read its answer as a model."""
        return self._exchange(action, request, succeeded, model.model_validate, write=write)

    def _confirmed(self, action: str, request: httpx.Request) -> None:
        """Make a write whose answer may be empty."""
        self._exchange(action, request, confirmed, ignore_body, write=True)


def _path(handle: Handle) -> str:
    if not handle.id.strip(".") or len(handle.id) > _LONGEST_ID:
        raise InputError(
            _("{id} is not the id of a signature at Huawei", id=repr(handle.id)),
            vendor=RULES.vendor,
            advice=_("use the primary key `id` of the signature, not its name."),
        )
    return f"signatures/{quote(handle.id, safe='')}"
