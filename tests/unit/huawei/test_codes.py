"""What each error means, and how it is told: by its code first, by the HTTP status second."""

from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.huawei.answers import fault
from pulumi_smssign.huawei.codes import MEANINGS, is_unauthenticated, meaning
from pulumi_smssign.model.errors import (
    AccountError,
    BugError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    ReviewMovedError,
    SmsSignError,
    UnavailableError,
)
from tests.unit.huawei.desk import iam_error, told

EXPECTED: dict[type[SmsSignError], set[str]] = {
    UnavailableError: {
        "MSGSMS.0001",
        "APIGW.0103",
        "APIGW.0104",
        "APIGW.0105",
        "APIGW.0106",
        "APIGW.0202",
        "APIGW.0203",
    },
    InputError: {
        "MSGSMS.0002",
        "MSGSMS.0011",
        "MSGSMS.0012",
        "MSGSMS.0014",
        "MSGSMS.0032",
        "MSGSMS.0050",
        "MSGSMS.0076",
    },
    AccountError: {
        "MSGSMS.0003",
        "MSGSMS.0013",
        "APIGW.0101",
        "APIGW.0301",
        "APIGW.0302",
        "APIGW.0307",
    },
    DuplicateError: {"MSGSMS.0004", "MSGSMS.0006"},
    NotFoundError: {"MSGSMS.0005", "MSGSMS.0033"},
    ReviewMovedError: {"MSGSMS.0007", "MSGSMS.0130"},
    RefusedError: {
        "MSGSMS.0186",
        "MSGSMS.0187",
        "MSGSMS.0188",
        "MSGSMS.0008",
        "MSGSMS.0009",
        "MSGSMS.0010",
        "MSGSMS.0034",
        "MSGSMS.0051",
    },
    BugError: {"MSGSMS.0132", "MSGSMS.0133"},
    RateLimitedError: {"APIGW.0308"},
}


@pytest.mark.parametrize(
    ("code", "kind"), [(code, kind) for kind, codes in EXPECTED.items() for code in sorted(codes)]
)
@pytest.mark.parametrize("status", [200, 400, 404, 500])
def test_a_code_that_is_known_by_name_decides_whatever_the_status(
    code: str, kind: type[SmsSignError], status: int
) -> None:
    assert meaning(code, status).error is kind


def test_every_code_of_the_table_is_expected_here() -> None:
    assert {code for codes in EXPECTED.values() for code in codes} == MEANINGS.keys()


@pytest.mark.parametrize("code", sorted(code for code in MEANINGS if code.startswith("APIGW.")))
def test_the_gateway_s_other_prefix_means_the_same(code: str) -> None:
    assert meaning(code.replace("APIGW.", "APIG."), 400) is meaning(code, 400)


@pytest.mark.parametrize("code", ["MSGSMS.9999", "APIGW.0201", "APIG.0201", "IAM.0101", "418"])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, RefusedError),
        (400, RefusedError),
        (401, AccountError),
        (403, AccountError),
        (404, RefusedError),
        (413, InputError),
        (429, RateLimitedError),
        (500, UnavailableError),
        (504, UnavailableError),
    ],
)
def test_another_code_means_what_its_status_means(
    code: str, status: int, kind: type[SmsSignError]
) -> None:
    assert meaning(code, status).error is kind


def test_no_code_but_a_rate_limit_proves_that_an_unavailable_vendor_did_nothing() -> None:
    for code in MEANINGS:
        error_type = meaning(code, 500).error
        if issubclass(error_type, UnavailableError) and code != "APIGW.0308":
            assert not error_type.nothing_done, code


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_every_meaning_says_what_happened_and_what_to_do(code: str) -> None:
    known = meaning(code, 400)
    assert known.problem[0].islower() or known.problem.startswith("signature_type")
    assert known.advice.endswith(".")


@pytest.mark.parametrize(
    ("code", "status", "locks"),
    [
        ("APIGW.0301", 401, True),
        ("APIG.0301", 200, True),
        ("APIG.0307", 401, True),
        ("401", 401, True),
        ("HTTP 401", 401, True),
        ("MSGSMS.0003", 401, False),
        ("MSGSMS.9999", 401, False),
        ("APIGW.0302", 403, False),
        ("APIGW.0308", 429, False),
    ],
)
def test_which_errors_are_failed_authentications(code: str, status: int, locks: bool) -> None:
    assert is_unauthenticated(Fault(meaning(code, status), code)) is locks


def test_an_error_tells_the_vendor_s_words_code_and_request_id() -> None:
    answer = httpx.Response(
        400,
        json={
            "error_code": "MSGSMS.0006",
            "error_msg": "Signature type and name is duplicate.",
            "error_detail": "name=云杉示例",
        },
        headers={"X-Request-Id": "r-417"},
    )
    found = fault(answer)
    assert found is not None
    text = str(found.error("huawei", "CreateSignature"))
    assert "huawei refused CreateSignature" in text
    assert "code: MSGSMS.0006" in text
    assert "huawei says: Signature type and name is duplicate. name=云杉示例" in text
    assert "request id: r-417" in text
    assert "adopt=ID" in text


def test_the_gateway_s_own_request_id_goes_before_the_header_s() -> None:
    answer = httpx.Response(
        429,
        json={"error_code": "APIGW.0308", "error_msg": "throttled", "request_id": "r-2"},
        headers={"X-Request-Id": "r-1"},
    )
    found = fault(answer)
    assert found is not None
    assert found.request_id == "r-2"


@pytest.mark.parametrize("code", [401, "401"], ids=["number", "text"])
def test_iam_s_nested_error_is_read(code: int | str) -> None:
    found = fault(iam_error(code, 401, "The username or password is wrong."))
    assert found is not None
    assert (found.code, found.vendor_message) == ("401", "The username or password is wrong.")
    assert is_unauthenticated(found)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(401, text="<html>"), AccountError),
        (told({"message": "no"}, 403), AccountError),
        (httpx.Response(413, text="<html>"), InputError),
        (httpx.Response(429), RateLimitedError),
    ],
)
def test_some_statuses_say_enough_without_a_code(
    answer: httpx.Response, kind: type[SmsSignError]
) -> None:
    found = fault(answer)
    assert found is not None
    assert isinstance(found.error("huawei", "ShowSignature"), kind)
    assert found.code == f"HTTP {answer.status_code}"


@pytest.mark.parametrize(
    "answer",
    [
        told({}),
        told({"error_code": "", "error_msg": ""}),
        told({"error_code": None}),
        told({"error": {}}),
        told({"error": "none"}),
        told([{"error_code": "MSGSMS.0001"}]),
        httpx.Response(204),
        httpx.Response(403, text="<html>a proxy's</html>"),
        httpx.Response(404, text="<html>nothing here</html>"),
        told({"message": "not found"}, 404),
        httpx.Response(502, text="Bad Gateway"),
    ],
)
def test_what_reports_no_error_of_the_vendor(answer: httpx.Response) -> None:
    assert fault(answer) is None
