"""The service's side of signatures: create, list, show, update, delete, apply for activation.

Sources: vendor page "Creating an SMS Signature" (2025-04-11), vendor pages sms_05_0028 and 0030 to
0033 (2025-12) for the states that an operation is taken in, official SDK 3.1.219 for the fields.
"""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature, UnknownSignatureError
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.huawei import statuses
from pulumi_smssign.sandbox.huawei.apps import Apps, key_of, name_of
from pulumi_smssign.sandbox.huawei.codes import (
    BAD_ID,
    NOT_TO_BE_ACTIVATED,
    NOT_UPDATABLE,
    ServiceRefusal,
)
from pulumi_smssign.sandbox.huawei.files import Files
from pulumi_smssign.sandbox.huawei.iam import customer_id
from pulumi_smssign.sandbox.huawei.parameters import Times, invalid, newest_first, paged
from pulumi_smssign.sandbox.huawei.screening import Application, Screening
from pulumi_smssign.sandbox.huawei.switches import REFUSED
from pulumi_smssign.sandbox.review import Status, Verdict
from pulumi_smssign.sandbox.switches import Switches

_LONGEST_ID = 64
_LONGEST_QUALIFICATION_NAME = 32
_TENANT = "Sandbox Ltd"
_SHOWN_AS = {"power_attorney_fileid": "power_attorney_file_id"}
"""Fields that an answer names otherwise than a request."""


