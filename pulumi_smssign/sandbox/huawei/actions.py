"""The actions behind the gateway: what performs each operation of MSGSMS.

Sources: vendor page "Creating an SMS Signature" (2025-04-11), vendor pages sms_05_0028 and 0030 to
0033 (2025-12) for the states that an operation is taken in, official SDK 3.1.219 for the fields.
"""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.huawei import apps, codes, contracts, parameters, statuses
from pulumi_smssign.sandbox.huawei.answers import answered, bodiless
from pulumi_smssign.sandbox.huawei.files import NAMING_FIELDS, Files
from pulumi_smssign.sandbox.huawei.iam import customer_id
from pulumi_smssign.sandbox.huawei.parameters import Call, body_of, invalid, query_of
from pulumi_smssign.sandbox.huawei.screening import Screening
from pulumi_smssign.sandbox.review import Status, Verdict
from pulumi_smssign.sandbox.service import ACCEPTED, Application, Service

_LONGEST_ID = 64
_LONGEST_QUALIFICATION_NAME = 32
_TENANT = "Sandbox Ltd"
_FILTERS = ("app_name", "signature_id", "signature_type", "status")
_SHOWN_AS = {"power_attorney_fileid": "power_attorney_file_id"}
"""Fields that an answer names otherwise than a request."""


