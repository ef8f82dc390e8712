"""A step: who must act on a signature, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """The kind of a step, in a word that scripts may rely on."""

    NOTHING = "nothing"
    WAIT = "wait"
    """Somebody else decides: the reviewer or the carriers."""
    MEND = "mend"
    """Change what was refused, and run `pulumi up`."""
    RENAME = "change the name"
    ATTACH = "attach the 资质"
    ACTIVATE = "activate"
    SUBMIT = "submit again"
    ASK = "ask the vendor"
    LOOK = "look"
    """Its account couldn't be asked, this version doesn't know its status, or another resource has
    what a run may delete."""


@dataclass(frozen=True)
class Step:
    """A step: the move, and the line that says it to a person, in the language."""

    move: Move
    line: str = ""

    def __str__(self) -> str:
        return self.line or str(self.move)
