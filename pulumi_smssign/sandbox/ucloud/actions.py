"""The four signature actions of USMS: Create, Update, Query and Delete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from pulumi_smssign.sandbox.arguments import Arguments
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature, UnknownSignatureError
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.objections import ACCEPTED
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.ucloud.codes import INVALID, MISSING, parameter_refusal
from pulumi_smssign.sandbox.ucloud.contracts import CREATE, DELETE, NAME, QUERY, UPDATE
from pulumi_smssign.sandbox.ucloud.screening import Application, Screening
from pulumi_smssign.sandbox.ucloud.statuses import DISABLED, REJECTED, UNDER_AUDIT, shown
from pulumi_smssign.sandbox.ucloud.switches import REFUSED

FIRST_NUMBER = 0xA00001
"""Of the six hex digits that end a SigId; the day before them is the day of submission (UTC)."""


class Actions:
    """The USMS service behind the gateway."""

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._desk = desk
        self._switches = switches
        self._clock = clock
        self._by_name: Mapping[str, Callable[[str, str, Arguments], Document]] = {
            CREATE: self._create,
            UPDATE: self._update,
            QUERY: self._query,
            DELETE: self._delete,
        }

    def perform(self, action: str, account: str, project: str, arguments: Arguments) -> Document:
        """Perform an action in a project of an account; give what its answer has of its own.

        Raises:
            Refusal: with a code of the service.
        """
        with self._desk.transaction():
            return self._by_name[action](account, project, arguments)

    def _create(self, account: str, project: str, arguments: Arguments) -> Document:
        application = Screening(arguments, self._switches, None, self._desk.shelf).application()
        self._check_twins(account, project, application, None)
        day = dt.datetime.fromtimestamp(self._clock.now(), dt.UTC)
        number = self._desk.next_number(NAME, FIRST_NUMBER)
        signature_id = f"SIG{day:%Y%m%d}{number:06X}"
        self._desk.submit(
            NAME,
            account,
            signature_id=signature_id,
            text=application.text,
            fields={"ProjectId": project, **application.fields},
            evidence=application.evidence,
            verdict=application.verdict,
        )
        if self._switches.flag("ucloud.create_returns_text"):
            return {"SigId": signature_id, "SigContent": application.text}
        return {"SigId": signature_id}

    def _update(self, account: str, project: str, arguments: Arguments) -> Document:
        signature_id = arguments.string("SigId")
        signature = self._own(account, project, signature_id)
        if signature is None:
            raise self._not_found(signature_id)
        status = self._status(signature)
        if str(status) not in self._switches.text("ucloud.update_statuses").split(","):
            raise self._wrong_state(signature, "modified")
        application = Screening(
            arguments, self._switches, signature, self._desk.shelf
        ).application()
        self._check_twins(account, project, application, signature)
        self._desk.resubmit(
            NAME,
            signature.id,
            text=application.text,
            fields=application.fields,
            evidence=application.evidence,
            verdict=application.verdict,
        )
        return {}

    def _query(self, account: str, project: str, arguments: Arguments) -> Document:
        if "SigId" not in arguments and "SigContent" not in arguments:
            raise self._parameter(MISSING, "SigId", "missing parameter: SigId or SigContent")
        found = self._matches(account, project, arguments)
        if not found:
            return self._nothing(arguments)
        newest = self._switches.text("ucloud.query_several") == "newest"
        signature = found[-1 if newest else 0]
        data: Document = {
            "SigId": signature.id,
            "SigContent": signature.text,
            "Status": self._status(signature),
            "ErrDesc": signature.reason,
        }
        return {"Data": data}

    def _delete(self, account: str, project: str, arguments: Arguments) -> Document:
        signature_ids = dict.fromkeys(arguments.strings("SigIds"))
        if not signature_ids and self._switches.text("ucloud.delete_nothing") == REFUSED:
            raise self._parameter(MISSING, "SigIds", "missing parameter: SigIds")
        limit = int(self._switches.number("ucloud.delete_limit"))
        if limit and len(signature_ids) > limit:
            raise self._parameter(INVALID, "SigIds", f"SigIds has more than {limit} ids")
        found: list[Signature] = []
        refusals: list[Refusal] = []
        for signature_id in signature_ids:
            signature = self._own(account, project, signature_id)
            if signature is None:
                if self._switches.text("ucloud.delete_not_found") == REFUSED:
                    refusals.append(self._not_found(signature_id))
            elif self._deletable(signature):
                found.append(signature)
            else:
                refusals.append(self._wrong_state(signature, "deleted"))
        if not refusals or self._switches.text("ucloud.delete_many") == "partial":
            for signature in found:
                self._desk.withdraw(NAME, signature.id)
        if refusals:
            raise refusals[0]
        return {}

    def _status(self, signature: Signature) -> int:
        return shown(signature, self._switches)

    def _own(self, account: str, project: str, signature_id: str) -> Signature | None:
        try:
            signature = self._desk.get(NAME, signature_id)
        except UnknownSignatureError:
            return None
        return signature if _belongs(signature, account, project) else None

    def _in_project(self, account: str, project: str) -> list[Signature]:
        return [
            signature
            for signature in self._desk.find(NAME, account)
            if _belongs(signature, account, project)
        ]

    def _matches(self, account: str, project: str, arguments: Arguments) -> list[Signature]:
        """Find what a query means, the oldest first."""
        by = [name for name in ("SigId", "SigContent") if name in arguments]
        both = self._switches.text("ucloud.query_by_both")
        if len(by) > 1 and both != "both":
            by = ["SigId" if both == "id" else "SigContent"]
        return [
            signature
            for signature in self._in_project(account, project)
            if ("SigId" not in by or signature.id == arguments.string("SigId"))
            and ("SigContent" not in by or signature.text == arguments.string("SigContent"))
        ]

    def _nothing(self, arguments: Arguments) -> Document:
        answer = self._switches.text("ucloud.query_not_found")
        if answer == "code":
            raise self._not_found(arguments.string("SigId") or arguments.string("SigContent"))
        if answer == "missing":
            return {}
        return {"Data": {} if answer == "empty" else None}

    def _deletable(self, signature: Signature) -> bool:
        status = self._status(signature)
        if status == DISABLED:
            return self._switches.text("ucloud.delete_disabled") == ACCEPTED
        return status != UNDER_AUDIT

    def _check_twins(
        self, account: str, project: str, application: Application, itself: Signature | None
    ) -> None:
        """Refuse a text that another signature of the project has."""
        if self._switches.text("ucloud.duplicates") == ACCEPTED:
            return
        rejected_free = self._switches.text("ucloud.duplicate_of_rejected") == ACCEPTED
        for twin in self._in_project(account, project):
            if itself is not None and twin.id == itself.id:
                continue
            if twin.fields.get("International") is not application.international:
                continue
            if rejected_free and self._status(twin) == REJECTED:
                continue
            if self._same_text(twin.text, application.text):
                code = int(self._switches.number("ucloud.duplicate_code"))
                raise Refusal(str(code), "SigContent already exists")

    def _same_text(self, one: str, other: str) -> bool:
        if self._switches.flag("ucloud.unique_ignores_case"):
            return one.casefold() == other.casefold()
        return one == other

    def _parameter(self, code: int, name: str, message: str) -> Refusal:
        family = self._switches.text("ucloud.parameter_codes")
        return parameter_refusal(family, code, name, message)

    def _not_found(self, which: str) -> Refusal:
        code = int(self._switches.number("ucloud.not_found_code"))
        return Refusal(str(code), f"signature {which[:64]} not found")

    def _wrong_state(self, signature: Signature, what: str) -> Refusal:
        code = int(self._switches.number("ucloud.wrong_state_code"))
        status = self._status(signature)
        return Refusal(
            str(code), f"signature {signature.id} is in status {status} and cannot be {what}"
        )


def _belongs(signature: Signature, account: str, project: str) -> bool:
    return signature.account == account and signature.fields.get("ProjectId") == project
