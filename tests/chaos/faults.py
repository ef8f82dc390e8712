"""The faults of the matrix: what goes wrong on the way to a vendor, in its house, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import JsonValue

from tests.engine.cases import Case


class Trouble(StrEnum):
    """Trouble of the surroundings, which no order to the sandbox plays."""

    NOBODY_LISTENS = "nobody listens"
    NO_SUCH_HOST = "no such host"
    TIME_OUT = "time-out"
    CLOCK = "the clock is wrong"
    LATE = "late listing"
    STALE = "stale read"


@dataclass(frozen=True)
class Kind:
    """A fault: an order to the sandbox for one call or all that follow, or a trouble, or both.

    `once` is whether it is played for a single call only, since it takes real time. With
    `ends_the_key` a client may ask no more in the same run, since wrong calls lock a key.
    """

    name: str
    order: Mapping[str, JsonValue] = field(default_factory=dict)
    trouble: Trouble | None = None
    once: bool = False
    ends_the_key: bool = False

    def __str__(self) -> str:
        return self.name


def kinds(case: Case) -> list[Kind]:
    """All faults of the matrix at a vendor."""
    codes = case.codes
    return [
        Kind("refused by the vendor", {"kind": "error", "code": case.refusal_code}),
        Kind("throttled", {"kind": "error", "code": codes.throttled}),
        Kind("trouble, not done", {"kind": "error", "code": codes.troubled}),
        Kind("trouble, done", {"kind": "error", "code": codes.troubled, "acts": True}),
        Kind("token expired", {"kind": "error", "code": codes.expired}, ends_the_key=True),
        Kind("reset before", {"kind": "drop_before"}),
        Kind("reset after", {"kind": "drop_after"}),
        Kind("slow", {"kind": "slow", "seconds": 0.02}, once=True),
        Kind("500 before", {"kind": "status", "http_status": 500}),
        Kind("500 after", {"kind": "status", "http_status": 500, "acts": True}),
        Kind("503 before", {"kind": "html", "http_status": 503}),
        Kind("503 after", {"kind": "html", "http_status": 503, "acts": True}),
        Kind("429", {"kind": "status", "http_status": 429}),
        Kind("HTML", {"kind": "html"}),
        Kind("HTML, done", {"kind": "html", "acts": True}),
        Kind("truncated", {"kind": "truncated"}),
        Kind("empty", {"kind": "empty"}),
        Kind("wrong type", {"kind": "body", "body": [17], "acts": True}),
        Kind("wrong type, not done", {"kind": "body", "body": "17"}),
        Kind("a key missing", {"kind": "missing"}),
        Kind("unknown fields", {"kind": "unknown_fields"}),
        Kind(
            "time-out, not done",
            {"kind": "hang", "seconds": 1.0, "acts": False},
            Trouble.TIME_OUT,
            once=True,
        ),
        Kind("time-out, done", {"kind": "slow", "seconds": 1.0}, Trouble.TIME_OUT, once=True),
        Kind("reset after, stale read", {"kind": "drop_after"}, Trouble.STALE),
        Kind("reset after, late listing", {"kind": "drop_after"}, Trouble.LATE),
        Kind("clock skew", trouble=Trouble.CLOCK, ends_the_key=True),
        *(
            Kind(str(trouble), trouble=trouble)
            for trouble in Trouble
            if trouble not in (Trouble.TIME_OUT, Trouble.CLOCK)
        ),
    ]
