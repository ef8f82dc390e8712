"""Robots of group chats, and webhooks: their addresses, signatures and forms, by their pages.

DingTalk: 自定义机器人接入 and its 安全设置 (https://open.dingtalk.com/document/orgapp/custom-robot-access).
Feishu: 自定义机器人使用指南 (https://open.feishu.cn/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN).
WeCom: 群机器人配置说明 (https://developer.work.weixin.qq.com/document/path/91770).

The address of a robot is its key: who has it can write into the group.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import keep_secret

_NAMED = re.compile(r"(?:(dingtalk|feishu|wecom|json)=)?(\S+)", re.ASCII)
_LONGEST_NAME = 16
"""Characters of a part of an address up to which it is a name, and no token."""
_SUCCESS = range(200, 300)
_TOKENS = ("access_token", "key", "secret", "sign", "token")
"""The parameters of an address that are tokens, however long they are."""


class Kind(StrEnum):
    """The kind of a robot: the form in which it takes a message."""

    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    WECOM = "wecom"
    JSON = "json"


TITLES: Mapping[Kind, str] = {
    Kind.DINGTALK: mark("DingTalk"),
    Kind.FEISHU: mark("Feishu"),
    Kind.WECOM: mark("WeCom"),
    Kind.JSON: mark("the webhook"),
}
"""The name of each kind in a sentence."""
HOSTS: Mapping[str, Kind] = {
    "oapi.dingtalk.com": Kind.DINGTALK,
    "open.feishu.cn": Kind.FEISHU,
    "qyapi.weixin.qq.com": Kind.WECOM,
}
"""The kind of a robot at each of these hosts; an address at another host is a webhook's."""
_PORTS = {"https": 443, "http": 80}
SECRETS: Mapping[Kind, str] = {
    Kind.DINGTALK: "SMSSIGN_DINGTALK_SECRET",
    Kind.FEISHU: "SMSSIGN_FEISHU_SECRET",
}
"""The environment variable of the secret (加签, 签名校验) by kind; WeCom and webhooks have none."""
LONGEST: Mapping[Kind, int] = {
    Kind.DINGTALK: 15_000,
    # A body has at most 20 KB.
    Kind.FEISHU: 15_000,
    Kind.WECOM: 2048,
}
"""Bytes of a text in UTF-8. DingTalk's page names no limit: Feishu's is taken for it."""


@dataclass(frozen=True)
class Robot:
    """A robot; `url` and `secret` are confidential. `secret` is "" where it checks no signature."""

    kind: Kind
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The name for a program, with the host and without the token."""
        return f"{TITLES[self.kind]} at {self._host}"

    @property
    def title(self) -> str:
        """The name in a sentence."""
        return _("{robot} at {host}", robot=_(TITLES[self.kind]), host=self._host)

    @property
    def _host(self) -> str:
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def key(self) -> str:
        """The key under which it is remembered what it was told: a digest."""
        return digest(self.url)


@dataclass(frozen=True)
class Post:
    """A message on its way: the address with its signature, and the body in JSON."""

    url: str = field(repr=False)
    body: bytes


def keep_address_secret(value: str) -> None:
    """Never show an address, or the token in it, again in this process."""
    keep_secret([value])
    _, address = _divided(value)
    try:
        url = urlsplit(address)
    except ValueError:
        return
    # A short name such as `prod` must go on being shown: it may be the stack's.
    parts = [text for text in url.path.split("/") if len(text) > _LONGEST_NAME]
    parts += [
        text for name, text in parse_qsl(url.query) if name in _TOKENS or len(text) > _LONGEST_NAME
    ]
    keep_secret([address, *parts, url.password or ""])


def robot_of(value: str, environment: Mapping[str, str] = os.environ) -> Robot:
    """The robot of an address: `[KIND=]URL[#VARIABLE]`.

    Without KIND it follows from the host; VARIABLE is the environment variable of the secret, where
    it is another than that of the kind.

    Raises:
        ValueError: it is none; the message has nothing of it.
    """
    keep_address_secret(value)
    named, address = _divided(value)
    url = _url(address)
    host = url.hostname or "" if url else ""
    if url is None or not host:
        raise ValueError(_("it is not a URL such as https://HOST/PATH"))
    kind = Kind(named) if named else HOSTS.get(host, Kind.JSON)
    _must_be_confidential(kind, address)
    variable = url.fragment or SECRETS.get(kind, "")
    if url.fragment and (kind not in SECRETS or not environment.get(variable)):
        raise ValueError(
            _("its part behind # names no environment variable that is set")
            if kind in SECRETS
            else _("it has a part behind #: only DingTalk and Feishu check a secret")
        )
    secret = environment.get(variable, "")
    keep_secret([secret])
    return Robot(kind, urlunsplit(url._replace(fragment="")), secret)


def _url(address: str) -> SplitResult | None:
    """The parts of an address; None where it is no URL that a client takes."""
    import httpx

    try:
        url, usable = urlsplit(address), httpx.URL(address)
        # The client leaves a scheme's own port out.
        port = None if url.port == _PORTS.get(url.scheme) else url.port
        is_usable = usable.port == port and bool(usable.host)
    except (ValueError, httpx.InvalidURL):
        return None
    return url if is_usable and url.scheme in ("http", "https") else None


def _divided(value: str) -> tuple[str, str]:
    match = _NAMED.fullmatch(value.strip())
    return (match[1] or "", match[2]) if match else ("", "")


def _must_be_confidential(kind: Kind, address: str) -> None:
    """Check that a robot's token does not travel in clear."""
    from pulumi_smssign.contract.endpoints import is_loopback

    if kind is not Kind.JSON and not address.startswith("https:") and not is_loopback(address):
        raise ValueError(_("it begins with http://, and its token would travel in clear"))


