"""Mobile numbers of persons in words of others: every beginning that the mainland's plan has."""

from __future__ import annotations

import pytest

from pulumi_smssign.model.redaction import HIDDEN, sanitized


@pytest.mark.parametrize("beginning", range(13, 20))
@pytest.mark.parametrize("form", ["{0}912340987", "+86 {0}9-1234-0987", "0086{0}912340987"])
def test_mobile_number_is_hidden_whatever_it_begins_with(beginning: int, form: str) -> None:
    number = form.format(beginning)
    assert sanitized(f"联系人 {number} 无人接听").endswith(f"{HIDDEN} 无人接听")


@pytest.mark.parametrize("beginning", range(10, 13))
def test_number_of_eleven_digits_that_no_mobile_begins_with_is_left(beginning: int) -> None:
    assert sanitized(f"编号 {beginning}912340987") == f"编号 {beginning}912340987"