class Actions(Service[Document]):
    """MSGSMS behind the gateway."""

    screening = Screening

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._files = Files(gateway)

    def perform(self, call: Call, account: str, request: HttpRequest) -> HttpAnswer:
        """Perform an operation for an account, or raise a Refusal."""
        by_name: Mapping[str, Callable[[], HttpAnswer]] = {
            contracts.CREATE: lambda: answered(self._create(account, body_of(request))),
            contracts.LIST: lambda: answered(self._list(account, query_of(request))),
            contracts.SHOW: lambda: answered(self._item(self._existing(account, call.id))),
            contracts.UPDATE: lambda: answered(self._update(account, call.id, body_of(request))),
            contracts.DELETE: lambda: self._delete(account, call.id),
            contracts.ACTIVATE: lambda: self._activate(account, call.id),
            contracts.UPLOAD: lambda: answered(self._files.upload(account, request)),
            contracts.SHOW_FILE: lambda: answered(self._files.show(account, query_of(request))),
            contracts.LIST_APPS: lambda: answered(self._list_apps(account, query_of(request))),
            contracts.SHOW_APP: lambda: answered(_show_app(account, call.id)),
        }
        sent = request.media_type
        wanted = "multipart/form-data" if call.operation == contracts.UPLOAD else "application/json"
        if sent != wanted:
            raise invalid("Content-Type")
        if not self._switches.flag("huawei.service_open"):
            raise codes.ServiceRefusal(codes.NOT_OPEN)
        with self._desk.transaction():
            return by_name[call.operation]()

    def _create(self, account: str, document: Document) -> Document:
        application = self._screened(account, document)
        signature = self._submit(account, str(uuid.uuid4()), application)
        return _identity(signature)

    def _update(self, account: str, signature_id: str, document: Document) -> Document:
        """Take a rejected application's next version."""
        signature = self._existing(account, signature_id)
        status = self._status(signature)
        if status != statuses.REJECTED:
            raise codes.ServiceRefusal(codes.NOT_UPDATABLE, f"status={status}")
        application = self._screened(account, document, signature)
        if application.fields["app_id"] != signature.fields.get("app_id"):
            raise invalid("app_id")
        return _identity(self._resubmit(signature, application))

    def _delete(self, account: str, signature_id: str) -> HttpAnswer:
        """Delete a signature, unless its review is under way."""
        signature = self._existing(account, signature_id)
        status = self._status(signature)
        is_taken = self._switches.text("huawei.delete_pending") == ACCEPTED
        if statuses.is_pending(status) and not is_taken:
            message = "Signature not allow to delete while it is being reviewed or registered."
            raise codes.ServiceRefusal(codes.NOT_UPDATABLE, f"status={status}", message)
        self._desk.withdraw(self._vendor, signature.id)
        return bodiless(int(self._switches.text("huawei.deleted_status")))

    def _activate(self, account: str, signature_id: str) -> HttpAnswer:
        """Take the request to activate a suspended signature; another review decides on it."""
        signature = self._existing(account, signature_id)
        if self._status(signature) != statuses.TO_BE_ACTIVATED:
            detail = "Signature status should be TO_BE_ACTIVATED."
            raise codes.ServiceRefusal(codes.NOT_TO_BE_ACTIVATED, detail)
        requested = Verdict(Status.OTHER, vendor_status=statuses.PENDING_ACTIVATE)
        self._desk.reopen(self._vendor, signature.id, requested, event="activation requested")
        return bodiless(200)

    def _list(self, account: str, query: Mapping[str, str]) -> Document:
        """List an account's signatures by pages and filters."""
        since = parameters.bound(query, "start_time", 0.0)
        until = parameters.bound(query, "end_time", math.inf)
        text = query.get("signature_name", "")
        found = [
            each
            for each in self._listed(account)
            if text in each.text and since <= each.created_at <= until
        ]
        for name in filter(query.get, _FILTERS):
            found = [each for each in found if self._shows(each, name, query[name])]
        if not parameters.newest_first(query):
            found.reverse()
        page = parameters.paged(found, query)
        items: list[JsonValue] = [{**self._item(each), "site": "cn"} for each in page]
        return {"results": items, "total": len(found)}

    def _shows(self, signature: Signature, name: str, wanted: str) -> bool:
        """Tell whether a list's filter lets a signature pass: an app by a part, the rest whole."""
        if name == "app_name":
            return wanted in apps.name_of(str(signature.fields.get("app_id", "")))
        if name == "status":
            return wanted == self._status(signature)
        return wanted == signature.fields.get(name)

    def _list_apps(self, account: str, query: Mapping[str, str]) -> Document:
        return apps.listed(account, self._desk.find(self._vendor, account), query)

    @override
    def _checked(self, account: str, sent: Document, before: Signature | None) -> Application:
        application = super()._checked(account, sent, before)
        files = {name: str(sent[name]) for name in NAMING_FIELDS if name in sent}
        evidence = {name: self._files.get(account, each).evidence for name, each in files.items()}
        apps.check(str(sent["app_id"]))
        signature_id = before.fields.get("signature_id") if before else str(uuid.uuid4())
        fields = {**application.fields, "signature_id": signature_id}
        return replace(application, fields=fields, evidence=evidence)

    def _existing(self, account: str, signature_id: str) -> Signature:
        if not 1 <= len(signature_id) <= _LONGEST_ID:
            raise codes.ServiceRefusal(codes.BAD_ID)
        signature = self._own(account, signature_id)
        if signature is None:
            code = self._switches.text("huawei.missing_code")
            raise codes.ServiceRefusal(code, f"id={signature_id}")
        return signature

    @override
    def _check_twin(self, twin: Signature, application: Application) -> None:
        """Refuse a name and type that the account has already, in whichever app and state."""
        if twin.fields.get("signature_type", "") == application.fields["signature_type"]:
            code = self._switches.text("huawei.duplicate_code")
            raise codes.ServiceRefusal(code, f"name={application.text}")

    def _status(self, signature: Signature) -> str:
        return statuses.shown_status(signature, self._switches, self._clock)

    def _item(self, signature: Signature) -> Document:
        app_id = str(signature.fields.get("app_id", ""))
        fields = {
            _SHOWN_AS.get(name, name): value
            for name, value in signature.fields.items()
            if name != "app_id"
        }
        status = self._status(signature)
        item: Document = {
            "file_id": "",
            **fields,
            **_identity(signature),
            "status": status,
            "app_name": apps.name_of(app_id),
            "app_key": apps.key_of(app_id),
            "channel_num": _channel(signature.id) if statuses.is_approved(status) else "",
            "urge_status": "NO",
            "signature_usage": "COMMERCIAL",
            "create_time": parameters.written(signature.created_at),
            "update_time": parameters.written(signature.reviewed_at or signature.submitted_at),
            "customer_id": customer_id(signature.account),
            "tenant": {
                "customer_id": customer_id(signature.account),
                "customer_name": signature.account,
                "enterprise_name": _TENANT,
            },
        }
        if signature.reason:
            item["review_desc"] = signature.reason
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


def _show_app(account: str, app_id: str) -> Document:
    apps.check(app_id)
    return apps.item(account, app_id)


def _channel(signature_id: str) -> str:
    """Give the number that a signature sends by (16 digits), always the same for an id."""
    return f"1069{int(hashlib.sha256(signature_id.encode()).hexdigest(), 16) % 10**12:012}"
