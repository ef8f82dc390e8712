"""Killed, cut and cancelled: what was in flight is neither lost nor doubled nor sent in secret."""

from __future__ import annotations

import json
import re
import time

import pytest

from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import TENCENT, YUNPIAN, crossed
from tests.engine.project import Project
from tests.engine.scene import NEW, OLD, Scene

FAILS = {"timeout": 0}


@crossed(
    "where",
    (TENCENT, (None, False), "alone, this machine"),
    (TENCENT, (FAILS, True), "approval, another machine"),
    (YUNPIAN, (FAILS, False), "approval, this machine"),
    (YUNPIAN, (None, True), "alone, another machine"),
)
def test_a_replacement_that_was_cut_off_goes_on_by_itself_or_as_the_advice_says(
    scene: Scene, where: tuple[dict[str, object] | None, bool]
) -> None:
    behind, elsewhere = where
    old = scene.approved(wait=behind)
    scene.rename(NEW)
    scene.fault(kind="slow", action=scene.case.words.submit, seconds=4)
    scene.project.kill_up(lambda: len(scene.held()) == 2)
    if elsewhere:
        scene.project.go_to_another_machine()
        stuck = scene.project.up()
        assert not stuck.succeeded
        found = re.search(r'adopt="([^"]+)"', stuck.diagnostics("brand"))
        assert found, stuck.output
        scene.project.edit("brand", adopt=found[1])
    run = scene.project.up()
    assert run.succeeded is (behind is None), run.output
    assert scene.project.state("brand")["id"] == scene.identifier(scene.bearing(NEW))
    assert scene.bearing(OLD).id == old.id
    assert scene.bearing(OLD).status is Status.APPROVED
    scene.approve()
    scene.project.apply()
    assert set(scene.texts()) == ({NEW} if scene.case.deletes else {OLD, NEW})
    assert scene.writes().count(scene.case.words.submit) == 2
    if not elsewhere:
        assert scene.project.marks() == []


def test_the_mark_of_a_write_has_nothing_secret_and_goes_when_state_has_its_id(
    project: Project, served: RunningSandbox
) -> None:
    scene = Scene(YUNPIAN, project, served.sandbox, served.url)
    scene.declare()
    scene.project.apply()
    (mark,) = scene.project.marks()
    kept = json.loads(mark)
    assert set(kept) == {"urn", "origin", "what", "fields", "unique", "at"}
    assert kept["unique"] == {scene.case.text: OLD}
    told = (*scene.case.arguments.values(), *scene.case.keys.settings.values())
    rest = mark.replace(json.dumps(OLD, ensure_ascii=False), "")
    assert [value for value in told if isinstance(value, str) and value in rest] == []
    assert scene.project.preview().succeeded
    assert scene.project.marks() == []


def test_a_plugin_whose_engine_was_killed_sends_nothing_and_ends(tencent: Scene) -> None:
    tencent.declare()
    tencent.fault(kind="error", action="AddSmsSign", code="RequestLimitExceeded", times=5)
    tencent.project.kill_up(lambda: bool(tencent.calls("AddSmsSign")), plugin=False)
    refused = len(tencent.calls("AddSmsSign"))
    tencent.sandbox.faults.clear()
    until = time.monotonic() + 10
    while tencent.project.plugins() and time.monotonic() < until:
        time.sleep(0.1)
    assert tencent.project.plugins() == []
    assert len(tencent.calls("AddSmsSign")) == refused
    assert tencent.held() == []


def test_a_plugin_that_waits_for_a_verdict_ends_with_its_engine(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout="10m")
    tencent.project.kill_up(lambda: len(tencent.calls("DescribeSmsSignList")) >= 3, plugin=False)
    until = time.monotonic() + 10
    while tencent.project.plugins() and time.monotonic() < until:
        time.sleep(0.1)
    assert tencent.project.plugins() == []


