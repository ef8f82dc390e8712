"""The one boundary between the hooks and the engine: errors leave a hook as readable lines."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar, cast

from pulumi.dynamic import UpdateResult

from pulumi_smssign.core import messages, secrets
from pulumi_smssign.engine import sdk_patches
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.errors import AccountError, AwaitingError, BugError, SmsSignError
from pulumi_smssign.model.urns import name_of

_R = TypeVar("_R")


class AcceptedError(SmsSignError):
    """A failure after a vendor had accepted a change; state is to have its result all the same.

    Args:
        trouble: what went wrong.
        result: what its Update would have returned.
    """

    nothing_done = False

    def __init__(self, trouble: SmsSignError, result: UpdateResult) -> None:
        super().__init__(trouble.summary, after=trouble, advice=messages.goes_on())
        self.result = result


def hook(method: Callable[..., _R]) -> Callable[..., _R]:
    """Let only `SmsSignError` out of a hook, with the resource's name and nothing behind it.

    What went wrong after the vendor had accepted leaves together with the state to be written.
    Whatever the resource's properties hold in confidence, old and new, is hidden from then on.
    """

    @functools.wraps(method)
    def guarded(self: object, urn: str, *arguments: object) -> _R:
        try:
            with sdk_patches.thread_of_our_own():  # the plugin's own ones are left to others
                for properties in arguments:
                    if isinstance(properties, dict):
                        secrets.keep(properties)
                return secrets.sealed(method(self, urn, *arguments))
        except SmsSignError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours
            failure = BugError.of(error)
        # Raised out here and not above, so that nothing of its cause hangs on it.
        failure.resource = name_of(urn)
        if isinstance(failure, AccountError) and method.__name__ in ("read", "delete"):
            failure.advice += f"\n    {messages.old_keys()}"
        if isinstance(failure, AwaitingError):
            sdk_patches.answer_awaiting(str(failure))
        elif isinstance(failure, AcceptedError):
            result = secrets.sealed(failure.result)
            if not sdk_patches.answer_with_state(result.outs or {}, str(failure)):
                Row(urn).warn(str(failure))
                return cast("_R", result)
        raise failure from None

    return guarded
