"""UCloud's side as a client meets it: the API gateway in front of USMS.

It looks at action, key, limit, project and parameters, in this order.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import ClassVar, NoReturn

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.console import Console
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.switches import Switch, Switches
from pulumi_smssign.sandbox.ucloud import auth, statuses
from pulumi_smssign.sandbox.ucloud.actions import Actions
from pulumi_smssign.sandbox.ucloud.answers import answered, refused
from pulumi_smssign.sandbox.ucloud.codes import (
    ACTION_MISSING,
    ACTION_UNKNOWN,
    MISSING,
    PROJECT_FORBIDDEN,
    PROJECT_UNKNOWN,
    RATE_LIMITED,
    parameter_refusal,
)
from pulumi_smssign.sandbox.ucloud.console import CONSOLE
from pulumi_smssign.sandbox.ucloud.contracts import (
    ACTIONS,
    FILES,
    NAME,
    PARAMETERS,
    RECORDED,
    URLS,
)
from pulumi_smssign.sandbox.ucloud.files import digest
from pulumi_smssign.sandbox.ucloud.parameters import checked, is_json, parsed
from pulumi_smssign.sandbox.ucloud.switches import ANY, ONE_ORG, REFUSED, SWITCHES

_FOREIGN_HEADERS = ("x-tc-", "x-acs-")
_FOREIGN_KEYS = (b"SecretId", b"AccessKeyId")
_OF_THE_GATEWAY = frozenset({"Action", "PublicKey", "Signature"})


class UCloud(Gateway):
    """UCloud USMS, at the root path."""

    name: ClassVar[str] = NAME
    switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    actions: ClassVar[frozenset[str]] = ACTIONS
    envelope_key: ClassVar[str] = "RetCode"
    console: ClassVar[Console] = CONSOLE

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        super().__init__(desk, switches, clock)
        self._actions = Actions(desk, switches, clock)

    @override
    def claims(self, request: HttpRequest) -> bool:
        if request.path != "/" or _is_signed_by_headers(request):
            return False
        query = request.query.encode()
        if request.method == "GET":
            return _is_ours(query)
        if request.method != "POST":
            return False
        if is_json(request):
            return _is_ours(query) or b'"Action"' in request.body or b'"PublicKey"' in request.body
        return _is_ours(query) or _is_ours(request.body)

    @override
    def receive(self, request: HttpRequest) -> Received:
        try:
            parameters = parsed(request)
        except Refusal as refusal:
            return Received("", "", {}, functools.partial(_refused, refusal))
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
        action = received.action if received.action in ACTIONS else ""
        return refused(refusal, action, quoted=self._quoted())

    @override
    def vendor_status(self, signature: Signature) -> str:
        return str(statuses.shown(signature, self.settings))

    @override
    def reset(self) -> None:
        self._window.reset()

    @classmethod
    @override
    def credentials(cls, address: str) -> Mapping[str, str]:
        return {
            "UCLOUD_BASE_URL": f"http://{address}",
            "UCLOUD_PUBLIC_KEY": auth.PUBLIC_KEY,
            "UCLOUD_PRIVATE_KEY": auth.PRIVATE_KEY,
            "UCLOUD_PROJECT_ID": auth.PROJECT,
        }

    def _act(self, action: str, parameters: Document) -> HttpAnswer:
        """Do what the gateway does, in its order: action, key, limit, project, parameters."""
        if not action:
            raise Refusal(str(ACTION_MISSING), "Missing Action")
        if action not in ACTIONS:
            raise Refusal(str(ACTION_UNKNOWN), f"Action {action[:64]} not exist")
        account = auth.authenticate(parameters)
        limit = int(self.settings.number("ucloud.rate_limit"))
        if limit and not self._window.admit((account, action), limit):
            raise Refusal(str(RATE_LIMITED), "request rate limited")
        family = self.settings.text("ucloud.parameter_codes")
        project = self._project(parameters.get("ProjectId"), family)
        arguments = checked(parameters, PARAMETERS[action], family=family)
        content = self._actions.perform(action, account, project, arguments)
        message = self.settings.text("ucloud.success_message")
        return answered(content, action, message, quoted=self._quoted())

    def _quoted(self) -> bool:
        return self.settings.flag("ucloud.quoted_ret_code")

    def _project(self, project: JsonValue, family: str) -> str:
        if not isinstance(project, str) or not project:
            if self.settings.text("ucloud.missing_project") == REFUSED:
                raise parameter_refusal(
                    family, MISSING, "ProjectId", "missing parameter: ProjectId"
                )
            return auth.PROJECT
        taken = self.settings.text("ucloud.projects")
        if taken == ANY or project == auth.PROJECT:
            return project
        if taken == ONE_ORG or not project.startswith("org-") or project.endswith("404"):
            raise Refusal(str(PROJECT_UNKNOWN), f"Project {project[:64]} not exist")
        if project.endswith("403"):
            raise Refusal(str(PROJECT_FORBIDDEN), f"Project {project[:64]} is not authorized")
        return project


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


def _refused(refusal: Refusal) -> NoReturn:
    raise refusal


def _record(name: str, value: JsonValue) -> JsonValue:
    """Give what is remembered of a parameter: a file's digest, a URL without its query."""
    if name in FILES:
        return digest(value)
    if name in URLS and isinstance(value, str):
        return value.partition("?")[0]
    return value if name.partition(".")[0] in RECORDED else True
