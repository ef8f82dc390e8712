"""A program that ends with its language host."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import pytest

from pulumi_smssign.program import host_watch


class Exited(BaseException):
    """The process has ended."""


@pytest.fixture
def watches(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The hosts that are watched, by their process ids."""
    watched: list[int] = []
    monkeypatch.setattr(host_watch, "_watch", watched.append)
    host_watch.end_with_host.cache_clear()
    yield watched
    host_watch.end_with_host.cache_clear()


def threads() -> set[threading.Thread]:
    return set(threading.enumerate())


def test_a_program_of_the_language_host_watches_it_once(
    watches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python", "/opt/pulumi-language-python-exec", "x"])
    before = threads()
    host_watch.end_with_host()
    host_watch.end_with_host()
    for started in threads() - before:
        started.join()
    assert watches == [os.getppid()]


def test_a_program_inside_another_process_watches_nobody(
    watches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python", "deploy.py"])
    before = threads()
    host_watch.end_with_host()
    assert threads() <= before
    assert watches == []


def test_it_ends_when_another_process_has_become_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parents = [7, 7, 1]
    codes = []

    def leave(code: int) -> None:
        codes.append(code)
        raise Exited

    monkeypatch.setattr(host_watch, "_LOOK_EVERY", 0)
    monkeypatch.setattr(os, "getppid", lambda: parents.pop(0))
    monkeypatch.setattr(os, "_exit", leave)
    with pytest.raises(Exited):
        host_watch._watch(7)
    assert (parents, codes) == ([], [1])
