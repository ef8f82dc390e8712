"""Findings of a check: what is wrong with a program's inputs, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A problem with one property; the reason never repeats the value."""

    property: str
    reason: str


@dataclass(frozen=True)
class Findings:
    """The findings of a check: problems stop the run, doubts are warnings."""

    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
