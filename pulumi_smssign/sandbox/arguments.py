"""The arguments of one call: the parameters that its action knows, checked and of their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Argument: TypeAlias = "int | str | list[int] | list[str]"


class Arguments:
    """What a call says of each parameter; a parameter that wasn't sent has an empty value."""

    def __init__(self, values: Mapping[str, Argument]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def integer(self, name: str, default: int = 0) -> int:
        """Give an integer parameter, or `default` where it wasn't sent."""
        value = self._values.get(name, default)
        return value if isinstance(value, int) else default

    def string(self, name: str) -> str:
        """Give a string parameter, empty where it wasn't sent."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """Give a true-or-false parameter, false where it wasn't sent."""
        return self._values.get(name) is True

    def strings(self, name: str) -> list[str]:
        """Give a list of strings, empty where it wasn't sent."""
        return [each for each in self._items(name) if isinstance(each, str)]

    def integers(self, name: str) -> list[int]:
        """Give a list of integers, empty where it wasn't sent."""
        return [each for each in self._items(name) if isinstance(each, int)]

    def _items(self, name: str) -> list[int] | list[str]:
        value = self._values.get(name, [])
        return value if isinstance(value, list) else []
