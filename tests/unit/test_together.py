"""Questions one by one, several at a time."""

from __future__ import annotations

import threading

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.together import together
from pulumi_smssign.model.errors import AccountError


def test_answers_come_in_the_order_of_the_questions_and_several_at_a_time() -> None:
    meet = threading.Barrier(8)
    asking: set[int] = set()
    together_asked: list[int] = []

    def ask(number: int) -> int:
        asking.add(number)
        if number:
            meet.wait(5)
        together_asked.append(len(asking))
        asking.discard(number)
        return number * 2

    assert together(ask, range(17)) == [2 * n for n in range(17)]
    assert max(together_asked) == 8
    assert together(ask, [0]) == [0]
    assert together(ask, []) == []


def test_where_the_first_is_refused_the_others_are_not_asked() -> None:
    asked = []

    def ask(number: int) -> None:
        asked.append(number)
        raise AccountError("the key is wrong")

    with pytest.raises(AccountError):
        together(ask, range(20))
    assert asked == [0]


def test_where_a_later_one_is_refused_those_that_wait_are_not_begun() -> None:
    asked: list[int] = []
    over = threading.Event()

    def ask(number: int) -> None:
        asked.append(number)
        if number == 1:
            raise AccountError("the key is wrong")
        if number:
            over.wait(0.1)

    with pytest.raises(AccountError, match="the key is wrong"):
        together(ask, range(500))
    assert len(asked) < 500


def test_the_time_that_is_left_is_left_for_each() -> None:
    with lifeline.within(5):
        assert all(seconds <= 5 for seconds in together(lambda _: lifeline.time_left(), range(3)))
