"""The official Huawei SDK as a test's client: its own models, and its errors' codes."""

from __future__ import annotations

import contextlib
from pathlib import Path

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ConnectionException, ServiceResponseException
from huaweicloudsdkcore.http.formdata import FormFile
from huaweicloudsdkmsgsms.v2 import MsgsmsClient, model
from pydantic import JsonValue

from pulumi_smssign.sandbox import RunningSandbox
from tests.contract.sdk import TEXT, Sdk, Shown
from tests.images import png

AK, SK = "smssign-sandbox", "smssign-sandbox-sk-0000000000000000"
PROJECT = "5b0c00000000000000000000000d35c0"
APP = "5b0c0000-0000-4000-8000-000000000a99"


class HuaweiSdk(Sdk):
    """The operations by the SDK's own models."""

    error, lost = ServiceResponseException, ConnectionException

    def __init__(
        self,
        served: RunningSandbox,
        ak: str = AK,
        sk: str = SK,
        project: str | None = PROJECT,
        token: str = "",
    ) -> None:
        key = BasicCredentials(ak, sk, project)
        if token:
            key = key.with_security_token(token)
        builder = MsgsmsClient.new_builder().with_credentials(key)
        self.client = builder.with_endpoint(served.url).build()

    def submit(self, **changes: JsonValue) -> str:
        return str(self.create(**changes).id)

    def create(self, **changes: JsonValue) -> model.CreateSignatureResponse:
        request = model.CreateSignatureRequest(body=application(**changes))
        return self.client.create_signature(request)

    def get(self, signature: str) -> model.ShowSignatureResponse:
        return self.client.show_signature(model.ShowSignatureRequest(id=signature))

    def show(self, signature: str = TEXT) -> Shown:
        answer = self.get(signature)
        return Shown(answer.signature_name, answer.status, answer.review_desc or "")

    def listed(self, **query: JsonValue) -> model.ListSignatureDetailsResponse:
        request = model.ListSignatureDetailsRequest(**query)
        return self.client.list_signature_details(request)

    def names(self, **query: JsonValue) -> list[str]:
        return [str(item.signature_name) for item in self.listed(**query).results]

    def change(self, signature: str = TEXT, **changes: JsonValue) -> model.UpdateSignatureResponse:
        request = model.UpdateSignatureRequest(id=signature, body=application(**changes))
        return self.client.update_signature(request)

    def delete(self, signature: str = TEXT) -> model.DeleteSignatureResponse:
        return self.client.delete_signature(model.DeleteSignatureRequest(id=signature))

    def activate(self, signature: str) -> model.EnableSignatureResponse:
        return self.client.enable_signature(model.EnableSignatureRequest(id=signature))

    def upload(
        self,
        folder: Path,
        name: str = "licence.png",
        content: bytes | None = None,
        description: str | None = "licence",
        media_type: str | None = None,
    ) -> str:
        path = folder / name
        path.write_bytes(png() if content is None else content)
        with contextlib.closing(FormFile(str(path), content_type=media_type)) as file:
            body = model.UploadSignatureFileRequestBody(file=file)
            request = model.UploadSignatureFileRequest(file_desc=description, body=body)
            return str(self.client.upload_signature_file(request).file_id)

    def show_file(self, file_id: str | None) -> model.ShowSignatureFileResponse:
        return self.client.show_signature_file(model.ShowSignatureFileRequest(file_id=file_id))

    def code_of(self, error: ServiceResponseException) -> str:
        assert error.error_msg
        assert error.request_id
        return str(error.error_code)


def application(**changes: JsonValue) -> model.SmsSignatureReq:
    """A company's application that the China site takes; None leaves a field out."""
    fields: dict[str, JsonValue] = {
        "app_id": APP,
        "signature_name": TEXT,
        "signature_source": 0,
        "signature_type": "NOTIFY_TYPE",
        "is_involved_third": "No",
        "qualification_id": "q-417",
        **changes,
    }
    return model.SmsSignatureReq(**fields)
