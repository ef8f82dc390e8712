"""The official Tencent SDK as the client, and requests that it would not send."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import httpx
from pydantic import JsonValue
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from typing_extensions import override

from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.tencent import auth
from tests.images import png
from tests.sandbox.caller import TEXT, Caller, Review

ADD, MODIFY, LIST, DELETE = "AddSmsSign", "ModifySmsSign", "DescribeSmsSignList", "DeleteSmsSign"
PROOF = base64.b64encode(png()).decode()


APPLICATION: Document = {
    "SignName": TEXT,
    "SignType": 0,
    "DocumentType": 1,
    "International": 0,
    "SignPurpose": 0,
    "ProofImage": PROOF,
    "QualificationId": 2000417,
}


@dataclass
class Tencent(Caller):
    """Calls actions by the SDK; gives an error's code where it doesn't give an answer."""

    method: str = "POST"
    unsigned_payload: bool = False

    vendor, text, usual = "tencent", "SignName", APPLICATION

    @cached_property
    def _sdk(self) -> CommonClient:
        http = HttpProfile("http", self.served.address, reqTimeout=10, reqMethod=self.method)
        profile = ClientProfile(httpProfile=http)
        profile.unsignedPayload = self.unsigned_payload
        credential = Credential(self.key(auth.SECRET_ID), auth.SECRET_KEY)
        return CommonClient("sms", "2021-01-11", credential, "ap-guangzhou", profile)

    def call(self, action: str, **fields: JsonValue) -> Document:
        """The answer without its envelope."""
        with warnings.catch_warnings():
            # The SDK asks for the time in a way that Python 3.12 calls deprecated.
            warnings.filterwarnings("ignore", ".*utcfromtimestamp", DeprecationWarning)
            answer: Document = self._sdk.call_json(action, fields)["Response"]
        return answer

    def code(self, action: str, **fields: JsonValue) -> str:
        """The code that a call meets, empty if it is answered."""
        try:
            self.call(action, **fields)
        except TencentCloudSDKException as error:
            return str(error.get_code())
        return ""

    @override
    def apply(self, fields: Document) -> tuple[str, str]:
        try:
            status = self.call(ADD, **fields)["AddSignStatus"]
        except TencentCloudSDKException as error:
            return str(error.get_code()), ""
        assert isinstance(status, dict)
        return "", str(status["SignId"])

    @override
    def change(self, signature_id: str, **changes: JsonValue) -> str:
        return self.code(MODIFY, SignId=int(signature_id), **self.application(**changes))

    @override
    def review(self, signature_id: str) -> Review | None:
        item = self.item(signature_id)
        if item is None:
            return None
        return Review(str(item["SignName"]), str(item["StatusCode"]), str(item["ReviewReply"]))

    @override
    def withdraw(self, signature_id: str) -> str:
        return self.code(DELETE, SignId=int(signature_id))

    @override
    def ping(self) -> str:
        return error_of(self.post(b'{"International": 0}'))

    @override
    def lists(self, **fields: JsonValue) -> list[str]:
        return [str(item["SignName"]) for item in self.items(**fields)]

    def items(self, **fields: JsonValue) -> list[Document]:
        items = self.call(LIST, **{"International": 0, **fields})["DescribeSignListStatusSet"]
        assert isinstance(items, list)
        return [item for item in items if isinstance(item, dict)]

    def item(self, signature_id: str) -> Document | None:
        """One signature as the list shows it, or None."""
        return next(iter(self.items(SignIdSet=[int(signature_id)])), None)

    def request(
        self, body: bytes, headers: Mapping[str, str | None], query: str = "", method: str = "POST"
    ) -> httpx.Request:
        """A list's request by bare HTTP, well signed unless a header (None: without) changes it."""
        content_type = headers.get("Content_Type", "application/json") or ""
        timestamp = str(int(self.now))
        own = {"content-type": content_type, "host": self.served.address}
        signed = HttpRequest(method, "/", query, own, body)
        signature = auth.signature(signed, ("content-type", "host"), timestamp)
        scope = f"{self.key(auth.SECRET_ID)}/{auth.utc_day(timestamp)}/sms/tc3_request"
        sent = {
            "Content-Type": content_type,
            "X-TC-Action": LIST,
            "X-TC-Version": "2021-01-11",
            "X-TC-Region": "ap-guangzhou",
            "X-TC-Timestamp": timestamp,
            "X-TC-Token": self.token,
            "Authorization": f"TC3-HMAC-SHA256 Credential={scope}, "
            f"SignedHeaders=content-type;host, Signature={signature}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        bearing = {name: value for name, value in sent.items() if value}
        url = f"/?{query}" if query else "/"
        return self.http.build_request(method, url, content=body, headers=bearing)

    def post(self, body: bytes, **headers: str | None) -> httpx.Response:
        return self.http.send(self.request(body, headers))


def error_of(answer: httpx.Response) -> str:
    """The code of an error's answer, empty if it is none."""
    return str(answer.json()["Response"].get("Error", {}).get("Code", ""))
