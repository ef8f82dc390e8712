"""Programs that are not the plain one: outputs as inputs, components, assets, other providers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.engine.cases import DELETES_OR_NOT
from tests.engine.project import AWAITING, Project
from tests.engine.scene import OLD, Scene
from tests.images import png

HEAD = """\
import json, pathlib, pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider
import pulumi_smssign
declared = json.loads(pathlib.Path("program.json").read_text(encoding="utf-8"))
wanted = declared["signatures"]["brand"]
vendor = getattr(pulumi_smssign, wanted["vendor"])
arguments = wanted["arguments"]
"""

GET = "found = vendor.Signature.get('found', {id!r})\n"
EXPORT_FOUND = "pulumi.export('text', found.text)\npulumi.export('status', found.status)\n"

LATE = """\
class Maker(ResourceProvider):
    def create(self, props):
        return CreateResult("made", {"value": props["value"], "made": props["value"]})
class Made(Resource):
    def __init__(self, name, value):
        super().__init__(Maker(), name, {"value": value, "made": None})
"""


@DELETES_OR_NOT
def test_get_reads_a_signature_without_managing_it(scene: Scene) -> None:
    scene.sandbox.review_policy = "immediate"
    scene.declare()
    scene.project.apply()
    identifier = scene.only().id
    scene.project.pulumi("state", "delete", scene.project.state("brand")["urn"], "--yes")
    scene.project.write_program(
        HEAD
        + GET.format(id=identifier)
        + EXPORT_FOUND
        + "pulumi_smssign.Approval('approval', signatures=[found], timeout=0)\n"
    )
    run = scene.project.up()
    assert run.succeeded, run.output
    assert f'text  : "{OLD}"' in run.output
    assert 'status: "APPROVED"' in run.output
    assert scene.project.outputs_of("approval")["approved"] is True
    assert str(scene.project.folder) not in json.dumps(scene.project.state("found")["inputs"])
    scene.project.destroy()
    assert scene.only().id == identifier


@DELETES_OR_NOT
def test_unknown_inputs_are_passed_over_in_a_preview(scene: Scene) -> None:
    scene.declare()
    text, evidence = scene.case.text, scene.case.evidence
    scene.project.write_program(
        HEAD
        + LATE
        + f"arguments[{text!r}] = Made('text', arguments[{text!r}]).made\n"
        + f"arguments[{evidence!r}] = Made('path', arguments[{evidence!r}]).made\n"
        + "brand = vendor.Signature('brand', **arguments)\n"
        + "pulumi_smssign.Approval('approval', signatures=[brand], timeout=0, "
        + "on_pending='continue')\n"
    )
    preview = scene.project.preview()
    assert preview.succeeded, preview.output
    assert "error" not in preview.diagnostics("brand")
    scene.project.apply()
    assert scene.only().text == OLD
    assert scene.received(png())


def test_args_and_typed_outputs_work_on_the_engine(tencent: Scene) -> None:
    tencent.sandbox.review_policy = "immediate"
    tencent.declare()
    tencent.project.write_program(
        HEAD
        + """\
brand = vendor.Signature("brand", vendor.Arguments(**arguments), pulumi.ResourceOptions())
approved = pulumi_smssign.Approval("approval", signatures=[brand], timeout="20s")
APPROVED = pulumi_smssign.Status.APPROVED
pulumi.export("is_approved", brand.status.apply(lambda status: status is APPROVED))
pulumi.export("was_seen", approved.reviews.apply(lambda seen: seen[0]["status"] is APPROVED))
pulumi.export("status", brand.status)
pulumi.export("revision", brand.revision.apply(repr))
pulumi.export("reviews", approved.reviews)
pulumi.export("filing", brand.filing["state"])
"""
    )
    run = tencent.project.up()
    assert run.succeeded, run.output
    exported = tencent.project.exported()
    (review,) = exported.pop("reviews")
    assert exported == {
        "is_approved": True,
        "was_seen": True,
        "status": "APPROVED",
        "revision": "1",
        "filing": "none",  # as of its submission, until a refresh
    }
    assert review["status"] == "APPROVED"
    assert tencent.outputs["status"] == "PENDING", "in state, until a refresh"
    again = tencent.project.up("--skip-preview")
    assert "3 unchanged" in again.output


SEEN = """\
signatures = {
    name: vendor.Signature(name, **one["arguments"])
    for name, one in declared["signatures"].items()
}
early = signatures["brand"].status
approved = pulumi_smssign.Approval(
    "approval", signatures=signatures.values(), timeout="20s", on_pending="continue"
)
pulumi.export("approved", approved.approved)
pulumi.export("early", early)
for name, one in signatures.items():
    pulumi.export(name, [one.status, approved.status_of(one), one.usable, one.deliverable])
