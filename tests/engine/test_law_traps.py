"""The engine's own ways that led past the law: what it hands to Check, and when it asks no Diff."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine import edits as do
from tests.engine.project import Project
from tests.engine.sequences import Policy, Stage, Story, play

Make = Callable[[Policy], Stage]


@pytest.fixture
def make(project: Project, served: RunningSandbox) -> Make:
    """A stage whose signatures have this policy."""
    return lambda policy: Stage(project, served.sandbox, policy)


ignoring = do.both(do.allow("delete"), do.option(ignore_changes=["deletion_policy"]))
"""The program says "delete" and that this is to be ignored: what counts is the state's "retain"."""
IGNORING = (
    Story("replaced", acts=(do.both(ignoring, do.force),), red=("replaced",)),
    Story("tainted", acts=(do.both(ignoring, do.taint), do.untaint), red=("tainted",)),
    Story(
        "first",
        acts=(do.both(ignoring, do.force, do.option(delete_before_replace=True)), do.adopt()),
        red=("first",),
    ),
    Story("dropped", acts=(ignoring, do.drop)),
)


def test_ignored_changes_are_no_consent(make: Make) -> None:
    """Check is handed the raw inputs when the engine replaces."""
    play(make("retain"), IGNORING, do.past_errors)


def test_ignored_changes_are_no_consent_for_a_replacement_either(make: Make) -> None:
    """The successor's state says what its Check was handed; the predecessor said "retain"."""
    story = Story("reworded", acts=(do.both(ignoring, do.reword(1)),), sends="submit", left=(0, 1))
    play(make("retain"), [story], do.up)


def test_consent_that_no_run_has_taken_in_is_none(make: Make) -> None:
    """A dropped line has only its state, and a run that targets another leaves that as it is."""

    def targeting_another(stage: Stage, red: tuple[str, ...]) -> None:
        stage.run("up", "--skip-preview", f"--target={stage.project.urn('other')}")

    stories = (Story("brand", acts=(do.allow("delete"), do.drop)), Story("other", acts=(do.drop,)))
    play(make("retain"), stories, targeting_another)


REFUSED = do.fault(kind="error", action="AddSmsSign", code="FailedOperation.OtherError", times=3)
CUT_SHORT = (
    Story(
        "deleted-d",
        acts=(do.both(do.change_the_proof, REFUSED), do.take_back),
        sends="withdraw! submit",
        red=("deleted-d",),
    ),
    Story(
        "first-d",
        acts=(do.reword_and(delete_before_replace=True), do.take_back),
        sends="withdraw! submit",
        red=("first-d",),
    ),
    Story(
        "first-r",
        acts=(do.reword_and(delete_before_replace=True), do.take_back),
        red=("first-r",),
        start={"arguments": {"deletion_policy": "retain"}},
    ),
)


def test_a_deletion_first_whose_successor_was_refused_can_be_taken_back(make: Make) -> None:
    """Diff sees no change then, and the engine calls Create all the same."""
    play(make("delete"), CUT_SHORT, do.past_errors)


def failing_the_approval(stage: Stage, red: tuple[str, ...]) -> None:
    """The engine keeps what was replaced as a leftover, since the run ends before it deletes."""
    stage.program["approval"] = "fail"
    stage.run("up", "--skip-preview", red=("approval",))
    stage.program["approval"] = None


RETAIN = {"arguments": {"deletion_policy": "retain"}}


def test_leftovers_of_a_failed_run_are_under_the_law_at_the_next_up(make: Make) -> None:
    stories = (
        Story("kept", acts=(do.reword(1),), sends="submit", left=(0, 1), start=RETAIN),
        Story("deleted", acts=(do.reword(1),), sends="submit withdraw!", left=(1,)),
        Story("forbidden", acts=(do.reword(1), do.allow("retain")), sends="submit", left=(0, 1)),
        Story("dropped-r", acts=(do.reword(1), do.drop), sends="submit withdraw", start=RETAIN),
        Story("back-r", acts=(do.reword(1), do.take_back), sends="submit withdraw", start=RETAIN),
        Story("back-d", acts=(do.reword(1), do.take_back), sends="submit withdraw"),
    )
    play(make("delete"), stories, failing_the_approval)


def test_leftovers_of_a_failed_run_are_under_the_law_at_a_destroy(make: Make) -> None:
    stage = make("delete")
    stage.begin((Story("kept", acts=(), start=RETAIN), Story("deleted", acts=())))
    for name in ("kept", "deleted"):
        do.reword(1)(stage, name)
    failing_the_approval(stage, ())
    stage.run("destroy", "--skip-preview")
    assert stage.sent("kept") == ["submit", "withdraw"]
    assert sorted(stage.sent("deleted")) == ["submit", "withdraw", "withdraw!"]
    assert "stays in the account" in stage.said[-1].diagnostics("kept")
