from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable

import pytest

from pulumi_smssign.sandbox.clock import ManualClock
from pulumi_smssign.sandbox.desk import (
    Desk,
    DeskState,
    Event,
    Signature,
    UnknownSignatureError,
)
from pulumi_smssign.sandbox.evidence import Evidence, Upload
from pulumi_smssign.sandbox.review import ReviewPolicy, Status, Verdict

START = 1_700_000_000.0
EVIDENCE = Evidence.of(b"picture")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def desk(clock: ManualClock) -> Desk:
    return Desk(clock)


def submit(
    desk: Desk, signature_id: str = "1", text: str = "极客科技", verdict: Verdict | None = None
) -> Signature:
    return desk.submit(
        "tencent",
        "default",
        signature_id=signature_id,
        text=text,
        fields={"SignType": 0},
        evidence={"ProofImage": Evidence.of(b"picture")},
        verdict=verdict,
    )


def resubmit(desk: Desk, text: str = "极客科技") -> Signature:
    return desk.resubmit(
        "tencent", "1", text=text, fields={"SignType": 4}, evidence={}, verdict=None
    )


WRONG = Verdict(Status.REJECTED, "wrong pair")


@pytest.mark.parametrize(
    ("policy", "seconds", "status", "reviewed_after"),
    [
        ("manual", 365 * 86400, Status.PENDING, None),
        ("immediate", 0, Status.APPROVED, 0),
        ("after:60", 59, Status.PENDING, None),
        ("after:60", 60, Status.APPROVED, 60),
        ("after:60", 500, Status.APPROVED, 60),  # by when it was due
    ],
)
def test_a_review_ends_as_the_policy_says(
    clock: ManualClock, policy: str, seconds: int, status: Status, reviewed_after: int | None
) -> None:
    desk = Desk(clock, ReviewPolicy.parse(policy))
    submit(desk)
    desk.policy = ReviewPolicy.parse("manual" if policy != "manual" else "immediate")  # too late
    clock.advance(seconds)

    signature = desk.get("tencent", "1")
    at = signature.reviewed_at
    assert (signature.status, at and at - START) == (status, reviewed_after)


@pytest.mark.parametrize(
    ("policy", "text", "verdict", "reason"),
    [
        ("immediate", "REJECT me", None, "does not show a right"),
        ("after:60", "APPROVE me", WRONG, "wrong pair"),
        ("after:60", "极客科技", WRONG, "wrong pair"),
        ("manual", "REJECT me", None, "does not show a right"),
    ],
)
def test_a_vendors_verdict_is_stronger_than_a_magic_text_and_that_than_the_policy(
    clock: ManualClock, policy: str, text: str, verdict: Verdict | None, reason: str
) -> None:
    signature = submit(Desk(clock, ReviewPolicy.parse(policy)), text=text, verdict=verdict)

    assert signature.status is Status.REJECTED
    assert reason in signature.reason


def test_a_verdict_before_its_time_ends_the_waiting(clock: ManualClock) -> None:
    desk = Desk(clock, ReviewPolicy.parse("after:60"))
    submit(desk)
    desk.review("tencent", "1", Verdict(Status.REJECTED, "blurred"))
    clock.advance(100)

    assert desk.get("tencent", "1").status is Status.REJECTED


def test_a_manual_review_decides_nothing_by_itself_and_notes_the_objection(desk: Desk) -> None:
    """A page's own example goes into review as it stands."""
    signature = submit(desk, verdict=WRONG)

    assert (signature.status, signature.reason) == (Status.PENDING, "")
    assert [(event.what, event.reason) for event in signature.history] == [
        ("submitted", ""),
        ("objection", "wrong pair"),
    ]


def test_a_resubmission_goes_into_review_again(desk: Desk, clock: ManualClock) -> None:
    submit(desk)
    desk.review("tencent", "1", Verdict(Status.REJECTED, "blurred"))
    clock.advance(10)
    signature = resubmit(desk, "极客网络")

    assert signature.status is Status.PENDING
    assert signature.reason == ""
    assert signature.text == "极客网络"
    assert signature.fields == {"SignType": 4}
    assert (signature.created_at, signature.submitted_at) == (START, START + 10)
    assert (signature.reviewed_at, signature.due_at) == (None, None)
    assert signature.submissions == 2


def test_a_review_that_is_opened_again_begins_anew_and_stands_as_it_is_said(
    clock: ManualClock,
) -> None:
    desk = Desk(clock, ReviewPolicy.parse("after:60"))
    submit(desk)
    rejected = desk.review("tencent", "1", Verdict(Status.REJECTED, "blurred", "-1"))
    clock.advance(100)
    signature = desk.reopen("tencent", "1", Verdict(Status.OTHER, "asked", "9"), event="again")

    assert signature == dataclasses.replace(
        rejected,
        submitted_at=START + 100,
        due_at=START + 160,
        status=Status.OTHER,
        vendor_status="9",
        reason="asked",
        reviewed_at=None,
        history=(*rejected.history, Event(START + 100, "again")),
    )


