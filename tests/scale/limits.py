"""The vendors' limits at the sandbox: calls of an account and action above them are refused.

The limits are those of the clients, also where a vendor states none: what it would do is unknown,
and the clients' figures are what we go by.
"""

from __future__ import annotations

import importlib
import resource
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.sandbox import server
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.gateway import Gateway, Received, Refusal, SlidingWindow
from pulumi_smssign.sandbox.http_messages import HttpAnswer, HttpRequest
from tests.bench.stage import UNLIMITED
from tests.engine.cases import CASES, Case
from tests.scale.company import BEGINNING


def api_of(vendor: str) -> type[BaseApi[Any, Any]]:
    """The class of a vendor's calls."""
    api: type[BaseApi[Any, Any]]
    api = importlib.import_module(f"pulumi_smssign.{vendor}.api").SignatureApi
    return api


def per_second(vendor: str) -> Mapping[str, int]:
    """The calls a second that each action's client allows itself."""
    return {action.rpartition("/")[2]: rate.limit for action, rate in api_of(vendor).limits.items()}


@dataclass
class Tally:
    """The calls that were answered and refused since the last look, by vendor and action."""

    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def hold_many_connections() -> None:
    """Have the sandbox hold a connection for each thread of all runners, as vendors do."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))
    assert hasattr(server, "_MOST_CONNECTIONS")
    server._MOST_CONNECTIONS = 20_000


class Limits:
    """The limits of all accounts at a sandbox, so many times faster than the vendors' own.

    Args:
        sandbox: the vendors' side; its own limits are taken away.
        speed: how many times faster.
    """

    def __init__(self, sandbox: Sandbox, speed: int) -> None:
        self._window = SlidingWindow(sandbox.clock)
        self._speed = speed
        self._lock = threading.Lock()
        self.tally = Tally()
        self.submitted: Counter[str] = Counter()
        """The submissions that were let through, by the beginning of their texts."""
        sandbox.switches.set(UNLIMITED)
        for case in CASES:
            self._put_before(sandbox.vendors[case.vendor], case)

    def look(self) -> Tally:
        """What was counted since the last look."""
        with self._lock:
            tally, self.tally = self.tally, Tally()
        return tally

    def _put_before(self, gateway: Gateway, case: Case) -> None:
        limits, receive = per_second(gateway.name), gateway.receive
        code = str(case.codes.throttled)

        def limited(request: HttpRequest) -> Received:
            received = receive(request)
            limit = limits.get(received.action)
            key = (gateway.name, received.account, received.action)
            admitted = not limit or self._window.admit(key, limit * self._speed)
            with self._lock:
                counts = self.tally.taken if admitted else self.tally.refused
                counts[f"{gateway.name} {received.action}"] += 1
                if admitted and received.action == case.names.submit:
                    text = str(received.fields.get(case.names.text))
                    self.submitted[text[:BEGINNING]] += 1
            return received if admitted else replace(received, act=refuse)

        def refuse() -> HttpAnswer:
            return _raise(Refusal(code, "too many calls a second"))

        gateway.receive = limited  # type: ignore[method-assign]


def _raise(error: Refusal) -> NoReturn:
    raise error
