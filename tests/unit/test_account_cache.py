"""The cache of an account: how few calls the hooks take, and how old an answer may be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest

from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.account_cache import LASTS, AccountCache
from pulumi_smssign.core.state import State
from pulumi_smssign.model.errors import InputError, RefusedError, UnavailableError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.unit.desk import FakeApi, Form

WANTED = Form(name="极客")


class SlowApi(FakeApi):
    """Answers a first question only when it is let go, so that others gather meanwhile."""

    def __init__(self, count: int) -> None:
        super().__init__(held={str(n): review(n) for n in range(count)})
        self.is_asked, self.may_answer = threading.Event(), threading.Event()
        self.asked: list[int] = []

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        self.asked.append(len(handles))
        self.is_asked.set()
        assert self.may_answer.wait(5)
        return super().reviews(handles)


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Stage:
    api: FakeApi = field(default_factory=FakeApi)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.cache = AccountCache(self.api, self.clock)
        self.api.held.update({str(n): review(n) for n in range(5)})

    def decide(self, number: int, status: Status) -> None:
        self.api.held[str(number)] = replace(self.api.held[str(number)], status=status)

    def recent(self, number: int) -> Status | None:
        review = self.cache.recent(Handle(str(number)))
        return review.status if review else None


@pytest.fixture
def stage() -> Stage:
    return Stage()


def review(number: int) -> Review:
    return Review(str(number), f"极客{number}", Status.PENDING, "wait")


def together(cache: AccountCache, api: SlowApi, ids: Sequence[str]) -> list[Callable[[], object]]:
    """The results of questions that are asked while another one is under way."""
    with ThreadPoolExecutor(len(ids)) as pool:
        first = pool.submit(cache.review, Handle(ids[0]))
        assert api.is_asked.wait(5)
        others = [pool.submit(cache.review, Handle(id_)) for id_ in ids[1:]]
        while len(cache._gathered) < len(set(ids[1:])):
            pass
        api.may_answer.set()
    return [each.result for each in (first, *others)]


def test_those_who_ask_while_a_call_is_under_way_share_the_next_one() -> None:
    api = SlowApi(9)
    answers = together(AccountCache(api), api, [str(n) for n in range(9)])
    assert [answer() for answer in answers] == [review(n) for n in range(9)]
    assert api.asked == [1, 8]


@pytest.mark.parametrize(
    ("status", "edit_status", "is_looked_for"),
    [
        (Status.PENDING, "", True),
        (Status.REJECTED, "", True),
        (Status.APPROVED, "", False),  # the carriers may have filed it, or no longer
        (Status.UNKNOWN, "", False),
        (Status.PENDING, "PENDING", False),
    ],
)
def test_only_what_is_open_is_looked_for_in_a_list_that_tells_less(
    status: Status, edit_status: str, is_looked_for: bool
) -> None:
    api = FakeApi(held={"1": review(1)}, capabilities=Capabilities(lists_all=False))
    api.is_unmoved = lambda listed, known: listed == review(1) and known == {"status": "x"}  # type: ignore[method-assign]
    state = State(
        "1", "极客1", "", "default", {}, status=str(status), edit_status=edit_status,
        outputs={"status": "x"},
    )  # fmt: skip
    assert AccountCache(api).unmoved(state) == (review(1) if is_looked_for else None)
    assert len(api.calls) == is_looked_for


def test_what_the_list_lacks_is_not_unmoved() -> None:
    api = FakeApi(capabilities=Capabilities(lists_all=False))
    assert not AccountCache(api).unmoved(State("1", "x", "", "default", {}, status="PENDING"))


def test_a_live_review_is_never_older_than_the_question(stage: Stage) -> None:
    assert stage.cache.review(Handle("1")) == review(1)
    stage.decide(1, Status.APPROVED)
    answer = stage.cache.review(Handle("1"))
    assert answer is not None
    assert answer.status is Status.APPROVED


def test_a_vendor_that_takes_no_more_than_one_is_asked_by_all_at_once() -> None:
    api = SlowApi(3)
    api.capabilities = Capabilities(batches=False)
    cache = AccountCache(api)
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(cache.review, Handle(str(n))) for n in range(3)]
        while len(api.asked) < 3:
            pass
        api.may_answer.set()
    assert [answer.result() for answer in answers] == [review(n) for n in range(3)]
    assert api.asked == [1, 1, 1]


def test_trouble_is_told_to_each_who_asked_with_an_error_of_its_own() -> None:
    api = SlowApi(3)
    api.trouble = UnavailableError("no answer", advice="wait")
    answers = together(AccountCache(api), api, ["0", "1", "2"])
    raised = []
    for answer in answers:
        with pytest.raises(UnavailableError, match="no answer") as caught:
            answer()
        raised.append(caught.value)
    assert len({id(error) for error in raised}) == 3
    assert {error.advice for error in raised} == {"wait"}


def test_an_id_that_can_not_be_one_spoils_nobody_elses_answer() -> None:
    class Picky(SlowApi):
        def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
            reviews = super().reviews(handles)
            if Handle("brand") in handles:
                raise InputError("'brand' is not a SignId")
            return reviews

    api = Picky(3)
    good, other, bad = together(AccountCache(api), api, ["0", "1", "brand"])
    assert (good(), other()) == (review(0), review(1))
    with pytest.raises(InputError):
        bad()


def test_a_list_is_shared_for_some_seconds_and_no_longer(stage: Stage) -> None:
    assert [stage.recent(n) for n in range(5)] == [Status.PENDING] * 5
    assert stage.api.calls == ["page"]
    stage.decide(1, Status.APPROVED)
    stage.clock.now = LASTS
    assert stage.recent(1) is Status.PENDING
    stage.clock.now = LASTS + 1
    assert stage.recent(1) is Status.APPROVED
    assert stage.api.calls == ["page", "page"]


def test_a_write_makes_the_list_stale(stage: Stage) -> None:
    stage.recent(1)
    stage.api.withdraw(Handle("2"))
    assert stage.recent(2) is None
    assert stage.recent(1) is Status.PENDING
    assert stage.api.calls == ["page", "withdraw", "page", "reviews"]


def test_signature_missing_from_the_list_is_asked_for_before_it_is_gone(stage: Stage) -> None:
    stage.recent(0)
    stage.api.held["9"] = review(9)
    assert stage.recent(9) is Status.PENDING
    assert stage.recent(8) is None
    assert stage.api.calls == ["page", "reviews", "reviews"]


def test_a_list_takes_no_more_calls_than_there_were_questions(stage: Stage) -> None:
    stage.api.largest_page = 1
    assert stage.recent(4) is Status.PENDING
    assert stage.api.calls == ["page", "reviews"]
    assert stage.recent(1) is Status.PENDING
    assert stage.api.calls == ["page", "reviews", "page"]


@pytest.mark.parametrize("kind", [RefusedError, InputError])
def test_who_may_not_see_the_list_asks_for_each(stage: Stage, kind: type[RefusedError]) -> None:
    class Closed(FakeApi):
        def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
            self.trouble = None
            return super().reviews(handles)

    api = Closed(held=stage.api.held, trouble=kind("not allowed"))
    cache = AccountCache(api)
    assert cache.recent(Handle("1")) == review(1)
    assert cache.recent(Handle("2")) == review(2)
    assert api.calls == ["page", "reviews", "reviews"]


def test_a_list_that_tells_less_is_not_taken_for_a_review(stage: Stage) -> None:
    stage.api.capabilities = Capabilities(lists_all=False)
    assert stage.recent(1) is Status.PENDING
    assert stage.api.calls == ["reviews"]


def test_a_text_is_absent_where_a_whole_list_of_a_moment_ago_lacks_it(stage: Stage) -> None:
    assert stage.cache.is_absent(WANTED)
    stage.api.submit(WANTED)
    assert stage.cache.is_absent(WANTED), "what this run sends is no part of it"
    assert stage.api.calls == ["page", "submit"]
    stage.clock.now = LASTS + 1
    assert not stage.cache.is_absent(WANTED)


def test_a_long_list_is_not_gone_through_for_one_text_where_it_can_be_searched_for() -> None:
    stage = Stage()
    stage.api.largest_page = 1
    assert not stage.cache.is_absent(WANTED)
    assert stage.api.calls == ["page"]
    stage = Stage()
    stage.api.largest_page, stage.api.capabilities = 1, Capabilities(searches=False)
    assert stage.cache.is_absent(WANTED)
    assert stage.api.calls == ["page"] * 5


def test_a_vendor_that_can_not_be_asked_for_a_text_is_not_gone_through_for_one(
    stage: Stage,
) -> None:
    stage.api.capabilities = Capabilities(finds=False)
    assert not stage.cache.is_absent(WANTED)
    assert stage.api.calls == []


def test_each_question_pays_for_one_page_of_a_long_list(stage: Stage) -> None:
    stage.api.largest_page = 1
    assert [stage.recent(4) for _ in range(6)] == [Status.PENDING] * 6
    assert stage.api.calls == [*["page", "reviews"] * 4, "page"]
    assert stage.recent(9) is None
    assert stage.api.calls[9:] == ["reviews"]


def test_a_question_takes_no_page_for_what_an_earlier_one_has_seen(stage: Stage) -> None:
    stage.api.largest_page = 2
    assert [stage.recent(n) for n in (0, 1, 1, 3, 3)] == [Status.PENDING] * 5
    assert stage.api.calls == ["page", "page"]


@pytest.mark.parametrize(("status", "is_unmoved"), [("PENDING", True), ("REJECTED", False)])
def test_an_open_one_is_unmoved_where_the_list_shows_it_as_state_has_it(
    status: str, is_unmoved: bool
) -> None:
    api = FakeApi(held={"1": review(1)}, capabilities=Capabilities(lists_all=False))
    api.is_unmoved = lambda listed, known: str(listed.status) == known["status"]  # type: ignore[method-assign]
    state = State("1", "极客1", "", "default", {}, status=status, outputs={"status": status})
    assert (AccountCache(api).unmoved(state) is not None) is is_unmoved
    assert not AccountCache(api).unmoved(replace(state, shown_before="d-1"))
    lists_all = FakeApi(held={"1": review(1)}, capabilities=Capabilities(lists_all=True))
    assert not AccountCache(lists_all).unmoved(state)
    assert lists_all.calls == []
