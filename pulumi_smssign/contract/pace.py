"""Test mode of a client's calls: no rate limit holds them up, and no retry waits.

For the tests of this package and of a vendor's package outside it. What is sent, how often and in
which order is the same as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_unpaced = 0
"""How many `unpaced` blocks the process is in."""


@contextmanager
def unpaced() -> Iterator[None]:
    """Test mode for the calls of all threads, as long as the block lasts."""
    global _unpaced  # noqa: PLW0603 - one mode for the process, whatever connection a test opens
    _unpaced += 1
    try:
        yield
    finally:
        _unpaced -= 1


def is_unpaced() -> bool:
    """Whether calls are made in test mode."""
    return _unpaced > 0
