"""UCloud's side as a client meets it: the API gateway in front of USMS.

It looks at action, key, project and parameters, in this order. The pages take GET and POST, forms
and JSON ("Public parameters" page of UCloud's API, 2026-08). The official SDKs of 2026 send: Python
a form; Go a form or JSON with real arrays, and Action in the query as well; Java a flat JSON object
with dotted keys.

Every answer is HTTP 200, errors too, and has the request id in the header X-UCLOUD-REQUEST-UUID:
the official SDKs don't read a body behind 4xx and 5xx (Python 0.11.150, Go 0.22.98). It has
`RetCode`, mostly `Action`, and `Message`; what the gateway itself refuses is without Action.
"""

from __future__ import annotations

import functools
import re
import uuid
from typing import NoReturn

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.evidence import digest
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest, json_answer
from pulumi_smssign.sandbox.parameters import Arguments, Kind, checked
from pulumi_smssign.sandbox.received_text import read_form, read_object
from pulumi_smssign.sandbox.ucloud import auth, codes, contracts
from pulumi_smssign.sandbox.ucloud.actions import Actions, shown_status
from pulumi_smssign.sandbox.ucloud.screening import without_prefix

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes of a request. No page names a limit; two files of 4 MB in a form are some 17 MB at most."""

_ITEM = re.compile(r"(?P<name>[A-Za-z]+)\.(?P<index>[0-9]{1,6})")
_FOREIGN_HEADERS = ("x-tc-", "x-acs-")
_FOREIGN_KEYS = (b"SecretId", b"AccessKeyId")
_OF_THE_GATEWAY = frozenset({"Action", "PublicKey", "Signature"})


class UCloud(Gateway):
    """UCloud USMS, at the root path."""

    name = contracts.NAME
    actions = contracts.ACTIONS
    envelope_key = "RetCode"
    environment = auth.ENVIRONMENT

    @override
    def claims(self, request: HttpRequest) -> bool:
        if request.path != "/" or _is_signed_by_headers(request):
            return False
        query = request.query.encode()
        if request.method == "GET":
            return _is_ours(query)
        if request.method != "POST":
            return False
        if _is_json(request):
            return _is_ours(query) or b'"Action"' in request.body or b'"PublicKey"' in request.body
        return _is_ours(query) or _is_ours(request.body)

    @override
    def receive(self, request: HttpRequest) -> Received:
        try:
            parameters = _parsed(request)
        except Refusal as refusal:
            return Received("", "", {}, functools.partial(_raise, refusal))
        action = parameters.get("Action")
        action = action if isinstance(action, str) else ""
        return Received(
            action[:64],
            auth.claimed_account(parameters),
            {
                name: _record(name, value)
                for name, value in parameters.items()
                if name not in _OF_THE_GATEWAY
            },
            functools.partial(self._act, action, parameters),
        )

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        code: JsonValue = int(refusal.code) if refusal.code.isdecimal() else refusal.code
        document: Document = {"RetCode": self._written(code)}
        of_the_service = isinstance(code, int) and code >= codes.FIRST_OF_SERVICE
        if received.action in contracts.ACTIONS and of_the_service:
            document["Action"] = f"{received.action}Response"
        document["Message"] = refusal.message
        recorded = "" if code == 0 else str(code)
        return _answer(document, refusal.http_status or 200, recorded)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return str(shown_status(signature))

    def _act(self, action: str, parameters: Document) -> HttpAnswer:
        """Do what the gateway does, in its order: action, key, project, parameters."""
        if not action:
            raise Refusal(str(codes.ACTION_MISSING), "Missing Action")
        if action not in contracts.ACTIONS:
            raise Refusal(str(codes.ACTION_UNKNOWN), f"Action {action[:64]} not exist")
        account = auth.authenticate(parameters)
        _check_project(parameters.get("ProjectId"))
        content = Actions(self).perform(action, account, self._arguments(parameters, action))
        head: Document = {"RetCode": self._written(0), "Action": f"{action}Response"}
        return _answer({**head, "Message": "", **content})

    def _arguments(self, parameters: Document, action: str) -> Arguments:
        """Check an action's parameters and give them; blank ones weren't sent."""
        gathered = {
            name: value
            for name, value in _gathered(parameters).items()
            if value not in (None, "", [])
        }

        def flaw(name: str, kind: Kind | None) -> Refusal:
            code = codes.MALFORMED if kind else codes.MISSING
            message = f"{name} is not {kind.value}" if kind else f"missing parameter: {name}"
            return codes.parameter_refusal(self.settings, code, name, message)

        return checked(
            {"ProjectId": auth.PROJECT, **gathered},
            contracts.PARAMETERS[action],
            flaw=flaw,
            from_text=True,
        )

    def _written(self, code: JsonValue) -> JsonValue:
        return str(code) if self.settings.flag("ucloud.quoted_ret_code") else code


def _check_project(project: JsonValue) -> None:
    """See that a call's project exists: those do that begin with org-, but for two test endings."""
    if not isinstance(project, str) or not project:
        return
    if not project.startswith("org-") or project.endswith("404"):
        raise Refusal(str(codes.PROJECT_UNKNOWN), f"Project {project[:64]} not exist")
    if project.endswith("403"):
        raise Refusal(str(codes.PROJECT_FORBIDDEN), f"Project {project[:64]} is not authorized")


