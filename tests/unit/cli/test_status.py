"""The table of `smssign status`: its rows, the narrow one, and the lines below it."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.cli.status import (
    Row,
    counts,
    narrow_table_of,
    notes,
    row_of,
    table_of,
    troubles,
)
from pulumi_smssign.model.filing import CarrierFiling, Filing, FilingState
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.test_next_step import standing
from tests.unit.cli.test_standing import of

watch = importlib.import_module("pulumi_smssign.cli.watch")  # the command bears its name
BROKEN = replace(standing(Status.APPROVED), verdict=None, trouble="no answer\nat all")
DAYS_AGO = (datetime.now(UTC) - timedelta(days=9, hours=1)).isoformat()
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
STATUSES = (
    *(Status.APPROVED, Status.PENDING, Status.REJECTED, Status.SUSPENDED, Status.UNKNOWN),
    None,
    None,
)
CARRIERS = Filing.of(
    {"mobile": CarrierFiling(FilingState.FILED), "unicom": CarrierFiling(FilingState.LAPSED)}
)
ALIKE = Filing.of({"mobile": CarrierFiling(FilingState.FILED)})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            standing(Status.APPROVED, FilingState.FILED),
            ("brand", "huawei", "极客科技", "1", "APPROVED", "filed", "", "nothing"),
        ),
        (
            of(standing(Status.PENDING, role="read"), account="shop", accepted_at=DAYS_AGO),
            (
                "brand (read)",
                "huawei (shop)",
                "极客科技",
                "1",
                "PENDING",
                "unknown",
                "9d 1h",
                "wait: a reviewer decides",
            ),
        ),
        (
            of(standing(Status.PENDING), accepted_at=TOMORROW, id="极客科技"),
            (
                "brand",
                "huawei",
                "极客科技",
                "",
                "PENDING",
                "unknown",
                "0s",
                "wait: a reviewer decides",
            ),
        ),
        (
            of(standing(None), status="APPROVED"),
            (
                "brand",
                "huawei",
                "极客科技",
                "1",
                "GONE (state: APPROVED)",
                "",
                "",
                "submit again: pulumi up --refresh",
            ),
        ),
        (
            BROKEN,
            (
                "brand",
                "huawei",
                "极客科技",
                "1",
                "?",
                "",
                "",
                "look at the error: the account couldn't be asked",
            ),
        ),
    ],
)
def test_signature_is_a_row(row: Standing, expected: tuple[str, ...]) -> None:
    assert tuple(row_of(row, {})) == expected


@pytest.mark.parametrize(
    ("earlier", "status"),
    [("", "REJECTED"), ("REJECTED", "REJECTED"), ("PENDING", "REJECTED (was PENDING)")],
)
def test_earlier_status_stands_beside_another_one(earlier: str, status: str) -> None:
    row = standing(Status.REJECTED)
    assert row_of(row, {row.signature.key: earlier}).status == status


@pytest.mark.parametrize(
    ("filing", "recorded", "cell"),
    [
        (ALIKE, "", "filed"),
        (CARRIERS, "", "lapsed (mobile filed, unicom lapsed)"),
        (CARRIERS, "filed", "lapsed (mobile filed, unicom lapsed) (state: filed)"),
        (Filing(FilingState.FAILED), "failed", "failed"),
    ],
)
def test_filing_is_that_of_each_carrier_where_they_differ(
    filing: Filing, recorded: str, cell: str
) -> None:
    row = of(standing(Status.APPROVED, filing=filing), outputs={"filing": {"state": recorded}})
    assert row_of(row, {}).filing == cell


@pytest.mark.parametrize(
    ("filing", "words"),
    [
        ("", "APPROVED"),
        ("none", "APPROVED"),
        ("unknown", "APPROVED"),
        ("filed", "APPROVED, filing filed"),
    ],
)
def test_filing_stands_with_the_status_where_something_is_known_of_it(
    filing: str, words: str
) -> None:
    row = Row("brand", "huawei", "x", "1", "APPROVED", filing, "", "nothing")
    assert row.status_and_filing == words


def test_table_has_a_column_of_reasons_where_there_is_one() -> None:
    heads = ("resource", "vendor", "text", "id", "status", "filing ", "waiting", "next")
    plain, rejected = standing(Status.APPROVED), standing(Status.REJECTED, reason="no")
    assert table_of([plain], {}) == (heads, [tuple(row_of(plain, {}))])
    assert table_of([plain, rejected], {}) == (
        (*heads, "reason"),
        [(*row_of(plain, {}), ""), (*row_of(rejected, {}), "no")],
    )


def test_narrow_table_has_four_columns() -> None:
    waiting = of(standing(Status.PENDING, FilingState.FILING), accepted_at=DAYS_AGO)
    by_text = of(standing(Status.APPROVED), id="极客科技")
    said = standing(Status.REJECTED, reason="no")
    unsaid = replace(said, preset_step=Step(Move.MEND, "mend: the"))
    assert narrow_table_of([waiting, by_text, said, unsaid], {said.signature.key: "PENDING"}) == (
        ("resource", "signature", "status", "next"),
        [
            (
                "brand",
                "极客科技 huawei 1",
                "PENDING, filing filing, 9d 1h",
                "wait: passed, the carriers file it",
            ),
            ("brand", "极客科技 huawei", "APPROVED", "nothing"),
            ("brand", "极客科技 huawei 1", "REJECTED (was PENDING)", "mend: no"),
            ("brand", "极客科技 huawei 1", "REJECTED (was PENDING)", "mend: the (no)"),
        ],
    )


def test_trouble_of_several_signatures_is_said_once() -> None:
    other = replace(BROKEN, trouble="another")
    assert troubles([BROKEN, other, standing(Status.APPROVED), BROKEN]) == [
        "no answer\nat all",
        "another",
    ]


def test_signatures_are_counted_by_their_statuses_in_one_order() -> None:
    rows = [standing(each) for each in (*STATUSES, Status.PENDING)]
    assert counts([BROKEN, *rows]) == (
        "1 approved, 2 gone, 1 not asked for, 2 pending, 1 rejected, 1 suspended, 1 unknown"
    )
    assert counts([]) == ""


def test_note_names_each_signature_that_removal_deletes() -> None:
    one = of(standing(Status.APPROVED), policy="delete")
    line = (
        'approved, and deletion_policy is "delete": removal from the program, or pulumi destroy, '
        "deletes"
    )
    assert notes([one]) == [f"brand: {line} it."]
    assert notes([one, one]) == [f"brand, brand: {line} them."]
    assert notes([standing(Status.APPROVED)]) == []


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            of(standing(Status.APPROVED, FilingState.FILED), account="shop"),
            "brand 【极客科技】 (huawei (shop) 1) APPROVED, filing filed; next: nothing",
        ),
        (
            of(standing(Status.PENDING), id="极客科技"),
            "brand 【极客科技】 (huawei) PENDING; next: wait: a reviewer decides",
        ),
        (
            BROKEN,
            (
                "brand 【极客科技】 (huawei 1) ?; next: look at the error: the account couldn't be "
                "asked: no answer"
            ),
        ),
    ],
)
def test_line_of_a_watch_has_the_signature_its_status_and_the_next_step(
    row: Standing, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show = watch._log(compact=False)
    show([row], {})
    show([row], {"a robot": "it was told"})
    printed = capsys.readouterr()
    assert [each[21:] for each in printed.out.splitlines()] == [line]
    assert [each[21:] for each in printed.err.splitlines()] == ["it was told"]


def test_compact_watch_leaves_out_what_is_approved_at_first_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    approved = standing(Status.APPROVED)
    pending = of(standing(Status.PENDING), id="2")
    show = watch._log(compact=True)
    show([approved, pending], {})
    show([approved, of(standing(Status.APPROVED), id="2")], {})
    lines = [each[21:].partition(" (")[2] for each in capsys.readouterr().out.splitlines()]
    assert lines == [
        "huawei 2) PENDING; next: wait: a reviewer decides",
        "huawei 2) APPROVED; next: nothing",
    ]


class Area:
    """A part of a terminal that remembers what is drawn."""

    def __init__(self) -> None:
        self.drawn: list[tuple[object, list[str]]] = []

    def draw(self, table: object, lines: list[str]) -> None:
        self.drawn.append((table, lines))


@pytest.mark.parametrize("compact", [True, False])
def test_table_of_a_watch_has_what_is_not_done_and_below_it_the_troubles(*, compact: bool) -> None:
    approved, pending, area = standing(Status.APPROVED), standing(Status.PENDING), Area()
    show = watch._drawing(area, compact=compact)
    show([approved, pending, BROKEN], {})
    show([approved], {"a robot": "it was told"})
    (table, lines), (last, end) = area.drawn
    shown = [pending, BROKEN] if compact else [approved, pending, BROKEN]
    assert table == narrow_table_of(shown, {})
    assert last == (None if compact else narrow_table_of([approved], {}))
    assert lines[:2] == ["no answer", "at all"]
    summary = "1 approved, 1 not asked for, 1 pending; "
    assert lines[2].startswith(summary)
    assert lines[2][len(summary) + 8 :] == "; Ctrl-C ends the watch, nothing is lost."
    assert end[:-1] == ["it was told"]


@pytest.mark.parametrize(("span", "seconds"), [(None, float("inf")), ("1h30m", 5400.0)])
def test_time_of_an_option_is_in_seconds(span: str | None, seconds: float) -> None:
    assert watch._seconds(None, None, span) == seconds
