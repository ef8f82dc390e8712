"""Who owns a signature: one resource at a time, whatever is renamed, moved, adopted or dropped."""

from __future__ import annotations

import re

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import DELETES_OR_NOT, HUAWEI, TENCENT, UCLOUD, YUNPIAN, crossed
from tests.engine.scene import NEW, OLD, Scene


def adopted_id(said: str) -> str:
    """The id in the line that a message says to add."""
    found = re.search(r'adopt="([^"]+)"', said)
    assert found, said
    return found[1]


@DELETES_OR_NOT
def test_a_new_logical_name_keeps_the_signature_by_the_alias_that_is_advised(scene: Scene) -> None:
    old = scene.approved()
    scene.project.move("brand", "marke")
    refused = scene.project.up()
    assert not refused.succeeded
    said = refused.diagnostics("marke")
    assert said.index("aliases=") < said.index("adopt=")
    assert scene.only().id == old.id

    scene.project.option("marke", aliases=["brand"])
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.only().id == old.id
    assert scene.project.state("marke")["id"] == scene.identifier(old)


@DELETES_OR_NOT
def test_a_new_logical_name_keeps_the_signature_by_the_adoption_that_is_advised(
    scene: Scene,
) -> None:
    old = scene.approved()
    scene.project.move("brand", "marke")
    refused = scene.project.up()
    scene.project.edit("marke", adopt=adopted_id(refused.diagnostics("marke")))
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "is left: `marke` manages it now" in run.diagnostics("brand")
    assert scene.only().id == old.id
    assert scene.only().status is Status.APPROVED
    assert not scene.project.has("brand")
    again = scene.project.up("--skip-preview")
    assert "2 unchanged" in again.output, again.output


def test_targeted_runs_never_delete_what_has_a_new_name(tencent: Scene) -> None:
    old = tencent.approved()
    brand = tencent.project.urn("brand")
    tencent.project.move("brand", "marke")
    tencent.project.edit("marke", adopt=old.id)
    marke = brand.replace("::brand", "::marke")
    refused = tencent.project.up("--target", marke)
    assert not refused.succeeded
    assert "for the whole program, without --target" in refused.diagnostics("marke")
    held_back = tencent.project.up("--target", brand)
    assert not held_back.succeeded
    assert "`marke` of this program declares" in held_back.diagnostics("brand")
    assert tencent.only().id == old.id

    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.only().id == old.id
    assert not tencent.project.has("brand")


@crossed("first", (TENCENT, "second", "second first"), (YUNPIAN, "brand", "brand first"))
def test_a_text_moves_to_another_resource_with_its_signature(scene: Scene, first: str) -> None:
    old = scene.approved()
    scene.declare("second", adopt=scene.identifier(old))
    if first == "second":
        scene.project.program["signatures"] = dict(
            reversed(scene.project.program["signatures"].items())
        )
    scene.rename(NEW)
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.bearing(OLD).id == old.id
    assert scene.project.state("second")["id"] == scene.identifier(old)
    scene.approve_all()
    for _ in range(2):
        run = scene.project.apply()
    assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.APPROVED}
    assert "3 unchanged" in run.output

    scene.project.drop("brand")
    scene.project.apply()
    assert scene.bearing(OLD).id == old.id


@pytest.mark.parametrize(
    ("skip", "order"),
    [((), "before"), (("--skip-preview",), "after")],
    ids=["with preview, twin first", "without, twin last"],
)
def test_a_twin_that_adopts_is_refused_and_the_owner_named(
    tencent: Scene, skip: tuple[str, ...], order: str
) -> None:
    old = tencent.approved()
    tencent.declare("twin", adopt=old.id)
    signatures = tencent.project.program["signatures"]
    if order == "before":
        tencent.project.program["signatures"] = dict(reversed(signatures.items()))
    run = tencent.project.up(*skip)
    assert not run.succeeded
    assert "`brand`" in run.output
    assert "`twin`" in run.output
    assert tencent.only().id == old.id

    tencent.project.drop("twin")
    tencent.project.apply()
    assert tencent.only().id == old.id


