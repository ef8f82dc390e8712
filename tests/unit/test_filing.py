"""The filing with the carriers: all of it from each of them, and what it says of arriving."""

from __future__ import annotations

import pytest

from pulumi_smssign.core.verdicts import Target, Verdict
from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_BEGUN,
    NOT_TOLD,
    CarrierFiling,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
    deliverable,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status


def filing_of(**states: str) -> Filing:
    carriers = {
        name: CarrierFiling(FilingState(state), "2026-05-01", ["X"])
        for name, state in states.items()
    }
    return Filing.of(carriers)


@pytest.mark.parametrize(
    ("mobile", "unicom", "state"),
    [
        ("filed", "filing", "filing"),
        ("none", "filing", "filing"),
        ("failed", "lapsed", "failed"),
        ("lapsed", "filing", "lapsed"),
        ("unknown", "filing", "unknown"),
        ("unverified", "filed", "unverified"),
        ("unverified", "filing", "filing"),
        ("unverified", "none", "none"),
    ],
)
def test_all_of_it_is_as_the_carrier_that_is_furthest_from_filed(
    mobile: str, unicom: str, state: str
) -> None:
    filing = filing_of(mobile=mobile, unicom=unicom, telecom="filed")
    assert str(filing) == f"{state} (mobile {mobile}, unicom {unicom}, telecom filed)"
    assert str(filing.state) == state


@pytest.mark.parametrize("state", ["filed", "none"])
def test_carriers_that_agree_are_not_listed(state: str) -> None:
    assert str(filing_of(mobile=state, unicom=state, telecom=state)) == state


def test_reasons_are_those_of_the_carriers_that_it_hangs_on() -> None:
    assert filing_of(mobile="filed", unicom="failed").reasons == ["unicom: X"]
    assert filing_of(mobile="filed", unicom="filed").reasons == ()


def test_without_a_carrier_nothing_is_told() -> None:
    assert Filing.of({}) == NOT_TOLD


@pytest.mark.parametrize(
    ("state", "usable", "arrives"),
    [
        ("filed", True, "yes"),
        ("filed", False, "no"),
        ("filing", True, "no"),
        ("unverified", True, "no"),
        ("none", True, "no"),
        ("failed", True, "no"),
        ("lapsed", True, "no"),
        ("unknown", True, "unknown"),
        ("unknown", False, "no"),
    ],
)
def test_texts_arrive_only_where_every_carrier_has_filed(
    state: str, usable: bool, arrives: str
) -> None:
    assert deliverable(Filing(FilingState(state)), usable=usable) == arrives


def test_a_program_is_told_each_carrier() -> None:
    assert filing_of(mobile="failed").as_output() == {
        "state": "failed",
        "carriers": {"mobile": {"state": "failed", "since": "2026-05-01", "reasons": ["X"]}},
        "since": "2026-05-01",
        "reasons": ["mobile: X"],
    }


def test_each_state_of_a_qualification_has_a_word() -> None:
    assert [str(state) for state in QualificationState] == [
        "none", "pending", "approved", "refused", "supplement", "changing", "change-refused",
        "unknown",
    ]  # fmt: skip


USUAL = "usually 5 to 10 working days, and carriers pause over Spring Festival"


@pytest.mark.parametrize(
    ("state", "papers", "standing", "is_done"),
    [
        ("filing", "approved", f"filing ({USUAL})", False),
        ("none", "supplement", f"none ({USUAL}); its qualification is to be supplemented", False),
        (
            "filing",
            "change-refused",
            f"filing ({USUAL}); its qualification has a change that is refused",
            False,
        ),
        ("filing", "changing", f"filing ({USUAL})", False),
        ("filing", "none", f"filing ({USUAL})", False),
        ("unknown", "refused", "", True),
        ("none", "refused", f"none ({USUAL}); its qualification is refused", False),
        ("unverified", "approved", "unverified (a few texts to each carrier verify it)", False),
        ("filed", "supplement", "filed", True),
    ],
)
def test_a_wait_for_the_filing_says_what_it_takes(
    state: str, papers: str, standing: str, is_done: bool
) -> None:
    target = Target("brand", "example", "default", Handle("1"), until="filed")
    review = Review(
        "1",
        "极客",
        Status.APPROVED,
        "0",
        filing=Filing(FilingState(state)),
        qualification=Qualification("7", state=QualificationState(papers)),
    )
    verdict = Verdict(target, review)
    assert verdict.standing == (
        f"APPROVED, filing with the carriers: {standing}"
        if standing
        else "APPROVED; example does not tell of its filing, which is not waited for"
    )
    assert verdict.is_done is is_done


def test_the_filing_of_all_is_since_the_last_and_a_program_is_told_each() -> None:
    carriers = {
        "mobile": CarrierFiling(FilingState.FILED, "2026-05-01"),
        "unicom": CarrierFiling(FilingState.FILED, "2026-05-03", ["late"]),
        "telecom": CarrierFiling(FilingState.FILED),
    }
    assert Filing.of(carriers).as_output() == {
        "state": "filed",
        "carriers": {
            "mobile": {"state": "filed", "since": "2026-05-01", "reasons": []},
            "unicom": {"state": "filed", "since": "2026-05-03", "reasons": ["late"]},
            "telecom": {"state": "filed", "since": "", "reasons": []},
        },
        "since": "2026-05-03",
        "reasons": [],
    }


@pytest.mark.parametrize("state", FilingState)
def test_a_filing_is_lost_that_failed_or_lapsed(state: FilingState) -> None:
    assert Filing(state).is_lost is (state in ("failed", "lapsed"))


def test_each_carrier_is_named_in_chinese(chinese: None) -> None:
    said = str(filing_of(mobile="filed", unicom="failed", telecom="none", other="none"))
    assert not any(name in said for name in ("mobile", "unicom", "telecom"))
    assert "other" in said


@pytest.mark.parametrize(
    "filing",
    [NOT_TOLD, filing_of(mobile="failed", unicom="filed", telecom="filing"), NOT_BEGUN],
)
def test_an_output_tells_the_same_filing_again(filing: Filing) -> None:
    assert Filing.of_output(filing.as_output()).as_output() == filing.as_output()


@pytest.mark.parametrize("state", QualificationState)
def test_an_output_tells_the_same_qualification_again(state: QualificationState) -> None:
    qualification = Qualification("2000417", "papers", state)
    assert Qualification.of_output(qualification.as_output()) == qualification


@pytest.mark.parametrize(
    "output", [None, "", {}, {"state": 1, "carriers": [1], "reasons": "x", "since": []}]
)
def test_state_that_is_no_output_tells_of_none(output: object) -> None:
    """A state may be edited by hand."""
    assert Filing.of_output(output).as_output() == NOT_TOLD.as_output()
    odd = {"state": "filed?", "since": None, "reasons": [1, "words"]}
    assert Filing.of_output({"carriers": {"mobile": odd}}).carriers == {
        "mobile": CarrierFiling(FilingState.UNKNOWN, "", ["words"])
    }


def test_state_without_a_qualification_tells_of_none() -> None:
    assert Qualification.of_output(None) == NO_QUALIFICATION
    assert Qualification.of_output({"state": "?", "id": 1}) == Qualification()
