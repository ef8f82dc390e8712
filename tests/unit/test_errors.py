"""The errors: what each proves, how often a call is tried, and what one makes of another."""

from __future__ import annotations

import pytest

from pulumi_smssign.model import errors
from pulumi_smssign.model.errors import (
    AccountError,
    NotShownYetError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import SHOWN_AFTER


def kinds(kind: type[SmsSignError]) -> set[type[SmsSignError]]:
    return {kind}.union(*map(kinds, kind.__subclasses__()))


MAY_HAVE_ACTED = {
    "OutcomeUnknownError",
    "UnavailableError",
    "UnreadAnswerError",
    "NotShownYetError",
}
ATTEMPTS = {
    "UnavailableError": 6,
    "UnreachableError": 3,
    "HandshakeError": 1,
    "BlockedError": 1,
    "RateLimitedError": 1000,
    "UnreadAnswerError": 1,
    "NotShownYetError": 6,
}


def test_only_a_lost_answer_and_an_outage_may_have_done_something() -> None:
    ours = {kind for kind in kinds(SmsSignError) if kind.__module__ == errors.__name__}
    assert {kind.__name__ for kind in ours if not kind.nothing_done} == MAY_HAVE_ACTED


@pytest.mark.parametrize("name", ATTEMPTS)
def test_a_call_is_tried_as_often_as_it_may_help(name: str) -> None:
    kind: type[UnavailableError] = getattr(errors, name)
    assert (kind.attempts, kind.retry_after) == (ATTEMPTS[name], 0.0)


WHOLE = RefusedError(
    "no",
    vendor="tencent",
    action="Add",
    code="7",
    vendor_message="theirs",
    request_id="r-1",
    advice="wait.",
)


def facts(error: SmsSignError) -> tuple[str, ...]:
    return (
        error.summary, error.vendor, error.action, error.code, error.vendor_message,
        error.request_id, error.advice, error.resource,
    )  # fmt: skip


def test_an_error_has_the_facts_of_the_one_that_it_comes_after_and_its_own_words() -> None:
    bare = SmsSignError("lost")
    assert facts(bare) == ("lost", "", "", "", "", "", "", "")
    after = AccountError("lost", after=WHOLE)
    assert facts(after) == ("lost", "tencent", "Add", "7", "theirs", "r-1", "", "")
    own = AccountError(
        "lost", vendor="ucloud", action="Get", code="8", vendor_message="ours", request_id="r-2",
        advice="look.", after=WHOLE,
    )  # fmt: skip
    assert facts(own) == ("lost", "ucloud", "Get", "8", "ours", "r-2", "look.", "")


def test_facts_that_are_not_there_take_no_line() -> None:
    assert str(SmsSignError("lost")) == "lost"
    assert str(SmsSignError("lost", vendor_message="theirs")) == "lost\n  vendor says: theirs"
    assert str(SmsSignError("lost", vendor="ucloud", advice="look.")) == (
        "lost\n  what to do: look."
    )


def test_a_signature_that_is_not_shown_is_taken_for_gone_in_ten_minutes() -> None:
    error = NotShownYetError.of("ucloud", "【极客】", "2026-11-22T10:00:00Z", SHOWN_AFTER)
    assert facts(error) == (
        "ucloud accepted 【极客】 a moment ago and does not show it yet",
        "ucloud",
        "",
        "",
        "",
        "",
        (
            "run it again in a minute; nothing is lost. If it is not shown by 10:10 UTC, it is "
            "taken for gone."
        ),
        "",
    )