@crossed("names", (TENCENT, ("a", "b"), "ab"), (YUNPIAN, ("b", "a"), "ba"))
def test_two_resources_with_one_text_are_refused_in_the_preview(
    scene: Scene, names: tuple[str, str]
) -> None:
    for name in names:
        scene.declare(name)
    preview = scene.project.preview()
    assert not preview.succeeded
    assert re.search(r"`[ab]` has the same text as `[ab]`", preview.output), preview.output
    run = scene.project.up("--skip-preview")
    assert not run.succeeded
    assert len(scene.held()) <= 1


def test_two_resources_never_get_one_signature_though_an_answer_is_lost(tencent: Scene) -> None:
    """Their texts are not known before the run."""
    tencent.declare("a")
    tencent.declare("b")
    source = (tencent.project.folder / "__main__.py").read_text(encoding="utf-8")
    late = (
        "from pulumi.dynamic import CreateResult, Resource, ResourceProvider\n"
        "class Maker(ResourceProvider):\n"
        "    def create(self, props):\n"
        "        return CreateResult('made', {**props, 'made': props['value']})\n"
        "class Made(Resource):\n"
        "    def __init__(self, name, value):\n"
        "        super().__init__(Maker(), name, {'value': value, 'made': None})\n"
    )
    tencent.project.write_program(
        source.replace("signatures = {}", f"{late}signatures = {{}}").replace(
            "    options = ",
            "    wanted['arguments']['sign_name'] = Made(\n"
            "        f'text-{name}', wanted['arguments']['sign_name']).made\n    options = ",
        )
    )
    tencent.fault(kind="drop_before", action="AddSmsSign")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert len(tencent.held()) <= 1
    ids = [
        resource["id"]
        for resource in tencent.project.resources()
        if resource["type"].endswith("TencentSignature")
    ]
    assert len(ids) == len(set(ids)) <= 1


@crossed(
    "forced",
    (TENCENT, ("--replace", True), "--replace, adopts"),
    (TENCENT, ("taint", False), "taint, plain"),
    (YUNPIAN, ("--replace", False), "--replace, plain"),
    (YUNPIAN, ("taint", True), "taint, adopts"),
)
def test_a_forced_replacement_never_deletes_what_it_has_just_adopted(
    scene: Scene, forced: tuple[str, bool]
) -> None:
    how, adopts = forced
    old = scene.approved()
    urn = scene.project.urn("brand")
    if adopts:
        scene.project.edit("brand", adopt=scene.identifier(old))
    scene.project.apply()
    arguments = ["--replace", urn] if how == "--replace" else []
    if how == "taint":
        scene.project.pulumi("state", "taint", urn, "--yes", check=True)
    run = scene.project.up(*arguments)
    if not adopts:
        assert not run.succeeded
        said = run.diagnostics("brand")
        assert "state untaint" in said
        scene.project.edit("brand", adopt=adopted_id(said))
        run = scene.project.up(*arguments)
    assert run.succeeded, run.output
    assert scene.only().id == old.id
    assert scene.only().status is Status.APPROVED
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@crossed("how", (TENCENT, "--replace", "--replace"), (YUNPIAN, "taint", "taint"))
def test_what_was_just_submitted_is_kept_by_a_forced_replacement(scene: Scene, how: str) -> None:
    """No run has come between, so it may be that the engine never heard of it."""
    old = scene.approved()
    urn = scene.project.urn("brand")
    arguments = ["--replace", urn] if how == "--replace" else []
    if how == "taint":
        scene.project.pulumi("state", "taint", urn, "--yes", check=True)
    run = scene.project.up(*arguments)
    assert run.succeeded, run.output
    assert "was submitted by an earlier run of this resource" in run.diagnostics("brand")
    assert scene.only().id == old.id
    assert "2 unchanged" in scene.project.up("--skip-preview").output


def test_a_tainted_one_is_left_alone_by_the_other_advice(tencent: Scene) -> None:
    old = tencent.approved()
    tencent.project.apply()
    urn = tencent.project.urn("brand")
    tencent.project.pulumi("state", "taint", urn, "--yes", check=True)
    assert not tencent.project.up().succeeded
    tencent.project.pulumi("state", "untaint", urn, "--yes", check=True)
    assert "2 unchanged" in tencent.project.up("--skip-preview").output
    assert tencent.only().id == old.id