pulumi.export("reason", signatures["brand"].reason)
"""


def test_exported_outputs_do_not_contradict_after_a_green_up(tencent: Scene) -> None:
    """The first `up` submits and waits: what is exported is one story, state's own another."""
    tencent.declare()
    tencent.declare("other", sign_name="极客别名")
    tencent.project.write_program(HEAD + SEEN)
    tencent.sandbox.review_policy = "after:1"
    run = tencent.project.up()
    assert run.succeeded, run.output
    seen = ["APPROVED", "APPROVED", True, "unknown"]
    both = {"brand": seen, "other": seen}
    assert tencent.project.exported() == {
        "approved": True, "early": "PENDING", "reason": "", **both
    }  # fmt: skip
    assert tencent.outputs["status"] == "PENDING"
    preview = tencent.project.preview()
    assert "unchanged" in preview.output
    assert "output" not in preview.output

    tencent.sandbox.set_status("tencent", tencent.id, tencent.case.statuses.rejected, "复核不通过")
    tencent.project.refresh()
    assert tencent.project.exported()["approved"] is True  # a refresh runs no program
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "is REJECTED" in run.diagnostics("approval")


def test_an_approval_that_was_not_asked_again_hides_no_newer_look(tencent: Scene) -> None:
    """With `--target` the Approval has nothing yet, and then what it saw of the one before."""
    tencent.declare()
    tencent.project.write_program(HEAD + SEEN.replace('timeout="20s"', "timeout=0"))
    target = ("--target=**brand", "--skip-preview")
    assert tencent.project.up(*target).succeeded
    pending = ["PENDING", "PENDING", False, "no"]
    assert tencent.project.exported()["brand"] == pending
    assert tencent.project.up().succeeded
    tencent.reject("营业执照不清晰")
    tencent.project.refresh()
    assert tencent.project.outputs_of("approval")["reviews"][0]["status"] == "REJECTED"
    tencent.change_a_little()
    assert tencent.project.up(*target).succeeded
    assert tencent.project.exported()["brand"] == pending
    assert tencent.project.exported()["reason"] == ""
    tencent.approve()
    assert tencent.project.up().succeeded
    assert tencent.project.exported()["brand"][:3] == ["APPROVED", "APPROVED", True]


def test_an_awaiting_run_exports_what_the_signatures_own_look_said(tencent: Scene) -> None:
    tencent.declare()
    waiting = SEEN.replace('"approval", signatures', '"approval", timeout=0, signatures')
    waiting = waiting.replace(', timeout="20s", on_pending="continue"', "")
    tencent.project.write_program(HEAD + waiting)
    assert tencent.project.up("--skip-preview").code == AWAITING
    exported = tencent.project.exported()
    del exported["approved"]  # unknown, which the engine writes down as a mark of its own
    assert exported == {
        "early": "PENDING", "brand": ["PENDING", "PENDING", False, "no"], "reason": ""
    }  # fmt: skip


