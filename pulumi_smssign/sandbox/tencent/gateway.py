"""Tencent's side as a client meets it: the API 3.0 gateway in front of the SMS service.

Every answer is HTTP 200 with the content type exactly `application/json`, errors too, and has a
RequestId: the official SDK reads nothing else (observed with 3.1.153).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import ClassVar

from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.console import Console
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.limits import SlidingWindow
from pulumi_smssign.sandbox.review import Status, numbered_status
from pulumi_smssign.sandbox.switches import Switch, Switches
from pulumi_smssign.sandbox.tencent import auth, statuses
from pulumi_smssign.sandbox.tencent.actions import Actions
from pulumi_smssign.sandbox.tencent.answers import answered, refused
from pulumi_smssign.sandbox.tencent.console import CONSOLE
from pulumi_smssign.sandbox.tencent.contracts import (
    CALLS_PER_SECOND,
    IMAGES,
    MAINLAND_2026_PARAMETERS,
    NAME,
    RECORDED,
    SEED_2024_PARAMETERS,
    VERSION,
)
from pulumi_smssign.sandbox.tencent.files import digest
from pulumi_smssign.sandbox.tencent.parameters import checked, parsed
from pulumi_smssign.sandbox.tencent.switches import REFUSED, SWITCHES, plays_today

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes of a POST ("Request structure" page of API 3.0)."""

QUERY_LIMIT = 32 * 1024
"""Bytes of a GET's query string (the same page)."""


class Tencent(Gateway):
    """Tencent Cloud SMS, version 2021-01-11, at the root path."""

    name: ClassVar[str] = NAME
    switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    actions: ClassVar[frozenset[str]] = frozenset(CALLS_PER_SECOND)
    envelope_key: ClassVar[str] = "Response"
    console: ClassVar[Console] = CONSOLE

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        super().__init__(desk, switches, clock)
        self._actions = Actions(desk, switches, clock)
        self._window = SlidingWindow(clock)

    @override
    def claims(self, request: HttpRequest) -> bool:
        if request.path != "/":
            return False
        return (
            "x-tc-action" in request.headers
            or request.headers.get("authorization", "").startswith("TC3-")
            or _is_signed_by_form(request)
        )

    @override
    def receive(self, request: HttpRequest) -> Received:
        action = request.headers.get("x-tc-action", "")
        fields: Document = {}
        with contextlib.suppress(Refusal):  # `act` refuses in its turn what can't be read
            fields = {name: _record(name, value) for name, value in parsed(request).items()}
        return Received(
            action, auth.claimed_account(request), fields, lambda: self._act(request, action)
        )

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        return refused(refusal)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return str(statuses.shown(signature, self.settings, self.clock))

    @override
    def status_of(self, vendor_status: str) -> Status:
        return numbered_status("Tencent", statuses.MEANINGS, vendor_status)

    @override
    def reset(self) -> None:
        self._window.reset()

    @classmethod
    @override
    def credentials(cls, address: str) -> Mapping[str, str]:
        return {
            "TENCENTCLOUD_ENDPOINT": address,
            "TENCENTCLOUD_SECRET_ID": auth.SECRET_ID,
            "TENCENTCLOUD_SECRET_KEY": auth.SECRET_KEY,
        }

    def _act(self, request: HttpRequest, action: str) -> HttpAnswer:
        """Do what the gateway does, in its order: form, key, action, region, limit, parameters."""
        today = plays_today(self.settings)
        self._check_form(request, today=today)
        account = auth.authenticate(request, self.clock.now())
        if request.headers.get("x-tc-version", "") != VERSION:
            raise Refusal("NoSuchVersion", f"There is no such version of this API; use {VERSION}.")
        if action not in CALLS_PER_SECOND:
            raise Refusal("InvalidAction", f"There is no action {action[:64]!r} in {VERSION}.")
        self._check_region(request)
        self._check_rate(account, action)
        parameters = MAINLAND_2026_PARAMETERS if today else SEED_2024_PARAMETERS
        arguments = checked(
            parsed(request),
            parameters[action],
            numeric_strings=request.method == "GET"
            or self.settings.flag("tencent.numeric_strings"),
        )
        return answered(self._actions.perform(action, account, arguments))

    def _check_form(self, request: HttpRequest, *, today: bool) -> None:
        if _is_signed_by_form(request):
            raise Refusal(
                "UnsupportedOperation" if today else "UnsupportedOperation.",
                "The sandbox verifies TC3-HMAC-SHA256 only, not HmacSHA1 and HmacSHA256.",
            )
        if request.method not in {"GET", "POST"}:
            raise Refusal("UnsupportedProtocol", "Only GET and POST are supported.")
        if len(request.body) > BODY_LIMIT or len(request.query) > QUERY_LIMIT:
            raise Refusal("RequestSizeLimitExceeded", "The request is larger than 10 MB.")
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST" and media_type != "application/json":
            raise Refusal("UnsupportedProtocol", "A POST has the content type application/json.")
        for name in ("X-TC-Action", "X-TC-Version", "X-TC-Timestamp"):
            if not request.headers.get(name.lower()):
                raise Refusal(
                    "MissingParameter", f"The request is missing a required parameter `{name}`."
                )

    def _check_region(self, request: HttpRequest) -> None:
        region = request.headers.get("x-tc-region", "")
        if not region:
            if self.settings.text("tencent.missing_region") == REFUSED:
                raise Refusal(
                    "MissingParameter", "The request is missing a required parameter `Region`."
                )
            return
        taken = [each.strip() for each in self.settings.text("tencent.regions").split(",")]
        if any(taken) and region not in taken:
            raise Refusal("UnsupportedRegion", "This region is not supported.")

    def _check_rate(self, account: str, action: str) -> None:
        limit = CALLS_PER_SECOND[action]
        if not self.settings.flag("tencent.enforce_rate"):
            return
        if not self._window.admit((account, action), limit):
            raise Refusal(
                "RequestLimitExceeded",
                f"Your current request times exceed the limit of {limit} per second for {action}.",
            )


def _is_signed_by_form(request: HttpRequest) -> bool:
    """Tell whether this is a request of signature version 1: all its parameters in a form."""
    if "authorization" in request.headers:
        return False
    form = b"&" + request.query.encode() + b"&"
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form += request.body
    return b"&SecretId=" in form


def _record(name: str, value: JsonValue) -> JsonValue:
    """Give what is remembered of a parameter: an image's digest, and nothing of an unknown one."""
    if name in IMAGES and isinstance(value, str):
        return digest(value)
    return value if name in RECORDED else True
