"""UCloud's RetCodes, each by whose move it is."""

from __future__ import annotations

import pytest

from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.ucloud.codes import MEANINGS, meaning

CREATE, UPDATE = "CreateUSMSSignature", "UpdateUSMSSignature"
QUERY, DELETE = "QueryUSMSSignature", "DeleteUSMSSignature"
ACTIONS = (CREATE, UPDATE, QUERY, DELETE)

BY_ERROR: dict[type[SmsSignError], set[int]] = {
    UnavailableError: {110, 130, 150, 151, 200, 18004, 18007},
    RateLimitedError: {153},
    AccountError: {
        *(160, 161, 170, 171, 172, 173, 174, 180),
        *(290, 291, 292, 293, 294, 295, 299),
        18013,
    },
    InputError: {220, 230, 240, 18001, 18002, 18023},
    RefusedError: {18000, 18003},
    NotFoundError: {18016},
}


@pytest.mark.parametrize(
    ("code", "error"), [(code, error) for error, codes in BY_ERROR.items() for code in codes]
)
def test_each_code_is_whose_move_it_is(code: int, error: type[SmsSignError]) -> None:
    assert meaning(DELETE, code, "").error is error


def test_every_known_code_is_in_this_list() -> None:
    assert frozenset[int]().union(*BY_ERROR.values()) == {*MEANINGS, 18003, 18016}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("code", [1, 300, 5000, 18017, 18099])
def test_an_unknown_code_is_a_refusal(action: str, code: int) -> None:
    assert meaning(action, code, "").error is RefusedError


@pytest.mark.parametrize("action", [UPDATE, QUERY, DELETE])
@pytest.mark.parametrize(
    "words",
    [
        "signature not found",
        "Signature SIG202601159F3A1C does not exist",
        "SigId [SIG1] doesn't exist",
        "the sig id can not be found",
        "no such signature",
        "短信签名不存在",
    ],
)
def test_a_service_code_whose_words_say_so_means_that_there_is_no_such_signature(
    action: str, words: str
) -> None:
    assert meaning(action, 18003, words).error is NotFoundError
    assert meaning(action, 18099, words).error is NotFoundError


@pytest.mark.parametrize(
    "words",
    [
        "signature SIG1 is approved and cannot be modified",
        "SigContent already exists",
        "signature is wrong, project does not exist",
        "template not found",
        "Params [SigId] not available",
        "",
    ],
)
def test_other_words_of_a_service_code_do_not_mean_it(words: str) -> None:
    assert meaning(QUERY, 18003, words).error is RefusedError


@pytest.mark.parametrize("code", [170, 230, 292])
def test_the_gateways_codes_never_mean_it_whatever_they_say(code: int) -> None:
    assert meaning(QUERY, code, "signature not found").error is not NotFoundError


@pytest.mark.parametrize("code", [18003, 18016])
def test_a_new_application_is_never_answered_that_it_is_missing(code: int) -> None:
    assert meaning(CREATE, code, "signature qualification not found").error is RefusedError


def test_the_services_one_code_for_no_says_what_it_may_mean_of_each_action() -> None:
    advice = {action: meaning(action, 18003, "").advice for action in ACTIONS}
    assert "adopt=ID" in advice[CREATE]
    assert "`pulumi up` again" in advice[UPDATE]
    assert "pulumi state delete" in advice[QUERY]
    assert "under review" in advice[DELETE]


def test_every_meaning_says_what_to_do() -> None:
    for code in MEANINGS:
        for action in ACTIONS:
            assert meaning(action, code, "").advice.endswith(".")
