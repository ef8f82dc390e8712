"""Choices: enumerations that name their members where a program misspells one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, EnumType, IntEnum, StrEnum
from typing import TYPE_CHECKING


class _ChoiceType(EnumType):
    """The type of enumerations whose members are named in an `AttributeError`."""

    if not TYPE_CHECKING:  # a type checker would take any name for a member

        def __getattr__(cls, name: str) -> object:
            if name.startswith("_"):
                raise AttributeError(name, name=name, obj=cls)
            raise AttributeError(
                f"{cls.__name__} has no {name}; choose {members(cls)}", name=name, obj=cls
            )


class IntChoice(IntEnum, metaclass=_ChoiceType):
    """A choice that the vendor knows by numbers."""


class TextChoice(StrEnum, metaclass=_ChoiceType):
    """A choice that the vendor knows by words."""


def members(choice: Iterable[Enum]) -> str:
    """The members of an enumeration, or some of them, by value and name for a message."""
    return ", ".join(f"{member.value!r} ({member.name})" for member in choice)
