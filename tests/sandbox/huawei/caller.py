"""Bare HTTP to Huawei's side, signed by the official SDK's own signer."""

from __future__ import annotations

import json
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.http_messages import Document
from tests.images import png
from tests.sandbox.caller import TEXT, Caller, Review

AK = "smssign-sandbox"
SK = "smssign-sandbox-sk-0000000000000000"
PROJECT = "5b0c00000000000000000000000d35c0"
APP = "5b0c0000-0000-4000-8000-000000000a99"
SERVICE = f"/v2/{PROJECT}/msgsms"
SIGNATURES = f"{SERVICE}/signatures"
UPLOADS = f"{SERVICE}/upload-files"
JSON = "application/json"
FILE = "the id of an uploaded file"
"""In an application, stands for one."""

APPLICATION: Document = {
    "app_id": APP,
    "signature_name": TEXT,
    "signature_source": 0,
    "signature_type": "NOTIFY_TYPE",
    "is_involved_third": "No",
    "qualification_id": "q-417",
}


def form(name: str, content: bytes, head: str = "") -> tuple[bytes, str]:
    """A form with one file, and its content type; `head` replaces the part's headers."""
    head = head or f'Content-Disposition: form-data; name="file"; filename="{name}"'
    body = b"--B\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n--B--\r\n"
    return body, "multipart/form-data; boundary=B"


def signed_headers(
    method: str,
    url: httpx.URL,
    headers: Mapping[str, str],
    body: bytes,
    *,
    at: float,
    keys: tuple[str, str] = (AK, SK),
) -> dict[str, str]:
    """The headers that the official signer makes of a request; a date among them stays."""
    query = urllib.parse.parse_qsl(url.query.decode(), keep_blank_values=True)
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at))
    request = SdkRequest(
        method=method,
        schema=url.scheme,
        host=url.netloc.decode(),
        resource_path=url.raw_path.partition(b"?")[0].decode(),
        query_params=query,
        header_params={"X-Sdk-Date": date, **headers},
        body=body,
    )
    Signer(BasicCredentials(*keys)).sign(request)
    return dict(request.header_params)


@dataclass
class Huawei(Caller):
    """Sends requests that no SDK would; they are well signed unless a test says otherwise."""

    secret_key: str = SK

    vendor, text, usual = "huawei", "signature_name", APPLICATION

    def send(
        self,
        method: str,
        path: str,
        content: bytes | Document | None = None,
        *,
        content_type: str | None = JSON,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        body = json.dumps(content).encode() if isinstance(content, dict) else content or b""
        own = {"Content-Type": content_type, "X-Security-Token": self.token, **(headers or {})}
        bearing = {name: value for name, value in own.items() if value is not None}
        url = self.http.base_url.join(path)
        keys = (self.key(AK), self.secret_key)
        signed = signed_headers(method, url, bearing, body, at=self.now, keys=keys)
        return self.http.request(method, path, content=body, headers=signed)

    def document(self, method: str, path: str, content: bytes | Document | None = None) -> Document:
        """The answer's object."""
        answer = self.send(method, path, content)
        assert answer.is_success, answer.text
        document = answer.json()
        assert isinstance(document, dict)
        return document

    def code(self, method: str, path: str, content: bytes | Document | None = None) -> str:
        """The code that a call meets, empty if it is answered."""
        return code_of(self.send(method, path, content))

    @override
    def application(self, **changes: JsonValue) -> Document:
        fields = super().application(**changes)
        if FILE in fields.values():
            file_id = str(self.upload(png()).json()["file_id"])
            fields = {name: file_id if text == FILE else text for name, text in fields.items()}
        return fields

    @override
    def apply(self, fields: Document) -> tuple[str, str]:
        answer = self.send("POST", SIGNATURES, fields)
        return code_of(answer), str(answer.json().get("id", ""))

    @override
    def change(self, signature_id: str, **changes: JsonValue) -> str:
        return self.code("PUT", f"{SIGNATURES}/{signature_id}", self.application(**changes))

    @override
    def review(self, signature_id: str) -> Review | None:
        answer = self.send("GET", f"{SIGNATURES}/{signature_id}")
        if code_of(answer):
            return None
        item = answer.json()
        return Review(item["signature_name"], item["status"], item.get("review_desc", ""))

    @override
    def withdraw(self, signature_id: str) -> str:
        return self.code("DELETE", f"{SIGNATURES}/{signature_id}")

    @override
    def ping(self) -> str:
        return self.code("GET", SIGNATURES)

    @override
    def lists(self, query: str = "") -> list[str]:
        return [str(item["signature_name"]) for item in self.items(query)]

    def items(self, query: str = "") -> list[Document]:
        """The signatures as the list shows them."""
        results = self.document("GET", f"{SIGNATURES}?{query}")["results"]
        assert isinstance(results, list)
        return [item for item in results if isinstance(item, dict)]

    def show(self, signature_id: str) -> Document:
        return self.document("GET", f"{SIGNATURES}/{signature_id}")

    def upload(self, content: bytes, name: str = "licence.png", head: str = "") -> httpx.Response:
        body, content_type = form(name, content, head)
        return self.send("POST", UPLOADS, body, content_type=content_type)


def code_of(answer: httpx.Response) -> str:
    """The error's code, empty where the answer is none."""
    return "" if answer.is_success and not answer.content else answer.json().get("error_code", "")
