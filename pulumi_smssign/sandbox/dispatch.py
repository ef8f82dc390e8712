"""The web application: each vendor call meets its vendor and its fault, and is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from pulumi_smssign.sandbox.admission import Admission
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.bodies import VENDOR_LIMIT, read_body
from pulumi_smssign.sandbox.call_log import RawCall, ReceivedCall
from pulumi_smssign.sandbox.control import control
from pulumi_smssign.sandbox.fault_kinds import Exchange
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal
from pulumi_smssign.sandbox.http_messages import HttpAnswer, HttpRequest, json_answer
from pulumi_smssign.sandbox.page import assets, root_page
from pulumi_smssign.sandbox.registry import claimant
from pulumi_smssign.sandbox.state import StateFileError

CUT = "smssign.cut"
"""The ASGI extension, offered by our own server, that cuts the connection under a request."""

_BODILESS = frozenset({204, 304})
"""The HTTP statuses whose answers have no body, whatever a fault put into it."""


class ConnectionCut(Exception):  # noqa: N818 - what happens, not what went wrong
    """Stands for a cut connection where there is none: the application is called in process."""


def application(sandbox: Sandbox, token: str = "") -> Starlette:
    """Give the ASGI application that clients, tests and people talk to.

    With a token it asks who calls (`admission`); in process nobody else can.
    """
    return Starlette(
        routes=[
            Mount("/_desk", app=control(sandbox, token)),
            Mount("/_page", app=assets()),
            Mount("/", app=Dispatch(sandbox)),
        ],
        middleware=[Middleware(Admission, token)],
    )


class Dispatch:
    """The ASGI application that plays the vendors."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        try:
            request = await _read(scope, receive)
        except ClientDisconnect:
            return
        except HTTPException as error:
            await _send(json_answer({"error": error.detail}, status=error.status_code), send)
            return
        vendor = claimant(self._sandbox.vendors.values(), request)
        if vendor is None:
            await _send(root_page(request) or _unclaimed(request), send)
            return
        try:
            answer, delay = self._handle(vendor, request)
        except StateFileError as error:
            await _send(json_answer({"error": str(error)}, status=500), send)
            return
        if delay and await _client_left(receive, delay):
            return
        if answer is None:
            await _cut(scope, receive)
        else:
            await _send(answer, send)

    def _handle(self, vendor: Gateway, request: HttpRequest) -> tuple[HttpAnswer | None, float]:
        """Give what is sent (None: a cut connection), and the seconds that it is held back."""
        received = vendor.receive(request)
        verdicts, fault = self._sandbox.faults.take(vendor.name, received.action)
        for verdict in verdicts:
            self._sandbox.apply(verdict)
        answer = None
        if fault is None or fault.acts:
            answer = _acted(vendor, received)
        sent = answer if fault is None else fault.spoil(Exchange(vendor, received, answer))
        outcome = answer or sent
        call = ReceivedCall(
            at=self._sandbox.clock.now(),
            vendor=vendor.name,
            action=received.action,
            account=received.account,
            code=outcome.code if outcome else "",
            http_status=sent.status if sent else 0,
            fields=received.fields,
            fault=fault.kind if fault else "",
        )
        self._sandbox.log.record(call, RawCall.of(request, sent))
        return sent, fault.delay if fault else 0.0


def _acted(vendor: Gateway, received: Received) -> HttpAnswer:
    try:
        return received.act()
    except Refusal as refusal:
        return vendor.refuse(received, refusal)


async def _read(scope: Scope, receive: Receive) -> HttpRequest:
    return HttpRequest(
        method=scope["method"],
        path=scope.get("raw_path", scope["path"].encode()).decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers={
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        },
        body=await read_body(receive, VENDOR_LIMIT),
    )


def _unclaimed(request: HttpRequest) -> HttpAnswer:
    return json_answer(
        {
            "error": f"{request.method} {request.path} is no call that a vendor of this sandbox "
            "knows. GET /_desk/credentials says what each vendor's clients are to be set to."
        },
        status=404,
    )


async def _send(answer: HttpAnswer, send: Send) -> None:
    body = b"" if answer.status in _BODILESS else answer.body
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _client_left(receive: Receive, seconds: float) -> bool:
    """Wait; tell whether the client went away meanwhile."""
    with anyio.move_on_after(seconds):
        await _disconnected(receive)
        return True
    return False


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(scope: Scope, receive: Receive) -> None:
    cut = cast("Callable[[], None] | None", scope.get("extensions", {}).get(CUT))  # we put it there
    if cut is None:
        raise ConnectionCut
    cut()
    await _disconnected(receive)
