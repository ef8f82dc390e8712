"""Which signatures a program declares, said to the plugin in a file.

The plugin learns of a resource when the engine checks it: of one that `--target` leaves out never,
of one further down not before. Whoever deletes must know of all. So the program, which knows all
that its text declares before the engine hears of the first, writes a list; the plugin reads it.
Resources that are made later (in an `apply`) join the list when they are made.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import settings

from pulumi_smssign.engine import runs


@dataclass(frozen=True)
class Declared:
    """A signature that the program declares; `key` is "" where a part of it isn't plain text."""

    name: str
    vendor: str
    account: str
    key: str
    adopt: str


_programs: weakref.WeakKeyDictionary[Any, list[Declared]] = weakref.WeakKeyDictionary()
_awaited: weakref.WeakKeyDictionary[Any, pulumi.Output[None]] = weakref.WeakKeyDictionary()
_written: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()


def declare(one: Declared) -> None:
    """Add a signature to what this program declares."""
    engine = settings.SETTINGS.engine
    if engine is not None:
        _programs.setdefault(engine, []).append(one)


def published() -> pulumi.Output[None]:
    """That what is declared so far has been written down: a property of each resource.

    Pulumi awaits properties after the program's text has run, so the first one finds all of it;
    those that are declared until then share it.
    """
    engine = settings.SETTINGS.engine
    if engine is None:
        return pulumi.Output.from_input(_publish())
    if engine not in _awaited:
        _awaited[engine] = pulumi.Output.from_input(_publish())
    return _awaited[engine]


async def _publish() -> None:
    engine = settings.SETTINGS.engine
    if engine is not None:
        _awaited.pop(engine, None)
    address = _address(engine)
    declared = _programs.get(engine, []) if engine is not None else []
    if address and _written.get(engine) != len(declared):
        _written[engine] = len(declared)
        runs.write(runs.declared_by(address), {"signatures": [vars(one) for one in declared]})


def of_this_run(engine: str) -> tuple[Declared, ...]:
    """What the program of this run declares; the plugin's side.

    A file from before this run's command began is another run's.
    """
    file = runs.declared_by(engine)
    command = runs.command()
    try:
        found = file.stat()
        if command is not None and found.st_mtime < command.create_time() - 1:
            return ()
    except OSError:
        return ()
    return _listed(file, (found.st_ino, found.st_mtime_ns, found.st_size))


@functools.lru_cache(maxsize=1)
def _listed(file: Path, content: tuple[int, int, int]) -> tuple[Declared, ...]:
    """The list in a file, read anew only when another one has been put in its place."""
    del content
    listed = runs.read(file).get("signatures")
    return tuple(filter(None, map(_declared, listed if isinstance(listed, list) else ())))


def _declared(entry: object) -> Declared | None:
    names = ("name", "vendor", "account", "key", "adopt")
    if not isinstance(entry, Mapping) or not all(
        isinstance(entry.get(name), str) for name in names
    ):
        return None
    return Declared(**{name: entry[name] for name in names})


def _address(engine: Any) -> str:  # noqa: ANN401 - a stub of gRPC's, which has no types
    """The engine's host and port, found in the channel of its stub; "" where that has changed."""
    try:
        target = engine.Log._channel.target()  # noqa: SLF001 - Pulumi keeps the address nowhere else
    except AttributeError:
        return ""
    text = target.decode() if isinstance(target, bytes) else str(target)
    return text.rpartition("/")[2]