def test_a_secret_text_leaves_the_status_in_clear(tencent: Scene) -> None:
    tencent.sandbox.review_policy = "after:1"
    tencent.declare()
    tencent.project.write_program(
        HEAD
        + "arguments['sign_name'] = pulumi.Output.secret(arguments['sign_name'])\n"
        + SEEN.replace('**one["arguments"]', "**arguments")
    )
    assert tencent.project.up().succeeded
    exported = tencent.project.exported()
    assert exported["brand"] == ["APPROVED", "APPROVED", True, "unknown"]
    assert exported["reason"] == "[secret]"


def test_unknowns_of_a_preview_never_delete_an_approved_signature(
    tencent: Scene,
) -> None:
    """The text is unknown in the preview and turns out the same: only the picture has changed."""
    tencent.sandbox.review_policy = "immediate"
    tencent.declare(deletion_policy="retain")
    program = (
        HEAD
        + LATE.replace("class Made", "    def diff(self, _id, olds, news):\n"
                       "        return DiffResult(changes=olds['salt'] != news['salt'])\n"
                       "    def update(self, _id, olds, news):\n"
                       "        return UpdateResult({**news, 'made': news['value']})\n"
                       "class Made")
        .replace('"made": props["value"]}', '"made": props["value"], "salt": props["salt"]}')
        .replace("def __init__(self, name, value)", "def __init__(self, name, value, salt)")
        .replace('"made": None}', '"made": None, "salt": salt}')
        .replace("class Maker", "from pulumi.dynamic import DiffResult, UpdateResult\nclass Maker")
        + "arguments['sign_name'] = Made('text', arguments['sign_name'], SALT).made\n"
        + "vendor.Signature('brand', **arguments)\n"
    )  # fmt: skip
    tencent.project.write_program(program.replace("SALT", "1"))
    tencent.project.apply()
    old = tencent.only()
    tencent.project.write("licence.png", png(1))
    tencent.project.write_program(program.replace("SALT", "2"))
    surprised = tencent.project.up()
    assert not surprised.succeeded
    assert "give the signature another text" in surprised.diagnostics("brand")
    assert 'deletion_policy="delete"' in surprised.diagnostics("brand")
    assert tencent.writes() == ["AddSmsSign"]
    assert tencent.only() == old

    tencent.project.edit("brand", deletion_policy="delete")
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.writes() == ["AddSmsSign", "DeleteSmsSign", "AddSmsSign"]


def test_a_signature_within_a_component_has_its_own_row(tencent: Scene) -> None:
    tencent.declare(**tencent.case.doubtful)
    tencent.project.write_program(
        HEAD
        + """\
class Brand(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("example:index:Brand", name)
        vendor.Signature("inner", **arguments, opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})
Brand("outer")
"""
    )
    preview = tencent.project.preview()
    assert preview.succeeded, preview.output
    assert "warning:" in preview.diagnostics("inner")


@pytest.mark.parametrize(
    "as_file", ["pulumi.FileAsset('licence.png')", "pathlib.Path('licence.png')"]
)
def test_a_file_is_named_by_an_asset_or_a_path_too(tencent: Scene, as_file: str) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.project.write_program(
        HEAD
        + f"arguments[{tencent.case.evidence!r}] = {_listed(tencent, as_file)}\n"
        + "vendor.Signature('brand', **arguments)\n"
    )
    run = tencent.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert "2 unchanged" in run.output


def _listed(scene: Scene, file: str) -> str:
    return f"[{file}]" if isinstance(scene.case.evidence_from("-"), list) else file


