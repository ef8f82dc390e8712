"""The feed: tells those who look on that something is new, as server-sent events.

An event says which listings moved and nothing of what is in them: its data are a mark for each, and
the onlooker asks for those whose mark is another than before. The marks are looked at a few times a
second, so that a status is seen too which moves by the clock alone.
"""

from __future__ import annotations

import time

import anyio
from pydantic_core import to_json
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.state import StateFileError

MOST_LISTENERS = 16
"""Connections that are told at a time."""

_PERIOD = 0.2
"""Seconds between two looks."""

_QUIET = 15.0
"""Seconds after which a line is sent though nothing is new, so that a lost client is noticed."""


class Feed:
    """The ASGI application that tells."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._listeners = 0
        self._looked_at = 0.0
        self._marks: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell one client until it leaves, or the server ends."""
        if self._listeners >= MOST_LISTENERS:
            message = f"{MOST_LISTENERS} look on already; close one of the pages"
            await JSONResponse({"error": message}, 503)(scope, receive, send)
            return
        self._listeners += 1
        self._looked_at = 0.0  # who comes is told what is now
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._tell, send)
                while (await receive())["type"] != "http.disconnect":
                    pass
                tasks.cancel_scope.cancel()
        finally:
            self._listeners -= 1

    def marks(self) -> dict[str, str]:
        """Give a mark for each listing; it is another when the listing is."""
        if time.monotonic() - self._looked_at < _PERIOD / 2:
            return self._marks
        self._looked_at = time.monotonic()
        sandbox = self._sandbox
        try:
            statuses = tuple(
                sandbox.vendors[each.vendor].vendor_status(each) for each in sandbox.desk.find()
            )
        except StateFileError:  # whoever asks for the listing is told
            return self._marks
        self._marks = {
            "signatures": f"{sandbox.desk.changes}/{hash(statuses)}",
            "calls": str(sandbox.log.changes),
            "faults": str(sandbox.faults.changes),
        }
        return self._marks

    async def _tell(self, send: Send) -> None:
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        sent: dict[str, str] = {}
        sent_at = 0.0
        while True:
            marks = self.marks()
            line = b""
            if marks != sent:
                line = b"data: " + to_json(marks) + b"\n\n"
            elif time.monotonic() - sent_at > _QUIET:
                line = b":\n\n"
            if line:
                sent, sent_at = dict(marks), time.monotonic()
                await send({"type": "http.response.body", "body": line, "more_body": True})
            await anyio.sleep(_PERIOD)
