"""The `smssign` command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from pulumi_smssign import __version__
from pulumi_smssign.address import SANDBOX_URL, token_of
from pulumi_smssign.cli import main
from pulumi_smssign.sandbox import Sandbox, running

ROOT = Path(__file__).parents[2]


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Runs `smssign sandbox` on a free port; gives the process and its first line."""
    with subprocess.Popen(
        [sys.executable, "-m", "pulumi_smssign.cli", "sandbox", "--port", "0", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            port = url(line).rpartition(":")[2]
            page, _, other = process.stdout.readline().partition(" is the reviewer's desk; or: ")
            assert page == f"{url(line)}/?token={token_of(int(port))}"
            assert other == f"smssign sandbox approve 730001 --port {port}\n"
            yield process, line
        finally:
            process.kill()


def url(line: str) -> str:
    return line.removeprefix("Sandbox at ").split()[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_serves_until_a_signal_ends_it_quietly_and_keeps_its_state(
    number: signal.Signals, tmp_path: Path
) -> None:
    state = tmp_path / "desk.json"
    with started("--review", "after:20", "--state", str(state)) as (process, line):
        about = httpx.get(f"{url(line)}/_desk/", trust_env=False).json()
        httpx.post(f"{url(line)}/_desk/review", json={"policy": "immediate"}, trust_env=False)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)

    assert about["review"] == "after:20"
    assert line.endswith("(review: after:20); Ctrl-C ends it.\n")
    assert (out, err, process.returncode) == ("", "", 0)
    assert Sandbox(state=state).review_policy == "immediate"


def test_ctrl_c_ends_the_sandbox_at_once_though_somebody_looks_on() -> None:
    with (
        started() as (process, line),
        httpx.stream("GET", f"{url(line)}/_desk/events", trust_env=False) as events,
    ):
        assert next(events.iter_lines()).startswith("data: ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert (out, err, process.returncode) == ("", "", 0)


def test_credentials_are_lines_for_a_shell(runner: CliRunner) -> None:
    result = runner.invoke(main, ["sandbox", "credentials", "--port", "9000"])

    assert result.exit_code == 0
    assert result.output.splitlines()[:3] == [
        "export TENCENTCLOUD_ENDPOINT=127.0.0.1:9000",
        "export TENCENTCLOUD_SECRET_ID=AKIDsmssign-sandbox",
        "export TENCENTCLOUD_SECRET_KEY=smssign-sandbox-secret-key-0000000",
    ]
    assert result.output.splitlines()[-3:] == [
        "export ALIBABA_CLOUD_ENDPOINT=127.0.0.1:9000",
        "export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAIsmssign-sandbox",
        "export ALIBABA_CLOUD_ACCESS_KEY_SECRET=smssign-sandbox-access-secret-0000",
    ]


@pytest.mark.parametrize(
    ("arguments", "port"),
    [
        (["sandbox", "credentials"], 8725),
        (["sandbox", "--port", "9000", "credentials"], 9000),
        (["sandbox", "--port", "9000", "credentials", "--port", "9001"], 9001),
    ],
)
def test_credentials_follow_the_port(runner: CliRunner, arguments: list[str], port: int) -> None:
    result = runner.invoke(main, arguments)

    assert f"TENCENTCLOUD_ENDPOINT=127.0.0.1:{port}\n" in result.output


def test_a_port_that_is_taken_is_one_line(runner: CliRunner) -> None:
    with running() as served:
        port = served.address.rpartition(":")[2]
        result = runner.invoke(main, ["sandbox", "--port", port])

    assert result.exit_code == 1
    assert result.output == (
        f"Error: can't listen on 127.0.0.1 port {port}: Address already in use; "
        "end what listens there or choose another port\n"
    )


def test_a_damaged_state_file_is_one_line(runner: CliRunner, tmp_path: Path) -> None:
    state = tmp_path / "desk.json"
    state.write_text("{")
    result = runner.invoke(main, ["sandbox", "--state", str(state)])

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: the state file {state} is damaged")
    assert result.output.count("\n") == 1


def test_a_wrong_policy_is_one_line(runner: CliRunner) -> None:
    result = runner.invoke(main, ["sandbox", "--review", "soon"])

    assert result.exit_code == 1
    assert result.output == (
        "Error: 'soon' is no review policy: use manual, immediate or after:SECONDS (after:90)\n"
    )


@pytest.mark.parametrize("arguments", [["sandbox"], ["sandbox", "credentials"]])
@pytest.mark.parametrize("package", ["starlette", "uvicorn"])
def test_a_missing_extra_is_named(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, package: str, arguments: list[str]
) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] == package or name.startswith("pulumi_smssign.sandbox"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    result = runner.invoke(main, arguments)

    assert result.exit_code == 1
    assert result.output == (
        "Error: the sandbox needs more packages: run pip install 'pulumi-smssign[sandbox]'\n"
    )


def test_the_version_is_the_packages(runner: CliRunner) -> None:
    assert runner.invoke(main, ["--version"]).output == f"smssign, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["sandbox", "--help"], ["sandbox", "-h"]])
def test_help_shows_the_way(runner: CliRunner, arguments: list[str]) -> None:
    result = runner.invoke(main, arguments)

    assert result.exit_code == 0
    assert "sandbox" in result.output


def test_help_has_examples(runner: CliRunner) -> None:
    output = runner.invoke(main, ["sandbox", "--help"]).output

    assert "  smssign sandbox --review after:20\n" in output
    assert f"  pulumi config set smssign:sandbox {SANDBOX_URL}\n" in output


def test_the_command_is_light_until_the_sandbox_is_asked_for() -> None:
    program = (
        "import sys, pulumi_smssign.cli; "
        "print(sorted({'starlette', 'uvicorn', 'httpx'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
