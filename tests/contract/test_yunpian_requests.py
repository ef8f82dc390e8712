"""Our requests to Yunpian against those of its official SDK (yunpian-python-sdk 1.0.0).

The SDK dates from 2017 and sends what it is given, so the fields that it has never heard of are
handed to it as they are; `YOUNGER_THAN_THE_SDK` lists them.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from yunpian_python_sdk.api.sign import SignApi
from yunpian_python_sdk.ypclient import YunpianClient

from pulumi_smssign.model.review import Handle
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import AccountCredentials
from tests.images import jpeg, png
from tests.yunpian_applications import application, own_use, written

KEY = "0123456789abcdef0123456789abcdef"
SIGN, RENAMED = "极客 & 科技+", "极客云科"

YOUNGER_THAN_THE_SDK = {
    "sign_use",
    "website",
    "prove_type",
    "license_url",
    "license_base64",
    "business_license_name",
    "id_card_name",
    "id_card_number",
    "id_card_front_url",
    "id_card_back_url",
    "id_card_front",
    "id_card_back",
    "agent_mobile",
}
HEADERS_OF_THE_CLIENT_ALONE = {
    "user-agent",
    "accept-encoding",
    "accept",  # the SDK sends */*, and the page asks for application/json;charset=utf-8
    "api-lang",  # the SDK's own mark
}


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Recorder:
    """The vendor's side: it takes everything, and keeps what it was sent."""

    url: str = ""
    received: list[Received] = field(default_factory=list)

    def last(self) -> Received:
        """The latest request."""
        return self.received[-1]

    def answer(self, path: str) -> dict[str, object]:
        """A yes, about the text that was sent last."""
        if path.endswith("get.json"):
            return {"code": 0, "total": 0, "sign": []}
        text = RENAMED if path.endswith("update.json") else SIGN
        return {"code": 0, "msg": "OK", "sign": {"apply_state": "CHECKING", "sign": f"【{text}】"}}


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            recorder.received.append(Received(self.command, self.path, headers, body))
            answer = json.dumps(recorder.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its model's word
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        recorder.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield recorder
        server.shutdown()
        thread.join()


@pytest.fixture
def sdk(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> SignApi:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return YunpianClient(KEY, {"yp.sign.host": recorder.url}).sign()


@pytest.fixture
def ours(recorder: Recorder) -> Iterator[SignatureApi]:
    credentials = {"apikey": KEY, "endpoint": recorder.url}
    api = SignatureApi(AccountCredentials.model_validate(credentials))
    yield api
    api.close()


def assert_the_same(ours: Received, theirs: Received) -> None:
    """The requests agree in all but what each client says of itself."""
    assert (ours.method, ours.path) == (theirs.method, theirs.path)
    assert ours.body == theirs.body
    different = {
        name
        for name in ours.headers.keys() | theirs.headers.keys()
        if ours.headers.get(name) != theirs.headers.get(name)
    }
    assert different <= HEADERS_OF_THE_CLIENT_ALONE


def least(**changes: object) -> SignatureApplication:
    return application(own_use(sign=SIGN, website=LEAST["website"]), **changes)


LEAST = {
    "sign": SIGN,
    "sign_use": "0",
    "website": "https://a.example/?x=1&y=2",
    "notify": "true",
    "apply_vip": "false",
    "is_only_global": "false",
    "industry_type": "其它",
}


def test_an_add_is_the_sdks_byte_for_byte(
    recorder: Recorder, sdk: SignApi, ours: SignatureApi
) -> None:
    ours.submit(least())
    mine = recorder.last()
    assert sdk.add(dict(LEAST)).is_succ()
    assert_the_same(mine, recorder.last())


def test_an_add_with_every_field_and_files_is_the_sdks_byte_for_byte(
    recorder: Recorder, sdk: SignApi, ours: SignatureApi, tmp_path: Path
) -> None:
    pictures = {"a.png": png(1), "b.jpg": jpeg(2), "front.png": png(3), "back.jpg": jpeg(4)}
    files = {name: written(tmp_path, name, content) for name, content in pictures.items()}
    encoded = {name: base64.b64encode(content).decode() for name, content in pictures.items()}
    person = {
        "business_license_name": "极客科技有限公司",
        "id_card_name": "赵钱孙",
        "id_card_number": "11010119000101001X",
    }
    ours.submit(
        least(
            sign_use=1,
            prove_type=6,
            licences=[files["a.png"], files["b.jpg"]],
            **person,
            id_card_front=files["front.png"],
            id_card_back=files["back.jpg"],
            agent_mobile="13000000000",
            notify=False,
            apply_vip=True,
            industry_type="IT/通信/电子服务",
        )
    )
    mine = recorder.last()
    prefix = "data:image/jpg;base64,"
    sdk.add(
        {
            "sign": SIGN,
            "sign_use": 1,
            "website": "https://a.example/?x=1&y=2",
            "prove_type": 6,
            "license_base64": [prefix + encoded["a.png"], prefix + encoded["b.jpg"]],
            **person,
            "id_card_front": encoded["front.png"],
            "id_card_back": encoded["back.jpg"],
            "agent_mobile": "13000000000",
            "notify": "false",
            "apply_vip": "true",
            "is_only_global": "false",
            "industry_type": "IT/通信/电子服务",
        }
    )
    assert_the_same(mine, recorder.last())


def test_an_add_with_urls_is_the_sdks_byte_for_byte(
    recorder: Recorder, sdk: SignApi, ours: SignatureApi
) -> None:
    urls = ["https://a.example/1.png?token=a%2Fb", "https://a.example/2.png"]
    front, back = "https://a.example/front.png", "https://a.example/back.png"
    ours.submit(least(licence_urls=urls, id_card_front_url=front, id_card_back_url=back))
    mine = recorder.last()
    first = ("sign", "sign_use", "website")
    sdk.add(
        {
            **{name: LEAST[name] for name in first},
            "license_url": urls,
            "id_card_front_url": front,
            "id_card_back_url": back,
            **{name: value for name, value in LEAST.items() if name not in first},
        }
    )
    assert_the_same(mine, recorder.last())


def test_an_update_is_the_sdks_byte_for_byte(
    recorder: Recorder, sdk: SignApi, ours: SignatureApi
) -> None:
    ours.resubmit(Handle("旧名字", SIGN), least(sign=RENAMED))
    mine = recorder.last()
    assert sdk.update({"old_sign": SIGN, **LEAST, "sign": RENAMED}).is_succ()
    assert_the_same(mine, recorder.last())


def test_a_get_is_the_sdks_byte_for_byte(
    recorder: Recorder, sdk: SignApi, ours: SignatureApi
) -> None:
    assert ours.reviews([Handle(SIGN, SIGN)]) == {}
    mine = recorder.last()
    assert sdk.get({"sign": f"【{SIGN}】"}).is_succ()
    assert_the_same(mine, recorder.last())


def test_the_fields_that_the_sdk_has_never_heard_of_are_listed_here() -> None:
    documented = f"{SignApi.add.__doc__} {SignApi.update.__doc__} {SignApi.get.__doc__}"
    assert {name for name in YOUNGER_THAN_THE_SDK if name in documented} == set()
    renamed = {"licences": "license_base64", "licence_urls": "license_url"}
    fields = {renamed.get(name, name) for name in SignatureApplication.model_fields}
    assert {name for name in fields if name not in documented} == YOUNGER_THAN_THE_SDK
