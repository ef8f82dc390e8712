"""What to do next, for each case of each status."""

from __future__ import annotations

import pytest

from pulumi_smssign.cli.inventory.held import Held, Role
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.steps import Move
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.verdicts import Target, Until, Verdict
from pulumi_smssign.model.filing import Filing, FilingState, Qualification, QualificationState
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

PASSED = Qualification("7", "", QualificationState.APPROVED)
APP = {"signature_source": 2}


def standing(
    status: Status | None,
    filed: FilingState = FilingState.UNKNOWN,
    *,
    vendor: str = "huawei",
    raw: str = "raw",
    papers: Qualification = PASSED,
    role: Role = "managed",
    until: Until = "approved",
    is_too_new: bool = False,
    **more: object,
) -> Standing:
    """A signature as its vendor shows it; None where that has nothing."""
    handle = Handle("1", "极客科技")
    plain = Review("1", "极客科技", status or Status.UNKNOWN, raw, filing=Filing(filed))
    review = Review(**{**vars(plain), "qualification": papers, **more})
    target = Target("brand", vendor, "default", handle, until=until)
    verdict = Verdict(target, review if status else None, is_too_new)
    return Standing(named(vendor), Held("brand", "urn", vendor, "default", handle, role), verdict)


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
        "change the name: names of apps are filed no more since 2026-05-01 (no)",
    ),
    (
        standing(Status.REJECTED, reason="licence unreadable", reported={"signature_source": 0}),
        "mend: licence unreadable",
    ),
    (standing(Status.REJECTED), "mend: the vendor gives no reason here, its console may"),
    (
        standing(Status.SUSPENDED, raw="TO_BE_ACTIVATED"),
        "activate: activate=True and pulumi up",
    ),
    (standing(Status.SUSPENDED, FilingState.FILING), "wait: the carriers file it again"),
    (
        standing(Status.SUSPENDED, reason="complaints"),
        "ask the vendor why it is out of use: complaints",
    ),
    (
        standing(Status.APPROVED, papers=Qualification("7", "", QualificationState.SUPPLEMENT)),
        "mend the 资质 in the console: it is to be supplemented",
    ),
    (
        standing(Status.PENDING, papers=Qualification("7", "", QualificationState.REFUSED)),
        "mend the 资质 in the console: it is refused",
    ),
    (
        standing(Status.PENDING, reported=APP),
        (
            "change the name: names of apps are filed no more since 2026-05-01, a reviewer may "
            "refuse it"
        ),
    ),
    (standing(Status.PENDING, FilingState.FILING), "wait: passed, the carriers file it"),
    (
        standing(Status.PENDING, remark="open"),
        "wait: refused or being filed, the vendor doesn't tell which",
    ),
    (standing(Status.PENDING), "wait: a reviewer decides"),
    (
        standing(Status.APPROVED, FilingState.LAPSED, reported=APP),
        "change the name: names of apps are filed no more since 2026-05-01, its filing lapsed",
    ),
    (
        standing(
            Status.APPROVED, filing=Filing(FilingState.FAILED, reasons=["telecom: NO_SEND_RECORD"])
        ),
        "mend the filing with the carriers in the console, it failed: telecom: NO_SEND_RECORD",
    ),
    (
        standing(Status.APPROVED, FilingState.FILED, papers=Qualification(), reported=APP),
        "change the name before it is expelled: names of apps are filed no more since 2026-05-01",
    ),
    (
        standing(Status.APPROVED, papers=Qualification()),
        "attach the 资质 in the console: the carriers file none without",
    ),
    (standing(Status.APPROVED, edit=Status.PENDING), "wait: in use, its edit is in review"),
    (standing(Status.APPROVED, FilingState.FILING), "wait: approved, the carriers file it"),
    (
        standing(Status.APPROVED, FilingState.NONE, until="filed"),
        "wait: approved, its filing has not begun",
    ),
]


@pytest.mark.parametrize(("now", "line"), CASES, ids=[line for _, line in CASES])
def test_each_case_has_its_line_which_begins_with_its_move(now: Standing, line: str) -> None:
    assert str(now.step) == line
    assert line.startswith(now.step.move)


def test_what_is_filed_is_verified_by_texts() -> None:
    now = standing(Status.APPROVED, FilingState.UNVERIFIED)
    assert str(now.step) == "wait: approved and filed, a few texts to each carrier verify it"


@pytest.mark.parametrize("filing", [FilingState.FILED, FilingState.UNKNOWN, FilingState.NONE])
def test_nothing_is_to_be_done_about_what_is_approved(filing: FilingState) -> None:
    trademark = standing(Status.APPROVED, filing, reported={"signature_source": 5})
    assert str(trademark.step) == "nothing"


def test_no_papers_are_missed_where_the_mainlands_carriers_have_no_part() -> None:
    abroad = standing(
        Status.APPROVED,
        vendor="tencent",
        papers=Qualification(),
        reported={"international": True, "sign_type": 1},
    )
    assert abroad.step.move is Move.NOTHING
