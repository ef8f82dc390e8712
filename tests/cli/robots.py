r"""Local servers that take a message as each robot's page describes it, and refuse any other.

They share no code with the command: each page is read anew here.

DingTalk: https://open.dingtalk.com/document/orgapp/custom-robot-access and its 安全设置: POST of
JSON in UTF-8 to /robot/send?access_token=…, with `timestamp` (milliseconds, at most an hour off)
and `sign`, which is urlEncode(Base64(HmacSHA256(secret, timestamp + "\n" + secret))).
Feishu: https://open.feishu.cn/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN: POST of at most 20 KB to
/open-apis/bot/v2/hook/TOKEN, with `timestamp` (seconds) and `sign` in the body, which is
Base64(HmacSHA256(timestamp + "\n" + secret, "")); 19021 for another, 9499 for another form.
WeCom: https://developer.work.weixin.qq.com/document/path/91770: POST to
/cgi-bin/webhook/send?key=KEY, `text.content` of at most 2,048 bytes in UTF-8.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "0b5e6f7a9c1d4e3f8a2b6c5d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f"
"""An invented token, as long as DingTalk's."""
SECRET = "SEC00invented11secret22of33a44robot55that66checks77signatures88x"
_HOUR = 3600.0
_SILENT = -2
_LONGEST = 60.0
"""Seconds after which a test that forgets a silent robot ends all the same."""
_Answer = dict[str, Any]


class Robot:
    """A robot that listens on this machine.

    `secret` is "" where it checks no signature. `texts` are what it has taken. With `failure` it
    answers that HTTP status and takes nothing; -1 hangs up instead, once the message has arrived,
    and -2 says nothing until `is_over`. With `tls` it speaks https; `host` is the one that a proxy
    was asked for.
    """

    path = ""
    kind = ""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.texts: list[str] = []
        self.bodies: list[_Answer] = []
        self.failure = 0
        self.port = 0
        self.host = ""
        self.tls: ssl.SSLContext | None = None
        self.is_over = threading.Event()
        self.asked = 0

    @property
    def url(self) -> str:
        """The address, as the page where one makes a robot shows it."""
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}{self.path}"

    @property
    def option(self) -> str:
        """The address with the kind before it: it is none of the robot's own hosts."""
        return f"{self.kind}={self.url}"

    def answer(self, query: dict[str, list[str]], body: _Answer) -> _Answer:
        """The answer to a message."""
        raise NotImplementedError

    def take(self, text: str, body: _Answer) -> None:
        """Take a message."""
        self.texts.append(text)
        self.bodies.append(body)


class DingTalk(Robot):
    """DingTalk's robot."""

    path = f"/robot/send?access_token={TOKEN}"
    kind = "dingtalk"

    def answer(self, query: dict[str, list[str]], body: _Answer) -> _Answer:
        """The answer to a message."""
        if query.get("access_token") != [TOKEN]:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        if self.secret and not self._is_signed(query):
            return {"errcode": 310000, "errmsg": "sign not match"}
        if body.get("msgtype") != "text" or set(body["text"]) != {"content"}:
            return {"errcode": 40035, "errmsg": "缺少参数 json"}
        self.take(body["text"]["content"], body)
        return {"errcode": 0, "errmsg": "ok"}

    def _is_signed(self, query: dict[str, list[str]]) -> bool:
        (timestamp,), (sign,) = query.get("timestamp", [""]), query.get("sign", [""])
        if not timestamp.isdecimal() or abs(int(timestamp) / 1000 - time.time()) > _HOUR:
            return False
        made = hmac.new(
            self.secret.encode(), f"{timestamp}\n{self.secret}".encode(), hashlib.sha256
        )
        return hmac.compare_digest(sign.encode(), base64.b64encode(made.digest()))


class Feishu(Robot):
    """Feishu's robot."""

    path = "/open-apis/bot/v2/hook/8f3c2b1a-0d9e-4c7b-a6f5-1e2d3c4b5a69"
    kind = "feishu"

    def answer(self, query: dict[str, list[str]], body: _Answer) -> _Answer:
        """The answer to a message."""
        timestamp, sign = str(body.get("timestamp")), str(body.get("sign"))
        if self.secret:
            made = hmac.new(f"{timestamp}\n{self.secret}".encode(), b"", hashlib.sha256)
            is_now = timestamp.isdecimal() and abs(int(timestamp) - time.time()) <= _HOUR
            if not is_now or sign.encode() != base64.b64encode(made.digest()):
                words = "sign match fail or timestamp is not within one hour from current time"
                return {"code": 19021, "data": {}, "msg": words}
        is_large = len(json.dumps(body, ensure_ascii=False).encode()) > 20 << 10
        if is_large or query or body.get("msg_type") != "text" or set(body["content"]) != {"text"}:
            return {"code": 9499, "msg": "Bad Request", "data": {}}
        self.take(body["content"]["text"], body)
        return {"code": 0, "msg": "success", "data": {}, "StatusCode": 0}


class WeCom(Robot):
    """WeCom's robot."""

    path = "/cgi-bin/webhook/send?key=693a91f6-7abc-4bc4-97a0-0ec2abc5aaa0"
    kind = "wecom"

    def answer(self, query: dict[str, list[str]], body: _Answer) -> _Answer:
        """The answer to a message."""
        if set(query) != {"key"} or body.get("msgtype") != "text":
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        content = body["text"]["content"]
        if len(content.encode()) > 2048:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        self.take(content, body)
        return {"errcode": 0, "errmsg": "ok"}


class Webhook(Robot):
    """A company's own endpoint, which takes JSON."""

    path = "/hooks/c4f1d2e3b4a5968778695a4b3c2d1e0f"
    kind = "json"

    def answer(self, query: dict[str, list[str]], body: _Answer) -> _Answer:
        """The answer to a message."""
        self.take(body["text"], body)
        return {}


KINDS = (DingTalk, Feishu, WeCom, Webhook)


@contextmanager
def listening(*robots: Robot) -> Iterator[None]:
    """The robots while they listen, each on a port of its own."""
    servers = [_server(robot) for robot in robots]
    threads = [threading.Thread(target=server.serve_forever, args=(0.01,)) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


def _server(robot: Robot) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            robot.asked += 1
            failure = robot.failure
            if failure == _SILENT:
                robot.is_over.wait(_LONGEST)
            if failure < 0:
                self.close_connection = True
                return
            # A proxy is asked with the whole address.
            path, robot.host = urlsplit(self.path).path, urlsplit(self.path).netloc
            kind, _, charset = self.headers["Content-Type"].partition(";")
            if failure:
                self._respond(failure, {"failed": self.path})
            elif path != robot.path.partition("?")[0] or kind != "application/json":
                self._respond(404, {})
            elif charset.strip().lower() != "charset=utf-8":
                self._respond(415, {})
            else:
                query = parse_qs(urlsplit(self.path).query)
                self._respond(200, robot.answer(query, json.loads(content)))

        def _respond(self, status: int, document: _Answer) -> None:
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    robot.port = server.server_port
    if robot.tls:
        server.socket = robot.tls.wrap_socket(server.socket, server_side=True)
    return server
