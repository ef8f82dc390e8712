"""The next step about a signature, for each case of each status."""

from __future__ import annotations

import pytest

from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.signatures import Role, StackSignature
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.step import Move
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.state import State
from pulumi_smssign.core.verdicts import Target, Until, Verdict
from pulumi_smssign.model.filing import Filing, FilingState, Qualification, QualificationState
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

PASSED = Qualification("7", "", QualificationState.APPROVED)
APP = {"signature_source": 2}
REFUSED = "carriers have filed no names of apps since 2026-05-01"


def standing(
    status: Status | None,
    filed: FilingState = FilingState.UNKNOWN,
    *,
    vendor: str = "huawei",
    vendor_status: str = "raw",
    qualification: Qualification = PASSED,
    role: Role = "managed",
    until: Until = "approved",
    is_too_new: bool = False,
    **details: object,
) -> Standing:
    """A signature as its vendor shows it; without a status the vendor has nothing."""
    handle = Handle("1", "极客科技")
    plain = Review("1", "极客科技", status or Status.UNKNOWN, vendor_status, filing=Filing(filed))
    review = Review(**{**vars(plain), "qualification": qualification, **details})
    target = Target("brand", vendor, "default", handle, until=until)
    verdict = Verdict(target, review if status else None, is_too_new)
    state = State(handle.id, handle.text, handle.scope, "default", fields={})
    return Standing(named(vendor), StackSignature("brand", "urn", vendor, state, role), verdict)


CASES = [
    (
        standing(None, is_too_new=True),
        "wait: accepted a moment ago, the vendor does not show it yet",
    ),
    (standing(None, role="read"), "look for it in the console: the vendor no longer has it"),
    (standing(None), "submit again: pulumi up --refresh"),
    (standing(Status.UNKNOWN), "look in the console: this version doesn't know the status"),
    (
        standing(Status.REJECTED, reason="no", reported=APP),
        f"change the name: {REFUSED} (no)",
    ),
    (
        standing(Status.REJECTED, reason="licence unreadable", reported={"signature_source": 0}),
        "mend: licence unreadable",
    ),
    (standing(Status.REJECTED), "mend: the vendor gives no reason here, its console may"),
    (
        standing(Status.SUSPENDED, vendor_status="TO_BE_ACTIVATED"),
        "activate: set activate=True and run pulumi up",
    ),
    (
        standing(Status.REJECTED, reason="licence unreadable", role="read"),
        "mend it where it is managed: licence unreadable",
    ),
    (
        standing(Status.REJECTED, reason="no", reported=APP, role="read"),
        f"change the name where it is managed: {REFUSED} (no)",
    ),
    (
        standing(Status.SUSPENDED, vendor_status="TO_BE_ACTIVATED", role="read"),
        "activate it where it is managed: set activate=True and run pulumi up",
    ),
    (
        standing(
            Status.APPROVED, FilingState.FILED, qualification=PASSED, reported=APP, role="read"
        ),
        f"change the name where it is managed: {REFUSED}",
    ),
    (standing(Status.SUSPENDED, FilingState.FILING), "wait: the carriers file it again"),
    (
        standing(Status.SUSPENDED, reason="complaints"),
        "ask the vendor why it is out of use: complaints",
    ),
    (
        standing(
            Status.APPROVED, qualification=Qualification("7", "", QualificationState.SUPPLEMENT)
        ),
        "mend the 资质 in the console: it is to be supplemented",
    ),
    (
        standing(Status.PENDING, qualification=Qualification("7", "", QualificationState.REFUSED)),
        "mend the 资质 in the console: it is refused",
    ),
    (
        standing(Status.PENDING, reported=APP),
        f"change the name: {REFUSED}, a reviewer may refuse it",
    ),
    (standing(Status.PENDING, FilingState.FILING), "wait: passed, the carriers file it"),
    (
        standing(Status.PENDING, remark="open"),
        "wait: refused or being filed, the vendor doesn't tell which",
    ),
    (standing(Status.PENDING), "wait: a reviewer decides"),
    (
        standing(Status.APPROVED, FilingState.LAPSED, reported=APP),
        f"change the name: {REFUSED}, its filing lapsed",
    ),
    (
        standing(
            Status.APPROVED, filing=Filing(FilingState.FAILED, reasons=["telecom: NO_SEND_RECORD"])
        ),
        "mend the filing with the carriers in the console, it failed: telecom: NO_SEND_RECORD",
    ),
    (
        standing(Status.APPROVED, FilingState.FILED, qualification=Qualification(), reported=APP),
        f"change the name before the carriers remove it: {REFUSED}",
    ),
    (
        standing(Status.APPROVED, qualification=Qualification()),
        "attach the 资质 in the console: without one the carriers file nothing",
    ),
    (
        standing(Status.APPROVED, FilingState.FILING, edit=Status.PENDING),
        "wait: in use, its edit is in review",
    ),
    (standing(Status.APPROVED, FilingState.FILING), "wait: approved, the carriers file it"),
    (
        standing(Status.APPROVED, FilingState.NONE, until="filed"),
        "wait: approved, its filing has not begun",
    ),
    (standing(Status.SUSPENDED), "ask the vendor why it is out of use"),
    (
        standing(Status.APPROVED, FilingState.LAPSED),
        "mend the filing with the carriers in the console, it lapsed",
    ),
    (
        standing(Status.APPROVED, FilingState.LAPSED, reported=APP, role="read"),
        f"change the name where it is managed: {REFUSED}, its filing lapsed",
    ),
    (
        standing(Status.PENDING, reported=APP, role="read"),
        f"change the name where it is managed: {REFUSED}, a reviewer may refuse it",
    ),
    (
        standing(Status.REJECTED, role="read"),
        "mend it where it is managed: the vendor gives no reason here, its console may",
    ),
    (standing(Status.REJECTED, reported=APP), f"change the name: {REFUSED}"),
    (
        standing(
            Status.PENDING,
            FilingState.FILING,
            qualification=Qualification("7", "", QualificationState.CHANGE_REFUSED),
            reported=APP,
        ),
        "mend the 资质 in the console: it has a change that is refused",
    ),
]


