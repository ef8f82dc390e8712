"""The official Alibaba Cloud SDK as a test's client: its typed methods, and its errors' codes."""

from __future__ import annotations

from typing import Any

from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.exceptions import UnretryableException

from pulumi_smssign.sandbox import RunningSandbox
from tests.alibaba_applications import QUALIFICATION
from tests.contract.sdk import TEXT, Sdk, Shown


class AlibabaSdk(Sdk):
    """The five operations by the SDK's typed methods; its client is made as its page makes it."""

    error, lost = ClientException, UnretryableException

    def __init__(self, served: RunningSandbox, **key: str) -> None:
        keys = {
            "access_key_id": "LTAIsmssign-sandbox",
            "access_key_secret": "smssign-sandbox-access-secret-0000",
            **key,
        }
        self.client = Client(
            Config(
                **keys,
                endpoint=served.address,
                protocol="HTTP",
                region_id="cn-hangzhou",
                read_timeout=5_000,
            )
        )

    def submit(self, **changes: object) -> str:
        return str(self.create(**changes)["SignName"])

    def create(self, **changes: object) -> dict[str, Any]:
        request = models.CreateSmsSignRequest(**application(**changes))
        return _body(self.client.create_sms_sign(request))

    def change(self, signature: str = TEXT, **changes: object) -> dict[str, Any]:
        request = models.UpdateSmsSignRequest(**application(sign_name=signature, **changes))
        return _body(self.client.update_sms_sign(request))

    def get(self, name: str = TEXT) -> dict[str, Any]:
        return _body(self.client.get_sms_sign(models.GetSmsSignRequest(sign_name=name)))

    def show(self, signature: str = TEXT) -> Shown:
        answer = self.get(signature)
        reason = (answer.get("AuditInfo") or {}).get("RejectInfo") or ""
        return Shown(answer["SignName"], str(answer["SignStatus"]), reason)

    def listed(self, **fields: int) -> dict[str, Any]:
        request = models.QuerySmsSignListRequest(**fields)
        return _body(self.client.query_sms_sign_list(request))

    def delete(self, signature: str = TEXT) -> dict[str, Any]:
        request = models.DeleteSmsSignRequest(sign_name=signature)
        return _body(self.client.delete_sms_sign(request))

    def code_of(self, error: ClientException) -> str:
        assert error.message
        assert error.request_id
        return str(error.code)


def application(**changes: object) -> dict[str, object]:
    """A company's application without a flaw, in the SDK's names; None leaves a field out."""
    return {"sign_name": TEXT, "sign_source": 0, "qualification_id": QUALIFICATION, **changes}


def _body(response: Any) -> dict[str, Any]:  # noqa: ANN401 - the SDK has no types
    return dict(response.body.to_map())
