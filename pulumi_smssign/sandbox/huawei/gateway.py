"""Huawei's side as a client meets it: the API gateway in front of MSGSMS and IAM.

The order of the checks is the gateway's (is there such an API, who calls, how often), then the
service's. Source: vendor's API signing guide.
"""

from __future__ import annotations

import re
from functools import cached_property

from typing_extensions import override

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.huawei import auth, codes, contracts, iam, statuses
from pulumi_smssign.sandbox.huawei.actions import Actions
from pulumi_smssign.sandbox.huawei.answers import refused
from pulumi_smssign.sandbox.huawei.parameters import Call, call_of, recorded

BODY_LIMIT = 12 * 1024 * 1024
"""Bytes of a request (vendor's FAQ on AK/SK signing)."""

_OURS = re.compile(r"/v2/[^/]*/msgsms(/.*)?|/v3/auth/tokens|/v3/projects")


class Huawei(Gateway):
    """Huawei Cloud MSGSMS, version 2, with IAM, version 3, on the same host."""

    name = contracts.NAME
    actions = contracts.OPERATIONS
    envelope_key = "id"
    environment = auth.ENVIRONMENT

    @cached_property
    def _keys(self) -> auth.KeyVerifier:
        return auth.KeyVerifier(self.settings, self.clock)

    @override
    def claims(self, request: HttpRequest) -> bool:
        return _OURS.fullmatch(request.path) is not None

    @override
    def receive(self, request: HttpRequest) -> Received:
        call = call_of(request)
        fields = recorded(request)
        if call is not None and call.id:
            fields["id"] = call.id
        token = iam.opened(request.headers.get("x-auth-token", ""))
        return Received(
            call.operation if call else "",
            token.account if token else auth.claimed_account(request),
            fields,
            lambda: self._act(request, call),
        )

    @override
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        return refused(refusal, self.settings, of_iam=received.action in contracts.IAM_OPERATIONS)

    @override
    def vendor_status(self, signature: Signature) -> str:
        return statuses.shown_status(signature, self.settings, self.clock)

    @override
    def reset(self) -> None:
        super().reset()
        self._keys.reset()

    def _act(self, request: HttpRequest, call: Call | None) -> HttpAnswer:
        if call is None:
            raise Refusal(
                codes.NO_API, "The API does not exist or has not been published in the environment"
            )
        if len(request.body) > BODY_LIMIT:
            raise Refusal(codes.BAD_REQUEST, "Request entity too large", 413)
        if call.operation == contracts.CREATE_TOKEN:
            seconds = self.settings.number("huawei.token_seconds")
            return iam.created_token(request, self.clock.now(), seconds)
        account, project = self._caller(request)
        limit = int(self.settings.number("huawei.rate_limit"))
        message = "The throttling threshold has been reached: policy user over ratelimit,"
        throttled = Refusal(codes.THROTTLED, f"{message}limit:{limit},time:1 second")
        self._check_rate(account, call.operation, limit, throttled)
        if call.operation == contracts.LIST_PROJECTS:
            return iam.listed_projects(request, account)
        if not project:
            raise Refusal(codes.UNAUTHORIZED, "Token invalid")
        if call.project != project:
            raise Refusal(codes.UNAUTHORIZED, "Request unauthorized.")
        return Actions(self).perform(call, account, request)

    def _caller(self, request: HttpRequest) -> tuple[str, str]:
        """Give account and project of who calls; a token counts before a signature."""
        if "x-auth-token" in request.headers:
            token = iam.token_of(request, self.clock.now())
            return token.account, token.project
        if "authorization" in request.headers:
            return self._keys.account(request), iam.PROJECT_ID
        raise codes.unauthenticated("x-auth-token not found")
