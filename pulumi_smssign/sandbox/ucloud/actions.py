"""The four signature actions of USMS: Create, Update, Query and Delete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import ACCEPTED
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.service import Application, Service
from pulumi_smssign.sandbox.ucloud.codes import INVALID, MISSING, parameter_refusal
from pulumi_smssign.sandbox.ucloud.contracts import CREATE, DELETE, QUERY, UPDATE
from pulumi_smssign.sandbox.ucloud.screening import Screening
from pulumi_smssign.sandbox.ucloud.statuses import UNDER_AUDIT, shown

FIRST_NUMBER = 0xA00001
"""Of the six hex digits that end a SigId; the day before them is the day of submission (UTC)."""


class Actions(Service):
    """The USMS service behind the gateway."""

    def perform(self, action: str, account: str, project: str, arguments: Arguments) -> Document:
        """Perform an action in a project of an account; give what its answer has of its own.

        Raises:
            Refusal: with a code of the service.
        """
        by_name: Mapping[str, Callable[[str, str, Arguments], Document]] = {
            CREATE: self._create,
            UPDATE: self._update,
            QUERY: self._query,
            DELETE: self._delete,
        }
        with self._desk.transaction():
            return by_name[action](account, project, arguments)

    def _create(self, account: str, project: str, arguments: Arguments) -> Document:
        application = self._screened(account, project, arguments, None)
        day = dt.datetime.fromtimestamp(self._clock.now(), dt.UTC)
        number = self._desk.next_number(self._vendor, FIRST_NUMBER)
        signature_id = f"SIG{day:%Y%m%d}{number:06X}"
        self._submit(account, signature_id, application)
        return {"SigId": signature_id}

    def _update(self, account: str, project: str, arguments: Arguments) -> Document:
        signature_id = arguments.string("SigId")
        signature = self._of_project(project, account, signature_id)
        if signature is None:
            raise self._not_found(signature_id)
        taken = self._switches.text("ucloud.update_statuses").split(",")
        if str(shown(signature)) not in taken:
            raise self._wrong_state(signature, "modified")
        self._resubmit(signature, self._screened(account, project, arguments, signature))
        return {}

    def _query(self, account: str, project: str, arguments: Arguments) -> Document:
        signature_id, text = arguments.string("SigId"), arguments.string("SigContent")
        if not signature_id and not text:
            raise self._missing("SigId", "SigId or SigContent")
        if signature_id:
            signature = self._of_project(project, account, signature_id)
        else:
            found = [
                each
                for each in self._others(account, None)
                if each.text == text and each.fields.get("ProjectId") == project
            ]
            signature = found[-1] if found else None
        if signature is None:
            return self._nothing(signature_id or text)
        data: Document = {
            "SigId": signature.id,
            "SigContent": signature.text,
            "Status": shown(signature),
            "ErrDesc": signature.reason,
        }
        return {"Data": data}

    def _delete(self, account: str, project: str, arguments: Arguments) -> Document:
        signature_ids = dict.fromkeys(arguments.strings("SigIds"))
        if not signature_ids:
            raise self._missing("SigIds", "SigIds")
        for signature_id in signature_ids:
            signature = self._of_project(project, account, signature_id)
            if signature is None:
                raise self._not_found(signature_id)
            if shown(signature) == UNDER_AUDIT:
                raise self._wrong_state(signature, "deleted")
        for signature_id in signature_ids:
            self._desk.withdraw(self._vendor, signature_id)
        return {}

    def _screened(
        self, account: str, project: str, arguments: Arguments, before: Signature | None
    ) -> Application:
        application = Screening(
            arguments, self._switches, before, self._desk.shelf, project
        ).application()
        self._check_twins(account, application, before)
        return application

    def _of_project(self, project: str, account: str, signature_id: str) -> Signature | None:
        signature = self._own(account, signature_id)
        is_there = signature is not None and signature.fields.get("ProjectId") == project
        return signature if is_there else None

    def _nothing(self, which: str) -> Document:
        answer = self._switches.text("ucloud.query_not_found")
        if answer == "code":
            raise self._not_found(which)
        if answer == "missing":
            return {}
        return {"Data": {} if answer == "empty" else None}

    def _check_twins(
        self, account: str, application: Application, itself: Signature | None
    ) -> None:
        """Refuse a text that another signature of the project and kind has."""
        if self._switches.text("ucloud.duplicates") == ACCEPTED:
            return
        for twin in self._others(account, itself):
            if twin.text == application.text and all(
                twin.fields.get(name) == application.fields[name]
                for name in ("ProjectId", "International")
            ):
                raise Refusal(str(INVALID), "SigContent already exists")

    def _missing(self, name: str, wanted: str) -> Refusal:
        return parameter_refusal(self._switches, MISSING, name, f"missing parameter: {wanted}")

    def _not_found(self, which: str) -> Refusal:
        code = int(self._switches.number("ucloud.not_found_code"))
        return Refusal(str(code), f"signature {which[:64]} not found")

    def _wrong_state(self, signature: Signature, what: str) -> Refusal:
        code = int(self._switches.number("ucloud.wrong_state_code"))
        status = shown(signature)
        return Refusal(
            str(code), f"signature {signature.id} is in status {status} and cannot be {what}"
        )
