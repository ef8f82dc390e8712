"""The engine's request behind a hook: which resource it is for.

Pulumi's Python plugin hands the URN to no hook, but the call that it answers is on the stack of the
thread: a protobuf message with a field `urn`. Read from there it is always the present one, also
after a rename, and takes no property. Proven with the SDKs 3.235 to 3.272 (`test_sdk_range`).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pulumi.runtime import rpc

from pulumi_smssign.model.errors import SmsSignError

if TYPE_CHECKING:
    from types import FrameType


def request_urn() -> str:
    """The URN of the resource that the present hook is for.

    Raises:
        SmsSignError: this version of Pulumi's SDK hides it.
    """
    return str(_request().urn)


def request_inputs() -> dict[str, Any]:
    """The inputs in the state of a resource that is read or deleted; the SDK hands over outputs.

    Check's inputs are written by each run, also by one that changes nothing, and outputs are not.
    """
    request = _request()
    inputs = getattr(request, "old_inputs", None) or getattr(request, "inputs", None)
    return dict(rpc.deserialize_properties(inputs)) if inputs is not None else {}


def _request() -> Any:  # noqa: ANN401 - one of the SDK's messages
    """The engine's message, found on the stack of the thread that answers it."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the SDK has no other way to it
    while frame is not None:
        for value in frame.f_locals.values():
            if type(value).__name__.endswith("Request") and hasattr(value, "urn"):
                return value
        frame = frame.f_back
    raise SmsSignError(
        "this version of Pulumi's Python SDK does not say which resource a hook is for",
        advice="install pulumi 3.272, and please report the version that you have.",
    )
