"""The law of what is approved, in sequences that broke it before it was one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine import edits as do
from tests.engine.cases import HUAWEI
from tests.engine.project import Project
from tests.engine.sequences import Command, Policy, Stage, Story, play

Make = Callable[[Policy], Stage]


@pytest.fixture
def make(project: Project, served: RunningSandbox) -> Make:
    """A stage whose signatures have this policy."""
    return lambda policy: Stage(project, served.sandbox, policy)


RETAINED = (
    Story("dropped", acts=(do.drop,), says=(("dropped", "stays in the account"),)),
    Story("renamed", acts=(do.rename,), says=(("new-renamed", "is taken over"),)),
    Story("aliased", acts=(do.rename_by_an_alias,)),
    Story("moved", acts=(do.move_into_a_component,)),
    Story("moved-aliased", acts=(do.move_by_an_alias,)),
    Story("secret", acts=(do.rename,), start={"told": {"sign_name": "secret"}}),
    Story("late", acts=(do.rename,), start={"told": {"sign_name": "late"}}),
    Story("read", acts=(do.read_beside,)),
    Story("adopted", acts=(do.rename_and_adopt,)),
    Story("reworded", acts=(do.reword(1),), sends="submit", left=(0, 1)),
    Story("kept", acts=(do.reword_and(retain_on_delete=True),), sends="submit", left=(0, 1)),
    Story("rewritten", acts=(do.rewrite,), sends="submit", left=(0, 1)),
    Story("swapped1", acts=(do.swap,)),
    Story("swapped2", acts=(do.swap,)),
)


@pytest.mark.parametrize(
    "way", [do.elsewhere, do.by_a_plan, do.targeting_the_old, do.excluding_the_old]
)
def test_an_approved_retained_signature_stays_whatever_becomes_of_its_line(
    make: Make, way: Command
) -> None:
    play(make("retain"), RETAINED, way)


def test_nothing_need_be_written_on_this_machine_for_what_stays(make: Make) -> None:
    play(make("retain"), [each for each in RETAINED if not each.sends], do.unable_to_write)


DELETED = (
    Story(
        "dropped", acts=(do.drop,), sends="withdraw!", left=(), says=(("dropped", "is deleted"),)
    ),
    Story("renamed", acts=(do.rename, do.adopt("new-")), red=("new-renamed",)),
    Story("aliased", acts=(do.rename_by_an_alias,)),
    Story("moved", acts=(do.move_into_a_component, do.adopt()), red=("moved",)),
    Story("moved-aliased", acts=(do.move_by_an_alias,)),
    Story(
        "secret",
        acts=(do.rename, do.adopt("new-")),
        red=("new-secret",),
        start={"told": {"sign_name": "secret"}},
    ),
    Story(
        "late",
        acts=(do.rename, do.adopt("new-")),
        red=("new-late",),
        start={"told": {"sign_name": "late"}},
    ),
    Story("read", acts=(do.read_beside,)),
    Story("adopted", acts=(do.rename_and_adopt,)),
    Story("reworded", acts=(do.reword(1),), sends="submit withdraw!", left=(1,)),
    Story("kept", acts=(do.reword_and(retain_on_delete=True),), sends="submit", left=(0, 1)),
    Story("kept-by-stack", acts=(do.rewrite_and_retain,), sends="submit", left=(0, 1)),
    Story(
        "kept-by-parent",
        acts=(do.reword(1),),
        sends="submit",
        left=(0, 1),
        start={"options": {"parent": "kept-shop"}},
    ),
    Story("swapped1", acts=(do.swap, do.adopt_the_other), red=("swapped1",)),
    Story("swapped2", acts=(do.swap, do.adopt_the_other), red=("swapped2",)),
)


@pytest.mark.parametrize("way", [do.past_errors, do.excluding_the_old_past_errors])
def test_with_delete_only_what_nobody_holds_is_deleted(make: Make, way: Command) -> None:
    # What is swapped keeps its name: a run that excludes what state has leaves it out.
    leaves_out = way is do.excluding_the_old_past_errors
    stories = [one for one in DELETED if not (leaves_out and one.name.startswith("swapped"))]
    play(make("delete"), stories, way)


DELETED_BY_TARGET = (
    Story("dropped", acts=(do.drop,), sends="withdraw!", left=()),
    Story("renamed", acts=(do.rename,), sends="withdraw! submit"),
    Story("aliased", acts=(do.rename_by_an_alias,)),
    Story("read", acts=(do.read_beside,)),
    Story("reworded", acts=(do.reword(1),), sends="submit withdraw!", left=(1,)),
)


def test_with_delete_what_is_targeted_goes_unless_the_run_has_seen_who_holds_it(
    make: Make,
) -> None:
    play(make("delete"), DELETED_BY_TARGET, do.targeting_the_old)


TRIGGER = {"options": {"replacement_trigger": 1}}
FORCED = (
    Story("replaced", acts=(do.force,), says=(("replaced", "is taken over"),)),
    Story("tainted", acts=(do.taint,), says=(("tainted", "is taken over"),)),
    Story("triggered", acts=(do.option(replacement_trigger=2),), start=TRIGGER),
    Story("first", acts=(do.both(do.force, do.option(delete_before_replace=True)),)),
    Story(
        "first-reworded",
        acts=(do.reword_and(delete_before_replace=True),),
        sends="submit",
        left=(0, 1),
    ),
    Story("reworded", acts=(do.both(do.force, do.reword(1)),), sends="submit", left=(0, 1)),
    Story("changed", acts=(do.both(do.force, do.change_the_proof),)),
)


def test_a_forced_replacement_takes_over_again_what_is_approved_and_retained(make: Make) -> None:
    play(make("retain"), FORCED, do.up)


FORCED_WITH_DELETE = (
    Story("replaced", acts=(do.force,), red=("replaced",)),
    Story("tainted", acts=(do.taint, do.untaint), red=("tainted",)),
    Story(
        "triggered",
        acts=(do.option(replacement_trigger=2), do.option(replacement_trigger=1)),
        start=TRIGGER,
        red=("triggered",),
    ),
    Story(
        "first",
        acts=(do.both(do.force, do.option(delete_before_replace=True)),),
        sends="withdraw! submit",
    ),
    Story(
        "first-reworded",
        acts=(do.reword_and(delete_before_replace=True),),
        sends="withdraw! submit",
        left=(1,),
    ),
    Story("reworded", acts=(do.both(do.force, do.reword(1)),), sends="submit", left=(0, 1)),
)


def test_a_forced_replacement_with_delete_deletes_only_what_the_engine_puts_first(
    make: Make,
) -> None:
    play(make("delete"), FORCED_WITH_DELETE, do.past_errors)


def test_a_plan_that_was_saved_before_the_approval_costs_none(make: Make) -> None:
    def by_a_plan_of_before(stage: Stage, red: tuple[str, ...]) -> None:
        stage.project.environment["PULUMI_EXPERIMENTAL"] = "true"
        stage.run("preview", "--save-plan=plan.json")
        stage.approve()
        stage.project.go_to_another_machine()
        stage.run("up", "--plan=plan.json", red=red)

    story = Story("brand", acts=(do.change_the_proof, do.take_back), red=("brand",), is_open=True)
    play(make("retain"), [story], by_a_plan_of_before)


RETAIN: Mapping[str, Any] = {"arguments": {"deletion_policy": "retain"}}


def rename_and_reword(stage: Stage, name: str) -> None:
    do.rename_by_an_alias(stage, name)
    stage.edit(f"new-{name}", **{stage.story(name).case.text: stage.text(name, 1)})


def use_the_old_name_again(stage: Stage, name: str) -> None:
    stage.project.option(f"new-{name}", aliases=[])
    stage.declare(name)
    do.reword(2)(stage, name)


SMOOTH = (
    Story("back-r", acts=(do.reword(1), do.reword(0)), sends="submit withdraw", start=RETAIN),
    Story("back-d", acts=(do.reword(1), do.reword(0)), sends="submit withdraw"),
    Story(
        "thrice-r",
        acts=(do.reword(1), do.reword(2), do.reword(3)),
        sends="submit resubmit resubmit",
        left=(0, 3),
        start=RETAIN,
    ),
    Story(
        "thrice-d",
        acts=(do.reword(1), do.reword(2), do.reword(3)),
        sends="submit resubmit resubmit withdraw!",
        left=(3,),
    ),
    Story(
        "mended", acts=(do.both(do.reject(0), do.change_the_proof),), sends="resubmit", is_open=True
    ),
    Story("gone", acts=(do.vanish,), sends="submit"),
    Story("withdrawn", acts=(do.drop,), sends="withdraw", left=(), is_open=True, start=RETAIN),
    Story("again-r", acts=(do.drop, do.declare_again), start=RETAIN),
    Story("again-d", acts=(do.drop, do.declare_again), sends="withdraw! submit"),
    Story(
        "allowed",
        acts=(do.both(do.reword(1), do.allow("delete")),),
        sends="submit withdraw!",
        left=(1,),
        start=RETAIN,
    ),
    Story(
        "forbidden", acts=(do.both(do.reword(1), do.allow("retain")),), sends="submit", left=(0, 1)
    ),
    Story(
        "allowed-dropped",
        acts=(do.allow("delete"), do.drop),
        sends="withdraw!",
        left=(),
        start=RETAIN,
    ),
    Story("forbidden-dropped", acts=(do.allow("retain"), do.drop)),
    Story(
        "allowed-content",
        acts=(do.both(do.change_the_proof, do.allow("delete")),),
        sends="withdraw! submit",
        start=RETAIN,
    ),
    Story(
        "named-again",
        acts=(rename_and_reword, use_the_old_name_again, do.drop),
        sends="submit submit withdraw withdraw!",
        left=(1,),
    ),
    Story(
        "chain",
        acts=(do.reword(1), do.reword(2), do.reject(1)),
        sends="submit submit withdraw withdraw!",
        left=(2,),
        case=HUAWEI,
    ),
)


def test_the_smooth_changes_are_smooth(make: Make) -> None:
    play(make("delete"), SMOOTH, do.refreshing)


@pytest.fixture
def other(project: Project, tmp_path: Path, template: Path, served: RunningSandbox) -> Project:
    """Another backend with the same URNs, of the same user on the same machine."""
    other = Project(tmp_path / "other", template, served.url)
    for variable in ("PATH", "PULUMI_HOME"):
        other.environment[variable] = project.environment[variable]
    return other


def test_a_destroyed_or_another_stacks_signature_is_taken_over(
    make: Make, other: Project, served: RunningSandbox
) -> None:
    """The other stack has the same names, and must neither lose nor inherit anything."""
    stage, there = make("retain"), Stage(other, served.sandbox, "retain")
    stories = (Story("same", acts=()), Story("another", acts=(), sends="submit", left=(0, 1)))
    stage.begin(stories)
    there.stories = stage.stories
    for story in stories:
        there.declare(story.name)
    do.reword(1)(there, "another")
    there.run("up", "--skip-preview")
    assert "is taken over" in there.said[0].diagnostics("same")

    stage.run("destroy", "--skip-preview")
    assert "stays in the account" in stage.said[0].diagnostics("same")
    stage.run("up")
    assert "is taken over" in stage.said[1].diagnostics("same")
    there.approve()
    there.run("destroy", "--skip-preview")
    assert not stage.run("up", "--skip-preview", "--expect-no-changes").diagnostics("same")
    stage.must_be_as_told()
    stage.must_have_one_owner_each()
