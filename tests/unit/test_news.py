"""News of a signature since a stack last looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pulumi_smssign.core.news import News, news_of
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.state import State
from pulumi_smssign.model.filing import Filing, FilingState, Qualification, QualificationState
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

REVIEW = Review("7", "极客", Status.APPROVED, "0", filing=Filing(FilingState.FILED))


def news_since(
    state: Mapping[str, object], review: Review, *, is_earlier: bool = False
) -> list[News]:
    return list(news_of(State.of(named("tencent"), "7", state), review, is_earlier=is_earlier))


def test_nothing_has_moved_where_state_says_the_same() -> None:
    assert news_since({"status": "APPROVED", "filing": {"state": "filed"}}, REVIEW) == []
    assert news_since({}, REVIEW) == []  # what a program reads has no state


def test_a_verdict_comes_with_the_reviewers_words_unless_they_are_secret() -> None:
    rejected = replace(REVIEW, status=Status.REJECTED, reason="unreadable")
    (news,) = news_since({"status": "PENDING", "filing": {"state": "filed"}}, rejected)
    assert news == News("【极客】 (7) is REJECTED (was PENDING): unreadable")
    (news,) = news_since({"status": "PENDING", "hides": ["reason"]}, rejected)
    assert news.text.endswith("(was PENDING): [secret]")


def test_a_lost_filing_is_a_warning_and_one_that_goes_on_is_none() -> None:
    state = {"status": "APPROVED", "filing": {"state": "filing"}}
    (news,) = news_since(state, REVIEW)
    assert news == News("the filing of 【极客】 (7) with the carriers is filed (was filing)")
    lost = replace(REVIEW, filing=Filing(FilingState.FAILED, reasons=("no licence",)))
    (news,) = news_since(state, lost)
    failed = "the filing of 【极客】 (7) with the carriers is failed (was filing)"
    mend = "Texts may not arrive any more; mend it in the vendor's console."
    assert news == News(f"{failed}: no licence. {mend}", is_warning=True)
    (news,) = news_since({**state, "hides": ["filing"]}, lost)
    assert news == News(f"{failed}: [secret]. {mend}", is_warning=True)
    (news,) = news_since({**state, "hides": ["reason"]}, lost)
    assert news == News(f"{failed}: [secret]. {mend}", is_warning=True)
    (news,) = news_since(state, replace(lost, filing=Filing(FilingState.LAPSED)))
    assert news == News(f"{failed.replace('failed', 'lapsed')}. {mend}", is_warning=True)


def test_a_withdrawn_qualification_is_a_warning() -> None:
    papers = Qualification("2000417", "papers", QualificationState.NONE)
    state = {"status": "APPROVED", "qualification": {"state": "approved"}}

    def told(papers: Qualification, **more: object) -> list[News]:
        return news_since({**state, **more}, replace(REVIEW, qualification=papers))

    def warning(called: str, now: str) -> list[News]:
        return [
            News(
                f"the qualification {called} of 【极客】 (7) is {now} (was approved). Its filing "
                "may be lost with it; mend it in the vendor's console.",
                is_warning=True,
            )
        ]

    assert told(papers) == warning("papers", "none")
    refused = replace(papers, name="", state=QualificationState.REFUSED)
    assert told(refused) == warning("2000417", "refused")
    assert told(papers, hides=["qualification"]) == warning("[secret]", "none")
    assert told(replace(papers, state=QualificationState.APPROVED)) == []
    assert told(papers, qualification={"state": "pending"}) == []


def test_an_edit_that_has_its_verdict_is_told_once_it_shows() -> None:
    state = {"status": "APPROVED", "edit_status": "PENDING"}
    assert news_since(state, REVIEW, is_earlier=True) == []
    assert news_since(state, REVIEW) == [News("the edit of 【极客】 (7) is APPROVED")]


def test_an_edit_is_told_only_of_what_is_approved_and_was_edited() -> None:
    rejected = replace(REVIEW, status=Status.REJECTED)
    assert news_since({"status": "REJECTED", "edit_status": "PENDING"}, rejected) == []
    assert news_since({"status": "APPROVED", "edit_status": ""}, REVIEW) == []
    assert news_since({"status": "PENDING", "edit_status": "PENDING"}, REVIEW) == [
        News("【极客】 (7) is APPROVED (was PENDING)"),
        News("the edit of 【极客】 (7) is APPROVED"),
    ]
