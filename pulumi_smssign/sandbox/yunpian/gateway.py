"""Yunpian's side as a client meets it: three POST calls below /v2/sign/, the key in the form.

It looks at path, method, form, key, limit and parameters, in this order. There is never a redirect,
which would make the official Python SDK repeat a POST as a GET (observed with 1.0.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.console import Console
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.switches import Switch, Switches
from pulumi_smssign.sandbox.text_ids import renamed_id
from pulumi_smssign.sandbox.yunpian import auth, statuses
from pulumi_smssign.sandbox.yunpian.actions import Actions
from pulumi_smssign.sandbox.yunpian.answers import answered, bare, refused
from pulumi_smssign.sandbox.yunpian.codes import (
    TOO_FREQUENT,
    UNDECODABLE,
    WRONG_METHOD,
)
from pulumi_smssign.sandbox.yunpian.console import CONSOLE
from pulumi_smssign.sandbox.yunpian.contracts import (
    ACTIONS,
    FILES,
    LICENCE_FILE,
    LICENCE_URL,
    NAME,
    RECORDED,
    TEXTS,
)
from pulumi_smssign.sandbox.yunpian.files import url_digest
from pulumi_smssign.sandbox.yunpian.parameters import Form, read
from pulumi_smssign.sandbox.yunpian.switches import SWITCHES

_ROOT = re.compile(r"/+v2/sign/(?P<call>.*)")


class Yunpian(Gateway):
    """Yunpian SMS, API v2, below `/v2/sign/`."""

    name: ClassVar[str] = NAME
    switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    actions: ClassVar[frozenset[str]] = ACTIONS
    envelope_key: ClassVar[str] = "sign"
    console: ClassVar[Console] = CONSOLE

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        super().__init__(desk, switches, clock)
        self._actions = Actions(desk, switches, clock)

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
                return bare(413, "Request Entity Too Large")
            return self._act(action, method, form)

        return Received(action, auth.claimed_account(form), _record(form), act)

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        return refused(refusal, self.settings)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return statuses.shown(signature, self.settings, self.clock)

    @override
    def renamed(self, signature: Signature, text: str) -> str:
        return renamed_id("Yunpian", signature.account, text)

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
                return bare(404, "Not Found")
            raise Refusal(setting, "API不存在")
        if method != "POST":
            if self.settings.text("yunpian.wrong_method") == "405":
                return bare(405, "Method Not Allowed")
            raise Refusal(WRONG_METHOD, f"请使用POST，不支持{method}")
        if not form.well_formed:
            raise Refusal(UNDECODABLE, "参数不是UTF-8编码")
        account = auth.authenticate(form, self.settings)
        limit = int(self.settings.number("yunpian.calls_per_second"))
        if limit and not self._window.admit(account, limit):
            raise Refusal(TOO_FREQUENT, "请降低访问频率")
        return answered(self._actions.perform(action, account, form))


def _action(path: str) -> str:
    """Give the action that a path means; what it is none, for the record, the path itself."""
    match = _ROOT.fullmatch(path)
    call = match["call"] if match else ""
    name = call.removesuffix(".json")
    return name if name in ACTIONS and name != call else f"/v2/sign/{call[:64]}"


def _record(form: Form) -> Document:
    """Give what is remembered of a form: plain fields, digests of licences, else only names."""
    record: Document = dict.fromkeys(form.others, True)
    for name, texts in form.texts.items():
        if name == LICENCE_URL:
            record[name] = [url_digest(text).summary() for text in texts]
        else:
            record[name] = texts[0] if name in RECORDED else True
    for name, uploads in form.uploads.items():
        record[name] = True
        if name == LICENCE_FILE:
            record[name] = [
                upload.evidence.summary() if upload.evidence else None for upload in uploads
            ]
    return record
