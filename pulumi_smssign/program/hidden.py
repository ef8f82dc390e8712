"""The names of what a program calls secret: a property of each resource that has any.

The engine hands a plugin every value in clear and says nothing of secrets, so the program does.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import Any

import pulumi

from pulumi_smssign.model.vocabulary import HIDES


class Hidden:
    """The names of a resource's secret inputs and outputs.

    Whether an input is secret is known when its output is, so the SDK awaits this as it does every
    property.
    """

    def __init__(self, outputs: frozenset[str], inputs: Mapping[str, pulumi.Output[Any]]) -> None:
        self.outputs = outputs
        self.inputs = inputs

    @classmethod
    def of(cls, fields: Mapping[str, object], outputs: Iterable[str]) -> Hidden:
        """The names among inputs, and those of `additional_secret_outputs`."""
        inputs = {name: each for name, each in fields.items() if isinstance(each, pulumi.Output)}
        return cls(frozenset(outputs), inputs)

    def as_property(self) -> dict[str, pulumi.Input[Any]]:
        """The property that says so; none where nothing can be secret."""
        return {HIDES: self} if self.outputs or self.inputs else {}

    def __await__(self) -> Generator[Any, None, list[str] | None]:
        return self._names().__await__()

    async def _names(self) -> list[str] | None:
        secret = [name for name, each in self.inputs.items() if await each.is_secret()]
        return sorted(self.outputs.union(secret)) or None
