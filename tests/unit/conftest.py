"""Test mode for the calls of the unit tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_smssign.contract.pace import unpaced


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Calls wait for no rate limit and no retry."""
    with unpaced():
        yield
