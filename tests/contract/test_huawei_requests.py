"""Our requests to Huawei are those of the official SDK for the same input, and so is the signing.

Both ask the same small server, which remembers what it was asked.
"""

from __future__ import annotations

import email.parser
import email.policy
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.http.formdata import FormFile
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from huaweicloudsdkmsgsms.v2 import (
    CreateSignatureRequest,
    DeleteSignatureRequest,
    EnableSignatureRequest,
    ListSignatureDetailsRequest,
    MsgsmsClient,
    ShowSignatureRequest,
    SmsSignatureReq,
    UpdateSignatureRequest,
    UploadSignatureFileRequest,
    UploadSignatureFileRequestBody,
)
from pydantic import SecretStr

from pulumi_smssign.contract import evidence
from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.huawei.signing import KeyAuth, authorization
from pulumi_smssign.model.review import Handle
from tests.huawei_applications import FIELDS, application
from tests.images import png

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcnow:DeprecationWarning")

AK, SK, PROJECT = "AKEXAMPLE", "SKEXAMPLE", "845ada5bc7444f1295cd517af0123da1"
ID = "11111111-aaaa-4bbb-8ccc-000000000001"
WHOLE: Mapping[str, object] = {
    **FIELDS,
    "signature_source": 5,
    "is_involved_third": True,
    "file_id": "f-1",
    "power_attorney_fileid": "f-2",
    "signature_related_file_id": "f-3",
    "registration_number": "TM-0042",
    "apply_desc": "订单通知",
    "source_title_content": "https://app.example",
}
UNKNOWN_TO_THE_SDK = {"signature_related_file_id", "registration_number", "license_number"}
"""Fields of the vendor's page (2025-04-11) that the SDK 3.1.219 can't send."""
WITHOUT_MEANING = {
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "user-agent",
    "x-sdk-date",
}
"""Headers of the HTTP library, of the client or of the moment."""
LICENCES = {
    "licence.png": ("image/png", png()),
    "licence.pdf": ("application/pdf", b"%PDF-1.4"),
}
"""A proof file's name as we send it, its type and its content."""
ANSWER = {"id": ID, "signature_name": "极客科技", "status": "REVIEW_PASSED", "file_id": "f-9"}


