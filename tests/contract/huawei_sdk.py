"""The official Huawei SDK as a test's client: its own models, and its errors' codes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.http.formdata import FormFile
from huaweicloudsdkmsgsms.v2 import MsgsmsClient, model
from pydantic import JsonValue

from pulumi_smssign.sandbox import RunningSandbox
from tests.images import png

COMPLETED = "REVIEW_PROCESSING_COMPLETED"
STATUSES = [
    "PENDING_REVIEW",
    "PENDING_QUALIFICATION_REVIEW",
    "PROCESSING",
    "REAL_NAME_REGISTRATING",
    COMPLETED,
    "REVIEW_PASSED",
    "REVIEW_PASSED_QUALIFICATION_PROCESSING",
    "REVIEW_PASSED_REAL_NAME_REGISTRATING",
    "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL",
    "REVIEW_NOT_PASS",
    "TO_BE_ACTIVATED",
    "PENDING_ACTIVATE",
]
IN_REVIEW = STATUSES[:4]

AK = "smssign-sandbox"
SK = "smssign-sandbox-sk-0000000000000000"
PROJECT = "5b0c00000000000000000000000d35c0"
APP = "5b0c0000-0000-4000-8000-000000000a99"


def msgsms(
    served: RunningSandbox,
    ak: str = AK,
    sk: str = SK,
    project: str | None = PROJECT,
    *,
    token: str = "",
) -> MsgsmsClient:
    credentials = BasicCredentials(ak, sk, project)
    if token:
        credentials = credentials.with_security_token(token)
    return (
        MsgsmsClient.new_builder().with_credentials(credentials).with_endpoint(served.url).build()
    )


def application(**changes: JsonValue) -> model.SmsSignatureReq:
    """A company's application that the China site takes; None leaves a field out."""
    fields: dict[str, JsonValue] = {
        "app_id": APP,
        "signature_name": "极客科技",
        "signature_source": 0,
        "signature_type": "NOTIFY_TYPE",
        "is_involved_third": "No",
        "qualification_id": "q-417",
        **changes,
    }
    return model.SmsSignatureReq(**fields)


class Signing:
    """The operations by the SDK's own models."""

    def __init__(self, client: MsgsmsClient) -> None:
        self.client = client

    def create(self, **changes: JsonValue) -> str:
        return str(self.created(**changes).id)

    def created(self, **changes: JsonValue) -> model.CreateSignatureResponse:
        request = model.CreateSignatureRequest(body=application(**changes))
        return self.client.create_signature(request)

    def show(self, signature_id: str) -> model.ShowSignatureResponse:
        return self.client.show_signature(model.ShowSignatureRequest(id=signature_id))

    def listed(self, **query: JsonValue) -> model.ListSignatureDetailsResponse:
        request = model.ListSignatureDetailsRequest(**query)
        return self.client.list_signature_details(request)

    def names(self, **query: JsonValue) -> list[str]:
        return [str(each.signature_name) for each in self.listed(**query).results]

    def update(self, signature_id: str, **changes: JsonValue) -> model.UpdateSignatureResponse:
        request = model.UpdateSignatureRequest(id=signature_id, body=application(**changes))
        return self.client.update_signature(request)

    def delete(self, signature_id: str) -> model.DeleteSignatureResponse:
        return self.client.delete_signature(model.DeleteSignatureRequest(id=signature_id))

    def activate(self, signature_id: str) -> model.EnableSignatureResponse:
        return self.client.enable_signature(model.EnableSignatureRequest(id=signature_id))

    def upload(
        self,
        folder: Path,
        name: str = "licence.png",
        content: bytes | None = None,
        description: str | None = "licence",
    ) -> str:
        path = folder / name
        path.write_bytes(png() if content is None else content)
        with contextlib.closing(FormFile(str(path))) as file:
            body = model.UploadSignatureFileRequestBody(file=file)
            request = model.UploadSignatureFileRequest(file_desc=description, body=body)
            return str(self.client.upload_signature_file(request).file_id)

    def show_file(self, file_id: str | None) -> model.ShowSignatureFileResponse:
        return self.client.show_signature_file(model.ShowSignatureFileRequest(file_id=file_id))


def refused(call: Callable[..., object], *values: object, **fields: object) -> str:
    """The code of the error that a call meets, which has all that the SDK knows of an error."""
    with pytest.raises(ServiceResponseException) as caught:
        call(*values, **fields)
    assert caught.value.error_msg
    assert caught.value.request_id
    return str(caught.value.error_code)
