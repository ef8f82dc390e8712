"""The four signature actions of USMS: Create, Update, Query and Delete."""

from __future__ import annotations

import datetime as dt

from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.parameters import Arguments
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.service import ACCEPTED, Application, Service
from pulumi_smssign.sandbox.ucloud.codes import INVALID, MISSING, parameter_refusal
from pulumi_smssign.sandbox.ucloud.contracts import CREATE, DELETE, QUERY, UPDATE
from pulumi_smssign.sandbox.ucloud.screening import Screening

WAITING, UNDER_AUDIT, APPROVED, REJECTED, DISABLED = range(5)
"""Status, as QueryUSMSSignature shows it (its page, 2026-08)."""


def shown_status(signature: Signature) -> int:
    """Give the Status that QueryUSMSSignature shows now."""
    reviewed = {Status.APPROVED: APPROVED, Status.REJECTED: REJECTED}
    return int(signature.vendor_status or reviewed.get(signature.status, WAITING))


FIRST_NUMBER = 0xA00001
"""Of the six hex digits that end a SigId; the day before them is the day of submission (UTC)."""


class Actions(Service[Arguments]):
    """The USMS service behind the gateway."""

    screening = Screening

    def perform(self, action: str, account: str, arguments: Arguments) -> Document:
        """Perform an action for an account and give its answer's own keys, or raise a Refusal."""
        perform = {
            CREATE: self._create,
            UPDATE: self._update,
            QUERY: self._query,
            DELETE: self._delete,
        }[action]
        with self._desk.transaction():
            return perform(account, arguments)

    def _create(self, account: str, arguments: Arguments) -> Document:
        application = self._screened(account, arguments)
        day = dt.datetime.fromtimestamp(self._clock.now(), dt.UTC)
        number = self._desk.next_number(self._vendor, FIRST_NUMBER)
        signature_id = f"SIG{day:%Y%m%d}{number:06X}"
        self._submit(account, signature_id, application)
        return {"SigId": signature_id}

    def _update(self, account: str, arguments: Arguments) -> Document:
        signature_id = arguments.string("SigId")
        signature = self._of_project(account, arguments, signature_id)
        if signature is None:
            raise self._not_found(signature_id)
        taken = self._switches.text("ucloud.update_statuses").split(",")
        if str(shown_status(signature)) not in taken:
            raise self._wrong_state(signature, "modified")
        self._resubmit(signature, self._screened(account, arguments, signature))
        return {}

    def _query(self, account: str, arguments: Arguments) -> Document:
        signature_id, text = arguments.string("SigId"), arguments.string("SigContent")
        if not signature_id and not text:
            raise self._missing("SigId", "SigId or SigContent")
        if signature_id:
            signature = self._of_project(account, arguments, signature_id)
        else:
            newest_first = reversed(self._desk.with_text(self._vendor, account, text))
            signature = next((each for each in newest_first if _is_of(arguments, each)), None)
        if signature is None:
            return self._nothing(signature_id or text)
        data: Document = {
            "SigId": signature.id,
            "SigContent": signature.text,
            "Status": shown_status(signature),
            "ErrDesc": signature.reason,
        }
        return {"Data": data}

    def _delete(self, account: str, arguments: Arguments) -> Document:
        signature_ids = dict.fromkeys(arguments.strings("SigIds"))
        if not signature_ids:
            raise self._missing("SigIds", "SigIds")
        for signature_id in signature_ids:
            signature = self._of_project(account, arguments, signature_id)
            if signature is None:
                raise self._not_found(signature_id)
            if shown_status(signature) == UNDER_AUDIT:
                raise self._wrong_state(signature, "deleted")
        for signature_id in signature_ids:
            self._desk.withdraw(self._vendor, signature_id)
        return {}

    def _of_project(
        self, account: str, arguments: Arguments, signature_id: str
    ) -> Signature | None:
        signature = self._own(account, signature_id)
        return signature if signature is not None and _is_of(arguments, signature) else None

    def _nothing(self, which: str) -> Document:
        answer = self._switches.text("ucloud.query_not_found")
        if answer == "code":
            raise self._not_found(which)
        if answer == "missing":
            return {}
        return {"Data": {} if answer == "empty" else None}

    @override
    def _check_twin(self, twin: Signature, application: Application) -> None:
        """Refuse a text that another signature of the project and kind has."""
        kinds = [
            [fields.get(name) for name in ("ProjectId", "International")]
            for fields in (twin.fields, application.fields)
        ]
        if self._switches.text("ucloud.duplicates") != ACCEPTED and kinds[0] == kinds[1]:
            raise Refusal(str(INVALID), "SigContent already exists")

    def _missing(self, name: str, wanted: str) -> Refusal:
        return parameter_refusal(self._switches, MISSING, name, f"missing parameter: {wanted}")

    def _not_found(self, which: str) -> Refusal:
        code = int(self._switches.number("ucloud.not_found_code"))
        return Refusal(str(code), f"signature {which[:64]} not found")

    def _wrong_state(self, signature: Signature, deed: str) -> Refusal:
        code = int(self._switches.number("ucloud.wrong_state_code"))
        status = shown_status(signature)
        return Refusal(
            str(code), f"signature {signature.id} is in status {status} and cannot be {deed}"
        )


def _is_of(arguments: Arguments, signature: Signature) -> bool:
    """Tell whether a signature is of the project that a call is for."""
    return signature.fields.get("ProjectId") == arguments.string("ProjectId")
