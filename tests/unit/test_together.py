"""Questions one by one, several at a time."""

from __future__ import annotations

import threading

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.together import AT_A_TIME, together
from pulumi_smssign.model.errors import AccountError


def test_answers_come_in_the_order_of_the_questions_and_several_at_a_time() -> None:
    meet = threading.Barrier(AT_A_TIME)

    def ask(number: int) -> int:
        if number:
            meet.wait(5)
        return number * 2

    assert together(ask, range(1 + AT_A_TIME)) == [2 * n for n in range(1 + AT_A_TIME)]
    assert together(ask, []) == []


def test_where_the_first_is_refused_the_others_are_not_asked() -> None:
    asked = []

    def ask(number: int) -> None:
        asked.append(number)
        raise AccountError("the key is wrong")

    with pytest.raises(AccountError):
        together(ask, range(20))
    assert asked == [0]


def test_the_time_that_is_left_is_left_for_each() -> None:
    with lifeline.within(5):
        assert all(seconds <= 5 for seconds in together(lambda _: lifeline.time_left(), range(3)))
