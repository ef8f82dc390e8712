"""The official Tencent SDK as a test's client: its own models, and its errors' codes."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from pydantic import JsonValue
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from pulumi_smssign.sandbox import ManualClock, RunningSandbox
from tests.images import png

SECRET_ID = "AKIDsmssign-sandbox"
SECRET_KEY = "smssign-sandbox-secret-key-0000000"
PROOF = base64.b64encode(png()).decode()


def profile(served: RunningSandbox) -> ClientProfile:
    http = HttpProfile(protocol="http", endpoint=served.address, reqTimeout=5)
    return ClientProfile(httpProfile=http, language="en-US")


def sms(
    served: RunningSandbox,
    secret_id: str = SECRET_ID,
    secret_key: str = SECRET_KEY,
    token: str | None = None,
    *,
    region: str = "ap-guangzhou",
) -> SmsClient:
    return SmsClient(Credential(secret_id, secret_key, token), region, profile(served))


class Signing:
    """The four actions by the SDK's own models; the clock moves on, so that no limit is met."""

    def __init__(self, client: SmsClient, clock: ManualClock) -> None:
        self._client = client
        self._clock = clock

    def add(self, **changes: JsonValue) -> int:
        self._clock.advance(1)
        response = self._client.AddSmsSign(filled(models.AddSmsSignRequest(), **changes))
        assert response.RequestId
        number = response.AddSignStatus.SignId
        assert isinstance(number, int)
        return number

    def modify(self, number: int, **changes: JsonValue) -> int:
        self._clock.advance(1)
        request = filled(models.ModifySmsSignRequest(), SignId=number, **changes)
        response = self._client.ModifySmsSign(request)
        assert response.RequestId
        modified = response.ModifySignStatus.SignId
        assert isinstance(modified, int)
        return modified

    def describe(self, **fields: JsonValue) -> list[models.DescribeSignListStatus]:
        request = models.DescribeSmsSignListRequest()
        request._deserialize({"International": 0, **fields})
        response = self._client.DescribeSmsSignList(request)
        assert response.RequestId
        return list(response.DescribeSignListStatusSet)

    def delete(self, number: int) -> models.DeleteSignStatus:
        self._clock.advance(1)
        request = models.DeleteSmsSignRequest()
        request.SignId = number
        response = self._client.DeleteSmsSign(request)
        assert response.RequestId
        return response.DeleteSignStatus


def filled(
    request: models.AddSmsSignRequest | models.ModifySmsSignRequest, **changes: JsonValue
) -> models.AddSmsSignRequest | models.ModifySmsSignRequest:
    fields: dict[str, JsonValue] = {
        "SignName": "极客科技",
        "SignType": 0,
        "DocumentType": 1,
        "International": 0,
        "SignPurpose": 0,
        "ProofImage": PROOF,
        "QualificationId": 2000417,
    }
    request._deserialize({**fields, **changes})
    return request


def refused(call: Callable[..., object], *values: JsonValue, **fields: JsonValue) -> str:
    """The code of the error that a call meets, which has all that the SDK knows of an error."""
    with pytest.raises(TencentCloudSDKException) as caught:
        call(*values, **fields)
    assert caught.value.get_message()
    assert caught.value.get_request_id()
    return str(caught.value.get_code())
