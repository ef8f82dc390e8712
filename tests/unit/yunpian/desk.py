"""A stand-in for Yunpian's side that answers what a test has it answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx

from pulumi_smssign.model.review import Handle
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.auth import AccountCredentials

KEY = "0123456789abcdef0123456789abcdef"
HANDLE = Handle("极客科技", "极客科技")
URL = "http://127.0.0.1:9"

Answer = httpx.Response | Exception | dict[str, object] | str
Fields = list[tuple[str, str]]


@dataclass
class Desk:
    """Answers in turn, and remembers what was asked: each path and its form.

    A mapping is an answer in JSON with the status 200, or 400 where its code says no; a text is
    one as it stands; an exception is what happens on the way.
    """

    answers: list[Answer]
    forms: list[tuple[str, Fields]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = request.content.decode()
        fields = parse_qsl(body, keep_blank_values=True, strict_parsing=True, errors="strict")
        self.forms.append((request.url.path, fields))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        if isinstance(answer, str):
            return httpx.Response(200, text=answer)
        return httpx.Response(400 if answer.get("code") else 200, json=answer)

    def sent(self, index: int = 0) -> dict[str, str]:
        """The fields of a call's form; of one that came several times, the last."""
        return dict(self.forms[index][1])

    @property
    def paths(self) -> list[str]:
        """The calls that were made, by the last part of their path."""
        return [path.rpartition("/")[2].removesuffix(".json") for path, _ in self.forms]


def connected(*answers: Answer) -> tuple[SignatureApi, Desk]:
    """An account's calls whose answers are these, without limits and without real pauses."""
    desk = Desk(list(answers))
    credentials = AccountCredentials.model_validate({"apikey": KEY, "endpoint": URL})
    api = SignatureApi(credentials)
    api._transport._http = httpx.Client(base_url=URL, transport=httpx.MockTransport(desk))
    return api, desk


def taken(text: str = "极客科技") -> dict[str, object]:
    """The answer to an add or update that was taken (page sign/add, seed 004)."""
    return {
        "code": 0,
        "msg": "OK",
        "sign": {
            "apply_state": "CHECKING",
            "sign": f"【{text}】",
            "is_apply_vip": False,
            "is_only_global": False,
            "industry_type": "其它",
        },
    }


def signature(
    text: str = "极客科技", status: str = "CHECKING", **changes: object
) -> dict[str, object]:
    """A signature in the answer to a get."""
    return {
        "chan": "NONE",
        "check_status": status,
        "enabled": status != "CHECKING",
        "extend": "",
        "industry_type": "其它",
        "only_global": False,
        "remark": "",
        "sign": f"【{text}】",
        "vip": False,
        **changes,
    }


def found(*signatures: dict[str, object]) -> dict[str, object]:
    """The answer to a get."""
    return {"code": 0, "total": len(signatures), "sign": list(signatures)}


def refused(code: int, detail: str = "") -> dict[str, object]:
    """An error as the vendor words it."""
    return {"http_status_code": 400, "code": code, "msg": "请求参数格式错误", "detail": detail}
