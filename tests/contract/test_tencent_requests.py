"""Our requests and the official SDK's, for the same input and clock."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from tencentcloud.common import abstract_client
from tencentcloud.common.abstract_model import AbstractModel
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from pulumi_smssign.model.review import Handle
from pulumi_smssign.tencent.api import SignatureApi
from pulumi_smssign.tencent.application import SignatureApplication
from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.signing import TC3Auth
from tests.images import jpeg, png
from tests.tencent_applications import application, whole

AT = 1_790_000_000
COMPARED = (
    "content-type",
    "host",
    "x-tc-action",
    "x-tc-version",
    "x-tc-region",
    "x-tc-language",
    "x-tc-timestamp",
    "x-tc-token",
)
"""Headers that mean something; the SDK also says who it is and numbers its requests."""

ANSWERS: dict[str, dict[str, object]] = {
    "AddSmsSign": {"AddSignStatus": {"SignId": 1110}},
    "ModifySmsSign": {"ModifySignStatus": {"SignId": 1110}},
    "DescribeSmsSignList": {"DescribeSignListStatusSet": []},
    "DeleteSmsSign": {"DeleteSignStatus": {"DeleteStatus": "return successfully!"}},
}


@dataclass
class Recorder:
    """A server on loopback that keeps what it is asked and says yes."""

    address: str = ""
    requests: list[httpx.Request] = field(default_factory=list)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    kept = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.requests.append(
                httpx.Request(
                    "POST",
                    f"http://{kept.address}{self.path}",
                    headers=dict(self.headers.items()),
                    content=body,
                )
            )
            answer = {**ANSWERS[self.headers["X-TC-Action"]], "RequestId": "r-1"}
            content = json.dumps({"Response": answer}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.address = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()


@pytest.fixture
def theirs(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> SmsClient:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(abstract_client.time, "time", lambda: AT)
    profile = ClientProfile(
        httpProfile=HttpProfile(protocol="http", endpoint=recorder.address), language="en-US"
    )
    return SmsClient(Credential("AKIDinvented", "key-invented", "tok"), "ap-guangzhou", profile)


@pytest.fixture
def ours(recorder: Recorder) -> Iterator[SignatureApi]:
    credentials = AccountCredentials.model_validate(
        {
            "secretId": "AKIDinvented",
            "secretKey": "key-invented",
            "token": "tok",
            "endpoint": f"http://{recorder.address}",
        }
    )
    with closing(SignatureApi(credentials, TC3Auth(credentials, clock=lambda: AT))) as api:
        yield api


@pytest.fixture
def wanted(tmp_path: Path) -> SignatureApplication:
    return application(whole(tmp_path))


def same(recorder: Recorder) -> tuple[httpx.Request, httpx.Request]:
    """The two requests, the SDK's first, after what must agree has been compared."""
    theirs, ours = recorder.requests
    assert (ours.method, ours.url) == (theirs.method, theirs.url)
    for header in COMPARED:
        assert ours.headers.get(header) == theirs.headers.get(header), header
    assert json.loads(ours.content) == json.loads(theirs.content)
    return theirs, ours


def their_form(
    model: type[AbstractModel], wanted: SignatureApplication, **more: object
) -> AbstractModel:
    request = model()
    request.from_json_string(
        json.dumps(
            {
                "SignName": wanted.sign_name,
                "SignType": 4,
                "DocumentType": 7,
                "International": 1,
                "SignPurpose": 1,
                "ProofImage": _base64(png()),
                "CommissionImage": _base64(jpeg()),
                "Remark": wanted.remark,
                "QualificationId": wanted.qualification_id,
                **more,
            }
        )
    )
    return request


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_add_is_the_sdks(
    theirs: SmsClient, ours: SignatureApi, wanted: SignatureApplication, recorder: Recorder
) -> None:
    theirs.AddSmsSign(their_form(models.AddSmsSignRequest, wanted))
    assert ours.submit(wanted) == "1110"
    same(recorder)


def test_modify_is_the_sdks(
    theirs: SmsClient, ours: SignatureApi, wanted: SignatureApplication, recorder: Recorder
) -> None:
    theirs.ModifySmsSign(their_form(models.ModifySmsSignRequest, wanted, SignId=1110))
    ours.resubmit(Handle("1110"), wanted)
    same(recorder)


def test_describe_by_ids_is_the_sdks(
    theirs: SmsClient, ours: SignatureApi, recorder: Recorder
) -> None:
    request = models.DescribeSmsSignListRequest()
    request.from_json_string('{"International": 1, "SignIdSet": [1110, 1111]}')
    theirs.DescribeSmsSignList(request)
    ours.reviews([Handle("1110", scope="international"), Handle("1111", scope="international")])
    del recorder.requests[2:]
    same(recorder)


def test_describe_by_pages_is_the_sdks(
    theirs: SmsClient, ours: SignatureApi, wanted: SignatureApplication, recorder: Recorder
) -> None:
    request = models.DescribeSmsSignListRequest()
    request.from_json_string('{"International": 1, "Limit": 100, "Offset": 0}')
    theirs.DescribeSmsSignList(request)
    assert ours.find(wanted) == []
    same(recorder)


def test_delete_is_the_sdks(theirs: SmsClient, ours: SignatureApi, recorder: Recorder) -> None:
    request = models.DeleteSmsSignRequest()
    request.SignId = 1110
    theirs.DeleteSmsSign(request)
    ours.withdraw(Handle("1110"))
    same(recorder)


def test_our_signer_gives_the_sdks_signature_over_the_sdks_bytes(
    theirs: SmsClient, wanted: SignatureApplication, recorder: Recorder
) -> None:
    theirs.AddSmsSign(their_form(models.AddSmsSignRequest, wanted))
    (sent,) = recorder.requests
    credentials = AccountCredentials.model_validate(
        {"secretId": "AKIDinvented", "secretKey": "key-invented", "token": "tok"}
    )
    ours = httpx.Request(
        "POST",
        sent.url,
        content=sent.content,
        headers={"Content-Type": "application/json", "Host": sent.headers["Host"]},
    )
    signed = next(TC3Auth(credentials, clock=lambda: AT).auth_flow(ours))
    assert signed.headers["Authorization"] == sent.headers["Authorization"]
