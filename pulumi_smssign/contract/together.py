"""Concurrent calls, for questions that a vendor takes one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

AT_A_TIME = 8
"""Questions in flight, as many as the engine has hooks; the rate limit holds for all of them."""


def together(ask: Callable[[_T], _R], items: Iterable[_T]) -> list[_R]:
    """The answers to several calls made at once, in their order.

    The first is asked alone: where the key is wrong, the others are not asked.

    Raises:
        SmsSignError: what `ask` raises of one; of those that follow it no more are begun.
    """
    wanted = list(items)
    answers = [ask(item) for item in wanted[:1]]
    others = wanted[1:]
    if not others:
        return answers
    with ThreadPoolExecutor(min(AT_A_TIME, len(others))) as pool:
        running = [pool.submit(copy_context().run, ask, item) for item in others]
        try:
            return [*answers, *(each.result() for each in running)]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