def test_other_peoples_providers_fail_as_they_did_before(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.write_program(
        HEAD
        + """\
class Failing(ResourceProvider):
    def create(self, props):
        raise KeyError("somebody else's mistake")
class Other(Resource):
    def __init__(self, name, opts):
        super().__init__(Failing(), name, {}, opts)
brand = vendor.Signature("brand", **arguments)
Other("other", pulumi.ResourceOptions(depends_on=[brand]))
"""
    )
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "Traceback (most recent call last)" in run.diagnostics("other")
    assert "somebody else's mistake" in run.diagnostics("other")


def test_the_program_needs_no_plugin_from_the_network(tencent: Scene) -> None:
    tencent.declare()
    run = tencent.project.preview("--logtostderr", "-v=9")
    assert "pulumi-resource-smssign" not in run.output


@pytest.mark.parametrize("work_dir", [False, True], ids=["of its own", "named"])
def test_an_inline_program_finds_its_files_where_it_runs(
    tencent: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work_dir: bool
) -> None:
    """It is a function of a process, and opens files where that one does, not in the workspace."""
    from pulumi import automation

    import pulumi_smssign

    tencent.declare()
    monkeypatch.chdir(tencent.project.folder)
    (tmp_path / "elsewhere").mkdir()
    vendor = getattr(pulumi_smssign, tencent.case.vendor)
    arguments = tencent.project.program["signatures"]["brand"]["arguments"]
    stack = automation.create_stack(
        "inline",
        "inline",
        lambda: vendor.Signature("brand", **arguments) and None,
        opts=automation.LocalWorkspaceOptions(
            env_vars=pulumi_settings(tencent.project),
            work_dir=str(tmp_path / "elsewhere") if work_dir else None,
        ),
    )
    stack.set_config("smssign:sandbox", automation.ConfigValue(tencent.url))
    stack.up()
    assert tencent.only().text == OLD
    assert tencent.received((tencent.project.folder / "licence.png").read_bytes())
    stack.destroy()
    assert tencent.held() == []


def test_a_local_program_finds_its_files_beside_it(
    tencent: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pulumi import automation

    tencent.declare()
    tencent.project.preview()  # writes what the program declares
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    stack = automation.create_or_select_stack(
        "dev",
        work_dir=str(tencent.project.folder),
        opts=automation.LocalWorkspaceOptions(env_vars=pulumi_settings(tencent.project)),
    )
    stack.up()
    assert tencent.only().text == OLD
    assert tencent.received((tencent.project.folder / "licence.png").read_bytes())


def pulumi_settings(project: Project) -> dict[str, str]:
    """What tells the engine of a project's state, home and key."""
    return {
        name: value
        for name, value in project.environment.items()
        if name.startswith(("PULUMI_", "VAULT_"))
    }


def test_the_program_s_own_folder_is_where_its_files_are(tencent: Scene) -> None:
    """`main` of Pulumi.yaml says where the program is, and Pulumi runs it there."""
    tencent.declare()
    project = tencent.project
    (project.folder / "sub").mkdir()
    for name in ("__main__.py", "licence.png"):
        (project.folder / name).rename(project.folder / "sub" / name)
    (project.folder / "sub" / "program.json").symlink_to(project.folder / "program.json")
    (project.folder / "Pulumi.yaml").write_text("name: test\nruntime: python\nmain: sub\n", "utf-8")
    project.apply()
    assert tencent.received((project.folder / "sub" / "licence.png").read_bytes())


def test_odd_proof_files_are_problems_of_a_preview_that_ends(tencent: Scene) -> None:
    os.mkfifo(tencent.project.folder / "fifo.png")
    for path, why in (
        ("fifo.png", "is not a regular file"),
        ("/dev/zero", "is not a regular file"),
        ("a\0b.png", "its path has a NUL character"),
        ("evidence/gone.png", f"does not exist in {tencent.project.folder}"),
    ):
        tencent.declare(proof_image=path)
        run = tencent.project.preview()
        assert not run.succeeded
        said = run.diagnostics("brand")
        assert why in said
        assert "Traceback" not in said
    assert tencent.calls() == []


def test_a_program_stays_light(project: Project) -> None:
    project.start_cold()
    project.write_program(
        "import sys, pulumi\nimport pulumi_smssign\n"
        "heavy = {'httpx', 'pydantic', 'tenacity', 'pyrate_limiter'} & set(sys.modules)\n"
        "pulumi.export('heavy', ','.join(sorted(heavy)) or 'nothing')\n"
    )
    run = project.preview()
    assert run.succeeded, run.output
    assert 'heavy: "nothing"' in run.output
