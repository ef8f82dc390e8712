"""Yunpian's side as a client meets it: three POST calls below /v2/sign/, the key in the form.

It looks at path, method, form, key and parameters, in this order. There is never a redirect, which
would make the official Python SDK repeat a POST as a GET (observed with 1.0.0). Every answer of the
API is `application/json;charset=utf-8`, a success HTTP 200 and an error HTTP 400, those of
authentication too (observed by third parties).
"""

from __future__ import annotations

import re

from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest, json_answer
from pulumi_smssign.sandbox.yunpian import auth, contracts
from pulumi_smssign.sandbox.yunpian.actions import Actions, shown_status
from pulumi_smssign.sandbox.yunpian.codes import MESSAGES, UNDECODABLE, WRONG_METHOD
from pulumi_smssign.sandbox.yunpian.parameters import Form, read, url_digest

BODY_LIMIT = 150_000_000
"""Bytes of a body; the largest application is some 120 MB of percent-encoded Base64."""

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_ROOT = re.compile(r"/+v2/sign/(?P<call>.*)")


class Yunpian(Gateway):
    """Yunpian SMS, API v2, below `/v2/sign/`."""

    name = contracts.NAME
    actions = contracts.ACTIONS
    envelope_key = "sign"
    environment = auth.ENVIRONMENT
    gives_ids = False

    @override
    def claims(self, request: HttpRequest) -> bool:
        return _ROOT.fullmatch(request.path) is not None

    @override
    def receive(self, request: HttpRequest) -> Received:
        action = _action(request.path)
        is_too_large = len(request.body) > BODY_LIMIT
        form = Form() if is_too_large else read(request, contracts.TEXTS, contracts.FILES)
        method = request.method

        def act() -> HttpAnswer:
            if is_too_large:
                return _bare(413, "Request Entity Too Large")
            return self._act(action, method, form)

        return Received(action, auth.claimed_account(form), _record(form), act)

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        status = refusal.http_status or 400
        document: Document = {
            "http_status_code": status,
            "code": int(refusal.code) if _INTEGER.fullmatch(refusal.code) else refusal.code,
            "msg": MESSAGES.get(refusal.code, "未知错误"),
            "detail": refusal.message,
        }
        return _answer(document, status, refusal.code)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return shown_status(signature)

    def _act(self, action: str, method: str, form: Form) -> HttpAnswer:
        """Do what the gateway does, in its order: path, method, form, key, parameters."""
        if action not in contracts.ACTIONS:
            return _bare(404, "Not Found")
        if method != "POST":
            raise Refusal(WRONG_METHOD, f"请使用POST，不支持{method}")
        if not form.well_formed:
            raise Refusal(UNDECODABLE, "参数不是UTF-8编码")
        account = auth.authenticate(form)
        return _answer(Actions(self).perform(action, account, form))


def _answer(document: Document, status: int = 200, code: str = "") -> HttpAnswer:
    return json_answer(document, status, code, {"content-type": "application/json;charset=utf-8"})


def _bare(status: int, phrase: str) -> HttpAnswer:
    """Answer as the web server in front of the API does."""
    page = f"<html><head><title>{status} {phrase}</title></head><body>{phrase}</body></html>"
    return HttpAnswer(page.encode(), status, {"content-type": "text/html"}, f"HTTP {status}")


def _action(path: str) -> str:
    """Give the action that a path means; what it is none, for the record, the path itself."""
    match = _ROOT.fullmatch(path)
    call = match["call"] if match else ""
    name = call.removesuffix(".json")
    return name if name in contracts.ACTIONS and name != call else f"/v2/sign/{call[:64]}"


def _record(form: Form) -> Document:
    """Give what is remembered of a form: plain fields, digests of licences, else only names."""
    record: Document = dict.fromkeys(form.others, True)
    for name, texts in form.texts.items():
        if name == contracts.LICENCE_URL:
            record[name] = [url_digest(text).summary() for text in texts]
        else:
            record[name] = texts[0] if name in contracts.RECORDED else True
    for name, uploads in form.uploads.items():
        record[name] = True
        if name == contracts.LICENCE_FILE:
            record[name] = [
                upload.evidence.summary() if upload.evidence else None for upload in uploads
            ]
    return record
