"""Every command's help, exit codes and imports; and the commands' parts that need no engine."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from pulumi_smssign.address import SANDBOX_PORT
from pulumi_smssign.cli import Smssign, main
from pulumi_smssign.cli.inventory import checkup
from pulumi_smssign.cli.inventory.checkup import Health
from pulumi_smssign.cli.inventory.signatures import StackSignature
from pulumi_smssign.cli.inventory.stack import Settings, Stack
from pulumi_smssign.cli.inventory.standing import Outcome, Standing
from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.state import State
from pulumi_smssign.core.verdicts import Target, Verdict
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import DeletionPolicy, Status
from pulumi_smssign.sandbox.server import running

ROOT = Path(__file__).parents[2]
watch = importlib.import_module("pulumi_smssign.cli.watch")  # the command bears its name
COMMANDS = ("status", "watch", "doctor", "find", "audit")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_has_examples_and_exit_codes(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"  smssign {name}\n" in result.output
    assert "Exit codes:\n    0  " in result.output
    assert "    2  cancelled by Ctrl-C, or the command was misspelt\n" in result.output
    assert max(map(len, result.output.splitlines())) <= 102


def every_command(
    command: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """The words of each command, and of each group but the command itself."""
    if path:
        yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from every_command(inner, (*path, name))


@pytest.mark.parametrize("path", list(every_command()), ids=" ".join)
def test_help_of_every_command_has_an_example_and_the_sandboxs_port(path: tuple[str, ...]) -> None:
    output = CliRunner().invoke(main, [*path, "--help"]).output
    assert f"smssign {' '.join(path)}" in output.partition("  Example")[2]
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", output)) <= {str(SANDBOX_PORT)}


def test_help_says_how_to_complete_and_no_command_is_cut_short() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    assert "_SMSSIGN_COMPLETE=zsh_source smssign" in output
    assert not [line for line in output.splitlines() if line.endswith("...")][1:]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_clicks(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from pulumi_smssign.cli import main; main(prog_name='smssign')"],
        env={"_SMSSIGN_COMPLETE": f"{shell}_source", "PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "_SMSSIGN_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        (["status", "--help"], "httpx pydantic rich starlette"),
        (["--help"], "httpx pydantic rich starlette pulumi_smssign.cli.status"),
    ],
    ids=["of a command", "of all"],
)
def test_help_loads_nothing_heavy(command: list[str], heavy: str) -> None:
    program = (
        "import sys\nfrom pulumi_smssign.cli import main\n"
        f"main({command}, standalone_mode=False)\n"
        f"print(sorted(set({heavy.split()}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def result_of(raised: BaseException) -> click.testing.Result:
    @click.command()
    def ended() -> None:
        raise raised

    return CliRunner().invoke(Smssign(commands=[ended]), ["ended"])


def test_error_is_a_text_and_exit_code_1_and_ctrl_c_is_2() -> None:
    failed = result_of(InputError("it can't be", advice="do something else."))
    assert (failed.exit_code, failed.output) == (
        1,
        "Error: it can't be\n  what to do: do something else.\n",
    )
    assert result_of(KeyboardInterrupt()).exit_code == 2


def test_bug_keeps_its_traceback() -> None:
    assert isinstance(result_of(KeyError("oops")).exception, KeyError)


def test_missing_pulumi_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["status", "--cwd", str(tmp_path)])
    assert result.exit_code == 1
    assert "the program `pulumi` is not on the PATH" in result.output


@pytest.mark.parametrize("command", ["status", "watch", "doctor", "find", "audit"])
def test_folder_of_the_project_is_no_file_and_is_there(tmp_path: Path, command: str) -> None:
    file = tmp_path / "Pulumi.yaml"
    file.touch()
    for folder in (file, tmp_path / "gone"):
        result = CliRunner().invoke(main, [command, "--cwd", str(folder)])
        assert result.exit_code == 2
        assert "Invalid value for '--cwd'" in result.output


def test_key_that_is_not_read_is_named_with_the_key_that_may_be_meant() -> None:
    settings = Settings(dict.fromkeys(("smssign:sandbx", "smssign:tencnt-a"), "x"))
    checks = {check.subject: check for check in checkup.unknown_keys(settings)}
    assert set(checks) == {"smssign:sandbx", "smssign:tencnt-a"}
    assert "smssign:sandbox" in checks["smssign:sandbx"].advice
    assert "smssign:tencent" in checks["smssign:tencnt-a"].advice
    own = {"smssign:adopt": "existing", "smssign:deletionPolicy": "retain"}
    assert list(checkup.unknown_keys(Settings(own))) == []


@pytest.mark.parametrize(
    ("value", "health", "finding"),
    [
        ("retain", Health.NOTE, "stay in the account"),
        ("delete", Health.NOTE, "may be deleted"),
        ("keep", Health.FAILED, "must be 'retain' or 'delete'"),
    ],
)
def test_deletion_policy_of_the_stack_is_a_note_and_a_wrong_one_fails(
    value: str, health: Health, finding: str
) -> None:
    settings = Settings({"smssign:deletionPolicy": value})
    (check,) = checkup.whole_stack(settings)
    assert (check.subject, check.health) == ("smssign:deletionPolicy", health)
    assert finding in check.finding


def test_configuration_without_a_deletion_policy_has_no_finding() -> None:
    assert list(checkup.whole_stack(Settings({}))) == []


@pytest.mark.parametrize(
    ("version", "health"),
    [
        ("3.234.9", Health.FAILED),
        ("3.235.0", Health.OK),
        ("4.0.0-dev", Health.OK),
        ("", Health.WARNING),
    ],
)
def test_old_version_of_pulumi_fails_the_check(version: str, health: Health) -> None:
    assert checkup.version_check("pulumi", version, "update").health is health


SANDBOX_TENCENT = ("tencent", "default")


def sandboxed(url: str) -> Settings:
    return Settings({"smssign:sandbox": url})


@pytest.mark.parametrize(
    ("difference", "health"),
    [(30.0, None), (-120.0, Health.WARNING), (120.0, Health.WARNING), (-900.0, Health.FAILED)],
)
def test_finding_of_a_wrong_clock_has_the_seconds_and_the_direction(
    difference: float, health: Health | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "clock_difference", lambda *_: difference)
    with running() as served:
        checks = list(checkup.account_checks(sandboxed(served.url), SANDBOX_TENCENT))
    clock_checks = [check for check in checks if "clock" in check.finding]
    assert [check.health for check in clock_checks] == ([health] if health else [])
    for check in clock_checks:
        way = "behind" if difference > 0 else "ahead of"
        assert f"{abs(difference):.0f} seconds {way} the vendor's" in check.finding


def test_address_without_a_server_fails_and_the_key_is_not_tried() -> None:
    checks = list(checkup.account_checks(sandboxed("http://127.0.0.1:9"), SANDBOX_TENCENT))
    assert [check.health for check in checks] == [Health.OK, Health.FAILED]
    assert checks[-1].advice == "start the sandbox: smssign sandbox --port 9"


def test_proof_files_are_checked_in_the_folder_where_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / "there.png").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    files = {
        name: {"path": path, "sha256": sha}
        for name, path, sha in (
            ("same", "there.png", digest),
            ("changed", "there.png", "0" * 64),
            ("absent", "gone.png", digest),
        )
    }
    resource = {
        "urn": "urn:pulumi:dev::shop::pulumi-python:dynamic/yunpianSms:YunpianSms::brand",
        "type": "pulumi-python:dynamic/yunpianSms:YunpianSms",
        "id": "1",
        "outputs": {
            "vendor": "yunpian",
            "listed": [files["absent"]],
            "licences": "[secret]",
            **files,
        },
    }
    stack = Stack(tmp_path, resources=(resource,))
    findings = {check.subject: check.finding for check in checkup.proofs(stack)}
    assert findings == {
        "brand.same": "there.png is there, unchanged",
        "brand.changed": "there.png has changed since it was submitted",
        "brand.absent": f"gone.png is not in {tmp_path}",
        "brand.listed": f"gone.png is not in {tmp_path}",
    }


def seen(status: Status | None, name: str = "brand", policy: DeletionPolicy = "retain") -> Standing:
    """The standing of a signature; without a status its account gave no answer."""
    vendor, handle = named("tencent"), Handle("1", "极客科技")
    state = State(handle.id, handle.text, handle.scope, "default", fields={}, policy=policy)
    signature = StackSignature(name, f"urn of {name}", "tencent", state)
    if status is None:
        return Standing(vendor, signature, None, "no answer\nat all")
    review = Review("1", "极客科技", status, "raw")
    verdict = Verdict(Target(name, "tencent", "default", handle), review)
    return Standing(vendor, signature, verdict, preset_step=Step(Move.WAIT))


def watched(*looks: Status | None, ends: float = float("inf")) -> Outcome:
    statuses = iter(looks)
    outcome: Outcome = watch._watch(lambda: [seen(next(statuses))], lambda _: None, 0.0, ends)
    return outcome


def test_watch_goes_on_over_an_account_that_does_not_answer_for_a_while() -> None:
    assert watched(Status.PENDING, None, Status.APPROVED) is Outcome.APPROVED
    assert watched(Status.PENDING, Status.REJECTED) is Outcome.LOST


def test_watch_ends_where_the_first_look_has_no_answer_or_the_time_is_up() -> None:
    assert watched(None) is Outcome.ERROR
    assert watched(Status.PENDING, ends=0.0) is Outcome.PENDING


def test_watch_waits_for_a_pending_signature_beside_a_rejected_one() -> None:
    statuses = iter([Status.PENDING, Status.APPROVED])
    outcome = watch._watch(
        lambda: [seen(Status.REJECTED), seen(next(statuses), "other")], lambda _: None, 0.0, 1e12
    )
    assert outcome is Outcome.LOST
    assert next(statuses, None) is None


def lines_of(
    show: Callable[[Sequence[Standing], Mapping[str, str]], None],
    *looks: Standing,
    out: Any,  # noqa: ANN401
) -> list[str]:
    for standing in looks:
        show([standing], {})
    return [line[21:] for line in out.readouterr().out.splitlines()]


def test_log_has_a_line_for_a_change_and_none_for_a_signature_that_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pending, approved = seen(Status.PENDING), seen(Status.APPROVED)
    lines = lines_of(watch._log(compact=False), pending, pending, approved, out=capsys)
    assert [line.partition(" (tencent 1) ")[2][:8] for line in lines] == ["PENDING;", "APPROVED"]
    assert lines_of(watch._log(compact=True), approved, approved, out=capsys) == []
    (broken,) = lines_of(watch._log(compact=True), seen(None), out=capsys)
    assert broken.endswith(": no answer")


def test_narrow_table_has_a_signature_in_four_columns_with_the_whole_reason() -> None:
    status = importlib.import_module("pulumi_smssign.cli.status")
    reason = "the licence is unreadable, and so is the letter of authorization that goes with it"
    rejected = seen(Status.REJECTED)
    assert rejected.verdict is not None
    assert rejected.verdict.review is not None
    verdict = replace(rejected.verdict, review=replace(rejected.verdict.review, reason=reason))
    rejected = replace(rejected, verdict=verdict, preset_step=Step(Move.MEND, "mend: the"))
    _, (row,) = status.narrow_table_of([rejected], {})
    assert row == ("brand", "极客科技 tencent 1", "REJECTED", f"mend: the ({reason})")


def test_approved_signatures_that_are_deleted_when_dropped_are_named_in_one_line() -> None:
    status = importlib.import_module("pulumi_smssign.cli.status")
    goes, other = (seen(Status.APPROVED, name, "delete") for name in ("brand", "shop"))
    stays, waits = seen(Status.APPROVED, "codes"), seen(Status.PENDING, "news", "delete")
    line = (
        'approved, and deletion_policy is "delete": removal from the program, or pulumi '
        "destroy, deletes"
    )
    assert status.notes([stays, waits, goes]) == [f"brand: {line} it."]
    assert status.notes([goes, other]) == [f"brand, shop: {line} them."]
    assert status.notes([stays, waits]) == []


def test_pipe_without_chinese_gets_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_smssign.cli", "find", "--vendor", "yunpian", "--text", "极"],
        cwd="/",
        env={
            "PYTHONIOENCODING": "ascii",
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "YUNPIAN_APIKEY": "k",
            "HTTPS_PROXY": "http://127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: yunpian can't be reached")
    assert "Traceback" not in done.stderr
