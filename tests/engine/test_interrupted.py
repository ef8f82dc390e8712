"""Killed, cut and cancelled: what was in flight is neither lost nor doubled nor sent in secret."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import pytest

from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, YUNPIAN, at, crossed
from tests.engine.project import Project
from tests.engine.scene import NEW, OLD, Scene

FAILS = {"timeout": 0}


def journal(project: Project) -> Path:
    """The folder of the entries."""
    return Path(project.environment["PULUMI_HOME"]) / "smssign" / "journal"


def in_flight(project: Project) -> list[str]:
    """The entries of writes in flight, as they stand on disk."""
    return [file.read_text(encoding="utf-8") for file in journal(project).glob("*")]


def running(plugins: Sequence[int]) -> list[psutil.Process]:
    """Those of these processes that still run: a plugin of a preview is about to end."""
    return [process for process in psutil.process_iter() if process.pid in plugins]


def alive(plugins: Sequence[psutil.Process]) -> list[psutil.Process]:
    """The processes that have not ended within ten seconds."""
    _, left = psutil.wait_procs(plugins, timeout=10)
    return list(left)


@crossed(
    "where",
    (TENCENT, (None, False, "delete"), "alone, this machine, delete"),
    (TENCENT, (FAILS, True, "retain"), "approval, another machine, retain"),
    (YUNPIAN, (FAILS, False, "retain"), "approval, this machine, retain"),
)
def test_a_replacement_that_was_cut_off_goes_on_by_itself_or_as_the_advice_says(
    scene: Scene, where: tuple[dict[str, object] | None, bool, str]
) -> None:
    behind, elsewhere, policy = where
    old = scene.approved(wait=behind)
    scene.project.edit("brand", deletion_policy=policy)
    scene.rename(NEW)
    scene.fault(kind="slow", action=scene.case.names.submit, seconds=4)
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
    assert scene.bearing(OLD) == old
    scene.approve()
    scene.project.apply()
    assert set(scene.texts()) == ({NEW} if policy == "delete" else {OLD, NEW})
    assert scene.writes().count(scene.case.names.submit) == 2
    assert in_flight(scene.project) == []


def test_an_entry_names_nothing_and_takes_over_what_has_been_approved_meanwhile(
    project: Project, served: RunningSandbox
) -> None:
    scene = Scene(YUNPIAN, project, served.sandbox, served.url)
    scene.declare()
    scene.fault(kind="slow", action=scene.case.names.submit, seconds=4)
    scene.project.kill_up(lambda: bool(scene.held()))
    (entry,) = in_flight(scene.project)
    kept = json.loads(entry)
    assert (kept["kind"], kept["state"]) == ("submit", "begun")
    assert kept["urn"].endswith("YunpianSms::brand")
    told = (*scene.case.arguments.values(), *scene.case.keys.settings.values())
    assert [one for one in told if isinstance(one, str) and one in entry] == []

    scene.approve()
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert "was submitted by an earlier run of this resource" in run.diagnostics("brand")
    assert scene.project.outputs_of("brand")["deletion_policy"] == "delete"
    assert not scene.project.outputs_of("brand")["__record"].get("shared")
    assert scene.project.state("brand")["id"] == scene.identifier(scene.only())
    assert scene.writes() == [scene.case.names.submit]
    assert in_flight(scene.project) == []


@at(TENCENT, ALIBABA)
def test_success_leaves_nothing_in_the_journal(scene: Scene) -> None:
    scene.applied_and_rejected()
    assert in_flight(scene.project) == []
    scene.change_the_proof()
    scene.project.apply()
    assert in_flight(scene.project) == []
    scene.approve()
    scene.rename(NEW)
    scene.project.apply()
    scene.approve()
    scene.project.apply()
    assert in_flight(scene.project) == []
    assert scene.project.destroy().succeeded
    assert in_flight(scene.project) == []
    names = scene.case.names
    assert set(scene.writes()) == {names.submit, names.resubmit, names.withdraw}
    assert journal(scene.project).is_dir()


def test_a_text_edited_after_a_kill_leaves_the_first_one_until_it_is_taken_back(
    tencent: Scene,
) -> None:
    tencent.declare()
    tencent.fault(kind="slow", action="AddSmsSign", seconds=4)
    tencent.project.kill_up(lambda: bool(tencent.held()))
    first = tencent.only()
    tencent.rename(NEW)
    tencent.project.apply()
    tencent.approve()
    tencent.project.apply()
    tencent.project.apply()
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.APPROVED}
    assert "__predecessors" not in tencent.project.state("brand")["inputs"]

    tencent.rename(OLD)
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.project.state("brand")["id"] == first.id
    assert tencent.writes().count("AddSmsSign") == 2
    assert in_flight(tencent.project) == []


def first_look(scene: Scene, write: str) -> Callable[[], bool]:
    """The moment at which the vendor has said yes to a write, and is asked what it says of it."""
    look = scene.case.names.look
    scene.fault(kind="slow", action=write, seconds=1)
    before: list[int] = []

    def has_come() -> bool:
        if not before and scene.calls(write):
            scene.fault(kind="slow", action=look, seconds=4)
            before.append(len(scene.calls(look)))
        return bool(before) and len(scene.calls(look)) > before[0]

    return has_come


@crossed("is_known", (HUAWEI, True, "resubmitted"), (YUNPIAN, False, "state knows of no rejection"))
def test_an_answered_change_that_is_not_in_state_is_not_sent_again(
    scene: Scene, is_known: bool
) -> None:
    write = scene.case.names.resubmit
    scene.applied_and_rejected()
    scene.change_the_proof()
    if is_known:
        scene.project.refresh()
    scene.project.kill_up(first_look(scene, write))
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.id == scene.identifier(scene.only())
    assert scene.writes().count(write) == 1
    assert in_flight(scene.project) == []


def test_a_journal_that_can_not_be_written_sends_nothing_and_its_advice_ends_green(
    tencent: Scene,
) -> None:
    in_the_way = journal(tencent.project)
    in_the_way.parent.mkdir(parents=True)
    in_the_way.touch()
    tencent.declare()
    refused = tencent.project.up("--skip-preview")
    assert not refused.succeeded
    said = refused.diagnostics("brand")
    assert "nothing was sent" in said
    assert f"make room in {in_the_way} and let this user write there" in said
    assert tencent.writes() == []
    in_the_way.unlink()
    tencent.project.apply()

    tencent.reject("unreadable")
    tencent.change_the_proof()
    shutil.rmtree(in_the_way)
    in_the_way.touch()
    refused = tencent.project.up("--skip-preview")
    assert not refused.succeeded
    assert "or set PULUMI_HOME to a folder where it may" in refused.diagnostics("brand")
    assert tencent.writes() == ["AddSmsSign"]
    assert not tencent.project.destroy().succeeded
    assert tencent.project.has("brand")
    assert tencent.writes() == ["AddSmsSign"]
    tencent.project.go_to_another_machine()
    tencent.project.apply()
    assert tencent.project.destroy().succeeded
    assert tencent.writes() == ["AddSmsSign", "ModifySmsSign", "DeleteSmsSign"]


@pytest.mark.parametrize("name", ["pulumi", ".pulumi-wrapped"])
def test_a_plugin_whose_engine_was_killed_sends_nothing_and_ends(
    tencent: Scene, tmp_path: Path, name: str
) -> None:
    """The engine is found by its address, so it may be called anything."""
    if name != "pulumi":
        _wrap_the_engine(tencent.project, tmp_path / "bin", name)
    tencent.declare()
    tencent.fault(kind="error", action="AddSmsSign", code="RequestLimitExceeded", times=5)
    plugins: list[psutil.Process] = []

    def is_refused() -> bool:
        plugins[:] = running(tencent.project.plugins())
        return bool(tencent.calls("AddSmsSign"))

    tencent.project.kill_up(is_refused, plugin=False)
    assert plugins
    refused = len(tencent.calls("AddSmsSign"))
    tencent.sandbox.faults.clear()
    assert alive(plugins) == []
    assert len(tencent.calls("AddSmsSign")) == refused
    assert tencent.held() == []
    tencent.project.apply()
    assert tencent.project.state("brand")["id"] == tencent.only().id


def _wrap_the_engine(project: Project, folder: Path, name: str) -> None:
    """Have `pulumi` be a script that starts the engine by another name, as NixOS does."""
    engine = shutil.which("pulumi")
    assert engine
    folder.mkdir()
    shutil.copy(engine, folder / name)
    script = folder / "pulumi"
    script.write_text(f'#!/bin/sh\nexec "{folder / name}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = (str(folder), project.environment["PATH"])
    project.environment["PATH"] = os.pathsep.join(path)


def test_a_plugin_that_waits_for_a_verdict_ends_with_its_engine(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout="10m")
    plugins: list[psutil.Process] = []

    def waits() -> bool:
        plugins[:] = running(tencent.project.plugins())
        return len(tencent.calls("DescribeSmsSignList")) >= 3

    tencent.project.kill_up(waits, plugin=False)
    assert plugins
    assert alive(plugins) == []


def test_ctrl_c_in_a_back_off_sends_nothing_more(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout="10m")
    tencent.fault(kind="error", action="AddSmsSign", code="RequestLimitExceeded", times=9)
    run = tencent.project.interrupt(
        lambda: bool(tencent.calls("AddSmsSign")),
        after=0.5,  # in the back-off, not in the call
    )
    assert not run.succeeded
    assert tencent.held() == []
    assert "nothing was sent" in run.output


@pytest.mark.parametrize("action", ["AddSmsSign", "DescribeSmsSignList"])
def test_ctrl_c_ends_a_call_in_flight_and_what_had_arrived_is_taken_over(
    tencent: Scene, action: str
) -> None:
    tencent.declare()
    tencent.fault(kind="hang", action=action, seconds=600)
    arrived = action == "AddSmsSign"
    run = tencent.project.interrupt(lambda: bool(tencent.calls(action)), after=0.5)
    assert not run.succeeded
    assert len(tencent.held()) == arrived
    tencent.sandbox.faults.clear()
    tencent.project.was_killed = True  # the engine keeps a create that was cut off in its state
    tencent.project.apply()
    assert tencent.project.state("brand")["id"] == tencent.only().id
    assert tencent.writes().count("AddSmsSign") == 1


def test_an_approval_ends_in_its_time_though_the_vendor_does_not_answer(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.fault(kind="hang", action="DescribeSmsSignList", seconds=600, times=None)
    tencent.project.wait(timeout="3s")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert re.search("tencent did not answer within [23]s", run.diagnostics("approval"))


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
        ({"CreateTime": 10**18, "ReviewReply": "bad \ud800"}, "bad ?"),
        ({"StatusCode": 10**300}, ""),
        ("[" * 200_000, ""),
    ],
    ids=["half a character", "status", "deep"],
)
def test_whatever_the_vendor_answers_after_it_an_accepted_change_is_in_state(
    tencent: Scene, odd: str | dict[str, object], reason: str
) -> None:
    tencent.applied_and_rejected()
    tencent.change_the_proof()
    told = odd
    if isinstance(odd, dict):
        items = [{**ITEM, **odd}]
        told = json.dumps({"Response": {"DescribeSignListStatusSet": items, "RequestId": "r"}})
    body = str(told)
    # After the looks before the plan of the Diff, and before that of the Update.
    tencent.fault(kind="body", action="DescribeSmsSignList", body=body, skip=2, times=None)
    run = tencent.project.up("--skip-preview")
    assert run.succeeded, run.output
    outputs = tencent.project.outputs_of("brand")
    assert (outputs["revision"], outputs["reason"]) == (2, reason)
    assert tencent.writes() == ["AddSmsSign", "ModifySmsSign"]
    tencent.sandbox.faults.clear()
    tencent.project.refresh()
    assert tencent.project.outputs_of("brand")["status"] == "PENDING"


def test_ctrl_c_ends_more_approvals_than_the_plugin_has_threads(tencent: Scene) -> None:
    count = 9
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
    run = tencent.project.interrupt(lambda: len(tencent.held()) == count, after=3.0)
    assert run.output.count("is PENDING") >= count
    assert not run.succeeded
    assert len(tencent.held()) == count