@pytest.mark.parametrize(("standing", "line"), CASES, ids=[line for _, line in CASES])
def test_each_case_has_its_line_which_begins_with_its_move(standing: Standing, line: str) -> None:
    step = next_step(standing)
    assert str(step) == line
    assert line.startswith(step.move)


def test_filed_signature_is_verified_by_texts() -> None:
    step = next_step(standing(Status.APPROVED, FilingState.UNVERIFIED))
    assert str(step) == "wait: approved and filed, a few texts to each carrier verify it"


@pytest.mark.parametrize("until", ["approved", "filed"])
@pytest.mark.parametrize("filing", [FilingState.FILED, FilingState.UNKNOWN])
def test_signature_that_is_filed_or_of_whose_filing_nothing_is_known_needs_nothing(
    filing: FilingState, until: Until
) -> None:
    step = next_step(standing(Status.APPROVED, filing, until=until, edit=Status.REJECTED))
    assert (step.move, str(step)) == (Move.NOTHING, "nothing")


@pytest.mark.parametrize("filing", [FilingState.FILED, FilingState.UNKNOWN, FilingState.NONE])
def test_approved_signature_needs_nothing(filing: FilingState) -> None:
    trademark = standing(Status.APPROVED, filing, reported={"signature_source": 5})
    assert str(next_step(trademark)) == "nothing"


def test_signature_for_other_countries_needs_no_qualification() -> None:
    abroad = standing(
        Status.APPROVED,
        vendor="tencent",
        qualification=Qualification(),
        reported={"international": True, "sign_type": 1},
    )
    assert next_step(abroad).move is Move.NOTHING
