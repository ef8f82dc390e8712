"""Deliveries: what a log says of them, and what is remembered for the next run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.cli.inventory.changes import Earlier, snapshots_after
from pulumi_smssign.cli.notices.deliveries import Delivery, deliver, lines_of, remembered
from pulumi_smssign.cli.notices.robots import Kind, Robot
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.one_account import standing

ROBOT = Robot(Kind.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=invented")
WEBHOOK = Robot(Kind.JSON, "https://hooks.example.com:8443/x")
FILE = Path("last.json")
PENDING = snapshots_after({}, [standing(Status.PENDING)])
APPROVED = snapshots_after({}, [standing()])


@pytest.mark.parametrize(
    ("delivery", "line"),
    [
        (Delivery(ROBOT, 1), "WeCom at qyapi.weixin.qq.com was told of 1 change."),
        (Delivery(WEBHOOK, 2), "the webhook at hooks.example.com:8443 was told of 2 changes."),
        (
            Delivery(ROBOT, 2, "it answered HTTP 500"),
            (
                "Warning: WeCom at qyapi.weixin.qq.com was not told of 2 changes: it answered HTTP "
                "500. The next run with --changed last.json tells it; the exit code is that of the "
                "signatures."
            ),
        ),
    ],
)
def test_delivery_is_a_sentence_in_a_log(delivery: Delivery, line: str) -> None:
    assert lines_of([delivery, Delivery(ROBOT, 0)], FILE) == [line]


def test_document_of_a_delivery_names_the_robot_without_its_key() -> None:
    assert Delivery(ROBOT, 2, "no answer").as_document() == {
        "robot": "WeCom at qyapi.weixin.qq.com",
        "number": 2,
        "trouble": "no answer",
    }


@pytest.mark.parametrize(
    "earlier",
    [Earlier("t", APPROVED), Earlier("t", PENDING, {ROBOT.key: APPROVED})],
    ids=["by the look", "by what it was told"],
)
def test_robot_that_knows_it_all_is_told_nothing(earlier: Earlier) -> None:
    assert deliver([ROBOT], "dev", earlier, [standing()]) == [Delivery(ROBOT, 0)]
    broken = replace(standing(), verdict=None, trouble="no answer")
    assert deliver([ROBOT], "dev", earlier, [broken]) == [Delivery(ROBOT, 0)]


def test_robot_that_was_told_knows_the_look_and_one_that_failed_what_it_knew() -> None:
    earlier = Earlier("t", PENDING, {ROBOT.key: {}, "another": APPROVED})
    told = [Delivery(ROBOT, 1), Delivery(WEBHOOK, 0)]
    assert remembered(earlier, [standing()], told) == {
        ROBOT.key: APPROVED,
        WEBHOOK.key: APPROVED,
        "another": APPROVED,
    }
    failed = [Delivery(ROBOT, 1, "no answer"), Delivery(WEBHOOK, 1, "no answer")]
    assert remembered(earlier, [standing()], failed) == {
        ROBOT.key: {},
        WEBHOOK.key: PENDING,
        "another": APPROVED,
    }
