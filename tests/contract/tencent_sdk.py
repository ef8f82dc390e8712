"""The official Tencent SDK as a test's client: its own models, and its errors' codes."""

from __future__ import annotations

import base64
from typing import Any

from pydantic import JsonValue
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from pulumi_smssign.sandbox import RunningSandbox
from tests.contract.sdk import TEXT, Sdk, Shown
from tests.images import png

SECRET_ID = "AKIDsmssign-sandbox"
SECRET_KEY = "smssign-sandbox-secret-key-0000000"
PROOF = base64.b64encode(png()).decode()


def profile(served: RunningSandbox) -> ClientProfile:
    http = HttpProfile(protocol="http", endpoint=served.address, reqTimeout=5)
    return ClientProfile(httpProfile=http, language="en-US")


class TencentSdk(Sdk):
    """The four actions by the SDK's own models."""

    error = lost = TencentCloudSDKException

    def __init__(
        self,
        served: RunningSandbox,
        secret_id: str = SECRET_ID,
        secret_key: str = SECRET_KEY,
        token: str | None = None,
        region: str = "ap-guangzhou",
    ) -> None:
        self.client = SmsClient(Credential(secret_id, secret_key, token), region, profile(served))

    def submit(self, **changes: JsonValue) -> str:
        response = self.client.AddSmsSign(filled(models.AddSmsSignRequest(), **changes))
        assert response.RequestId
        return str(response.AddSignStatus.SignId)

    def change(self, signature: str = TEXT, **changes: JsonValue) -> object:
        request = filled(models.ModifySmsSignRequest(), SignId=int(signature), **changes)
        response = self.client.ModifySmsSign(request)
        assert response.RequestId
        assert str(response.ModifySignStatus.SignId) == signature
        return response

    def describe(self, **fields: JsonValue) -> list[Any]:
        request = models.DescribeSmsSignListRequest()
        request._deserialize({"International": 0, **fields})
        response = self.client.DescribeSmsSignList(request)
        assert response.RequestId
        return list(response.DescribeSignListStatusSet)

    def show(self, signature: str = TEXT) -> Shown:
        (item,) = self.describe(SignIdSet=[int(signature)])
        return Shown(item.SignName, str(item.StatusCode), item.ReviewReply)

    def delete(self, signature: str = TEXT) -> models.DeleteSignStatus:
        request = models.DeleteSmsSignRequest()
        request.SignId = int(signature)
        response = self.client.DeleteSmsSign(request)
        assert response.RequestId
        return response.DeleteSignStatus

    def code_of(self, error: TencentCloudSDKException) -> str:
        assert error.get_message()
        assert error.get_request_id() or error.get_code().endswith("NetworkError")
        return str(error.get_code())


def filled(
    request: models.AddSmsSignRequest | models.ModifySmsSignRequest, **changes: JsonValue
) -> models.AddSmsSignRequest | models.ModifySmsSignRequest:
    fields: dict[str, JsonValue] = {
        "SignName": TEXT,
        "SignType": 0,
        "DocumentType": 1,
        "International": 0,
        "SignPurpose": 0,
        "ProofImage": PROOF,
        "QualificationId": 2000417,
    }
    request._deserialize({**fields, **changes})
    return request
