from __future__ import annotations

from pulumi_smssign.sandbox.clock import ManualClock
from pulumi_smssign.sandbox.gateway import SlidingWindow


def test_the_window_slides() -> None:
    clock = ManualClock(100.0)
    window = SlidingWindow(clock)

    admitted = []
    for _ in range(6):
        admitted.append(window.admit("key", 2))
        clock.advance(0.4)

    assert admitted == [True, True, False, True, True, False]


def test_keys_are_counted_apart() -> None:
    window = SlidingWindow(ManualClock(100.0))

    assert [window.admit(key, 1) for key in ("a", "b", "a")] == [True, True, False]


def test_a_clock_that_is_put_back_blocks_nobody() -> None:
    clock = ManualClock(100.0)
    window = SlidingWindow(clock)
    window.admit("key", 1)
    clock.advance(-50)

    assert window.admit("key", 1)