def _is_signed_by_headers(request: HttpRequest) -> bool:
    """Tell a request whose headers say who sends it, or what is to be done; ours are forms."""
    return any(
        name == "authorization" or name.startswith(_FOREIGN_HEADERS) for name in request.headers
    )


def _is_ours(form: bytes) -> bool:
    """Tell a form of ours: it has an Action or a PublicKey, and no key of another name."""
    return any(_has(form, name) for name in (b"Action", b"PublicKey")) and not any(
        _has(form, name) for name in _FOREIGN_KEYS
    )


def _has(form: bytes, name: bytes) -> bool:
    return form.startswith(name + b"=") or b"&" + name + b"=" in form


def _raise(refusal: Refusal) -> NoReturn:
    raise refusal


def _is_json(request: HttpRequest) -> bool:
    """Tell whether the body is declared as JSON; any other body is read as a form."""
    return request.media_type == "application/json"


def _parsed(request: HttpRequest) -> Document:
    """Read all parameters, unknown ones and blank values too, since the signature covers them.

    Of a POST's query only Action counts, where the body has none.

    Raises:
        Refusal: if the request is too large, or its body is not the JSON object that it says, or a
            form not UTF-8.
    """
    if len(request.body) > BODY_LIMIT:
        raise Refusal(str(codes.TOO_LARGE), f"The request has more than {BODY_LIMIT} bytes.")
    query = _form(request.query)
    if request.method == "GET":
        return query
    body = _json(request.body) if _is_json(request) else _form(request.body.decode("latin-1"))
    return {**{name: query[name] for name in query if name == "Action"}, **body}


def _form(form: str) -> Document:
    try:
        return dict(read_form(form))
    except ValueError:
        raise Refusal(str(codes.UNREADABLE), "The request's form is not UTF-8.") from None


def _json(body: bytes) -> Document:
    document = read_object(body)
    if document is None:
        raise Refusal(str(codes.UNREADABLE), "The request's JSON can not be parsed as an object.")
    return document


def _gathered(document: Document) -> Document:
    """Put `Name.0`, `Name.1` and so on together, in the order of their numbers, blank ones out."""
    items: dict[str, list[tuple[int, JsonValue]]] = {}
    for name, value in document.items():
        match = _ITEM.fullmatch(name)
        if match and value != "":
            items.setdefault(match["name"], []).append((int(match["index"]), value))
    lists: Document = {
        name: [value for _, value in sorted(values, key=lambda item: item[0])]
        for name, values in items.items()
    }
    return {**document, **lists}


def _record(name: str, value: JsonValue) -> JsonValue:
    """Give what is remembered of a parameter: a file's digest, a URL without its query."""
    if name in contracts.FILES:
        return digest(without_prefix(value)) if isinstance(value, str) else True
    if name in contracts.URLS and isinstance(value, str):
        return value.partition("?")[0]
    return value if name.partition(".")[0] in contracts.RECORDED else True


def _answer(document: Document, status: int = 200, code: str = "") -> HttpAnswer:
    headers = {"X-UCLOUD-REQUEST-UUID": str(uuid.uuid4())}
    return json_answer(document, status, code, headers)
