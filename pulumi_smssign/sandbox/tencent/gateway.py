"""Tencent's side as a client meets it: the API 3.0 gateway in front of the SMS service.

Every answer is HTTP 200 with the content type exactly `application/json`, errors too, and has a
RequestId: the official SDK reads nothing else (observed with 3.1.153).
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.evidence import digest
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest, json_answer
from pulumi_smssign.sandbox.parameters import Arguments, Kind, checked
from pulumi_smssign.sandbox.received_text import read_form, read_json
from pulumi_smssign.sandbox.tencent import auth, contracts, statuses
from pulumi_smssign.sandbox.tencent.actions import Actions

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes of a POST ("Request structure" page of API 3.0)."""

QUERY_LIMIT = 32 * 1024
"""Bytes of a GET's query string (the same page)."""


_Form: TypeAlias = Mapping[str, str] | None


class Tencent(Gateway):
    """Tencent Cloud SMS, version 2021-01-11, at the root path."""

    name = contracts.NAME
    actions = frozenset(contracts.CALLS_PER_SECOND)
    envelope_key = "Response"
    environment = auth.ENVIRONMENT

    @override
    def claims(self, request: HttpRequest) -> bool:
        if request.path != "/":
            return False
        return (
            "x-tc-action" in request.headers
            or request.headers.get("authorization", "").startswith("TC3-")
            or auth.signed_form(request) is not None
        )

    @override
    def receive(self, request: HttpRequest) -> Received:
        form = auth.signed_form(request)
        action = _common(request, form, "Action")
        fields: Document = {}
        with contextlib.suppress(Refusal):  # `act` refuses in its turn what can't be read
            fields = {name: _record(name, value) for name, value in _parsed(request, form).items()}
        return Received(
            action,
            auth.claimed_account(request, form),
            fields,
            lambda: self._act(request, form, action),
        )

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        error: Document = {"Code": refusal.code, "Message": refusal.message}
        return _answer({"Error": error}, refusal.http_status or 200, refusal.code)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return str(statuses.shown_status(signature, self.settings, self.clock))

    def _act(self, request: HttpRequest, form: _Form, action: str) -> HttpAnswer:
        """Do what the gateway does, in its order: form, key, action, region, limit, parameters."""
        _check_form(request, form)
        account = auth.authenticate(request, form, self.clock.now())
        if _common(request, form, "Version") != contracts.VERSION:
            raise Refusal(
                "NoSuchVersion", f"There is no such version of this API; use {contracts.VERSION}."
            )
        if action not in contracts.CALLS_PER_SECOND:
            raise Refusal(
                "InvalidAction", f"There is no action {action[:64]!r} in {contracts.VERSION}."
            )
        if not _common(request, form, "Region"):
            raise _flaw("Region")
        if self.settings.flag("tencent.enforce_rate"):
            limit = contracts.CALLS_PER_SECOND[action]
            message = f"Your current request times exceed the limit of {limit} per second for "
            throttled = Refusal("RequestLimitExceeded", f"{message}{action}.")
            self._check_rate(account, action, limit, throttled)
        return _answer(Actions(self).perform(action, account, _arguments(request, form, action)))


def _check_form(request: HttpRequest, form: _Form) -> None:
    if request.method not in {"GET", "POST"}:
        raise Refusal("UnsupportedProtocol", "Only GET and POST are supported.")
    if len(request.body) > BODY_LIMIT or len(request.query) > QUERY_LIMIT:
        raise Refusal("RequestSizeLimitExceeded", "The request is larger than 10 MB.")
    if form is not None:
        return
    if request.method == "POST" and request.media_type != "application/json":
        raise Refusal("UnsupportedProtocol", "A POST has the content type application/json.")
    for name in ("X-TC-Action", "X-TC-Version", "X-TC-Timestamp"):
        if not request.headers.get(name.lower()):
            raise _flaw(name)


def _common(request: HttpRequest, form: _Form, name: str) -> str:
    """Give a common parameter, which is a header if there is no signed form."""
    return request.headers.get(f"x-tc-{name.lower()}", "") if form is None else form.get(name, "")


def _arguments(request: HttpRequest, form: _Form, action: str) -> Arguments:
    """Check names and types, and give the parameters; null counts as not sent.

    Raises:
        Refusal: UnknownParameter, MissingParameter or InvalidParameter.
    """
    sent = {name: value for name, value in _parsed(request, form).items() if value is not None}
    for name in sent:
        if name not in contracts.PARAMETERS[action]:
            raise Refusal("UnknownParameter", f"The parameter `{name[:64]}` is not recognized.")
    from_text = request.method == "GET" or form is not None
    return checked(sent, contracts.PARAMETERS[action], flaw=_flaw, from_text=from_text)


def _flaw(name: str, kind: Kind | None = None) -> Refusal:
    if kind is None:
        return Refusal("MissingParameter", f"The request is missing a required parameter `{name}`.")
    return Refusal("InvalidParameter", f"The value of the parameter `{name}` is not {kind.value}.")


def _parsed(request: HttpRequest, form: _Form) -> Document:
    """Read an action's parameters: of a signed form, a JSON body, or the query string of a GET.

    Raises:
        Refusal: if there is no JSON object in it.
    """
    if form is not None:
        return _from_pairs(pair for pair in form.items() if pair[0] not in auth.FORM_COMMON)
    if request.method == "GET":
        try:
            return _from_pairs(read_form(request.query))
        except ValueError:
            raise Refusal("FailedOperation.FailResolvePacket", "The query is not UTF-8.") from None
    try:
        document = read_json(request.body)
    except ValueError:
        raise Refusal("FailedOperation.JsonParseFail", "The body is not valid JSON.") from None
    if not isinstance(document, dict):
        raise Refusal("FailedOperation.FailResolvePacket", "The body is not a JSON object.")
    return document


def _from_pairs(pairs: Iterable[tuple[str, str]]) -> Document:
    """Read `Name=value` and `Name.0=value` pairs, as the gateway's forms have them."""
    document: Document = {}
    for name, value in pairs:
        stem, dot, index = name.partition(".")
        if not (dot and index.isdecimal()):
            document[name] = value
            continue
        values = document.setdefault(stem, [])
        if isinstance(values, list):
            values.append(value)
    return document


def _record(name: str, value: JsonValue) -> JsonValue:
    """Give what is remembered of a parameter: an image's digest, and nothing of an unknown one."""
    if name in contracts.IMAGES and isinstance(value, str):
        return digest(value)
    return value if name in contracts.RECORDED else True


def _answer(content: Document, status: int = 200, code: str = "") -> HttpAnswer:
    document: Document = {"Response": {**content, "RequestId": str(uuid.uuid4())}}
    return json_answer(document, status, code)
