"""The RetCodes that the sandbox answers by itself; any other can be ordered as a fault.

Sources: "Public parameters" page of UCloud's API (2026-08), error-code page of USMS (2026-07); 220,
230 and 240 are seen in public code only, the words of 170, 171, 172 and 220 too.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.switches import Switches

ACTION_MISSING = 160
ACTION_UNKNOWN = 161
SIGNATURE_MISSING = 170
SIGNATURE_WRONG = 171
USER_UNKNOWN = 172
COMMON_MISSING = 220
COMMON_NOT_AVAILABLE = 230
TOO_LARGE = 240
PROJECT_FORBIDDEN = 290
PROJECT_UNKNOWN = 292
UNREADABLE = 18000
MISSING = 18001
MALFORMED = 18002
INVALID = 18003

FIRST_OF_SERVICE = 18000
"""From here on it is the service that refuses, and the answer has an Action."""


def parameter_refusal(switches: Switches, code: int, name: str, message: str) -> Refusal:
    """Refuse the parameter `name` with a USMS `code`, or with what it is in the common family."""
    if switches.text("ucloud.parameter_codes") != "common":
        return Refusal(str(code), message)
    if code == MISSING:
        return Refusal(str(COMMON_MISSING), f"Missing params [{name}]")
    return Refusal(str(COMMON_NOT_AVAILABLE), f"Params [{name}] not available")
