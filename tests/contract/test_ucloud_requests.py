"""Our requests to UCloud are those of the official SDK for the same input.

The SDK speaks to a recording server on this machine. Beyond the requests' bodies it sends
`U-Timestamp-Ms`, which no page asks for and nothing signs, and its own User-Agent.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from ucloud.client import Client
from ucloud.core.auth import Credential

from pulumi_smssign.model.review import Handle
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.auth import AccountCredentials, signature
from tests.images import jpeg, png
from tests.ucloud_applications import Inputs, application, for_others

PUBLIC_KEY, PRIVATE_KEY = "pub-example-0001", "priv-example-0001"
ID = "SIG202601159F3A1C"
HANDLE = Handle(ID, "极客科技", "org-example/mainland")

LICENCE = f"image/png;base64,{base64.b64encode(png()).decode()}"
LETTER = f"image/jpeg;base64,{base64.b64encode(jpeg()).decode()}"


@dataclass(frozen=True)
class Received:
    """A request as it stood on the wire."""

    method: str
    target: str
    content_type: str
    body: str

    @property
    def form(self) -> dict[str, str]:
        """The body's parameters, each of them once."""
        pairs = parse_qsl(self.body, keep_blank_values=True, strict_parsing=True)
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)


@dataclass
class Recorder:
    """A server that says yes to everything and keeps what it was asked."""

    url: str = ""
    received: list[Received] = field(default_factory=list)

    def only(self) -> Received:
        """The one request since the last look."""
        (one,) = self.received
        self.received.clear()
        return one


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kind = self.headers["Content-Type"]
            recorder.received.append(Received(self.command, self.path, kind, body))
            data = {"SigId": ID, "SigContent": "极客科技", "Status": 0, "ErrDesc": ""}
            answer = json.dumps({"RetCode": 0, "Message": "", "SigId": ID, "Data": data}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        recorder.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield recorder
        server.shutdown()
        serving.join()


Ours = Callable[..., SignatureApi]
Official = Callable[..., Any]


@pytest.fixture
def ours(recorder: Recorder) -> Iterator[Ours]:
    open_ones: list[SignatureApi] = []

    def connect(project: str | None = "org-example") -> SignatureApi:
        settings = {"publicKey": PUBLIC_KEY, "privateKey": PRIVATE_KEY, "endpoint": recorder.url}
        api = SignatureApi(
            AccountCredentials.model_validate(
                {**settings, **({"projectId": project} if project else {})}
            )
        )
        open_ones.append(api)
        return api

    yield connect
    for api in open_ones:
        api.close()


@pytest.fixture
def official(recorder: Recorder) -> Official:
    def connect(project: str | None = "org-example") -> Any:  # noqa: ANN401 - the SDK has no types
        settings = {
            "public_key": PUBLIC_KEY,
            "private_key": PRIVATE_KEY,
            "base_url": recorder.url,
            **({"project_id": project} if project else {}),
        }
        return Client(settings).usms()

    return connect


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    changes = {"sig_type": 4, "certificate_type": 4, "description": "login codes & 通知 +1"}
    return for_others(tmp_path, **changes, scene_desc="shop = 商城")


def assert_same(ours: Received, official: Received) -> None:
    """The same line, kind and parameters, the signature over them among these."""
    assert (ours.method, ours.target) == (official.method, official.target) == ("POST", "/")
    assert ours.content_type == official.content_type
    assert ours.form == official.form
    assert sorted(ours.body.split("&")) == sorted(official.body.split("&"))


def test_a_full_application_is_the_sdks(
    recorder: Recorder, ours: Ours, official: Official, inputs: Inputs
) -> None:
    assert ours().submit(application(inputs, qualification_id="qual-example")) == ID
    mine = recorder.only()
    answer = official().create_usms_signature(
        {
            "SigContent": "极客科技",
            "SigType": 4,
            "SigPurpose": 1,
            "CertificateType": 4,
            "Description": "login codes & 通知 +1",
            "File": LICENCE,
            "ProxyFile": LETTER,
            "International": False,
            "QualificationId": "qual-example",
            "SceneDesc": "shop = 商城",
        }
    )
    assert answer["SigId"] == ID
    assert_same(mine, recorder.only())


def test_the_shortest_international_application_is_the_sdks(
    recorder: Recorder, ours: Ours, official: Official, inputs: Inputs
) -> None:
    left_out = {"file": None, "proxy_file": None, "scene_desc": None}
    ours().submit(application(inputs, sig_purpose=0, international=True, **left_out))
    mine = recorder.only()
    official().create_usms_signature(
        {
            "SigContent": "极客科技",
            "SigType": 4,
            "SigPurpose": 0,
            "CertificateType": 4,
            "Description": "login codes & 通知 +1",
            "International": True,
        }
    )
    assert_same(mine, recorder.only())


def test_a_full_change_is_the_sdks(
    recorder: Recorder, ours: Ours, official: Official, inputs: Inputs
) -> None:
    urls = {"document": "https://files.example/a?b=1&c=2", "proxy_doc": "https://files.example/d"}
    ours().resubmit(HANDLE, application(inputs, **urls, qualification_id="qual-example"))
    mine = recorder.only()
    official().update_usms_signature(
        {
            "SigId": ID,
            "SigContent": "极客科技",
            "SigType": 4,
            "SigPurpose": 1,
            "CertificateType": 4,
            "File": LICENCE,
            "ProxyFile": LETTER,
            "Document": urls["document"],
            "ProxyDoc": urls["proxy_doc"],
            "SceneDesc": "shop = 商城",
        }
    )
    assert_same(mine, recorder.only())


def test_a_question_by_id_is_the_sdks(recorder: Recorder, ours: Ours, official: Official) -> None:
    assert ours().reviews([HANDLE]).keys() == {HANDLE}
    mine = recorder.only()
    official().query_usms_signature({"SigId": ID})
    assert_same(mine, recorder.only())


def test_a_question_by_text_is_the_sdks(
    recorder: Recorder, ours: Ours, official: Official, inputs: Inputs
) -> None:
    assert [review.id for review in ours().find(application(inputs))] == [ID]
    mine = recorder.only()
    official().query_usms_signature({"SigContent": "极客科技"})
    assert_same(mine, recorder.only())


def test_a_question_in_the_default_project_is_the_sdks(
    recorder: Recorder, ours: Ours, official: Official
) -> None:
    ours(None).reviews([Handle(ID)])
    mine = recorder.only()
    official(None).query_usms_signature({"SigId": ID})
    assert_same(mine, recorder.only())


def test_a_deletion_is_the_sdks(recorder: Recorder, ours: Ours, official: Official) -> None:
    ours().withdraw(HANDLE)
    mine = recorder.only()
    official().delete_usms_signature({"SigIds": [ID]})
    assert_same(mine, recorder.only())


@pytest.mark.parametrize(
    "parameters",
    [
        {"Action": "QueryUSMSSignature", "SigContent": "测试 A&B+="},
        {"Action": "DeleteUSMSSignature", **{f"SigIds.{number}": "SIG" for number in range(12)}},
        {"Action": "UpdateUSMSSignature", "SceneDesc": "", "SigType": "0"},
        {"b": "1", "B": "2", "a.b": "3", "a": "4"},
    ],
)
def test_the_signature_over_any_parameters_is_the_sdks(parameters: dict[str, str]) -> None:
    complete = {**parameters, "PublicKey": PUBLIC_KEY}
    expected = Credential(PUBLIC_KEY, PRIVATE_KEY).verify_ac(dict(parameters))
    assert signature(complete, PRIVATE_KEY) == expected
