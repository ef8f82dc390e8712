"""UCloud's four calls: to create, update, query and delete a USMS signature.

Sources: the page UpdateUSMSSignature (global site) and its siblings (August 2026), the official
Python SDK 0.11.150. There is no list: a signature is asked for by its id or by its text, and the
answer has one or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar, final

from pyrate_limiter import Rate

from pulumi_smssign.contract.answers import ignore_body
from pulumi_smssign.contract.vendor import BaseApi, Capabilities
from pulumi_smssign.model.errors import InputError, NotFoundError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.ucloud import forms
from pulumi_smssign.ucloud.answers import Answer, Created, item, successful
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials
from pulumi_smssign.ucloud.codes import KEY_PROOFS
from pulumi_smssign.ucloud.rules import RULES
from pulumi_smssign.ucloud.scope import DEFAULT_PROJECT, Scope

_T = TypeVar("_T")

_CREATE = "CreateUSMSSignature"
_UPDATE = "UpdateUSMSSignature"
_QUERY = "QueryUSMSSignature"
_DELETE = "DeleteUSMSSignature"

_WRITE = Rate(3, 1050)
_LIMITS = {_CREATE: _WRITE, _UPDATE: _WRITE, _DELETE: _WRITE, _QUERY: Rate(10, 1050)}
"""Calls per milliseconds; UCloud publishes no limit, so these are careful ones."""


@final
class SignatureApi(BaseApi[SignatureApplication, AccountCredentials]):
    """One account's signatures at UCloud."""

    limits = _LIMITS
    capabilities = Capabilities(batches=False)
    key_proofs = KEY_PROOFS

    def __init__(self, credentials: AccountCredentials) -> None:
        super().__init__(credentials)
        self._international: dict[str, bool] = {}

    def full_scope(self, scope: str) -> str:
        """A scope with its project: the one it names, the account's, or the default one."""
        named = Scope.of(scope)
        project = named.project or self._credentials.project_id or DEFAULT_PROJECT
        return str(Scope(project, international=named.international))

    def submit(self, application: SignatureApplication, token: str = "") -> Review:
        """CreateUSMSSignature; its answer has nothing but the new SigId."""
        del token
        created = self._call(
            _CREATE,
            application.scope,
            forms.creation(application),
            Created.model_validate,
            write=True,
        )
        self._international[created.sig_id] = application.international
        return RULES.accepted(created.sig_id, application.text)

    def resubmit(self, handle: Handle, application: SignatureApplication) -> None:
        """UpdateUSMSSignature, a full replacement of the fields that it has."""
        form = forms.update(handle.id, application)
        self._call(_UPDATE, handle.scope, form, ignore_body, write=True)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """QueryUSMSSignature by id, a call for each, several at a time."""
        for handle in handles:
            if handle.scope:  # remembered for `find`, whose answer does not say it
                self._international[handle.id] = Scope.of(handle.scope).international
        return self._each(handles, lambda handle: self._query(handle.scope, {"SigId": handle.id}))

    def find(self, application: SignatureApplication) -> Sequence[Review]:
        """QueryUSMSSignature by text, in the application's project.

        The answer does not say whether it is a mainland or an international signature: one that
        these calls have seen as the other kind is left out.
        """
        review = self._query(application.scope, {"SigContent": application.sig_content})
        if review is None or review.text != application.sig_content:
            return []
        international = self._international.get(review.id, application.international)
        return [review] if international is application.international else []

    def withdraw(self, handle: Handle) -> None:
        """DeleteUSMSSignature of one."""
        self._call(_DELETE, handle.scope, {"SigIds.0": handle.id}, ignore_body, write=True)

    def listed(self, text: str = "") -> Sequence[Review]:
        """QueryUSMSSignature by a whole text, in the account's project; UCloud lists nothing.

        Raises:
            InputError: there is no text to ask for.
        """
        if not text:
            raise InputError(
                _(
                    "ucloud has no list of an account's signatures: it finds one by its id or its "
                    "whole text"
                ),
                vendor=RULES.vendor,
                advice=_("name a text with --text, or look in the vendor's console."),
            )
        review = self._query("", {"SigContent": text})
        return [review] if review else []

    def _query(self, scope: str, key: forms.Parameters) -> Review | None:
        """QueryUSMSSignature by id or text; None when the vendor says that there is none."""

        def read(answer: Answer) -> Review | None:
            signature = item(answer)
            if signature is None:
                return None
            if signature.sig_id != key.get("SigId", signature.sig_id):
                raise ValueError("another signature than the one asked for")
            return signature.review()

        try:
            return self._call(_QUERY, scope, key, read)
        except NotFoundError:
            return None

    def _call(
        self,
        action: str,
        scope: str,
        parameters: forms.Parameters,
        read: Callable[[Answer], _T],
        *,
        write: bool = False,
    ) -> _T:
        """Call an action in the project of a scope, and read its answer."""
        project = Scope.of(self.full_scope(scope)).project
        project_id = {} if project == DEFAULT_PROJECT else {"ProjectId": project}
        request = self._transport.request(
            "POST",
            "/",
            content=forms.body({"Action": action, **project_id, **parameters}, self._credentials),
            headers={"Content-Type": forms.MEDIA_TYPE},
        )
        return self._exchange(action, request, partial(successful, action), read, write=write)