@dataclass(frozen=True)
class Asked:
    """What arrived."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def signed(self) -> list[str]:
        """The names of the signed headers."""
        names = self.headers["authorization"].partition("SignedHeaders=")[2]
        return names.partition(",")[0].split(";")

    @property
    def telling_headers(self) -> dict[str, str]:
        """The headers that say something of the call."""
        return {
            name: value.partition("boundary=")[0]
            for name, value in self.headers.items()
            if name not in WITHOUT_MEANING
        }


class Ear(ThreadingHTTPServer):
    """A server that remembers what it was asked, and answers everything alike."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hand)
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Hand(BaseHTTPRequestHandler):
    """Writes down one request."""

    def _answer(self) -> None:
        assert isinstance(self.server, Ear)
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.command, self.path, headers, self.rfile.read(length)))
        is_list = self.command == "GET" and urlsplit(self.path).path.endswith("/signatures")
        content = json.dumps({"results": [], "total": 0} if is_list else ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's names

    def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def ear() -> Iterator[Ear]:
    with Ear() as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


@pytest.fixture
def sdk(ear: Ear) -> Iterator[MsgsmsClient]:
    client = (
        MsgsmsClient.new_builder()
        .with_credentials(BasicCredentials(AK, SK, PROJECT))
        .with_endpoint(ear.url)
        .build()
    )
    yield client
    client._http_client.close()


@pytest.fixture
def ours(ear: Ear) -> Iterator[SignatureApi]:
    credentials = AccountCredentials.model_validate(
        {"ak": AK, "sk": SK, "projectId": PROJECT, "endpoint": ear.url}
    )
    api = SignatureApi(credentials)
    yield api
    api.close()


def sdk_body(**fields: object) -> SmsSignatureReq:
    """The SDK's form of the same application."""
    fields = {**WHOLE, **fields}
    return SmsSignatureReq(
        **{
            name: value
            for name, value in fields.items()
            if name not in UNKNOWN_TO_THE_SDK and value is not None
        }
        | {"is_involved_third": "Yes" if fields["is_involved_third"] else "No"}
    )


def both(ear: Ear) -> tuple[Asked, Asked]:
    """The SDK's request and ours, which is signed as the SDK would sign it."""
    theirs, mine = ear.asked
    assert mine.headers["authorization"] == signed_by_the_sdk(mine)
    assert theirs.headers["authorization"] == signed_by_us(theirs)
    return theirs, mine


def signed_by_the_sdk(asked: Asked) -> str:
    target = urlsplit(asked.target)
    request = SdkRequest(
        method=asked.method,
        schema="http",
        host=asked.headers["host"],
        resource_path=target.path,
        query_params=parse_qsl(target.query, keep_blank_values=True),
        header_params={_cased(name): asked.headers[name] for name in asked.signed},
        body=asked.body,
    )
    Signer(BasicCredentials(AK, SK, PROJECT)).sign(request)
    return str(request.header_params["Authorization"])


def signed_by_us(asked: Asked) -> str:
    request = httpx.Request(
        asked.method,
        f"http://{asked.headers['host']}{asked.target}",
        headers=dict(asked.headers),
        content=asked.body,
    )
    return authorization(AK, SK, request, asked.signed)


def _cased(name: str) -> str:
    """A header's name as the SDK looks for it."""
    return "-".join(word.capitalize() for word in name.split("-"))


def assert_same_call(theirs: Asked, mine: Asked) -> None:
    """Method, path, query and the headers that say something."""
    assert (mine.method, mine.target) == (theirs.method, theirs.target)
    assert mine.telling_headers == theirs.telling_headers


def assert_same_fields(theirs: Asked, mine: Asked, **only_ours: object) -> None:
    assert json.loads(mine.body) == {**json.loads(theirs.body), **only_ours}


def test_the_sdk_still_lacks_the_fields_that_are_excepted_here() -> None:
    assert UNKNOWN_TO_THE_SDK.isdisjoint(SmsSignatureReq.attribute_map)


def test_create(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi) -> None:
    sdk.create_signature(CreateSignatureRequest(body=sdk_body()))
    assert ours.submit(application(WHOLE)) == ID
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert_same_fields(theirs, mine, signature_related_file_id="f-3", registration_number="TM-0042")


def test_create_where_the_sdk_knows_every_field(
    ear: Ear, sdk: MsgsmsClient, ours: SignatureApi
) -> None:
    plain = {
        **dict.fromkeys(UNKNOWN_TO_THE_SDK),
        "signature_source": 0,
        "is_involved_third": False,
        "apply_desc": None,
    }
    sdk.create_signature(CreateSignatureRequest(body=sdk_body(**plain)))
    ours.submit(application({**WHOLE, **plain}))
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert_same_fields(theirs, mine)


def test_update(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi) -> None:
    changed = {"apply_desc": "mended", "license_number": "粤B2-00000417", "signature_source": 2}
    sdk.update_signature(UpdateSignatureRequest(id=ID, body=sdk_body(**changed)))
    ours.resubmit(Handle(ID), application({**WHOLE, **changed}))
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert_same_fields(
        theirs,
        mine,
        signature_related_file_id="f-3",
        registration_number="TM-0042",
        license_number="粤B2-00000417",
    )


def test_show(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi) -> None:
    sdk.show_signature(ShowSignatureRequest(id=ID))
    assert ours.reviews([Handle(ID)])[Handle(ID)].usable
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert mine.body == theirs.body == b""


def test_list(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi) -> None:
    name = "云杉 示例~1"
    sdk.list_signature_details(
        ListSignatureDetailsRequest(
            signature_name=name, signature_type="NOTIFY_TYPE", limit=500, offset=0
        )
    )
    assert ours.find(application(WHOLE, signature_name=name)) == []
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert "signature_name=%E4%BA%91%E6%9D%89%20" in mine.target


def test_delete(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi) -> None:
    sdk.delete_signature(DeleteSignatureRequest(id=ID))
    ours.withdraw(Handle(ID))
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert mine.body == theirs.body == b""


def test_activate(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi) -> None:
    sdk.enable_signature(EnableSignatureRequest(id=ID))
    ours.request("activate", Handle(ID))
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert mine.body == theirs.body == b""


@pytest.mark.parametrize("name", LICENCES)
def test_upload(ear: Ear, sdk: MsgsmsClient, ours: SignatureApi, tmp_path: Path, name: str) -> None:
    media_type, content = LICENCES[name]
    (tmp_path / name).write_bytes(content)
    file = FormFile(str(tmp_path / name), content_type=media_type)
    sdk.upload_signature_file(
        UploadSignatureFileRequest(body=UploadSignatureFileRequestBody(file=file))
    )
    wanted = application(licence=evidence.describe(tmp_path / name))
    ours.submit(wanted)
    ear.asked.pop()
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert mine.telling_headers["x-sdk-content-sha256"] == "UNSIGNED-PAYLOAD"
    assert parts(mine) == parts(theirs) == [("file", name, media_type, content)]
    assert wanted.uploads == {wanted.evidence[0].sha256: "f-9"}


def test_temporary_key(ear: Ear) -> None:
    token = "an-invented-security-token"
    account = BasicCredentials(AK, SK, PROJECT).with_security_token(token)
    client = MsgsmsClient.new_builder().with_credentials(account).with_endpoint(ear.url).build()
    client.show_signature(ShowSignatureRequest(id=ID))
    client._http_client.close()
    api = SignatureApi(
        AccountCredentials.model_validate(
            {
                "ak": AK,
                "sk": SK,
                "securityToken": token,
                "projectId": PROJECT,
                "endpoint": ear.url,
            }
        )
    )
    api.reviews([Handle(ID)])
    api.close()
    theirs, mine = both(ear)
    assert_same_call(theirs, mine)
    assert mine.headers["x-security-token"] == token
    assert "x-security-token" in mine.signed


@pytest.mark.parametrize(
    ("method", "target", "content_type", "body"),
    [
        ("POST", "/v2/a", "multipart/form-data; boundary=B", b""),
        ("POST", "/v2/a", "multipart/form-data; boundary=B", b"--B--"),
        ("PUT", "/v2/%E4%BA%91/a%20b~c", "application/json", b"{}"),
        ("GET", "/v2/a/?b=2&a=1&a=0&c=&d=x%2By", "application/json;charset=utf8", b""),
    ],
    ids=["empty upload", "upload", "encoded path", "query"],
)
def test_signing_of_requests_that_our_calls_do_not_make(
    method: str, target: str, content_type: str, body: bytes
) -> None:
    request = httpx.Request(
        method, f"http://h{target}", headers={"Content-Type": content_type}, content=body
    )
    signed = next(KeyAuth(AK, SecretStr(SK)).sync_auth_flow(request))
    headers = {name.lower(): value for name, value in signed.headers.items()}
    asked = Asked(method, target, headers, body)
    assert headers["authorization"] == signed_by_the_sdk(asked)


def parts(asked: Asked) -> list[tuple[object, str | None, str, object]]:
    """Each part of a multipart body: its name, its file's name, its type and its content."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in parser.parsebytes(head + asked.body).iter_parts()
    ]
