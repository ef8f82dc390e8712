"""The standing of a signature: its words, its differences from state, and its findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.signatures import Role, StackSignature
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.core.state import State
from pulumi_smssign.core.verdicts import Until
from pulumi_smssign.model.filing import (
    CarrierFiling,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.test_next_step import APP, REFUSED, standing

UNMANAGED = "not managed by this stack"
DELETED = (
    'approved, and deletion_policy is "delete": removal from the program, or pulumi destroy, '
    "deletes it"
)


def of(row: Standing, **changes: object) -> Standing:
    """The standing of a signature whose state says something else."""
    state = State(**{**vars(row.signature.state), **changes})
    return replace(row, signature=replace(row.signature, state=state))


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        (standing(Status.APPROVED), []),
        (standing(Status.PENDING), []),
        (standing(None), []),
        (standing(Status.APPROVED, role="read"), [f"{UNMANAGED} (read by brand)"]),
        (standing(Status.APPROVED, role="predecessor"), []),
        (standing(Status.REJECTED), ["rejected"]),
        (standing(Status.REJECTED, reason="no"), ["rejected: no"]),
        (standing(Status.SUSPENDED), ["suspended"]),
        (standing(Status.SUSPENDED, reason="no"), ["suspended: no"]),
        (standing(Status.UNKNOWN), ["unknown"]),
        (standing(Status.UNKNOWN, reason="no"), ["unknown: no"]),
        (standing(Status.APPROVED, FilingState.FAILED), ["filing failed"]),
        (standing(Status.APPROVED, FilingState.FILING), []),
        (
            standing(Status.APPROVED, filing=Filing(FilingState.LAPSED, reasons=("a", "b"))),
            ["filing lapsed (a, b)"],
        ),
        (
            standing(
                Status.APPROVED,
                filing=Filing.of(
                    {
                        "mobile": CarrierFiling(FilingState.FAILED, reasons=("a", "b")),
                        "unicom": CarrierFiling(FilingState.FILED, reasons=("c",)),
                        "telecom": CarrierFiling(FilingState.LAPSED),
                    }
                ),
            ),
            ["filing failed at mobile (a, b)", "filing lapsed at telecom"],
        ),
        (standing(Status.APPROVED, qualification=Qualification()), ["no 资质"]),
        (standing(Status.APPROVED, reported=APP), [REFUSED]),
        (of(standing(Status.APPROVED), policy="delete"), [DELETED]),
        (of(standing(Status.PENDING), policy="delete"), []),
        (
            standing(
                Status.REJECTED,
                FilingState.FAILED,
                reason="no",
                role="read",
                qualification=Qualification(),
                reported=APP,
            ),
            [
                f"{UNMANAGED} (read by brand)",
                "rejected: no",
                "filing failed",
                "no 资质",
                REFUSED,
            ],
        ),
    ],
)
def test_findings_are_each_a_few_words(row: Standing, findings: list[str]) -> None:
    assert list(row.findings) == findings


def test_signature_that_no_resource_knows_is_not_managed() -> None:
    row = standing(Status.APPROVED)
    unmanaged = StackSignature.unmanaged("huawei", "default", Handle("1", "极客科技"))
    assert replace(row, signature=unmanaged).findings == (UNMANAGED,)


@pytest.mark.parametrize(
    ("fields", "reported", "refused"),
    [
        ({}, APP, True),
        ({"signature_source": 2}, {}, True),
        ({"signature_source": 0}, APP, False),
        ({"signature_source": None}, APP, True),
        ({"signature_source": 2}, {"signature_source": 0}, True),
        ({}, {"signature_source": 5}, False),
        ({}, {}, False),
    ],
)
def test_kind_of_the_name_is_the_declared_one_and_else_the_reported_one(
    fields: dict[str, object], reported: dict[str, object], *, refused: bool
) -> None:
    row = of(standing(Status.APPROVED, reported=reported), fields=fields)
    assert row.refused_name == (REFUSED if refused else "")


@pytest.mark.parametrize(
    ("vendor", "details", "lacks"),
    [
        ("huawei", {}, True),
        ("huawei", {"qualification": Qualification("7")}, False),
        ("yunpian", {}, False),
        ("tencent", {"reported": {"international": True}}, False),
        ("tencent", {"reported": {"international": False}}, True),
    ],
)
def test_papers_are_missing_where_the_vendor_tells_of_them_and_the_mainland_is_meant(
    vendor: str, details: dict[str, object], *, lacks: bool
) -> None:
    given = {"qualification": Qualification(), **details}
    row = standing(Status.APPROVED, vendor=vendor, **given)  # type: ignore[arg-type]
    assert row.lacks_qualification is lacks
    assert standing(None, vendor=vendor).lacks_qualification is False


@pytest.mark.parametrize(
    ("row", "reason", "short"),
    [
        (standing(None), "", ""),
        (standing(Status.REJECTED, reason="no", remark="open"), "no", "no"),
        (standing(Status.PENDING, remark="open"), "open", ""),
        (
            standing(Status.APPROVED, filing=Filing(FilingState.FAILED, reasons=("a", "b"))),
            "",
            "a; b",
        ),
        (standing(Status.APPROVED, filing=Filing(FilingState.FILING, reasons=("a",))), "", ""),
        (
            standing(
                Status.REJECTED, reason="no", filing=Filing(FilingState.LAPSED, reasons=("a",))
            ),
            "no",
            "no",
        ),
    ],
)
def test_reason_is_the_reviewers_and_the_short_one_may_be_the_carriers(
    row: Standing, reason: str, short: str
) -> None:
    assert (row.reason, row.short_reason) == (reason, short)


@pytest.mark.parametrize(
    ("row", "state", "differences", "shown"),
    [
        (standing(Status.APPROVED), ("PENDING", "none"), ("status",), ()),
        (standing(Status.REJECTED), ("PENDING", "none"), ("status",), ("status",)),
        (standing(Status.REJECTED), ("REJECTED", "none"), (), ()),
        (standing(Status.REJECTED), ("", ""), (), ()),
        (standing(None), ("APPROVED", "filed"), ("status",), ("status",)),
        (
            standing(Status.APPROVED, FilingState.FAILED),
            ("APPROVED", "filing"),
            ("filing",),
            ("filing",),
        ),
        (
            standing(Status.SUSPENDED, FilingState.FILED),
            ("APPROVED", "filing"),
            ("status", "filing"),
            ("status",),
        ),
        (standing(Status.APPROVED, FilingState.NONE), ("APPROVED", ""), (), ()),
    ],
)
def test_differences_are_between_the_vendor_and_what_state_knows(
    row: Standing, state: tuple[str, str], differences: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    status, filing = state
    row = of(row, status=status, outputs={"filing": {"state": filing}})
    assert row.signature.recorded == {"status": status, "filing": filing}
    assert (row.differences, row.shown_differences) == (differences, shown)
    assert replace(row, verdict=None).differences == ()


@pytest.mark.parametrize(
    ("row", "state", "since"),
    [
        (standing(Status.PENDING, submitted_at="live"), ("accepted", "recorded"), "accepted"),
        (standing(Status.PENDING, submitted_at="live"), ("", "recorded"), "live"),
        (standing(Status.PENDING), ("", "recorded"), "recorded"),
        (standing(Status.PENDING), ("", ""), ""),
        (standing(None, is_too_new=True), ("", "recorded"), "recorded"),
        (standing(Status.APPROVED, submitted_at="live"), ("accepted", "recorded"), ""),
    ],
)
def test_waiting_begins_with_the_stacks_own_submission_if_it_is_known(
    row: Standing, state: tuple[str, str], since: str
) -> None:
    accepted_at, submitted_at = state
    assert of(row, accepted_at=accepted_at, submitted_at=submitted_at).waiting_since == since


@pytest.mark.parametrize(
    ("role", "is_counted"),
    [("managed", True), ("read", True), ("predecessor", False), ("leaving", False)],
)
def test_stack_depends_on_what_it_manages_or_reads(role: Role, *, is_counted: bool) -> None:
    assert standing(Status.APPROVED, role=role).is_counted is is_counted


def test_name_of_a_signature_for_other_countries_is_refused_by_no_carrier() -> None:
    reported = {"international": True, "sign_type": 1}
    kinds = [
        standing(Status.APPROVED, vendor="tencent", reported={**reported, "international": abroad})
        for abroad in (True, False)
    ]
    assert [(each.is_abroad, each.refused_name) for each in kinds] == [
        (True, ""),
        (False, REFUSED),
    ]


def test_document_has_everything_that_is_known() -> None:
    filing = Filing.of({"mobile": CarrierFiling(FilingState.LAPSED, "2026-11-01", ("a",))})
    row = standing(
        Status.REJECTED,
        vendor_status="2",
        reason="no",
        filing=filing,
        qualification=Qualification("7", "papers", QualificationState.APPROVED),
        edit=Status.PENDING,
        submitted_at="2026-11-22T10:00:00Z",
    )
    row = of(row, status="PENDING", policy="delete", shared=True, scope="global", account="shop")
    assert document_of(row) == {
        "name": "brand",
        "urn": "urn",
        "role": "managed",
        "vendor": "huawei",
        "account": "shop",
        "id": "1",
        "text": "极客科技",
        "scope": "global",
        "status": "REJECTED",
        "vendor_status": "2",
        "state": {"status": "PENDING", "filing": ""},
        "differs": ["status"],
        "reason": "no",
        "filing": filing.as_output(),
        "qualification": {"id": "7", "name": "papers", "state": "approved"},
        "deliverable": "no",
        "edit_status": "PENDING",
        "waiting_since": "",
        "move": "mend",
        "next": "mend: no",
        "trouble": "",
        "deletion_policy": "delete",
        "shared": True,
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            standing(None, is_too_new=True),
            {"status": "PENDING", "deliverable": "no", "trouble": "", "move": "wait"},
        ),
        (
            replace(standing(Status.APPROVED), verdict=None, trouble="no answer"),
            {"status": "?", "deliverable": "unknown", "trouble": "no answer", "move": "look"},
        ),
        (
            replace(standing(None), preset_step=Step(Move.NOTHING, "nothing: gone")),
            {"status": "GONE", "next": "nothing: gone", "move": "nothing"},
        ),
        (replace(standing(None), preset_step=Step(Move.WAIT)), {"next": "wait", "move": "wait"}),
    ],
)
def test_document_of_what_the_vendor_does_not_show_has_nothing_of_a_review(
    row: Standing, expected: dict[str, object]
) -> None:
    document = document_of(row)
    nothing = {"vendor_status": "", "filing": None, "qualification": None, "edit_status": ""}
    assert document.items() >= {**nothing, **expected, "reason": ""}.items()


@pytest.mark.parametrize("until", ["approved", "filed"])
def test_filing_is_waited_for_where_it_is_asked_for(until: Until) -> None:
    outcome = standing(Status.APPROVED, FilingState.FILING, until=until).outcome
    assert outcome.name == ("APPROVED" if until == "approved" else "PENDING")
