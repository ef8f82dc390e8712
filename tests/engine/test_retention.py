"""What a program sees of `retain_on_delete`, beside what the engine makes of the same options."""

from __future__ import annotations

import pytest

from tests.engine.project import Project

PROGRAM = """\
import pulumi
from pulumi import ResourceOptions as Options
from pulumi.dynamic import CreateResult, Resource, ResourceProvider
from pulumi_smssign.model.vocabulary import RUN
from pulumi_smssign.program.facts import OptionsSeen, program_facts


class Told(ResourceProvider):
    def create(self, props):
        return CreateResult("one", {"retains": props[RUN].get("retains")})


class Part(OptionsSeen, Resource, module="test", name="Part"):
    def __init__(self, name, opts=None):
        super().__init__(Told(), name, program_facts(self), opts)


class Ours(OptionsSeen, pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Ours", name, None, opts)


class Foreign(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Foreign", name, None, opts)


KEPT, LEFT = Options(retain_on_delete=True), Options(retain_on_delete=False)


def under(parent, opts=None):
    return Options.merge(Options(parent=parent), opts)


def setting(opts, *names):
    def transform(args):
        if args.name in names:
            return pulumi.ResourceTransformationResult(args.props, Options.merge(args.opts, opts))
    return transform


def transform(args):
    if args.name.startswith("transformed"):
        return pulumi.ResourceTransformResult(args.props, Options.merge(args.opts, KEPT))


"""

SEEN = """\
Part("bare")
Part("kept", KEPT)
Part("left", LEFT)
ours = Ours("ours", KEPT)
Part("kept-by-ours", under(ours))
Part("kept-by-ours-of-ours", under(Ours("between", under(ours))))
Part("left-under-ours", under(ours, LEFT))
Part("kept-by-part", under(Part("kept-parent", KEPT)))
Part("kept-under-foreign", under(Foreign("one"), KEPT))
Part("left-under-foreign", under(Foreign("two", KEPT), LEFT))
own = Options(transformations=[setting(KEPT, "kept-by-own-transformation")])
Part("kept-by-own-transformation", own)
parents = Options(transformations=[setting(KEPT, "kept-by-parents-transformation")])
Part("kept-by-parents-transformation", under(Ours("three", parents)))
pulumi.runtime.register_stack_transformation(setting(KEPT, "kept-by-stack", "four"))
pulumi.runtime.register_stack_transformation(setting(LEFT, "left-by-stack"))
Part("kept-by-stack")
Part("left-by-stack", KEPT)
Part("kept-by-stack-through-ours", under(Ours("four")))
"""

UNSEEN = {
    "a user's component, own and parent's transforms": """\
Part("transformed-by-foreign", under(Foreign("shop", KEPT)))
Part("transformed-by-own", Options(transforms=[transform]))
shop = Foreign("shop-2", Options(transforms=[transform]))
Part("transformed-by-parents", under(shop, LEFT))
""",
    "a stack's transform": """\
pulumi.runtime.register_resource_transform(transform)
Part("transformed", LEFT)
""",
}


def seen(project: Project) -> dict[str, tuple[object, bool]]:
    """What the program saw, and what the engine has in state, by the parts' names."""
    return {
        each["urn"].rpartition("::")[2]: (
            each["outputs"].get("retains"),
            each.get("retainOnDelete", False),
        )
        for each in project.resources()
        if each["type"].endswith(":Part")
    }


def test_a_visible_retention_is_what_the_engine_does(project: Project) -> None:
    project.write_program(PROGRAM + SEEN)
    project.apply()
    parts = seen(project)
    assert {name: told for name, (told, _) in parts.items()} == {
        name: retained for name, (_, retained) in parts.items()
    }
    kept = {name for name, (_, retained) in parts.items() if retained}
    assert kept == {name for name in parts if name.startswith("kept")}
    assert len(parts) == 15


@pytest.mark.parametrize("program", UNSEEN.values(), ids=UNSEEN)
def test_an_invisible_retention_is_told_as_such(project: Project, program: str) -> None:
    project.write_program(PROGRAM + program)
    project.apply()
    assert set(seen(project).values()) == {(None, True)}
