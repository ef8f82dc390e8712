"""What we add to Pulumi's Python plugin, over the range of SDKs that we support.

The newest is what every other test runs with, and `make test` takes the oldest here; `make
test-sdks` the last before tracebacks, too. What each SDK between is asked for without an engine is
in `test_sdk_places.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.interpreter import interpreter
from tests.engine.scene import NEW, OLD, Scene
from tests.engine.sdks import BEFORE_TRACEBACKS, OLDEST, install
from tests.engine.test_retention import PROGRAM, SEEN, UNSEEN, seen

SDKS = [OLDEST, BEFORE_TRACEBACKS] if os.environ.get("SDKS") == "all" else [OLDEST]


@dataclass(frozen=True)
class Older:
    """An older SDK in a folder that comes before the installed one, and its `python`'s folder."""

    version: str
    path: str
    python: Path


@pytest.fixture(scope="session", params=SDKS)
def sdk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Older]:
    """An older SDK, installed."""
    version: str = request.param
    folder = install(version, tmp_path_factory.mktemp(f"pulumi-{version}"))
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    with interpreter(tmp_path_factory.mktemp("python"), path) as python:
        yield Older(version, path, python)


on_the_oldest = pytest.mark.parametrize("sdk", [OLDEST], indirect=True)
"""For what the display of errors has no part in."""


@pytest.fixture
def older(tencent: Scene, sdk: Older) -> Scene:
    """A stage whose program and plugin run with the older SDK."""
    tencent.project.environment["PYTHONPATH"] = sdk.path
    tencent.project.use_python(sdk.python)
    return tencent


def test_the_older_sdk_is_the_one_that_runs(older: Scene, sdk: Older) -> None:
    older.project.write_program(
        "import importlib.metadata, pulumi\n"
        "pulumi.export('sdk', importlib.metadata.version('pulumi'))\n"
    )
    assert f'sdk: "{sdk.version}"' in older.project.up("--skip-preview").output


def test_an_error_is_our_few_lines(older: Scene) -> None:
    older.declare()
    older.fault(
        kind="error", action=older.case.names.submit, code=older.case.refusal_code, message="no"
    )
    run = older.project.up("--skip-preview")
    assert not run.succeeded
    said = run.diagnostics("brand")
    assert "Traceback" not in said
    assert "what to do: " in said
    assert f"{older.case.vendor} says: " in said


def test_a_warning_shows_in_the_preview(older: Scene) -> None:
    older.sandbox.review_policy = "immediate"
    older.declare()
    older.project.apply()
    older.project.refresh()
    older.rename(NEW)
    older.sandbox.remove(older.case.vendor, older.only().id)
    preview = older.project.preview()
    assert preview.succeeded, preview.output
    assert "no longer has this signature" in preview.diagnostics("brand")


def test_each_hook_knows_its_resource_whatever_that_is_called(older: Scene) -> None:
    """The URN is in the engine's request, which the SDK hands to no hook."""
    odd, other = "brand::of the shop", "brand::of the club"
    older.declare(odd, deletion_policy="retain", **older.case.doubtful)
    run = older.project.up("--skip-preview")  # check and create
    assert run.succeeded, run.output
    assert "warning:" in run.diagnostics(odd)
    twin = {older.case.text: older.case.doubtful[older.case.text]}
    older.declare(other, **twin)
    refused = older.project.preview().output
    assert any(
        f"`{a}` has the same text as `{b}`" in refused for a, b in ((odd, other), (other, odd))
    )
    older.project.drop(other)

    older.reject("unreadable")
    assert "is REJECTED" in older.project.refresh().diagnostics(odd)  # read
    older.change_the_proof()
    older.fault(kind="error", action="ModifySmsSign", code=older.case.refusal_code, message="no")
    assert "no" in older.project.up().diagnostics(odd)  # diff and update
    older.project.apply()
    older.approve()
    older.project.drop(odd)
    gone = older.project.up("--skip-preview")  # delete
    assert gone.succeeded, gone.output
    assert "stays in the account" in gone.diagnostics(odd)


@on_the_oldest
def test_a_programs_retain_on_delete_is_the_engines(older: Scene) -> None:
    older.project.write_program(PROGRAM + SEEN)
    older.project.apply()
    parts = seen(older.project)
    assert parts
    assert [name for name, (told, retained) in parts.items() if told is not retained] == []
    assert {retained for _, retained in parts.values()} == {True, False}


@on_the_oldest
@pytest.mark.parametrize("program", UNSEEN.values(), ids=UNSEEN)
def test_retention_that_can_not_be_seen_is_told_as_such(older: Scene, program: str) -> None:
    older.project.write_program(PROGRAM + program)
    older.project.apply()
    assert set(seen(older.project).values()) == {(None, True)}


def test_ctrl_c_ends_the_waiting_at_once(older: Scene) -> None:
    older.declare()
    older.project.wait(timeout="10m")
    run = older.project.interrupt_up(when="is PENDING")
    assert not run.succeeded
    older.approve()
    older.project.apply()
    assert older.project.outputs_of("approval")["approved"] is True


@on_the_oldest
def test_drift_is_seen_and_destroy_deletes(older: Scene) -> None:
    older.declare()
    older.project.apply()
    change, argument, value = older.case.drift
    older.sandbox.change(older.case.vendor, older.only().id, **change)
    older.project.refresh()
    preview = older.project.preview("--diff")
    assert argument in preview.output
    assert str(value) in preview.output
    assert older.project.destroy().succeeded


def test_a_story_from_the_submission_to_the_successors_approval(older: Scene) -> None:
    """The core of the promise: resubmitted in place, replaced in order, deleted at the end."""
    older.applied_and_rejected()
    older.change_the_proof()
    older.project.wait(timeout=0, on_pending="continue")
    older.project.apply()
    assert older.writes() == ["AddSmsSign", "ModifySmsSign"]
    older.approve()
    older.rename(NEW)
    run = older.project.up()
    assert run.succeeded, run.output
    assert older.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    older.approve()
    done = older.project.up("--skip-preview")
    assert done.succeeded, done.output
    assert older.texts() == {NEW: Status.APPROVED}
    assert older.project.outputs_of("approval")["approved"] is True
    older.change_the_proof(2)
    preview = older.project.preview()
    assert "WILL BE DELETED FIRST" in preview.diagnostics("brand")
    assert older.project.destroy().succeeded
    assert older.held() == []
