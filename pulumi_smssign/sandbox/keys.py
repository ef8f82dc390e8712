"""Test keys: a vendor's public key name, and the account behind each of its forms.

They are public and open nothing. `<key>` is the account `default`, and `<key>.<name>` the account
`<name>`, which has letters, digits, `-` and `_`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIX = re.compile(r"(?:\.(?P<account>[A-Za-z0-9_-]+))?")


@dataclass(frozen=True)
class TestKeys:
    """The keys that a vendor of the sandbox knows: permanent ones, and temporary ones if any."""

    permanent: str
    temporary: str = ""

    def account(self, key: str) -> str:
        """Give the account of `key`; empty if it is none of these."""
        for known in filter(None, (self.permanent, self.temporary)):
            match = _SUFFIX.fullmatch(key.removeprefix(known)) if key.startswith(known) else None
            if match is not None:
                return match["account"] or "default"
        return ""

    def are_temporary(self, key: str) -> bool:
        """Tell whether `key` needs a token beside it."""
        return bool(self.temporary) and key.startswith(self.temporary)