@pytest.mark.parametrize("has_mark", [True, False], ids=["with a mark", "without"])
def test_a_forced_replacement_with_a_new_text_waits_for_the_approval_too(
    tencent: Scene,
    has_mark: bool,
) -> None:
    """The engine asks no Diff: only a mark or the refused deletion remembers the old one."""
    tencent.approved()
    urn = tencent.project.urn("brand")
    if not has_mark:
        assert tencent.project.preview().succeeded
    assert bool(tencent.project.marks()) is has_mark
    tencent.rename(NEW)
    run = tencent.project.up("--replace", urn)
    assert run.succeeded is has_mark
    assert "its successor is not approved yet" in run.diagnostics("brand")
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    tencent.approve()
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.texts() == {NEW: Status.APPROVED}


def test_a_forced_replacement_with_consent_deletes_first(tencent: Scene) -> None:
    tencent.approved()
    tencent.project.option("brand", delete_before_replace=True)
    tencent.forget_calls()
    run = tencent.project.up("--replace", tencent.project.urn("brand"))
    assert run.succeeded, run.output
    assert tencent.writes() == ["DeleteSmsSign", "AddSmsSign"]


@DELETES_OR_NOT
def test_an_adoption_is_looked_up_in_the_preview(scene: Scene) -> None:
    old = scene.approved()
    scene.project.pulumi("state", "delete", scene.project.urn("brand"), "--yes", check=True)
    scene.project.edit("brand", adopt=scene.identifier(old))
    scene.forget_calls()
    preview = scene.project.preview()
    assert preview.succeeded, preview.output
    assert f"takes over 【{OLD}】" in preview.diagnostics("brand")
    assert "APPROVED" in preview.diagnostics("brand")
    assert scene.writes() == []


@DELETES_OR_NOT
def test_adopting_what_does_not_exist_is_refused_in_the_preview(scene: Scene) -> None:
    missing = "999999" if scene.case.deletes else NEW
    scene.declare(adopt=missing, **({} if scene.case.deletes else {scene.case.text: NEW}))
    preview = scene.project.preview()
    assert not preview.succeeded
    assert f"no signature {missing} to adopt" in preview.diagnostics("brand")


def test_adopting_one_of_another_app_is_refused_with_the_line_to_write(
    request: pytest.FixtureRequest, tencent: Scene
) -> None:
    huawei = Scene(HUAWEI, tencent.project, tencent.sandbox, tencent.url)
    old = huawei.approved()
    app = huawei.case.arguments["app_id"]
    huawei.project.pulumi("state", "delete", huawei.project.urn("brand"), "--yes", check=True)
    huawei.project.edit("brand", adopt=old.id, app_id=huawei.case.fixed_change[1])
    preview = huawei.project.preview()
    assert not preview.succeeded
    assert f"app_id={app!r}" in preview.diagnostics("brand")
    huawei.project.edit("brand", app_id=app)
    run = huawei.project.up()
    assert run.succeeded, run.output
    assert huawei.only().id == old.id


def test_one_text_on_the_mainland_and_abroad_is_two_signatures_at_ucloud(tencent: Scene) -> None:
    """UCloud does not tell which kind a signature is; the program's own are known."""
    ucloud = Scene(UCLOUD, tencent.project, tencent.sandbox, tencent.url)
    old = ucloud.approved()
    ucloud.declare("abroad", international=True)
    run = ucloud.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert len({one.id for one in ucloud.held()}) == 2
    ucloud.project.drop("abroad")
    ucloud.project.apply()
    assert ucloud.only().id == old.id


def test_a_forced_replacement_of_an_unfinished_successor_deletes_nothing(tencent: Scene) -> None:
    tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    tencent.project.option("brand", delete_before_replace=True)
    urn = tencent.project.urn("brand")
    refused = tencent.project.up("--replace", urn)
    assert not refused.succeeded
    assert "Leave --replace out" in refused.diagnostics("brand")
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    tencent.approve()
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.texts() == {NEW: Status.APPROVED}
