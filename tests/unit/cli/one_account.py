"""A stack with one vendor's account, in memory."""

from __future__ import annotations

from typing import Any

from pulumi_smssign.cli.inventory.look import look
from pulumi_smssign.cli.inventory.signatures import StackSignature, signatures_of
from pulumi_smssign.cli.inventory.stack import Settings
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from tests.told import with_told
from tests.unit.desk import FakeApi

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
ACCOUNT = ("tencent", "default")


def resource(**outputs: object) -> dict[str, Any]:
    """A resource as `pulumi stack export` has it."""
    properties = {
        "vendor": "tencent",
        "account": "default",
        "text": "极客科技",
        "scope": "mainland",
        "status": "PENDING",
        **outputs,
    }
    kind = "pulumi-python:dynamic/tencentSms:TencentSms"
    record = {
        name: properties.pop(name) for name in ("origin", "shared", "unseen") if name in properties
    }
    inputs = {"__predecessors": properties.pop("predecessors", [])}
    outputs = with_told({"account": "default"}, **properties, __record=record)
    return {"urn": URN, "type": kind, "id": "730001", "inputs": inputs, "outputs": outputs}


def recorded(*resources: dict[str, Any]) -> list[StackSignature]:
    """The signatures of a state that has these resources."""
    return signatures_of(resources)


class OneAccount(Accounts):
    """Accounts that all lead to one vendor in memory."""

    def __init__(self, api: FakeApi, side: str = "") -> None:
        super().__init__(Settings({}))
        self._api, self._side = api, side

    def api(self, vendor: str, account: str) -> Any:  # noqa: ANN401
        return self._api

    def origin(self, vendor: str, account: str) -> str:
        return self._side


def api(status: Status = Status.APPROVED, **details: Any) -> FakeApi:  # noqa: ANN401
    """An account that has the resource's signature in this status."""
    vendor_status = {Status.APPROVED: "0", Status.REJECTED: "-1", Status.PENDING: "1"}[status]
    return FakeApi({"730001": Review("730001", "极客科技", status, vendor_status, **details)})


def standing(status: Status = Status.APPROVED, **details: Any) -> Standing:  # noqa: ANN401
    """The standing of the resource's signature in this status."""
    (standing,) = look(OneAccount(api(status, **details)), recorded(resource()))
    return standing
