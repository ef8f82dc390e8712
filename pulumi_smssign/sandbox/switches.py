"""Switches: what the vendors' pages leave open, with the answer that the sandbox gives to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import JsonValue

from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.tables import table

LARGEST = 1_000_000_000
"""The largest number that a switch takes, be it of seconds, bytes or calls."""

Setting: TypeAlias = "bool | int | float | str"


class SwitchError(ValueError):
    """There is no such switch, or it doesn't take that value."""


@dataclass(frozen=True)
class Switch:
    """One open question: its name (`vendor.question`), the default answer, and what it decides.

    A switch takes values of its default's type; a text switch with `choices` takes only those.
    """

    name: str
    default: Setting
    meaning: str
    choices: Sequence[str] = ()

    def accept(self, value: JsonValue) -> Setting:
        """Give `value` in the switch's type.

        Raises:
            SwitchError: if the switch doesn't take it; the message says what it takes.
        """
        if isinstance(self.default, bool):
            wanted = "true or false"
            if isinstance(value, bool):
                return value
        elif isinstance(self.default, str):
            wanted = f"one of {', '.join(self.choices)}" if self.choices else "a text"
            if isinstance(value, str) and (not self.choices or value in self.choices):
                return value
        else:
            wanted = f"a number from 0 to {LARGEST:,}"
            number = None if isinstance(value, bool) else value
            if isinstance(number, int | float) and 0 <= number <= LARGEST:
                return number
        raise SwitchError(f"{self.name} takes {wanted}, not {value!r}")


def declared(vendor: str) -> tuple[Switch, ...]:
    """Give a vendor's switches, which its package has in `switches.toml`."""
    declarations = table(f"{vendor}/switches").items()
    return tuple(Switch(f"{vendor}.{name}", **declaration) for name, declaration in declarations)


class Switches:
    """The present setting of every switch; safe to use from several threads."""

    def __init__(self, switches: Iterable[Switch]) -> None:
        self._switches = {switch.name: switch for switch in switches}
        self._set: dict[str, Setting] = {}
        self._lock = threading.Lock()
        self.on_change: Callable[[], None] = lambda: None

    def set(self, settings: Mapping[str, JsonValue]) -> None:
        """Set several switches, all or none of them; None puts one back to its default.

        Raises:
            SwitchError: if a name or a value is wrong.
        """
        accepted: dict[str, Setting | None] = {}
        for name, value in settings.items():
            switch = self._switches.get(name)
            if switch is None:
                raise SwitchError(f"there is no switch {name!r}; GET /_desk/switches lists them")
            accepted[name] = None if value is None else switch.accept(value)
        with self._lock:
            before = dict(self._set)
            for name, setting in accepted.items():
                self._set.pop(name, None)
                if setting is not None:
                    self._set[name] = setting
        try:
            self.on_change()
        except BaseException:
            with self._lock:
                self._set = before  # what can't be stored has not happened
            raise

    def reset(self) -> None:
        """Put all switches back to their defaults."""
        self.set(dict.fromkeys(self.changed()))

    def changed(self) -> dict[str, Setting]:
        """Give the switches that were set, with their values."""
        with self._lock:
            return dict(self._set)

    def get(self, name: str) -> Setting:
        """Give a switch's present value."""
        with self._lock:
            return self._set.get(name, self._switches[name].default)

    def flag(self, name: str) -> bool:
        """Give the value of a true-or-false switch."""
        return self.get(name) is True

    def number(self, name: str) -> float:
        """Give the value of a number switch."""
        return float(self.get(name))

    def text(self, name: str) -> str:
        """Give the value of a text switch."""
        return str(self.get(name))

    def describe(self) -> list[Document]:
        """List all switches: name, value, default, meaning, and the choices where they are few."""
        return [
            {
                "name": switch.name,
                "value": self.get(switch.name),
                "default": switch.default,
                "meaning": switch.meaning,
                **({"choices": list(switch.choices)} if switch.choices else {}),
            }
            for switch in self._switches.values()
        ]
