"""What must never happen: a signature lost, doubled or taken by mistake, a key or a file shown."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

import pytest

from tests.engine.cases import DELETES_OR_NOT, HUAWEI, YUNPIAN, at
from tests.engine.scene import NEW, OLD, Scene, Scenes
from tests.images import jpeg, png


def test_an_answer_lost_after_the_vendor_acted_leaves_exactly_one_signature(
    scenes: Scenes,
) -> None:
    scenes.declare()
    for scene in scenes:
        scene.fault(kind="drop_after", action=scene.case.names.submit)
    run = scenes.project.up("--skip-preview")
    assert run.succeeded, run.output
    for scene in scenes:
        assert scene.writes() == [scene.case.names.submit]
        assert scene.id == scene.identifier(scene.only())


@DELETES_OR_NOT
def test_a_submission_lost_on_the_way_is_not_sent_twice_in_one_run(scene: Scene) -> None:
    scene.declare()
    scene.fault(kind="drop_before", action=scene.case.names.submit)
    run = scene.project.up("--skip-preview")
    assert not run.succeeded
    assert "not sent again" in run.diagnostics("brand")
    assert "run `pulumi up` again" in run.diagnostics("brand")
    assert scene.writes() == [scene.case.names.submit]

    scene.project.apply()
    assert scene.project.state("brand")["id"] == scene.only().id


def test_a_lost_answer_to_a_resubmission_leaves_one_signature_under_its_id(
    scenes: Scenes,
) -> None:
    scenes.applied_and_rejected()
    for scene in scenes:
        scene.change_the_proof()
        scene.fault(kind="drop_after", action=scene.case.names.resubmit)
    scenes.project.up("--skip-preview")
    scenes.project.apply()
    for scene in scenes:
        assert scene.id == scene.identifier(scene.only())
        assert scene.received(png(1)) is scene.case.takes_files
    assert "6 unchanged" in scenes.project.up("--skip-preview").output


def test_five_signatures_a_vendor_at_its_pace_all_succeed(scenes: Scenes) -> None:
    scenes.project.keep_to_the_pace()
    scenes.sandbox.switches.set({"tencent.enforce_rate": True})
    texts = {f"{OLD}{number}" for number in range(5)}
    for scene in scenes:
        for text in texts:
            scene.declare(f"{scene.name}-{text}", **{scene.case.text: text})
    run = scenes.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert scenes.each(lambda scene: scene.texts().keys()) == scenes.each(lambda _: texts)


@DELETES_OR_NOT
def test_a_twin_is_refused_with_the_line_that_adopts_it(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.project.pulumi("state", "delete", scene.project.urn("brand"), "--yes", check=True)
    scene.project.move("brand", "twin")
    run = scene.project.up("--skip-preview")
    assert not run.succeeded
    assert f'add adopt="{scene.only().id}"' in run.diagnostics("twin")
    assert scene.writes() == [scene.case.names.submit]
    assert not scene.project.has("twin")


def test_a_secret_that_is_not_fit_is_not_shown(tencent: Scene) -> None:
    """The engine prints the value of a property that a check names, even a secret's."""
    tencent.declare(**{tencent.case.text: "【秘密】"})
    source = (tencent.project.folder / "__main__.py").read_text(encoding="utf-8")
    tencent.project.write_program(
        source.replace(
            "    signatures[name] = ",
            f"    text = wanted['arguments'][{tencent.case.text!r}]\n"
            f"    wanted['arguments'][{tencent.case.text!r}] = pulumi.Output.secret(text)\n"
            "    signatures[name] = ",
        )
    )
    preview = tencent.project.preview()
    assert not preview.succeeded
    assert "without 【】" in preview.diagnostics("brand")
    assert "秘密" not in preview.output


