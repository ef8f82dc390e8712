"""Alibaba Cloud's side as a client meets it: the RPC gateway in front of Dysmsapi.

The order of the checks is inferred: version, operation, method, who calls, how often, parameters.
The old signature in the query (RPC version 1, `Signature=...`) is not verified: it meets the same
refusal as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from pulumi_smssign.sandbox.alibaba import auth, codes, statuses
from pulumi_smssign.sandbox.alibaba.actions import Actions
from pulumi_smssign.sandbox.alibaba.answers import answered, refused
from pulumi_smssign.sandbox.alibaba.contracts import (
    ACTIONS,
    FILES,
    GET,
    LOOKS_PER_SECOND,
    METHODS,
    NAME,
    PARAMETERS,
    RECORDED,
    VERSION,
    WITHDRAWN,
)
from pulumi_smssign.sandbox.alibaba.files import recorded
from pulumi_smssign.sandbox.alibaba.parameters import checked, sent
from pulumi_smssign.sandbox.alibaba.switches import SWITCHES
from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.limits import SlidingWindow
from pulumi_smssign.sandbox.review import Status, numbered_status
from pulumi_smssign.sandbox.switches import Switch, Switches
from pulumi_smssign.sandbox.text_ids import renamed_id

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes of a request. No page names a limit."""


class Alibaba(Gateway):
    """Alibaba Cloud Dysmsapi, version 2017-05-25, at the root path."""

    name: ClassVar[str] = NAME
    switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    actions: ClassVar[frozenset[str]] = ACTIONS
    envelope_key: ClassVar[str] = "Code"

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        super().__init__(desk, switches, clock)
        self._actions = Actions(desk, switches, clock)
        self._verifier = auth.Verifier(clock)
        self._window = SlidingWindow(clock)

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
        fields = {
            name: recorded(text) if name == FILES else text if name in RECORDED else True
            for name, text in known.items()
        }
        return Received(
            action[:64],
            auth.claimed_account(request),
            fields,
            lambda: self._act(request, action, pairs),
        )

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        return refused(refusal, self.settings)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return str(statuses.shown(signature, self.settings))

    @override
    def status_of(self, vendor_status: str) -> Status:
        return numbered_status("Alibaba Cloud", statuses.MEANINGS, vendor_status)

    @override
    def renamed(self, signature: Signature, text: str) -> str:
        return renamed_id("Alibaba Cloud", signature.account, text)

    @override
    def reset(self) -> None:
        self._window.reset()
        self._verifier.reset()
        self._actions.reset()

    @classmethod
    @override
    def credentials(cls, address: str) -> Mapping[str, str]:
        return {
            "ALIBABA_CLOUD_ENDPOINT": address,
            "ALIBABA_CLOUD_ACCESS_KEY_ID": auth.ACCESS_KEY_ID,
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": auth.ACCESS_KEY_SECRET,
        }

    def _act(
        self, request: HttpRequest, action: str, pairs: Mapping[str, str] | None
    ) -> HttpAnswer:
        """Do what the gateway does, in its order."""
        self._check_call(request, action, pairs or {})
        account = self._verifier.account(request)
        self._check_rate(account, action)
        malformed = self.settings.text("alibaba.malformed_code")
        if pairs is None:
            raise Refusal(malformed, "The parameters are not UTF-8.")
        arguments = checked(pairs, PARAMETERS[action], malformed=malformed)
        return answered(self._actions.perform(action, account, arguments), self.settings)

    def _check_call(self, request: HttpRequest, action: str, pairs: Mapping[str, str]) -> None:
        if len(request.body) > BODY_LIMIT:
            raise Refusal(codes.TOO_LARGE, f"The request has more than {BODY_LIMIT} bytes.")
        if request.headers.get("x-acs-version", pairs.get("Version", "")) != VERSION:
            raise Refusal(codes.NO_VERSION, "Specified parameter Version is not valid.")
        if action in WITHDRAWN:
            code = self.settings.text("alibaba.withdrawn_code")
            raise Refusal(code, f"The API {action} is offline.")
        if action not in ACTIONS:
            raise Refusal(codes.NO_ACTION, "Specified api is not found.")
        if request.method not in METHODS.get(action, {"GET", "POST"}):
            raise Refusal(codes.BAD_METHOD, "This http method is not supported.")

    def _check_rate(self, account: str, action: str) -> None:
        limit = int(self.settings.number("alibaba.rate_limit"))
        if action == GET:
            limit = LOOKS_PER_SECOND if self.settings.flag("alibaba.enforce_looks") else 0
        if limit and not self._window.admit((account, action), limit):
            raise Refusal(codes.THROTTLED, "Request was denied due to user flow control.")


def _sent(request: HttpRequest) -> dict[str, str] | None:
    """Give the pairs that were sent; None if they can't be read."""
    try:
        return sent(request)
    except ValueError:
        return None
