"""A server that keeps what it is asked, and says yes as each vendor does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

ID = "11111111-aaaa-4bbb-8ccc-000000000001"


@dataclass(frozen=True)
class Received:
    """A request as it stood on the wire; the names of its headers are in small letters."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body's parameters, each of them once."""
        pairs = parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True)
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document

    def again(self) -> httpx.Request:
        """The same request, for a signer of ours."""
        url = f"http://{self.headers['host']}{self.target}"
        return httpx.Request(self.method, url, headers=dict(self.headers), content=self.body)


class Recorder(ThreadingHTTPServer):
    """The server; `requests` are those since the last look."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Received], object]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: list[Received] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def take(self) -> list[Received]:
        """The requests since the last look."""
        requests, self.requests = self.requests, []
        return requests


class _Handler(BaseHTTPRequestHandler):
    server: Recorder

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, self.path, headers, self.rfile.read(length))
        self.server.requests.append(received)
        content = json.dumps(self.server.answer(received)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's names

    def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002
        """Say nothing."""


def alibaba(received: Received) -> object:
    name = received.query["SignName"]
    return {"Code": "OK", "Message": "OK", "RequestId": "r-1", "SignName": name, "SignStatus": 0}


def huawei(received: Received) -> object:
    if received.method == "GET" and urlsplit(received.target).path.endswith("/signatures"):
        return {"results": [], "total": 0}
    return {"id": ID, "signature_name": "极客科技", "status": "REVIEW_PASSED", "file_id": "f-9"}


def tencent(received: Received) -> object:
    action = received.headers["x-tc-action"]
    answers: dict[str, dict[str, object]] = {
        "AddSmsSign": {"AddSignStatus": {"SignId": 1110}},
        "ModifySmsSign": {"ModifySignStatus": {"SignId": 1110}},
        "DescribeSmsSignList": {"DescribeSignListStatusSet": []},
        "DeleteSmsSign": {"DeleteSignStatus": {"DeleteStatus": "return successfully!"}},
    }
    return {"Response": {**answers[action], "RequestId": "r-1"}}


def ucloud(_received: Received) -> object:
    item = {"SigId": ID, "SigContent": "极客科技", "Status": 0, "ErrDesc": ""}
    return {"RetCode": 0, "Message": "", "SigId": ID, "Data": item}


def yunpian(received: Received) -> object:
    if received.target.endswith("get.json"):
        return {"code": 0, "total": 0, "sign": []}
    text = next(value for name, value in parse_qsl(received.body.decode()) if name == "sign")
    return {"code": 0, "msg": "OK", "sign": {"apply_state": "CHECKING", "sign": f"【{text}】"}}


ANSWERS: Mapping[str, Callable[[Received], object]] = {
    "alibaba": alibaba,
    "huawei": huawei,
    "tencent": tencent,
    "ucloud": ucloud,
    "yunpian": yunpian,
}