@DELETES_OR_NOT
def test_adopt_takes_over_what_exists_already(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    existing = scene.only().id
    scene.project.program["signatures"].clear()
    scene.declare("adopted", adopt=existing)
    _forget(scene, "brand")
    scene.forget_calls()
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert scene.writes() == []
    assert scene.project.state("adopted")["id"] == existing
    again = scene.project.up("--skip-preview")
    assert "2 unchanged" in again.output, again.output


def test_adopting_under_another_text_is_refused(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    _forget(tencent, "brand")
    tencent.project.drop("brand")
    tencent.declare("adopted", adopt=tencent.only().id, **{tencent.case.text: NEW})
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert f"{tencent.case.text}='{OLD}'" in run.diagnostics("adopted")


def test_adopting_what_does_not_exist_is_refused(tencent: Scene) -> None:
    tencent.declare("adopted", adopt="999999")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "no signature 999999 to adopt" in run.diagnostics("adopted")
    assert tencent.writes() == []


def test_replacing_an_adopted_signature_asks_to_take_adopt_out_first(tencent: Scene) -> None:
    tencent.sandbox.review_policy = "immediate"
    tencent.declare()
    tencent.project.apply()
    existing = tencent.only().id
    _forget(tencent, "brand")
    tencent.project.edit("brand", adopt=existing)
    tencent.project.apply()
    tencent.rename(NEW)
    preview = tencent.project.preview()
    assert not preview.succeeded
    assert "take the line adopt= out" in preview.diagnostics("brand")
    tencent.project.edit("brand", adopt=None)
    assert tencent.project.preview().plans("replace", "brand")


def test_a_wrong_key_is_one_clear_message(scenes: Scenes) -> None:
    _use_keys(*((scene, {**scene.case.keys.settings, **scene.case.keys.wrong}) for scene in scenes))
    scenes.declare()
    run = scenes.project.up("--skip-preview", "--continue-on-error")
    assert not run.succeeded
    for scene in scenes:
        said = run.diagnostics(scene.name)
        assert "Traceback" not in said
        assert scene.case.keys.wrong_code in said
        assert "what to do" in said
        assert ("request id" in said) is scene.case.numbers_requests
        assert scene.held() == []
        actions = [call.action for call in scene.calls()]
        assert actions
        assert len(set(actions)) == len(actions), "a key that is wrong is not tried again"


def test_missing_configuration_is_named_whole_and_before_any_call(scene: Scene) -> None:
    scene.project.use_no_sandbox()
    scene.declare()
    preview = scene.project.preview()
    assert not preview.succeeded
    said = preview.diagnostics("brand")
    for name in scene.case.keys.needed:
        assert name in said
    assert f"smssign:{scene.case.vendor}" in said
    assert "Traceback" not in said
    assert scene.calls() == []


def test_rotating_the_secret_keys_changes_nothing(scenes: Scenes) -> None:
    _use_keys(*((scene, scene.case.keys.settings) for scene in scenes))
    scenes.declare()
    scenes.project.apply()
    _use_keys(*((scene, {**scene.case.keys.settings, **scene.case.keys.wrong}) for scene in scenes))
    scenes.forget_calls()
    assert "6 unchanged" in scenes.project.up("--skip-preview").output
    assert scenes.sandbox.calls() == []


@at(HUAWEI, YUNPIAN)
def test_no_key_and_no_byte_of_a_file_is_written_anywhere(scene: Scene) -> None:
    """Not by us: Pulumi's internal log (`--logtostderr`) has every configuration in clear."""
    use_keys(scene, scene.case.keys.settings)
    events = scene.project.folder.with_name("temporary") / "events.json"
    scene.project.environment["PULUMI_DEBUG_COMMANDS"] = "true"
    _tell_a_story_and_keep_secrets(scene, "--debug", f"--event-log={events}")
    assert "resourcePreEvent" in events.read_text("utf-8")


def test_keys_from_the_environment_are_not_even_in_the_engines_own_logs(tencent: Scene) -> None:
    tencent.project.use_no_sandbox()
    trace = tencent.project.folder.with_name("temporary") / "grpc.json"
    tencent.project.environment["PULUMI_DEBUG_GRPC"] = str(trace)
    tencent.project.environment.update(tencent.case.keys.variables)
    tencent.project.environment["SMSSIGN_TENCENT_ENDPOINT"] = tencent.url
    _tell_a_story_and_keep_secrets(tencent, "--debug", "--logtostderr", "-v=9")
    assert "/pulumirpc.ResourceProvider/Create" in trace.read_text("utf-8")


def _tell_a_story_and_keep_secrets(scene: Scene, *verbose: str) -> None:
    """Submit, be rejected, be refused, resubmit; then look into everything that was written."""
    scene.declare()
    scene.project.wait(timeout=0, on_pending="continue")
    assert scene.project.up(*verbose).succeeded
    scene.reject("unreadable")
    scene.project.write("licence.png", jpeg(7))
    scene.fault(
        kind="error", action=scene.case.names.resubmit, code=scene.case.refusal_code, message="no"
    )
    assert not scene.project.up("--skip-preview", *verbose).succeeded
    scene.project.apply()
    written = scene.project.everything_written() + json.dumps(scene.project.resources())
    for secret in scene.case.keys.secret:
        assert scene.case.keys.settings[secret] not in written
    for picture in (png(), jpeg(7)):
        for encoded in (base64.b64encode(picture).decode(), picture.hex()):
            assert encoded[20:60] not in written


def test_the_providers_in_state_are_names_and_hold_no_code(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout=0, on_pending="continue")
    tencent.project.apply()
    for name, path in (
        ("brand", b"pulumi_smssign.provider"),
        ("approval", b"pulumi_smssign.provider"),
    ):
        pickled = base64.b64decode(tencent.project.state(name)["inputs"]["__provider"])
        assert path in pickled
        assert len(pickled) < 100


def test_a_file_changed_after_the_program_examined_it_is_named_before_any_call(
    tencent: Scene,
) -> None:
    tencent.declare()
    source = (tencent.project.folder / "__main__.py").read_text(encoding="utf-8")
    tencent.project.write_program(
        f"{source}\nif not pulumi.runtime.is_dry_run():\n"
        f"    Path('licence.png').write_bytes({png(3)!r})\n"
    )
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "licence.png has changed since the preview" in run.diagnostics("brand")
    assert tencent.calls() == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"not a picture at all", "is not a PNG"),
    ],
    ids=["missing", "empty", "no picture"],
)
def test_an_unfit_file_is_named_in_the_preview(
    tencent: Scene, content: bytes | None, reason: str
) -> None:
    tencent.declare()
    file = tencent.project.folder / "licence.png"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    preview = tencent.project.preview()
    assert not preview.succeeded
    assert f"the file licence.png {reason}" in preview.diagnostics("brand")
    assert tencent.case.evidence in preview.diagnostics("brand")
    assert tencent.calls() == []


def test_a_file_that_is_too_large_is_named_in_the_preview(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.write("licence.png", png(padding=13 * 1024 * 1024))
    preview = tencent.project.preview()
    assert not preview.succeeded
    assert "the file licence.png has 13.0 MiB" in preview.diagnostics("brand")


def use_keys(scene: Scene, keys: Mapping[str, str]) -> None:
    """Give the stack real keys for the vendor, at the sandbox's address."""
    _use_keys((scene, keys))


def _use_keys(*each: tuple[Scene, Mapping[str, str]]) -> None:
    """The same for several vendors of one stack."""
    project = each[0][0].project
    project.use_no_sandbox()
    project.configure(
        {
            f"smssign:{scene.case.vendor}.{name}": scene.url
            for scene, _ in each
            for name in scene.case.keys.endpoints
        },
        {
            f"smssign:{scene.case.vendor}.{name}": value
            for scene, keys in each
            for name, value in keys.items()
        },
    )


def _forget(scene: Scene, name: str) -> None:
    """Take a resource out of the state, and leave it at the vendor."""
    urn = scene.project.state(name)["urn"]
    scene.project.pulumi("state", "delete", urn, "--yes", check=True)
