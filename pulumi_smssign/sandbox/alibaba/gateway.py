"""Alibaba Cloud's side as a client meets it: the RPC gateway in front of Dysmsapi.

The order of the checks is inferred: version, operation, method, who calls, how often, parameters.
Every answer is JSON, whatever `Format` says: the official SDKs that sign in the parameters ask for
it. (The gateway has XML too, where no format is named.)

There are two envelopes: `Code` and more behind HTTP 200, and an error behind 4xx and 5xx. The older
business errors come with HTTP 200, and the official SDK 4.6.0 raises nothing for them; a success
has the code `OK`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import cached_property

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.alibaba import auth, codes, contracts, statuses
from pulumi_smssign.sandbox.alibaba.actions import Actions
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest, json_answer
from pulumi_smssign.sandbox.parameters import Kind, checked
from pulumi_smssign.sandbox.received_text import read_form, read_json

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes of a request. No page names a limit."""

_FORM = "application/x-www-form-urlencoded"
_HOST = "dysmsapi.aliyuncs.com"
_HELP = "https://error-center.aliyun.com/status/search?Keyword={}&source=PopGw"


class Alibaba(Gateway):
    """Alibaba Cloud Dysmsapi, version 2017-05-25, at the root path."""

    name = contracts.NAME
    actions = contracts.ACTIONS
    envelope_key = "Code"
    environment = auth.ENVIRONMENT
    gives_ids = False

    @cached_property
    def _verifier(self) -> auth.Verifier:
        return auth.Verifier(self.clock)

    @override
    def claims(self, request: HttpRequest) -> bool:
        if request.path != "/":
            return False
        by_headers = any(name.startswith(auth.PREFIX) for name in request.headers)
        signed = request.headers.get("authorization", "").startswith("ACS3-")
        return by_headers or signed or "AccessKeyId" in (_sent(request) or {})

    @override
    def receive(self, request: HttpRequest) -> Received:
        pairs = _sent(request)
        known = pairs or {}
        action = request.headers.get("x-acs-action", known.get("Action", ""))
        return Received(
            action[:64],
            auth.claimed_account(request, known),
            {name: _recorded(name, text) for name, text in known.items()},
            lambda: self._act(request, action, pairs),
        )

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        error: Document = {"Code": refusal.code, "Message": refusal.message}
        status = refusal.http_status or codes.http_status(refusal.code)
        if status >= 400:  # noqa: PLR2004 - an error to HTTP
            error.update({"HostId": _HOST, "Recommend": _HELP.format(refusal.code)})
        return _answer(error, status, refusal.code)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return str(statuses.shown_status(signature, self.settings))

    @override
    def reset(self) -> None:
        super().reset()
        self._verifier.reset()

    def _act(
        self, request: HttpRequest, action: str, pairs: Mapping[str, str] | None
    ) -> HttpAnswer:
        """Do what the gateway does, in its order."""
        _check_call(request, action, pairs or {})
        account = self._verifier.account(request, pairs or {})
        if action == contracts.GET and self.settings.flag("alibaba.enforce_looks"):
            throttled = Refusal(codes.THROTTLED, "Request was denied due to user flow control.")
            self._check_rate(account, action, contracts.LOOKS_PER_SECOND, throttled)
        if pairs is None:
            raise Refusal(codes.BAD_PARAMETER, "The parameters are not UTF-8.")
        arguments = checked(
            {name: text for name, text in pairs.items() if text},
            contracts.PARAMETERS[action],
            flaw=_flaw,
            from_text=True,
        )
        content = Actions(self).perform(action, account, arguments)
        return _answer({"Code": "OK", "Message": "OK", **content})


def _check_call(request: HttpRequest, action: str, pairs: Mapping[str, str]) -> None:
    if len(request.body) > BODY_LIMIT:
        raise Refusal(codes.TOO_LARGE, f"The request has more than {BODY_LIMIT} bytes.")
    if request.headers.get("x-acs-version", pairs.get("Version", "")) != contracts.VERSION:
        raise Refusal(codes.NO_VERSION, "Specified parameter Version is not valid.")
    if action not in contracts.ACTIONS:
        raise Refusal(codes.NO_ACTION, "Specified api is not found.")
    if request.method not in contracts.METHODS.get(action, {"GET", "POST"}):
        raise Refusal(codes.BAD_METHOD, "This http method is not supported.")


def _flaw(name: str, kind: Kind | None) -> Refusal:
    if kind is None:
        return Refusal(f"Missing{name}", f"{name} is mandatory for this action.")
    return Refusal(codes.BAD_PARAMETER, f"The parameter {name} is not {kind.value}.")


def _sent(request: HttpRequest) -> dict[str, str] | None:
    """Give all pairs of query and form, of several with one name the last; None if no UTF-8.

    The official SDK 4.6.0 sends them in the query of a POST without a body; its booleans are `True`
    and `False`, and a list is one JSON text and not `Name.1`, `Name.2`.
    """
    try:
        pairs = read_form(request.query)
        if request.headers.get("content-type", "").lower().startswith(_FORM):
            pairs += read_form(request.body.decode())
    except ValueError:
        return None
    return dict(pairs)


def _recorded(name: str, text: str) -> JsonValue:
    """Give what is remembered of a parameter: of MoreData the OSS paths, without what opens one."""
    if name != contracts.FILES:
        return text if name in contracts.RECORDED else True
    try:
        paths = read_json(text)
    except ValueError:
        return True
    if not isinstance(paths, list):
        return True
    return [path.partition("?")[0] if isinstance(path, str) else True for path in paths]


def _answer(document: Document, status: int = 200, code: str = "") -> HttpAnswer:
    request_id = str(uuid.uuid4()).upper()
    headers = {"x-acs-request-id": request_id, "content-type": "application/json;charset=utf-8"}
    return json_answer({"RequestId": request_id, **document}, status, code, headers)
