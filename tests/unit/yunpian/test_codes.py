from __future__ import annotations

import pytest

from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.yunpian.codes import MEANINGS, meaning


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1, InputError),
        (2, InputError),
        (3, AccountError),
        (4, InputError),
        (14, RefusedError),
        (16, InputError),
        (55, AccountError),
        (-1, AccountError),
        (-2, AccountError),
        (-3, AccountError),
        (-4, AccountError),
        (-5, RateLimitedError),
        (-11, AccountError),
        (-50, UnavailableError),
        (-51, UnavailableError),
        (-54, DuplicateError),
        (-55, NotFoundError),
        (-57, AccountError),
        (-62, AccountError),
    ],
)
def test_each_code_says_whose_move_it_is(code: int, error: type[SmsSignError]) -> None:
    assert meaning(code).error is error


@pytest.mark.parametrize("code", [8, 9, 10, 17, 22, 33, 43, 53])
def test_a_limit_of_a_recipients_phone_is_no_rate_limit_of_the_api(code: int) -> None:
    assert meaning(code).error is RefusedError
    assert "another call" in meaning(code).problem


def test_a_used_up_quota_is_not_tried_again_and_a_rate_limit_is() -> None:
    assert not issubclass(meaning(-4).error, UnavailableError)
    assert issubclass(meaning(-5).error, UnavailableError)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (4711, RefusedError),
        (-12, AccountError),
        (-49, AccountError),
        (-58, UnavailableError),
        (-99, UnavailableError),
    ],
)
def test_an_unknown_code_means_what_its_class_means(code: int, error: type[SmsSignError]) -> None:
    assert code not in MEANINGS
    assert meaning(code).error is error


def test_every_code_has_words_and_a_way_out() -> None:
    for code in MEANINGS:
        assert meaning(code).problem
        assert meaning(code).advice.endswith(".")