def test_of_several_reviews_each_ends_when_it_is_due(clock: ManualClock) -> None:
    desk = Desk(clock, ReviewPolicy.parse("after:60"))
    for signature_id, seconds in (("1", 30), ("2", 30)):
        submit(desk, signature_id)
        clock.advance(seconds)

    assert [each.status for each in desk.find()] == [Status.APPROVED, Status.PENDING]


def test_the_history_tells_all_that_happened(desk: Desk, clock: ManualClock) -> None:
    submit(desk)
    clock.advance(1)
    desk.review("tencent", "1", Verdict(Status.REJECTED, "blurred"))
    clock.advance(1)
    resubmit(desk)
    clock.advance(1)
    desk.change("tencent", "1", text="别的")
    clock.advance(1)
    desk.review("tencent", "1", Verdict(Status.PENDING, vendor_status="2"))

    history = desk.get("tencent", "1").history
    assert [(event.at - START, event.what, event.reason) for event in history] == [
        (0, "submitted", ""),
        (1, "rejected", "blurred"),
        (2, "resubmitted", ""),
        (3, "changed", ""),
        (4, "status 2", ""),
    ]


def test_a_change_touches_nothing_else_and_a_withdrawal_everything(desk: Desk) -> None:
    submit(desk)
    desk.review("tencent", "1", Verdict(Status.APPROVED))
    signature = desk.change("tencent", "1", fields={"Remark": "new"})

    assert signature.fields == {"SignType": 0, "Remark": "new"}
    assert (signature.text, signature.status) == ("极客科技", Status.APPROVED)
    desk.withdraw("tencent", "1")
    assert desk.find() == []
    with pytest.raises(UnknownSignatureError, match="no tencent signature with the id '1'"):
        desk.get("tencent", "1")


def test_signatures_are_found_by_vendor_and_account_in_order(desk: Desk) -> None:
    submit(desk, "1")
    desk.submit("huawei", "default", signature_id="2", text="b", fields={}, evidence={})
    desk.submit("tencent", "marketing", signature_id="3", text="c", fields={}, evidence={})
    submit(desk, "4")
    resubmit(desk)

    assert [each.id for each in desk.find()] == ["1", "2", "3", "4"]
    assert [each.id for each in desk.find("tencent")] == ["1", "3", "4"]
    assert [each.id for each in desk.find("tencent", "default")] == ["1", "4"]


def test_numbers_go_on_after_a_reset(desk: Desk) -> None:
    first = desk.next_number("tencent", 100)
    desk.reset(ReviewPolicy())

    assert (first, desk.next_number("tencent", 100)) == (100, 101)


def test_several_changes_in_a_transaction_are_stored_once_and_a_look_never(desk: Desk) -> None:
    stored: list[int] = []
    desk.on_change = lambda change: stored.append(len(change.signatures))

    with desk.transaction():
        submit(desk, "1")
        submit(desk, "2")
    desk.find()
    desk.get("tencent", "1")

    assert stored == [2]


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: submit(desk, "4"),
        lambda desk: resubmit(desk, text="极客新名"),
        lambda desk: desk.withdraw("tencent", "1"),
        lambda desk: desk.change("tencent", "2", new_id="5"),
        lambda desk: desk.keep(Upload("tencent", "default", "file", START, EVIDENCE, {})),
        lambda desk: desk.next_number("tencent", 1),
        lambda desk: desk.reset(ReviewPolicy.parse("immediate")),
        lambda desk: desk.restore(DeskState((submit(Desk(ManualClock(START)), "9"),))),
    ],
    ids=["submit", "resubmit", "withdraw", "rename", "keep", "number", "reset", "restore"],
)
def test_what_can_not_be_stored_has_not_happened(
    desk: Desk, clock: ManualClock, change: Callable[[Desk], object]
) -> None:
    def fail(_: DeskState) -> None:
        raise OSError("no room")

    for number in ("1", "2", "3"):
        submit(desk, number)
        clock.advance(1)
    before = desk.state()
    desk.on_change = fail
    with pytest.raises(OSError, match="no room"):
        change(desk)
    assert desk.state() == before
    assert [each.id for each in desk.with_text("tencent", "default", "极客科技")] == ["1", "2", "3"]


def test_threads_get_different_numbers(desk: Desk) -> None:
    numbers: list[int] = []

    def take() -> None:
        numbers.extend(desk.next_number("tencent", 1) for _ in range(200))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == list(range(1, 801))


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-1.7", "application/pdf"),
        (b"hello", "application/octet-stream"),
    ],
)
def test_evidence_is_known_by_its_content(start: bytes, media_type: str) -> None:
    evidence = Evidence.of(start + b"...")

    assert evidence.media_type == media_type
    assert evidence.size == len(start) + 3


def test_evidence_bears_the_contents_digest() -> None:
    assert Evidence.of(b"").sha256 == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
