"""Thousands of requests that no client sends, in process: none fails, and none leaves a mark.

`REQUESTS` says how many of each protocol (`make chaos` sends 10,000). The same number sends the
same ones.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from starlette.types import Message, Scope

from pulumi_smssign.sandbox import ConnectionCut, ManualClock, Sandbox, application
from pulumi_smssign.sandbox.registry import VENDORS
from pulumi_smssign.sandbox.switches import Switch
from tests.sandbox.fuzz.calls import PROTOCOLS, control
from tests.sandbox.fuzz.mutations import Mutations, Sent

REQUESTS = int(os.environ.get("REQUESTS", "100"))
BATCH = 100
"""Requests after which the sandbox must be as good as new."""

POLICIES = ("manual", "immediate", "after:5", "after:1e300")
SWITCHES: dict[str, tuple[Switch, ...]] = {
    **{vendor.name: vendor.switches for vendor in VENDORS},
    "control": tuple(switch for vendor in VENDORS for switch in vendor.switches),
}


class Desk:
    """A sandbox in process, with a clock that moves and a state file."""

    def __init__(self, file: Path) -> None:
        self.clock = ManualClock(1_790_000_000)
        self._file = file
        self._switches = {"huawei.enforce_lock": False}
        self.sandbox = Sandbox(clock=self.clock, state=file, switches=self._switches)
        self._app = application(self.sandbox)

    def answer(self, sent: Sent) -> tuple[int, bytes]:
        """The status and the body; 0 where the connection is cut."""
        self.clock.advance(2)
        return asyncio.run(self._answer(sent))

    def is_stored(self) -> bool:
        """Whether a sandbox that starts now has the same signatures, policy and switches."""
        again = Sandbox(clock=self.clock, state=self._file)
        here = self.sandbox
        return (again.signatures(), again.review_policy, again.switches.changed()) == (
            here.signatures(),
            here.review_policy,
            here.switches.changed(),
        )

    async def _answer(self, sent: Sent) -> tuple[int, bytes]:
        path, _, query = sent.target.partition("?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": sent.method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(n.encode(), v.encode("latin-1")) for n, v in sent.headers.items()],
        }
        half = len(sent.body) // 2
        arriving: Iterator[Message] = iter(
            (
                {"type": "http.request", "body": sent.body[:half], "more_body": True},
                {"type": "http.request", "body": sent.body[half:], "more_body": False},
            )
        )
        status, body = 0, b""

        async def receive() -> Message:
            return next(arriving, {"type": "http.disconnect"})

        async def send(message: Message) -> None:
            nonlocal status, body
            status = message.get("status", status)
            body += message.get("body", b"")

        try:
            await self._app(scope, receive, send)
        except ConnectionCut:
            return 0, b""
        return status, body


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk.json")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_request_fails_and_none_leaves_a_mark(desk: Desk, protocol: str) -> None:
    call, sign_of_success = PROTOCOLS[protocol]
    good, spoilt = Mutations(""), Mutations(protocol)
    sandbox = desk.sandbox
    for n in range(REQUESTS):
        if n % BATCH == 0:
            sandbox.reset()
            status, body = desk.answer(call(good, desk.clock.now(), ""))
            assert (status in {200, 201}, sign_of_success in body) == (True, True), body
            sandbox.review_policy = spoilt.any_of(POLICIES)
            sandbox.switches.set(spoilt.settings(SWITCHES[protocol.split(maxsplit=1)[0]]))
        known = next((each.id for each in sandbox.signatures()), "")
        sent = spoilt.on_the_way(call(spoilt, desk.clock.now(), known))
        status, body = desk.answer(sent)
        assert 200 <= status < 500, (n, sent, body)
        if n % BATCH == BATCH - 1:
            assert desk.is_stored(), n
            for listing in ("signatures", "calls", "switches", "faults"):
                listed = Sent("GET", f"/_desk/{listing}", {"host": "localhost"})
                assert desk.answer(listed)[0] == 200, (n, listing)


def test_nothing_that_can_be_ordered_breaks_the_sandbox(desk: Desk) -> None:
    """Faults, verdicts, drift and switches, of odd values too, and calls of all vendors amid them.

    What a fault or a switch makes of an answer is as it was ordered, a 5xx too; nothing is raised.
    """
    spoilt = Mutations("orders")
    sandbox = desk.sandbox
    faults = drifts = 0
    for n in range(REQUESTS):
        if n % BATCH == 0:
            sandbox.reset()
        vendor = VENDORS[n % len(VENDORS)].name
        call = PROTOCOLS[vendor][0]
        if not sandbox.signatures(vendor):
            desk.answer(call(Mutations(""), desk.clock.now(), ""))
        signature = next(iter(sandbox.signatures(vendor)), None)
        which = f"{vendor}/{quote(signature.id)}" if signature else ""
        desk.answer(control(spoilt, desk.clock.now(), which))
        desk.answer(call(spoilt, desk.clock.now(), signature.id if signature else ""))
        faults += any(call.fault for call in sandbox.calls()[-1:])
        drifts += any(event.what == "changed" for event in (signature.history if signature else ()))
        if n % BATCH == BATCH - 1:
            assert desk.is_stored(), n
    assert (faults > 0, drifts > 0) == (True, True) or REQUESTS < 300
