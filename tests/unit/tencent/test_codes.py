from __future__ import annotations

import pytest

from pulumi_smssign.model import errors
from pulumi_smssign.tencent.codes import MEANINGS, meaning


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_every_known_code_has_a_way_out(code: str) -> None:
    known = meaning(code)
    assert known.problem
    assert known.advice.endswith(".")


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_only_a_rate_limit_proves_that_repeating_a_write_is_safe(code: str) -> None:
    error = meaning(code).error
    repeated = issubclass(error, errors.UnavailableError) and error.nothing_done
    assert repeated is code.startswith("RequestLimitExceeded")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("RequestLimitExceeded.UinLimitExceeded", errors.RateLimitedError),
        ("RequestLimitExceeded.IPLimitExceeded", errors.RateLimitedError),
        ("LimitExceeded", errors.AccountError),
        ("UnsupportedOperation.", errors.RefusedError),
        ("AuthFailure.SomethingNew", errors.AccountError),
        ("InternalError.SomethingNew", errors.UnavailableError),
        ("FailedOperation.SomethingNew", errors.RefusedError),
        ("Nobody.KnowsThis", errors.RefusedError),
        ("", errors.RefusedError),
    ],
)
def test_a_code_that_is_not_known_by_name_means_what_its_category_means(
    code: str, error: type[errors.SmsSignError]
) -> None:
    assert meaning(code).error is error
