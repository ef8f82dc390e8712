"""What a person does to a signature, and the ways to run it: the words of `sequences`."""

from __future__ import annotations

import shutil
from pathlib import Path

from pydantic import JsonValue

from tests.engine.sequences import Act, Stage, proof

# --- what is done to a signature


def drop(stage: Stage, name: str) -> None:
    stage.project.drop(name)


def rename(stage: Stage, name: str) -> None:
    stage.project.move(name, f"new-{name}")


def rename_by_an_alias(stage: Stage, name: str) -> None:
    rename(stage, name)
    stage.project.option(f"new-{name}", aliases=[name])


def move_into_a_component(stage: Stage, name: str) -> None:
    stage.project.option(name, parent="shop")


def move_by_an_alias(stage: Stage, name: str) -> None:
    stage.project.option(name, parent="shop", aliases=[name])


def read_beside(stage: Stage, name: str) -> None:
    identifier = stage.id(name)
    stage.project.drop(name)
    stage.read(f"new-{name}", identifier)


def adopt(prefix: str = "") -> Act:
    return lambda stage, name: stage.edit(f"{prefix}{name}", adopt=stage.id(name))


def rename_and_adopt(stage: Stage, name: str) -> None:
    rename(stage, name)
    adopt("new-")(stage, name)


def reword(number: int) -> Act:
    """Give it another of its story's texts."""
    return lambda stage, name: stage.edit(
        name, **{stage.story(name).case.text: stage.text(name, number)}
    )


def reword_and(**options: object) -> Act:
    def act(stage: Stage, name: str) -> None:
        reword(1)(stage, name)
        stage.project.option(name, **options)

    return act


def rewrite(stage: Stage, name: str) -> None:
    """A transformation puts a text of its own in the place of what the program says."""
    rewrites = stage.program.setdefault("rewrites", {})
    for each in (name, f"new-{name}"):
        rewrites[each] = {stage.story(name).case.text: stage.text(name, 1)}


def rewrite_and_retain(stage: Stage, name: str) -> None:
    rewrite(stage, name)
    stage.program.setdefault("retained", []).append(name)


def change_the_proof(stage: Stage, name: str) -> None:
    """Put other evidence in the place of the first: content that no vendor reports."""
    case = stage.story(name).case
    stage.edit(name, **{case.evidence: case.evidence_from(proof(1))})


def take_back(stage: Stage, name: str) -> None:
    """Have the program say what it said at first."""
    options = stage.declared(name).get("options", {})
    stage.declare(name, **stage.story(name).start)
    stage.declared(name)["options"] = options


def declare_again(stage: Stage, name: str) -> None:
    stage.declare(name, **stage.story(name).start)


def swap(stage: Stage, name: str) -> None:
    """Give it the text of the story whose name ends in another figure."""
    stage.edit(name, **{stage.story(name).case.text: stage.text(other(name))})


def adopt_the_other(stage: Stage, name: str) -> None:
    stage.edit(name, adopt=stage.id(other(name)))


def other(name: str) -> str:
    return f"{name[:-1]}{'21'[int(name[-1]) - 1]}"


def option(**options: object) -> Act:
    return lambda stage, name: stage.project.option(name, **options)


def allow(policy: str) -> Act:
    """Have it say another deletion_policy."""
    return lambda stage, name: stage.edit(name, deletion_policy=policy)


def force(stage: Stage, name: str) -> None:
    """Have the next run replace it."""
    stage.arguments.append(f"--replace={stage.project.urn(name)}")


def taint(stage: Stage, name: str) -> None:
    stage.project.pulumi("state", "taint", stage.project.urn(name), "--yes", check=True)


def untaint(stage: Stage, name: str) -> None:
    stage.project.pulumi("state", "untaint", stage.project.urn(name), "--yes", check=True)


def reject(number: int) -> Act:
    def act(stage: Stage, name: str) -> None:
        one = stage.bearing(name, number)
        stage.sandbox.reject(one.vendor, one.id, "unreadable")

    return act


def vanish(stage: Stage, name: str) -> None:
    """The vendor has shown it, and no longer has it."""
    stage.project.refresh()
    one = stage.bearing(name)
    stage.watch.is_elsewhere = True
    stage.sandbox.remove(one.vendor, one.id)
    stage.watch.is_elsewhere = False


def fault(**order: JsonValue) -> Act:
    """Have the vendor's side play a fault."""

    def act(stage: Stage, name: str) -> None:
        stage.sandbox.faults.add({"vendor": stage.story(name).case.vendor, **order})

    return act


def both(*acts: Act) -> Act:
    def act(stage: Stage, name: str) -> None:
        for each in acts:
            each(stage, name)

    return act


# --- ways to run it


def old_urns(stage: Stage, option: str) -> list[str]:
    """An option for each signature of the state, by its URN of now."""
    return [
        f"{option}={resource['urn']}"
        for resource in stage.project.resources()
        if resource["type"].endswith("Sms")
    ]


def up(stage: Stage, red: tuple[str, ...]) -> None:
    stage.run("up", red=red)


def elsewhere(stage: Stage, red: tuple[str, ...]) -> None:
    stage.project.go_to_another_machine()
    stage.run("up", "--skip-preview", "--continue-on-error", "--refresh", red=red)


def by_a_plan(stage: Stage, red: tuple[str, ...]) -> None:
    stage.project.environment["PULUMI_EXPERIMENTAL"] = "true"
    stage.run("preview", "--save-plan=plan.json")
    stage.run("up", "--plan=plan.json", red=red)


def targeting_the_old(stage: Stage, red: tuple[str, ...]) -> None:
    stage.run("up", "--skip-preview", *old_urns(stage, "--target"), red=red)


def excluding_the_old(stage: Stage, red: tuple[str, ...]) -> None:
    stage.run("up", "--skip-preview", *old_urns(stage, "--exclude"), red=red)


def refreshing(stage: Stage, red: tuple[str, ...]) -> None:
    stage.run("up", "--refresh", red=red)


def unable_to_write(stage: Stage, red: tuple[str, ...]) -> None:
    """A full or read-only disk; a file in the folder's place holds for root, too."""
    home = Path(stage.project.environment["PULUMI_HOME"]) / "smssign"
    shutil.rmtree(home)
    home.touch()
    stage.run("up", red=red)


def past_errors(stage: Stage, red: tuple[str, ...]) -> None:
    stage.program["approval"] = "continue"
    stage.run("up", "--skip-preview", "--continue-on-error", red=red)


def excluding_the_old_past_errors(stage: Stage, red: tuple[str, ...]) -> None:
    stage.run("up", "--skip-preview", "--continue-on-error", *old_urns(stage, "--exclude"), red=red)
