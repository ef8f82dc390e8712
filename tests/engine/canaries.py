"""One scan for what must be nowhere: keys of the sandbox's accounts and personal data of tests.

Looked for in all that a test's commands have printed and left behind: state, its history and
backups, Pulumi's home (the journal, logs) and the temporary folder. Encrypted it may stand there.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from pulumi_smssign.core.registry import VENDORS, named
from tests.engine.cases import CASES
from tools.fields import signature_class

KEYS = frozenset(case.keys.settings[name] for case in CASES for name in case.keys.secret)
"""The sandbox's own keys that are secrets at their vendors."""
PERSONAL: Mapping[str, frozenset[str]] = {
    vendor: personal - signature_class(vendor)._interface().evidence
    for vendor in VENDORS
    if (personal := named(vendor).application.personal)
}
"""The arguments that are personal; those of files are paths."""
_SHORTEST = 4
"""Bytes of a spelling that is looked for."""
_SHORTEST_WHOLE = 12
"""Characters of a value of which parts are looked for too."""


def personal_in(vendor: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    """The personal data among a signature's arguments."""
    for name in PERSONAL.get(vendor, ()):
        value = arguments.get(name)
        yield from (value,) if isinstance(value, str) else value or ()


def found(values: Iterable[str], texts: Mapping[str, bytes]) -> list[str]:
    """What was found: each value, in which spelling, and where."""
    lowered = {where: content.lower() for where, content in texts.items()}
    everything = b"\n".join(set(lowered.values()))
    there = {
        spelling: value
        for value in values
        for spelling in spellings(value)
        if spelling in everything
    }
    return [
        f"{value!r} as {spelling.decode(errors='replace')!r} in {where}"
        for spelling, value in there.items()
        for where, content in lowered.items()
        if spelling in content
    ]


@cache
def spellings(value: str) -> frozenset[bytes]:
    """A value in small letters as it may stand somewhere: escaped, in base64, or a part of it."""
    parts = [value]
    if len(value) >= _SHORTEST_WHOLE:
        third = len(value) // 3
        parts += [value[: -third or None], value[third:]]
    spelt: set[bytes] = set()
    for part in parts:
        raw = part.encode()
        plain = (part, json.dumps(part)[1:-1], quote(part, safe=""), quote_plus(part, safe="/:"))
        spelt |= {text.encode().lower() for text in plain}
        spelt.add(raw.hex().encode())
        for skipped in range(3):
            encoded = base64.b64encode(bytes(skipped) + raw)
            inner = encoded[-(-8 * skipped // 6) : 8 * (skipped + len(raw)) // 6].lower()
            spelt |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return frozenset(each for each in spelt if len(each) >= _SHORTEST)


def files_below(*folders: Path) -> dict[str, bytes]:
    """The content of all files below these folders, by path."""
    return {
        str(file): file.read_bytes()
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
