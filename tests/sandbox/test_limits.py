"""The limits of the sandbox itself: of bodies, of what is remembered of calls and files."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox import ManualClock, ReceivedCall, bodies
from pulumi_smssign.sandbox.alibaba import gateway as alibaba
from pulumi_smssign.sandbox.call_log import SHOWN, CallLog, Message, RawCall
from pulumi_smssign.sandbox.desk import Desk
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.faults import Faults
from pulumi_smssign.sandbox.received_text import DEEPEST, read_json
from pulumi_smssign.sandbox.review import ReviewPolicy
from pulumi_smssign.sandbox.shelf import CAPACITY, Shelf
from pulumi_smssign.sandbox.tencent import auth
from pulumi_smssign.sandbox.tencent import gateway as tencent
from pulumi_smssign.sandbox.yunpian import gateway as yunpian

MEGABYTE = 1 << 20
CALL = ReceivedCall(0.0, "tencent", "AddSmsSign", "default", "", 200, {})
MESSAGE = Message("POST /", {}, "", 0)


def test_a_limit_is_as_large_as_it_is_said_to_be() -> None:
    assert (bodies.VENDOR_LIMIT, bodies.CONTROL_LIMIT) == (160 * MEGABYTE, 16 * MEGABYTE)
    assert (bodies.TOGETHER_LIMIT, CAPACITY) == (256 * MEGABYTE, 50 * MEGABYTE)
    assert (SHOWN, tencent.QUERY_LIMIT) == (32 * 1024, 32 * 1024)
    assert (alibaba.BODY_LIMIT, auth.FORM_LIMIT) == (10 * MEGABYTE, MEGABYTE)
    assert yunpian.BODY_LIMIT == 150_000_000


def test_json_is_taken_with_64_objects_within_each_other() -> None:
    assert read_json(b"[" * 64 + b"]" * 64)
    with pytest.raises(ValueError, match="more than 64 arrays and objects within each other"):
        read_json(b"[" * 65 + b"]" * 65)
    assert DEEPEST == 64


def test_the_last_10000_calls_are_remembered_and_200_of_them_as_they_were() -> None:
    log = CallLog()
    for _ in range(10_001):
        log.record(CALL, RawCall(MESSAGE, None))

    numbers = [call.n for call in log.list()]
    assert numbers == list(range(2, 10_002))
    assert [n for n in numbers if log.raw(n)] == numbers[-200:]


def test_a_log_counts_its_calls_from_one_and_its_changes() -> None:
    log = CallLog()
    counts = [log.changes]
    log.record(CALL)
    counts.append(log.changes)
    log.clear()
    counts.append(log.changes)
    log.record(CALL)
    counts.append(log.changes)

    assert counts == [0, 1, 2, 3]
    assert (CALL.n, [call.n for call in log.list()]) == (0, [2])


def test_a_queue_of_faults_counts_them_from_one_and_its_changes() -> None:
    faults = Faults(lambda _: None)
    counts = [faults.changes]
    numbers = [faults.add(kind="html", skip=2, times=2) for _ in range(2)]
    counts.append(faults.changes)
    faults.take("tencent", "AddSmsSign")
    counts.append(faults.changes)
    skipped = [each["skip"] for each in faults.list()]
    faults.remove(2)
    counts.append(faults.changes)
    faults.clear()
    counts.append(faults.changes)

    assert (numbers, skipped) == ([1, 2], [1, 1])
    assert counts == [0, 2, 4, 5, 6]


def test_a_desk_counts_its_changes_and_no_looks() -> None:
    desk = Desk(ManualClock())
    counts = [desk.changes]
    desk.next_number("tencent", 1)
    counts.append(desk.changes)
    desk.find()
    counts.append(desk.changes)
    desk.reset(ReviewPolicy.parse("after:5"))
    counts.append(desk.changes)

    assert (counts, str(desk.policy)) == ([0, 1, 1, 2], "after:5")


@pytest.mark.parametrize(("capacity", "kept"), [(19, 1), (20, 2)])
def test_a_shelf_is_filled_to_its_last_byte_before_and_after_it_is_cleared(
    capacity: int, kept: int
) -> None:
    shelf = Shelf(capacity)
    for _ in range(2):
        shelf.take(b"a" * 10)
        shelf.take(b"b" * 10)
        assert len(shelf.list()) == kept
        shelf.clear()


def test_a_file_of_one_byte_is_kept_and_an_empty_one_is_not() -> None:
    shelf = Shelf()
    for content in (b"", b"x"):
        shelf.take(content)

    assert [each.size for each in shelf.list()] == [1]


@pytest.mark.parametrize(
    ("before", "media_type"), [(1019, "application/pdf"), (1020, "application/octet-stream")]
)
def test_a_pdf_begins_within_the_first_kilobyte(before: int, media_type: str) -> None:
    assert Evidence.of(b"x" * before + b"%PDF-1.7").media_type == media_type
