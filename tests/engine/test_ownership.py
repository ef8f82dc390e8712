"""Who owns a signature: one resource at a time, whatever is renamed, moved, adopted or dropped."""

from __future__ import annotations

import re

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, at, crossed
from tests.engine.scene import NEW, OLD, Scene


def adopted_id(said: str) -> str:
    """The id in the line that a message says to add."""
    found = re.search(r'adopt="([^"]+)"', said)
    assert found, said
    return found[1]


@at(ALIBABA)
def test_a_new_logical_name_keeps_the_signature_by_the_adoption_that_is_advised(
    scene: Scene,
) -> None:
    old = scene.approved()
    scene.project.move("brand", "marke")
    refused = scene.project.up()
    assert not refused.succeeded
    said = refused.diagnostics("marke")
    assert said.index("aliases=") < said.index("adopt=")
    scene.project.edit("marke", adopt=adopted_id(said))
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "stays in the account: `marke` manages it now" in run.diagnostics("brand")
    assert scene.only() == old
    assert not scene.project.has("brand")
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@crossed("first", (TENCENT, "second", "second first"), (ALIBABA, "brand", "brand first"))
def test_a_text_moves_to_another_resource_with_its_signature(scene: Scene, first: str) -> None:
    scene.project.policy("retain")
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


def test_a_predecessor_of_another_is_taken_over_when_that_one_retains_it(tencent: Scene) -> None:
    """Else it would be deleted by an update that comes before the new owner's Check."""
    old = tencent.approved()
    tencent.declare("second", adopt=old.id, deletion_policy="retain")
    tencent.project.option("second", depends_on=["brand"])
    tencent.rename(NEW)
    refused = tencent.project.up("--skip-preview")
    assert not refused.succeeded
    said = refused.diagnostics("second")
    assert 'give `brand` deletion_policy="retain"' in said
    assert tencent.bearing(OLD) == old

    tencent.project.edit("brand", deletion_policy="retain")
    tencent.project.apply()
    assert tencent.project.state("second")["id"] == old.id
    tencent.approve()
    tencent.project.apply()
    assert tencent.bearing(OLD) == old


def test_what_a_target_run_took_over_is_no_predecessor_of_who_gives_it_up(tencent: Scene) -> None:
    """That run sees its target alone; the next one sees the other owner first, and its edit."""
    project = tencent.project
    project.policy("delete")
    old = tencent.approved()
    tencent.declare("second", adopt=old.id)
    project.option("second", depends_on=["brand"])
    tencent.rename(NEW)
    assert project.up(f"--target={project.urn('brand').replace('::brand', '::second')}").succeeded
    refused = project.up()
    assert not refused.succeeded
    assert 'give `brand` deletion_policy="retain"' in refused.diagnostics("second")
    assert tencent.held() == [old]

    project.edit("brand", deletion_policy="retain")
    project.apply()
    tencent.approve()
    project.apply()
    assert tencent.bearing(OLD) == old
    assert project.state("second")["id"] == old.id
    assert set(tencent.texts()) == {OLD, NEW}


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
    assert tencent.only() == old

    tencent.project.drop("twin")
    tencent.project.apply()
    assert tencent.only() == old


def test_two_resources_with_one_text_are_refused_in_the_preview(tencent: Scene) -> None:
    for name in ("a", "b"):
        tencent.declare(name)
    preview = tencent.project.preview()
    assert not preview.succeeded
    assert re.search(r"`[ab]` has the same text as `[ab]`", preview.output), preview.output
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert len(tencent.held()) <= 1


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
        source.replace("signatures: ", f"{late}signatures: ").replace(
            "    options = ",
            "    wanted['arguments']['sign_name'] = Made(\n"
            "        f'text-{name}', wanted['arguments']['sign_name']).made\n    options = ",
        )
    )
    tencent.fault(kind="drop_before", action="AddSmsSign")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "AddSmsSign" in tencent.writes()
    assert len(tencent.held()) <= 1
    ids = [
        resource["id"]
        for resource in tencent.project.resources()
        if resource["type"].endswith("TencentSms")
    ]
    assert len(ids) == len(set(ids)) <= 1


@crossed("how", (TENCENT, "--replace", "--replace"), (ALIBABA, "taint", "taint"))
def test_a_forced_replacement_never_deletes_what_it_has_just_adopted(
    scene: Scene, how: str
) -> None:
    old = scene.approved()
    urn = scene.project.urn("brand")
    arguments = ["--replace", urn] if how == "--replace" else []
    if how == "taint":
        scene.project.pulumi("state", "taint", urn, "--yes", check=True)
    refused = scene.project.up(*arguments)
    assert not refused.succeeded
    said = refused.diagnostics("brand")
    assert "pulumi state untaint" in said
    scene.project.edit("brand", adopt=adopted_id(said))
    run = scene.project.up(*arguments)
    assert run.succeeded, run.output
    assert scene.only() == old
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@at(TENCENT, YUNPIAN)
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


@at(TENCENT, YUNPIAN)
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


def test_a_forced_replacement_of_an_unfinished_successor_keeps_the_approved_one(
    tencent: Scene,
) -> None:
    """The engine deletes the open one first; asked no Diff, nothing remembers the approved one."""
    old = tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    tencent.project.option("brand", delete_before_replace=True)
    tencent.forget_calls()
    run = tencent.project.up("--replace", tencent.project.urn("brand"))
    assert run.succeeded, run.output
    assert tencent.writes() == ["DeleteSmsSign", "AddSmsSign"]
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    said = run.diagnostics("brand")
    assert f"【{OLD}】 ({old.id}) stays in the account" in said
    assert "no state remembers it after this run" in said
    tencent.approve()
    assert "2 unchanged" in tencent.project.apply().output
    assert tencent.bearing(OLD) == old