def test_ctrl_c_in_a_back_off_sends_nothing_more(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout="10m")
    tencent.fault(kind="error", action="AddSmsSign", code="RequestLimitExceeded", times=9)
    run, took = tencent.project.interrupt(lambda: bool(tencent.calls("AddSmsSign")))
    assert not run.succeeded
    assert took < 2, run.output
    assert tencent.held() == []
    assert "nothing was sent" in run.output


@pytest.mark.parametrize("action", ["AddSmsSign", "DescribeSmsSignList"])
def test_ctrl_c_ends_a_call_in_flight_and_what_had_arrived_is_taken_over(
    tencent: Scene, action: str
) -> None:
    tencent.declare()
    tencent.fault(kind="hang", action=action, seconds=60)
    arrived = action == "AddSmsSign"
    run, took = tencent.project.interrupt(lambda: bool(tencent.calls(action)), after=0.5)
    assert not run.succeeded
    assert took < 4, run.output
    assert len(tencent.held()) == arrived
    tencent.sandbox.faults.clear()
    tencent.project.was_killed = True  # the engine keeps a create that was cut off in its state
    tencent.project.apply()
    assert tencent.project.state("brand")["id"] == tencent.only().id
    assert tencent.writes().count("AddSmsSign") == 1


def test_an_approval_ends_in_its_time_though_the_vendor_does_not_answer(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.fault(kind="hang", action="DescribeSmsSignList", seconds=60, times=None)
    tencent.project.wait(timeout="3s")
    began = time.monotonic()
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "tencent did not answer within 3s" in run.diagnostics("approval")
    assert time.monotonic() - began < 15


ITEM = {
    "SignId": 730001,
    "International": 0,
    "SignName": "极客科技",
    "ReviewReply": "",
    "StatusCode": 1,
}


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"CreateTime": 1795479969000}, ""),
        ({"CreateTime": 10**18}, ""),
        ({"ReviewReply": "bad \ud800"}, "bad ?"),
        ({"StatusCode": 10**300}, ""),
        ("[" * 200_000, ""),
    ],
    ids=["ms", "no time", "half a character", "status", "deep"],
)
def test_whatever_the_vendor_answers_to_the_first_look_an_accepted_signature_is_in_state(
    tencent: Scene, odd: str | dict[str, object], reason: str
) -> None:
    tencent.declare()
    told = odd
    if isinstance(odd, dict):
        items = [{**ITEM, **odd}]
        told = json.dumps({"Response": {"DescribeSignListStatusSet": items, "RequestId": "r"}})
    body = str(told)
    tencent.fault(kind="body", action="DescribeSmsSignList", body=body, skip=1, times=None)
    tencent.project.apply()
    assert tencent.project.state("brand")["id"] == tencent.only().id == "730001"
    assert tencent.project.outputs_of("brand")["reason"] == reason
    tencent.sandbox.faults.clear()
    tencent.project.refresh()
    assert tencent.project.outputs_of("brand")["status"] == "PENDING"


@pytest.mark.parametrize("count", [4, 9])
def test_ctrl_c_ends_any_number_of_approvals(tencent: Scene, count: int) -> None:
    tencent.declare()
    arguments = tencent.project.program["signatures"]["brand"]["arguments"]
    tencent.project.write_program(
        "import pulumi\nfrom pulumi_smssign import Approval, tencent\n"
        f"arguments = {arguments!r}\n"
        f"for number in range({count}):\n"
        "    arguments['sign_name'] = f'极客{number}号'\n"
        "    brand = tencent.Signature(f'brand{number}', **arguments)\n"
        "    Approval(f'approval{number}', signatures=[brand], timeout='10m', poll_interval=30)\n"
    )
    tencent.sandbox.switches.set({"tencent.enforce_rate": False})
    run, took = tencent.project.interrupt(lambda: len(tencent.held()) == count, after=3.0)
    assert run.output.count("is PENDING") >= count
    assert not run.succeeded
    assert took < 2, run.output
    assert len(tencent.held()) == count
