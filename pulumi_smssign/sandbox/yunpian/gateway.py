"""Yunpian's side as a client meets it: three POST calls below /v2/sign/, the key in the form.

Every answer of the API is `application/json;charset=utf-8`, a success HTTP 200 and an error HTTP
400, those of authentication too (observed by third parties); there is never a redirect, which would
make the official Python SDK repeat a POST as a GET (observed with 1.0.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest, json_bytes
from pulumi_smssign.sandbox.limits import SlidingWindow
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switch, Switches
from pulumi_smssign.sandbox.yunpian import auth
from pulumi_smssign.sandbox.yunpian.actions import Actions
from pulumi_smssign.sandbox.yunpian.contract import (
    ACTIONS,
    APPLYING_VIP,
    BUSY,
    CHECKING,
    DISABLED,
    FAIL,
    FILES,
    LICENCE_FILE,
    LICENCE_URL,
    MESSAGES,
    NAME,
    RECORDED,
    SUCCESS,
    TEXTS,
    TOO_FREQUENT,
    UNDECODABLE,
    UNKNOWN_FAILURE,
    WRONG_METHOD,
)
from pulumi_smssign.sandbox.yunpian.form import Form, read
from pulumi_smssign.sandbox.yunpian.ids import new_id
from pulumi_smssign.sandbox.yunpian.screening import url_digest
from pulumi_smssign.sandbox.yunpian.switches import SWITCHES

_ROOT = re.compile(r"/+v2/sign/(?P<call>.*)")
_STATUS = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_INTEGER = re.compile(r"-?[0-9]{1,9}")

_MEANINGS: Mapping[str, Status] = {
    CHECKING: Status.PENDING,
    SUCCESS: Status.APPROVED,
    APPLYING_VIP: Status.APPROVED,
    FAIL: Status.REJECTED,
    DISABLED: Status.OTHER,
}

_STATUS_SWITCHES: Mapping[str, str] = {
    TOO_FREQUENT: "yunpian.rate_status",
    UNKNOWN_FAILURE: "yunpian.system_status",
    BUSY: "yunpian.system_status",
}


class Yunpian(Gateway):
    """Yunpian SMS, API v2, below `/v2/sign/`."""

    name: ClassVar[str] = NAME
    switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    actions: ClassVar[frozenset[str]] = ACTIONS
    envelope_key: ClassVar[str] = "sign"

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        super().__init__(desk, switches, clock)
        self._actions = Actions(desk, switches, clock)
        self._window = SlidingWindow(clock)

    @override
    def claims(self, request: HttpRequest) -> bool:
        return _ROOT.fullmatch(request.path) is not None

    @override
    def receive(self, request: HttpRequest) -> Received:
        action = _action(request.path)
        too_large = len(request.body) > self.settings.number("yunpian.body_limit")
        form = Form() if too_large else read(request, TEXTS, FILES)
        method = request.method

        def act() -> HttpAnswer:
            if too_large:
                return _bare(413, "Request Entity Too Large")
            return self._act(action, method, form)

        return Received(action, auth.claimed_account(form), _record(form), act)

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        switch = _STATUS_SWITCHES.get(refusal.code)
        status = refusal.http_status or (int(self.settings.text(switch)) if switch else 400)
        document: Document = {
            "http_status_code": status,
            "code": int(refusal.code) if _INTEGER.fullmatch(refusal.code) else refusal.code,
            "msg": MESSAGES.get(refusal.code, "未知错误"),
            "detail": refusal.message,
        }
        return _answer(document, status=status, code=refusal.code)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return self._actions.status(signature)

    @override
    def status_of(self, vendor_status: str) -> Status:
        if vendor_status not in _MEANINGS and not _STATUS.fullmatch(vendor_status):
            raise ValueError(
                f"a Yunpian status is {', '.join(_MEANINGS)}, or a word in capitals that clients "
                f"don't know yet, not {vendor_status!r}"
            )
        return _MEANINGS.get(vendor_status, Status.OTHER)

    @override
    def renamed(self, signature: Signature, text: str) -> str:
        return new_id(signature.account, text)

    @override
    def reset(self) -> None:
        self._window.reset()

    @classmethod
    @override
    def credentials(cls, address: str) -> Mapping[str, str]:
        return {"YUNPIAN_BASE_URL": f"http://{address}", "YUNPIAN_APIKEY": auth.APIKEY}

    def _act(self, action: str, method: str, form: Form) -> HttpAnswer:
        """Do what the gateway does, in its order: path, method, form, key, limit, parameters."""
        if action not in ACTIONS:
            setting = self.settings.text("yunpian.unknown_path")
            if setting == "404":
                return _bare(404, "Not Found")
            raise Refusal(setting, "API不存在")
        if method != "POST":
            if self.settings.text("yunpian.wrong_method") == "405":
                return _bare(405, "Method Not Allowed")
            raise Refusal(WRONG_METHOD, f"请使用POST，不支持{method}")
        if not form.well_formed:
            raise Refusal(UNDECODABLE, "参数不是UTF-8编码")
        account = auth.authenticate(form, self.settings)
        limit = int(self.settings.number("yunpian.calls_per_second"))
        if limit and not self._window.admit(account, limit):
            raise Refusal(TOO_FREQUENT, "请降低访问频率")
        return _answer(self._actions.perform(action, account, form))


def _action(path: str) -> str:
    """Give the action that a path means; what it is none, for the record, the path itself."""
    match = _ROOT.fullmatch(path)
    call = match["call"] if match else ""
    name = call.removesuffix(".json")
    return name if name in ACTIONS and name != call else f"/v2/sign/{call[:64]}"


def _answer(document: Document, *, status: int = 200, code: str = "") -> HttpAnswer:
    headers = {"content-type": "application/json;charset=utf-8"}
    return HttpAnswer(json_bytes(document), status, headers, code)


def _bare(status: int, words: str) -> HttpAnswer:
    """Answer as the web server in front of the API does."""
    page = f"<html><head><title>{status} {words}</title></head><body>{words}</body></html>"
    return HttpAnswer(page.encode(), status, {"content-type": "text/html"}, f"HTTP {status}")


def _record(form: Form) -> Document:
    """Give what is remembered of a form: plain fields, digests of licences, else only names."""
    record: Document = dict.fromkeys(form.others, True)
    for name, texts in form.texts.items():
        if name == LICENCE_URL:
            record[name] = [_digest(url_digest(text)) for text in texts]
        else:
            record[name] = texts[0] if name in RECORDED else True
    for name, uploads in form.uploads.items():
        record[name] = True
        if name == LICENCE_FILE:
            record[name] = [_digest(upload.evidence) for upload in uploads]
    return record


def _digest(evidence: Evidence | None) -> JsonValue:
    """Describe a file; None for what was no file."""
    if evidence is None:
        return None
    return {
        "sha256": evidence.sha256,
        "size": evidence.size,
        "media_type": evidence.media_type,
    }
