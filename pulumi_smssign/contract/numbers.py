"""Numbers that a vendor tells and state keeps: the engine's are doubles."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

_EXACT = 2**53


def _held(number: int | None) -> int | None:
    """The number; None for one that would be another one in state, or none at all."""
    return number if number is None or abs(number) <= _EXACT else None


Whole = Annotated[int | None, AfterValidator(_held)]
"""A whole number that the vendor may tell; what state can't hold is as if it were not told."""
