"""Each table of codes holds every code of the vendor's lists, and of the real answers.

The lists were written down from their sources without a look at the tables. What a table has
beside them stands in no list of today and stays, since older gateways answer it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tencentcloud.sms.v20210111 import errorcodes

from pulumi_smssign.contract.codes import REFUSED, Fault
from pulumi_smssign.core.registry import VENDORS
from tests.unit.test_codes import CODES, MEANING
from tests.vendors.listed_codes import LISTED
from tests.vendors.real_answers import REAL_ANSWERS

SDK = "the official SDK for Python"
OF_THE_ENVELOPE = ("OK", "0")
NEW_ONES = ("ResourceNotFound.SdkAppId",)
"""Codes of answers that stand for one that no list has."""


def lists(vendor: str) -> Iterator[tuple[str, str]]:
    """Each listed code, with its source."""
    for source, codes in LISTED[vendor].items():
        for code in codes.split():
            yield source, code
    if vendor == "tencent":
        for name, code in vars(errorcodes).items():
            if name.isupper():
                yield SDK, code


def answered(vendor: str) -> Iterator[str]:
    """The codes of the vendor's real answers."""
    keys = ("Code", "code", "error_code", "RetCode")
    for answer in REAL_ANSWERS:
        body = answer.body if isinstance(answer.body, dict) else {}
        error = body.get("Response", body)
        error = error.get("Error", error)
        found = [str(error[key]) for key in keys if key in error]
        yield from found if answer.vendor == vendor else ()


def of_the_table(vendor: str, code: str) -> str:
    return code.replace("APIG.", "APIGW.") if vendor == "huawei" else code


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_table_holds_every_listed_code(vendor: str) -> None:
    missing = [
        (source, code)
        for source, code in lists(vendor)
        if of_the_table(vendor, code) not in CODES[vendor]
    ]
    assert missing == []


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_table_holds_every_code_of_a_real_answer(vendor: str) -> None:
    codes = set(answered(vendor)) - {*OF_THE_ENVELOPE, *NEW_ONES}
    assert len(codes) >= 5
    assert {of_the_table(vendor, code) for code in codes} <= CODES[vendor]


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_listed_code_is_hidden_by_a_default(vendor: str) -> None:
    """Not by that of its category, of its HTTP status, or of what nobody knows."""
    by_category = {code for code in CODES[vendor] if "." not in code and not code.isnumeric()}
    for _, code in lists(vendor):
        meaning = MEANING[vendor](code, 400)
        assert {MEANING[vendor](code, status) for status in (200, 403, 404, 500)} == {meaning}
        assert code == "FailedOperation" or meaning is not REFUSED, code
        assert code in by_category or meaning.problem, code


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_code_becomes_an_error_that_names_its_call(vendor: str) -> None:
    for code in CODES[vendor]:
        error = Fault(MEANING[vendor](code, 400), code, "no").error(vendor, "SomeCall")
        assert error.code == code
        assert "{" not in f"{error.summary} {error.advice}", code
        assert "SomeCall" in error.summary
        assert json.dumps(str(error)).count("\\n") <= 5
