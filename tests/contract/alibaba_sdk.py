"""The official Alibaba Cloud SDK as a test's client: its typed methods, and its errors' codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.utils_models import Config
from pydantic import JsonValue

from pulumi_smssign.sandbox import RunningSandbox
from tests.alibaba_applications import NAME, QUALIFICATION

ACCESS_KEY_ID = "LTAIsmssign-sandbox"
ACCESS_KEY_SECRET = "smssign-sandbox-access-secret-0000"
TOKEN = "smssign-sandbox-token"


def dysmsapi(
    served: RunningSandbox,
    *,
    key: str = ACCESS_KEY_ID,
    secret: str = ACCESS_KEY_SECRET,
    token: str | None = None,
) -> Client:
    """The SDK's client as its own documentation makes it, but for the address."""
    return Client(
        Config(
            access_key_id=key,
            access_key_secret=secret,
            security_token=token,
            endpoint=served.address,
            protocol="HTTP",
            region_id="cn-hangzhou",
            read_timeout=5_000,
        )
    )


class Signing:
    """The five operations by the SDK's typed methods; each gives the answer's body."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def create(self, **changes: object) -> dict[str, JsonValue]:
        request = models.CreateSmsSignRequest(**application(**changes))
        return _body(self._client.create_sms_sign(request))

    def update(self, **changes: object) -> dict[str, JsonValue]:
        request = models.UpdateSmsSignRequest(**application(**changes))
        return _body(self._client.update_sms_sign(request))

    def get(self, name: str = NAME) -> dict[str, JsonValue]:
        return _body(self._client.get_sms_sign(models.GetSmsSignRequest(sign_name=name)))

    def list(self, **fields: int) -> dict[str, JsonValue]:
        request = models.QuerySmsSignListRequest(**fields)
        return _body(self._client.query_sms_sign_list(request))

    def delete(self, name: str = NAME) -> dict[str, JsonValue]:
        return _body(self._client.delete_sms_sign(models.DeleteSmsSignRequest(sign_name=name)))


def application(**changes: object) -> dict[str, object]:
    """A company's application without a flaw, in the SDK's names; None leaves a field out."""
    return {
        "sign_name": NAME,
        "sign_source": 0,
        "qualification_id": QUALIFICATION,
        **changes,
    }


def refused(call: Callable[..., object], *values: str, **fields: object) -> str:
    """The code of the error that a call meets, which has all that the SDK knows of an error."""
    with pytest.raises(ClientException) as caught:
        call(*values, **fields)
    assert caught.value.message
    assert caught.value.request_id
    code: str = caught.value.code
    return code


def _body(response: object) -> dict[str, JsonValue]:
    body = getattr(response, "body").to_map()  # noqa: B009 - the SDK has no types
    assert isinstance(body, Mapping)
    return dict(body)
