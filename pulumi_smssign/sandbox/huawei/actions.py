"""The actions behind the gateway: what performs each operation of MSGSMS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk
from pulumi_smssign.sandbox.http_messages import HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.huawei.answers import answered, bodiless
from pulumi_smssign.sandbox.huawei.apps import Apps
from pulumi_smssign.sandbox.huawei.codes import NOT_OPEN, ServiceRefusal
from pulumi_smssign.sandbox.huawei.contracts import (
    ACTIVATE,
    CREATE,
    DELETE,
    LIST,
    LIST_APPS,
    SHOW,
    SHOW_APP,
    SHOW_FILE,
    UPDATE,
    UPLOAD,
)
from pulumi_smssign.sandbox.huawei.files import Files
from pulumi_smssign.sandbox.huawei.parameters import Call, body_of, invalid, query_of
from pulumi_smssign.sandbox.huawei.signatures import Signatures
from pulumi_smssign.sandbox.huawei.switches import REFUSED
from pulumi_smssign.sandbox.switches import Switches


class Actions:
    """MSGSMS behind the gateway."""

    def __init__(self, vendor: str, desk: Desk, switches: Switches, clock: Clock) -> None:
        self._desk = desk
        self._switches = switches
        self._signatures = Signatures(vendor, desk, switches, clock)
        self._files = Files(vendor, desk, switches, clock)
        self._apps = Apps(vendor, desk, switches)
        self._by_name: Mapping[str, Callable[[Call, str, HttpRequest], HttpAnswer]] = {
            CREATE: self._create,
            LIST: self._list,
            SHOW: self._show,
            UPDATE: self._update,
            DELETE: self._delete,
            ACTIVATE: self._activate,
            UPLOAD: self._upload,
            SHOW_FILE: self._show_file,
            LIST_APPS: self._list_apps,
            SHOW_APP: self._show_app,
        }

    def perform(self, call: Call, account: str, request: HttpRequest) -> HttpAnswer:
        """Perform an operation for an account.

        Raises:
            Refusal: with a code of the service.
        """
        self._check_content_type(call, request)
        if not self._switches.flag("huawei.service_open"):
            raise ServiceRefusal(NOT_OPEN)
        with self._desk.transaction():
            return self._by_name[call.operation](call, account, request)

    def reset(self) -> None:
        """Forget what is remembered beside the desk."""
        self._signatures.reset()

    def _check_content_type(self, call: Call, request: HttpRequest) -> None:
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        wanted = "multipart/form-data" if call.operation == UPLOAD else "application/json"
        tolerated = self._switches.text("huawei.missing_content_type") != REFUSED
        if sent != wanted and not (tolerated and not sent):
            raise invalid("Content-Type")

    def _created(self) -> int:
        return int(self._switches.text("huawei.created_status"))

    def _create(self, _: Call, account: str, request: HttpRequest) -> HttpAnswer:
        return answered(self._signatures.create(account, body_of(request)), status=self._created())

    def _list(self, _: Call, account: str, request: HttpRequest) -> HttpAnswer:
        return answered(self._signatures.list(account, query_of(request)))

    def _show(self, call: Call, account: str, _: HttpRequest) -> HttpAnswer:
        return answered(self._signatures.show(account, call.id))

    def _update(self, call: Call, account: str, request: HttpRequest) -> HttpAnswer:
        return answered(self._signatures.update(account, call.id, body_of(request)))

    def _delete(self, call: Call, account: str, _: HttpRequest) -> HttpAnswer:
        self._signatures.delete(account, call.id)
        return bodiless(int(self._switches.text("huawei.deleted_status")))

    def _activate(self, call: Call, account: str, _: HttpRequest) -> HttpAnswer:
        self._signatures.activate(account, call.id)
        return bodiless(200)

    def _upload(self, _: Call, account: str, request: HttpRequest) -> HttpAnswer:
        return answered(self._files.upload(account, request), status=self._created())

    def _show_file(self, _: Call, account: str, request: HttpRequest) -> HttpAnswer:
        return answered(self._files.show(account, query_of(request)))

    def _list_apps(self, _: Call, account: str, request: HttpRequest) -> HttpAnswer:
        return answered(self._apps.list(account, query_of(request)))

    def _show_app(self, call: Call, account: str, _: HttpRequest) -> HttpAnswer:
        return answered(self._apps.show(account, call.id))
