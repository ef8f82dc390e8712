"""The one boundary between the hooks and the engine: what leaves a hook is readable."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from pulumi_smssign.engine import confidence, runs, sdk_patches
from pulumi_smssign.engine.properties import name_of, urn_of
from pulumi_smssign.errors import AccountError, BugError, SmsSignError

_R = TypeVar("_R")

_OLD_KEYS = (
    "Pulumi's refresh and destroy use the configuration, keys too, as of the last `pulumi up`. "
    "Where it has changed since: run `pulumi up` first, or add --run-program."
)


def hook(method: Callable[..., _R]) -> Callable[..., _R]:
    """Let only `SmsSignError` out of a hook, with the resource's name and nothing behind it.

    Whatever the resource's properties hold in confidence, old and new, is hidden from then on.
    The hook brings the thread that it takes, so that it leaves the plugin's own ones to others.
    """

    @functools.wraps(method)
    def guarded(self: object, *arguments: object) -> _R:
        try:
            with sdk_patches.thread_of_our_own():
                for properties in arguments:
                    if isinstance(properties, dict):
                        confidence.keep(properties)
                return method(self, *arguments)
        except SmsSignError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours
            failure = BugError.of(error)
        failure.resource = _resource(arguments)
        if isinstance(failure, AccountError) and runs.has_old_configuration():
            failure.advice += f"\n    {_OLD_KEYS}"
        raise failure from None

    return guarded


def _resource(arguments: tuple[object, ...]) -> str:
    """The resource's name, from the URN among a hook's properties."""
    for properties in reversed(arguments):
        if isinstance(properties, dict) and urn_of(properties):
            return name_of(urn_of(properties))
    return ""