def post_of(robot: Robot, text: str, document: Mapping[str, Any], moment: float) -> Post:
    """The message for a robot, in its form and signed.

    Args:
        robot: the robot.
        text: the message.
        document: the same for a program, for a webhook.
        moment: the seconds since 1970, of which signatures are made.
    """
    return _FORMS[robot.kind](robot, text, document, moment)


def _dingtalk(robot: Robot, text: str, _document: Mapping[str, Any], moment: float) -> Post:
    """DingTalk's: `timestamp` (milliseconds) and `sign` in the query, valid for an hour."""
    body = {"msgtype": "text", "text": {"content": text}, "at": {"isAtAll": False}}
    if not robot.secret:
        return Post(robot.url, _json(body))
    timestamp = str(round(moment * 1000))
    sign = _hmac_sha256(robot.secret, f"{timestamp}\n{robot.secret}")
    url = urlsplit(robot.url)
    query = "&".join(filter(None, (url.query, urlencode({"timestamp": timestamp, "sign": sign}))))
    return Post(urlunsplit(url._replace(query=query)), _json(body))


def _feishu(robot: Robot, text: str, _document: Mapping[str, Any], moment: float) -> Post:
    """Feishu's: `timestamp` (seconds) and `sign` in the body; what is signed is the key."""
    body: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
    if robot.secret:
        timestamp = str(int(moment))
        sign = _hmac_sha256(f"{timestamp}\n{robot.secret}", "")
        body = {"timestamp": timestamp, "sign": sign, **body}
    return Post(robot.url, _json(body))


def _wecom(robot: Robot, text: str, _document: Mapping[str, Any], _moment: float) -> Post:
    """WeCom's: the key in the URL is all that it checks."""
    return Post(robot.url, _json({"msgtype": "text", "text": {"content": text}}))


def _webhook(robot: Robot, text: str, document: Mapping[str, Any], _moment: float) -> Post:
    return Post(robot.url, _json({"text": text, **document}))


_FORMS: Mapping[Kind, Callable[[Robot, str, Mapping[str, Any], float], Post]] = {
    Kind.DINGTALK: _dingtalk,
    Kind.FEISHU: _feishu,
    Kind.WECOM: _wecom,
    Kind.JSON: _webhook,
}


def _hmac_sha256(key: str, message: str) -> str:
    made = hmac.digest(key.encode("utf-8"), message.encode("utf-8"), "sha256")
    return base64.b64encode(made).decode("ascii")


def _json(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace")


def refusal_of(robot: Robot, status: int, content: bytes) -> tuple[str, str] | None:
    """The code and the words by which a robot refuses a message; None where it has taken it.

    DingTalk and WeCom answer `errcode` and `errmsg`, Feishu `code` and `msg` (older ones
    `StatusCode`), with HTTP 200 also for a refusal; 0 is a yes. Of a webhook the HTTP status tells.
    """
    if status not in _SUCCESS:
        return f"HTTP {status}", ""
    if robot.kind is Kind.JSON:
        return None
    try:
        document = json.loads(content)
    # RecursionError: an object that is nested too deep.
    except (ValueError, RecursionError):
        document = None
    answer = document if isinstance(document, dict) else {}
    codes = [answer[name] for name in ("errcode", "code", "StatusCode") if name in answer]
    if codes and type(codes[0]) is int and codes[0] == 0:
        return None
    code = str(codes[0]) if codes else _("no code")
    return code, str(answer.get("errmsg") or answer.get("msg") or "")


_HINTS: Mapping[tuple[Kind, str], str] = {
    (Kind.DINGTALK, "310000"): mark(
        "see its 安全设置: its secret belongs into SMSSIGN_DINGTALK_SECRET, 短信签名 among its "
        "keywords, or this machine's address into its list"
    ),
    (Kind.FEISHU, "19021"): mark(
        "its secret belongs into SMSSIGN_FEISHU_SECRET, and this machine's clock must be right"
    ),
    (Kind.FEISHU, "19022"): mark("this machine's address is missing in its IP 白名单"),
    (Kind.FEISHU, "19024"): mark("短信签名 is missing among its keywords (自定义关键词)"),
}
"""The cause of a refusal by kind and code, as the pages at the top describe it."""


def hint_of(robot: Robot, code: str) -> str:
    """The cause of a refusal that the robot's page describes, or ""."""
    hint = _HINTS.get((robot.kind, code))
    return _(hint) if hint else ""


def distinct(robots: Sequence[Robot]) -> Iterator[Robot]:
    """The robots, each once."""
    yield from {robot.key: robot for robot in robots}.values()
