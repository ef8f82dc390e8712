"""Scopes at UCloud: a project, and mainland or international signatures in it.

Programs import this module, so it imports nothing heavy.
"""

from __future__ import annotations

from typing import NamedTuple

DEFAULT_PROJECT = "default"
"""The project that UCloud takes when none is named (the page's words on ProjectId)."""

_INTERNATIONAL, _MAINLAND = "international", "mainland"


class Scope(NamedTuple):
    """A project, and which of the two kinds of signatures in it.

    The project is its id, `DEFAULT_PROJECT`, or "" where only the account's settings tell. As text
    it is the signature's scope, such as "org-example/mainland".
    """

    project: str
    international: bool

    @classmethod
    def of(cls, scope: str) -> Scope:
        """The scope of its text; "" is the account's own project."""
        project, _, kind = scope.partition("/")
        return cls(project, international=kind == _INTERNATIONAL)

    def __str__(self) -> str:
        return f"{self.project}/{_INTERNATIONAL if self.international else _MAINLAND}"