class Signatures:
    """The signatures of all accounts."""

    def __init__(self, vendor: str, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._vendor = vendor
        self._desk = desk
        self._switches = switches
        self._clock = clock
        self._files = Files(vendor, desk, switches, clock)
        self._apps = Apps(vendor, desk, switches)
        self._deleted: dict[tuple[str, str, str], float] = {}

    def reset(self) -> None:
        """Forget which names deleted signatures had."""
        self._deleted.clear()

    def create(self, account: str, document: Document) -> Document:
        """Take an application."""
        application = self._screened(account, document)
        self._check_twins(account, application, None)
        self._check_limit(account, application.app_id)
        signature = self._desk.submit(
            self._vendor,
            account,
            signature_id=str(uuid.uuid4()),
            text=application.name,
            fields={**application.fields, "signature_id": str(uuid.uuid4())},
            evidence=application.evidence,
            verdict=application.verdict,
        )
        return _identity(signature)

    def update(self, account: str, signature_id: str, document: Document) -> Document:
        """Take a rejected application's next version."""
        signature = self._own(account, signature_id)
        if self._status(signature) != statuses.REJECTED:
            raise ServiceRefusal(NOT_UPDATABLE, f"status={self._status(signature)}")
        application = self._screened(account, document)
        moves = application.app_id != signature.fields.get("app_id")
        if moves and self._switches.text("huawei.update_app") == REFUSED:
            raise invalid("app_id")
        self._check_twins(account, application, signature)
        updated = self._desk.resubmit(
            self._vendor,
            signature.id,
            text=application.name,
            fields={**application.fields, "signature_id": signature.fields.get("signature_id")},
            evidence=application.evidence,
            verdict=application.verdict,
        )
        return _identity(updated)

    def delete(self, account: str, signature_id: str) -> None:
        """Delete a signature, unless its review is under way."""
        signature = self._own(account, signature_id)
        status = self._status(signature)
        refused = self._switches.text("huawei.delete_pending") == REFUSED
        if refused and statuses.is_pending(status):
            code = self._switches.text("huawei.delete_pending_code")
            message = "Signature not allow to delete while it is being reviewed or registered."
            raise ServiceRefusal(code, f"status={status}", message)
        self._desk.withdraw(self._vendor, signature.id)
        self._deleted[account, signature.text, _type(signature)] = self._clock.now()

    def activate(self, account: str, signature_id: str) -> None:
        """Take the request to activate a suspended signature; another review decides on it."""
        signature = self._own(account, signature_id)
        if self._status(signature) != statuses.TO_BE_ACTIVATED:
            detail = "Signature status should be TO_BE_ACTIVATED."
            raise ServiceRefusal(NOT_TO_BE_ACTIVATED, detail)
        requested = Verdict(Status.OTHER, vendor_status=statuses.PENDING_ACTIVATE)
        self._desk.reopen(self._vendor, signature.id, requested, what="activation requested")

    def show(self, account: str, signature_id: str) -> Document:
        """Show one signature."""
        return self._shown(self._own(account, signature_id))

    def list(self, account: str, query: Mapping[str, str]) -> Document:
        """List an account's signatures by pages and filters."""
        times = Times(self._switches)
        since = times.bound(query, "start_time", 0.0)
        until = times.bound(query, "end_time", math.inf)
        visible_by = self._clock.now() - self._switches.number("huawei.visibility_delay")
        found: list[JsonValue] = []
        for signature in self._desk.find(self._vendor, account):
            item = self._shown(signature)
            in_time = since <= signature.created_at <= min(until, visible_by)
            if in_time and self._matches(item, query):
                found.append(item)
        if newest_first(query):
            found.reverse()
        return {"results": paged(found, query), "total": len(found)}

    def _matches(self, item: Document, query: Mapping[str, str]) -> bool:
        exact = self._switches.text("huawei.name_filter") == "exact"
        for name in ("signature_name", "app_name"):
            wanted, value = query.get(name, ""), str(item.get(name, ""))
            if wanted and (wanted != value if exact else wanted not in value):
                return False
        return all(
            query.get(name, "") in {"", item.get(name)}
            for name in ("signature_id", "signature_type", "status")
        )

    def _screened(self, account: str, document: Document) -> Application:
        application = Screening(account, document, self._files, self._switches).application()
        self._apps.check(application.app_id)
        return application

    def _own(self, account: str, signature_id: str) -> Signature:
        if not 1 <= len(signature_id) <= _LONGEST_ID:
            raise ServiceRefusal(BAD_ID)
        missing = ServiceRefusal(self._switches.text("huawei.missing_code"), f"id={signature_id}")
        try:
            signature = self._desk.get(self._vendor, signature_id)
        except UnknownSignatureError:
            raise missing from None
        if signature.account != account:
            raise missing
        return signature

    def _check_twins(
        self, account: str, application: Application, itself: Signature | None
    ) -> None:
        """Refuse a name and type that the account has already, in whichever app."""
        if any(
            twin.text == application.name
            and _type(twin) == application.type
            and (itself is None or twin.id != itself.id)
            and self._holds_name(twin)
            for twin in self._desk.find(self._vendor, account)
        ) or self._is_held(account, application):
            code = self._switches.text("huawei.duplicate_code")
            raise ServiceRefusal(code, f"name={application.name}")

    def _holds_name(self, signature: Signature) -> bool:
        rejected = self._status(signature) == statuses.REJECTED
        return not rejected or self._switches.flag("huawei.rejected_holds_name")

    def _is_held(self, account: str, application: Application) -> bool:
        deleted_at = self._deleted.get((account, application.name, application.type), -math.inf)
        return self._clock.now() < deleted_at + self._switches.number("huawei.deleted_holds_name")

    def _check_limit(self, account: str, app_id: str) -> None:
        limit = int(self._switches.number("huawei.signature_limit"))
        used = sum(
            signature.fields.get("app_id") == app_id
            for signature in self._desk.find(self._vendor, account)
        )
        if limit and used >= limit:
            code = self._switches.text("huawei.signature_limit_code")
            raise ServiceRefusal(code, message=f"The app has {limit} signatures already.")

    def _status(self, signature: Signature) -> str:
        return statuses.shown(signature, self._switches, self._clock)

    def _shown(self, signature: Signature) -> Document:
        times = Times(self._switches)
        app_id = str(signature.fields.get("app_id", ""))
        fields = {
            _SHOWN_AS.get(name, name): value
            for name, value in signature.fields.items()
            if name != "app_id"
        }
        status = self._status(signature)
        item: Document = {
            **fields,
            **_identity(signature),
            "status": status,
            "app_name": name_of(app_id),
            "app_key": key_of(app_id),
            "create_time": times.written(signature.created_at),
            "update_time": times.written(signature.reviewed_at or signature.submitted_at),
            "customer_id": customer_id(signature.account),
            "tenant": {
                "customer_id": customer_id(signature.account),
                "customer_name": signature.account,
                "enterprise_name": _TENANT,
            },
        }
        if signature.reason:
            item["review_desc"] = signature.reason
        if statuses.is_approved(status):
            item["channel_num"] = _channel(signature.id)
        qualification = fields.get("qualification_id")
        if qualification:
            name = f"{_TENANT}_{qualification}"
            item["qualification_name"] = name[:_LONGEST_QUALIFICATION_NAME]
        return item


def _identity(signature: Signature) -> Document:
    return {
        "id": signature.id,
        "signature_id": signature.fields.get("signature_id"),
        "signature_name": signature.text,
    }


def _type(signature: Signature) -> str:
    return str(signature.fields.get("signature_type", ""))


def _channel(signature_id: str) -> str:
    """Give the number that a signature sends by (16 digits), always the same for an id."""
    return f"1069{int(hashlib.sha256(signature_id.encode()).hexdigest(), 16) % 10**12:012}"
