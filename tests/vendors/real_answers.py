"""Answers of the vendors' gateways as public material has them: facts, each with its source.

`answers/VENDOR.json` has, for each, the action that it answers, the HTTP status, the content type,
the body, and the kind: recorded (in issues, clients' test data and comments), vendor sample, vendor
table, vendor schema, analogy, or own (a listed code that we put into the envelope of another one).
Where a printed error was put into its envelope again, it is `rebuilt`. Names, keys and ids of
requests, projects and customers are invented.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from pulumi_smssign.core.registry import VENDORS

FOLDER = Path(__file__).with_name("answers")


@dataclass(frozen=True)
class RealAnswer:
    """One answer; `body` is None where there is none."""

    vendor: str
    name: str
    action: str
    status: int
    content_type: str
    kind: str
    source: str
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    rebuilt: bool = False

    def __str__(self) -> str:
        return f"{self.vendor}-{self.name}"

    def response(self) -> httpx.Response:
        """It, as httpx has it."""
        content = b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()
        headers = {"Content-Type": self.content_type} if self.content_type else {}
        return httpx.Response(self.status, headers={**headers, **self.headers}, content=content)


REAL_ANSWERS: tuple[RealAnswer, ...] = tuple(
    RealAnswer(vendor, **entry)
    for vendor in VENDORS
    for entry in json.loads((FOLDER / f"{vendor}.json").read_text(encoding="utf-8"))
)
