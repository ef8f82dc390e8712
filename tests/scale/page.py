"""The tables of docs/scale.md, made of docs/scale.json."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BEGIN, _END = "<!-- {}: written by make scale ARGS=--keep -->", "<!-- end of {} -->"
_PHASES = (
    "| phase | stacks done | runs | all of them | one stack (median, longest) | calls | "
    "refused by a limit | in no state at the end |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)
_BACKENDS = (
    "| state in | stacks at once | signatures each | first `up`, all at once | `up`, nothing "
    "changed, alone | the same, all at once | two runs of one stack: refused |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def with_tables(page: str, document: Mapping[str, Any]) -> str:
    """The page with the tables of a run in the places of the earlier ones."""
    for name, table in (("phases", phases(document)), ("backends", backends(document))):
        begin, end = _BEGIN.format(name), _END.format(name)
        block = f"{begin}\n{table}\n{end}"
        page, found = re.subn(rf"(?s){re.escape(begin)}.*?{re.escape(end)}", lambda _: block, page)  # noqa: B023
        assert found == 1, f"the page has no place for its {name}"
    return page


def phases(document: Mapping[str, Any]) -> str:
    """A row for each phase."""
    rows = [
        f"| {phase['phase']} | {phase['done']} of {phase['stacks']} | {_runs(phase)} | "
        f"{_time(phase['vendors_seconds'])} | {_time(phase['median'])}, "
        f"{_time(phase['longest'])} | {phase['calls']} | {phase['refused']} | {phase['orphans']} |"
        for phase in document["phases"]
    ]
    return "\n".join((_PHASES, *rows))


def backends(document: Mapping[str, Any]) -> str:
    """A row for each place where state was kept."""
    rows = [
        f"| {each['backend']} | {each['stacks']} | {each['signatures']} | {each['first']} s | "
        f"{each['alone']} s | {each['at_once']} s | {each['locked']} of 2 |"
        for each in document["backends"]
    ]
    return "\n".join((_BACKENDS, *rows))


def _runs(phase: Mapping[str, Any]) -> str:
    killed = f", {phase['killed']} killed" if phase["killed"] else ""
    cut = f", {phase['cut_off']} cut off by the end" if phase["cut_off"] else ""
    return f"{phase['runs']}{killed}{cut}"


def _time(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 120 else f"{seconds:.0f} s"
