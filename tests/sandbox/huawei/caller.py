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

from pulumi_smssign.sandbox import ManualClock
from pulumi_smssign.sandbox.http_messages import Document

AK = "smssign-sandbox"
SK = "smssign-sandbox-sk-0000000000000000"
PROJECT = "5b0c00000000000000000000000d35c0"
APP = "5b0c0000-0000-4000-8000-000000000a99"
SERVICE = f"/v2/{PROJECT}/msgsms"
SIGNATURES = f"{SERVICE}/signatures"
JSON = "application/json"


def application(**changes: JsonValue) -> Document:
    """A company's application that the China site takes; None leaves a field out."""
    fields: Document = {
        "app_id": APP,
        "signature_name": "极客科技",
        "signature_source": 0,
        "signature_type": "NOTIFY_TYPE",
        "is_involved_third": "No",
        "qualification_id": "q-417",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


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
class Wire:
    """Sends requests that no SDK would; they are well signed unless a test says otherwise."""

    http: httpx.Client
    clock: ManualClock
    keys: tuple[str, str] = (AK, SK)

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
        own = {**({"Content-Type": content_type} if content_type else {}), **(headers or {})}
        url = self.http.base_url.join(path)
        signed = signed_headers(method, url, own, body, at=self.clock.now(), keys=self.keys)
        return self.bare(method, path, body, signed)

    def bare(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return self.http.request(method, path, content=body, headers=headers)

    def document(self, method: str, path: str, content: bytes | Document | None = None) -> Document:
        """The answer's object."""
        answer = self.send(method, path, content)
        assert answer.is_success, answer.text
        document = answer.json()
        assert isinstance(document, dict)
        return document

    def code(self, method: str, path: str, content: bytes | Document | None = None) -> str:
        """The error's code."""
        return code_of(self.send(method, path, content))

    def create(self, **changes: JsonValue) -> str:
        return str(self.document("POST", SIGNATURES, application(**changes))["id"])

    def show(self, signature_id: str) -> Document:
        return self.document("GET", f"{SIGNATURES}/{signature_id}")

    def names(self, query: str = "") -> list[str]:
        results = self.document("GET", f"{SIGNATURES}?{query}")["results"]
        assert isinstance(results, list)
        return [str(item["signature_name"]) for item in results if isinstance(item, dict)]

    def upload(self, content: bytes, name: str = "licence.png", head: str = "") -> httpx.Response:
        body, content_type = form(name, content, head)
        return self.send("POST", f"{SERVICE}/upload-files", body, content_type=content_type)


def code_of(answer: httpx.Response) -> str:
    """The error's code."""
    code = answer.json()["error_code"]
    assert isinstance(code, str)
    return code
