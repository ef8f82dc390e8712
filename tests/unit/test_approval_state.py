"""An Approval's properties: what they name, what was told last, and what is told after a look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.core.approval_state import ApprovalState
from pulumi_smssign.core.verdicts import Target, Until, Verdict
from pulumi_smssign.model.errors import UnavailableError
from pulumi_smssign.model.filing import Filing, FilingState
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

ENTRY = {
    "name": "brand1", "vendor": "tencent", "account": "shop", "id": "1", "text": "极客",
    "scope": "mainland", "revision": 2.0, "accepted_at": "2026-11-22T10:00:00Z",
}  # fmt: skip
SUBMISSION = ("tencent", "shop", "1", "极客", "mainland", 2.0, "2026-11-22T10:00:00Z")
REPORT = {"name": "brand1", "status": "APPROVED", "deliverable": "yes"}
NOTHING = ApprovalState("approved", False, False, "", (), {})


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({}, NOTHING),
        ({"until": "filed"}, replace(NOTHING, until="filed")),
        ({"until": "else", "approved": "yes", "signatures": "?"}, NOTHING),
        ({"approved": True}, replace(NOTHING, approved=True, was_approved=True)),
        ({"approved": False, "was_approved": True}, replace(NOTHING, was_approved=True)),
        ({"deliverable": "unknown"}, replace(NOTHING, deliverable="unknown")),
        (
            {"signatures": [ENTRY], "reviews": [REPORT]},
            replace(NOTHING, submissions=(SUBMISSION,), reports={SUBMISSION: REPORT}),
        ),
        ({"signatures": [ENTRY]}, replace(NOTHING, submissions=(SUBMISSION,))),
        (
            {"signatures": [{"id": "1"}]},
            replace(NOTHING, submissions=((None, None, "1", None, None, None, None),)),
        ),
    ],
)
def test_properties_are_read_with_suspicion(
    props: dict[str, object], expected: ApprovalState
) -> None:
    assert ApprovalState.of(props) == expected


@pytest.mark.parametrize(
    ("approved", "deliverable", "until", "is_over"),
    [
        (False, "yes", "approved", False),
        (True, "no", "approved", True),
        (True, "yes", "filed", True),
        (True, "unknown", "filed", True),
        (True, "no", "filed", False),
        (True, "", "filed", False),
        (False, "yes", "filed", False),
    ],
)
def test_a_wait_is_over_when_what_is_waited_for_was_told(
    approved: bool, deliverable: str, until: Until, is_over: bool
) -> None:
    state = replace(NOTHING, approved=approved, deliverable=deliverable)
    assert state.is_over(until) is is_over


def test_each_signature_is_looked_at_with_what_is_known_of_it() -> None:
    state = ApprovalState.of({"signatures": [ENTRY], "reviews": [REPORT]})
    bare = {"name": "b", "vendor": "yunpian", "account": "default", "id": "2"}
    unseen = {**ENTRY, "unseen": True, "hides": ["reason"]}
    props = {"until": "filed", "signatures": [ENTRY, unseen, {**ENTRY, "revision": 3.0}, bare]}
    seen = Target(
        "brand1",
        "tencent",
        "shop",
        Handle("1", "极客", "mainland"),
        until="filed",
        known=REPORT,
        accepted_at="2026-11-22T10:00:00Z",
    )
    targets = state.targets(props)
    assert targets == [
        seen,
        replace(seen, unseen_since="2026-11-22T10:00:00Z", hides_reason=True),
        seen,
        Target("b", "yunpian", "default", Handle("2"), until="filed"),
    ]
    assert [target.known for target in targets] == [REPORT, REPORT, {}, {}]


def verdict(number: int, status: str, filing: str = "filed") -> Verdict:
    target = Target(f"brand{number}", "tencent", "default", Handle(f"{number}", "极客"))
    review = Review(f"{number}", "极客", Status(status), "x", "13800000011\nno")
    return Verdict(target, replace(review, filing=Filing(FilingState(filing))))


def report(number: int, status: str, deliverable: str) -> dict[str, str]:
    return {
        "name": f"brand{number}", "vendor": "tencent", "account": "default", "id": f"{number}",
        "text": "极客", "status": status, "reason": "[secret] no", "deliverable": deliverable,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verdicts", "approved", "deliverable", "reports"),
    [
        (
            [verdict(1, "APPROVED"), verdict(2, "APPROVED")],
            True,
            "yes",
            [report(1, "APPROVED", "yes"), report(2, "APPROVED", "yes")],
        ),
        (
            [verdict(1, "APPROVED"), verdict(2, "APPROVED", "unknown")],
            True,
            "unknown",
            [report(1, "APPROVED", "yes"), report(2, "APPROVED", "unknown")],
        ),
        (
            [verdict(1, "APPROVED", "unknown"), verdict(2, "APPROVED", "filing")],
            True,
            "no",
            [report(1, "APPROVED", "unknown"), report(2, "APPROVED", "no")],
        ),
        (
            [verdict(1, "APPROVED"), verdict(2, "PENDING")],
            False,
            "no",
            [report(1, "APPROVED", "yes"), report(2, "PENDING", "no")],
        ),
    ],
)
@pytest.mark.parametrize("was_approved", [True, False])
def test_a_program_is_told_the_worst_and_each_with_its_reason_made_safe(
    verdicts: list[Verdict],
    approved: bool,
    deliverable: str,
    reports: list[dict[str, str]],
    was_approved: bool,
) -> None:
    outputs = replace(NOTHING, was_approved=was_approved).outputs(verdicts)
    remembered = {"was_approved": True} if approved or was_approved else {}
    told = {"approved": approved, "deliverable": deliverable, "reviews": reports}
    assert outputs == {**told, **remembered}


def test_one_that_could_not_be_asked_keeps_its_last_report() -> None:
    known = report(1, "APPROVED", "yes")
    asked = verdict(1, "APPROVED")
    unasked = replace(
        asked,
        target=replace(asked.target, known=known),
        review=None,
        failure=UnavailableError("no answer"),
    )
    assert NOTHING.outputs([unasked])["reviews"] == [known]
