"""Choices: enumerations that name their members where a program misspells one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, EnumType, IntEnum, StrEnum
from typing import TYPE_CHECKING

from pulumi_smssign.model.language import _, listed


class _ChoiceType(EnumType):
    """The type of enumerations whose members are named in an `AttributeError`."""

    if not TYPE_CHECKING:  # a type checker would take any name for a member

        def __getattr__(cls, name: str) -> object:
            if name.startswith("_"):
                raise AttributeError(name, name=name, obj=cls)
            raise AttributeError(
                _(
                    "{kind} has no {name}; choose {choices}",
                    kind=cls.__name__,
                    name=name,
                    choices=members(cls),
                ),
                name=name,
                obj=cls,
            )


class IntChoice(IntEnum, metaclass=_ChoiceType):
    """A choice that the vendor knows by numbers."""


class TextChoice(StrEnum, metaclass=_ChoiceType):
    """A choice that the vendor knows by words."""


def members(choice: Iterable[Enum]) -> str:
    """The members of an enumeration, or some of them, by value and name for a message."""
    return listed(f"{member.value!r} ({member.name})" for member in choice)
