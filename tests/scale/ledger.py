"""The ledger: what the vendors have beside what the stacks' states say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.sandbox.app import Sandbox
from tests.told import told

Key = tuple[str, str, str]
"""Vendor, account and text."""


@dataclass(frozen=True)
class Ledger:
    """The differences: `doubled` texts, those that are `lost`, and those in no state."""

    held: int
    in_state: int
    doubled: int
    lost: int
    orphans: int

    @classmethod
    def of(cls, held: Iterable[Key], in_state: Iterable[Key]) -> Ledger:
        """Compare what the vendors have with what all states say."""
        vendors, states = Counter(held), Counter(in_state)
        return cls(
            held=vendors.total(),
            in_state=states.total(),
            doubled=sum(n - 1 for n in vendors.values()) + sum(n - 1 for n in states.values()),
            lost=len(states.keys() - vendors.keys()),
            orphans=len(vendors.keys() - states.keys()),
        )


def ledger(sandbox: Sandbox, folder: Path) -> Ledger:
    """The ledger of a sandbox and a folder of states."""
    held = [(one.vendor, one.account, one.text) for one in sandbox.signatures()]
    in_state = [
        tuple(told(entry["outputs"])[name] for name in ("vendor", "account", "text"))
        for file in sorted(folder.glob("*.json"))
        for entry in json.loads(file.read_text(encoding="utf-8")).values()
    ]
    return Ledger.of(held, in_state)
