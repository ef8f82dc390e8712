"""The rows of a run as a terminal shows them, at 80 and 120 columns."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_smssign.model.language import CHINESE, LANG_VARIABLE
from tests.engine.scene import Scene

LONGEST = 90
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux; see CONTRIBUTING")


@dataclass
class Terminal:
    """A terminal of a width in which one command runs."""

    socket: Path
    columns: int

    def run(self, scene: Scene, *command: str) -> None:
        """Start a command, with a project's environment."""
        scene.project.save()
        environment = {**scene.project.environment, "TERM": "xterm-256color"}
        line = f"{shlex.join(command)}; echo; echo exit $?; sleep {LONGEST}"
        size = ("-x", str(self.columns), "-y", "40", "-c", str(scene.project.folder))
        self._tmux("new-session", "-d", *size, "sh", "-c", line, environment=environment)

    def screen(self) -> list[str]:
        """The lines that it shows now, without what has no width."""
        return self._tmux("capture-pane", "-p").replace("\u200b", "").splitlines()

    def wait(self, for_: Callable[[list[str]], bool]) -> list[str]:
        """The first screen of which this is true."""
        until = time.monotonic() + LONGEST
        while not for_(shown := self.screen()):
            assert time.monotonic() < until, "\n".join(shown)
            time.sleep(0.05)
        return shown

    def close(self) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(
        self, *command: str, environment: dict[str, str] | None = None, check: bool = True
    ) -> str:
        return subprocess.run(
            ("tmux", "-u", "-f", "/dev/null", "-S", str(self.socket), *command),
            capture_output=True,
            text=True,
            check=check,
            env=environment,
        ).stdout


@pytest.fixture(params=[80, 120])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path / "tmux", request.param)
    yield opened
    opened.close()


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


def row(screen: list[str], name: str) -> str:
    return next((line for line in screen if f" {name} " in line and "dynamic:" in line), "")


def must_be_one_frame(shown: list[str], terminal: Terminal) -> None:
    """No line is too wide, and nothing repeats: broken lines would be drawn again below."""
    assert all(columns(line) <= terminal.columns for line in shown)
    assert sum("dynamic:SmsApproval" in line for line in shown) == 1
    assert sum(" Type " in line for line in shown) == 1


def must_end_green_once_approved(scene: Scene, terminal: Terminal) -> None:
    scene.approve()
    done = terminal.wait(lambda screen: any(line.startswith("exit ") for line in screen))
    assert "exit 0" in done


@needs_tmux
def test_waiting_run_shows_count_and_time_in_a_row_of_its_own(
    tencent: Scene, terminal: Terminal
) -> None:
    tencent.declare()
    tencent.project.wait(timeout=60, on_pending="await", poll_interval=1)
    terminal.run(tencent, "pulumi", "up", "--yes", "--skip-preview", "--stack", "dev")
    shown = terminal.wait(lambda screen: "0/1" in row(screen, "approval"))
    must_be_one_frame(shown, terminal)
    assert "dynamic:TencentSms" in row(shown, "brand")
    if terminal.columns > 80:
        assert "0/1 approved, " in row(shown, "approval")
    must_end_green_once_approved(tencent, terminal)


@needs_tmux
def test_waiting_run_shows_count_and_time_in_chinese_too(
    tencent: Scene, terminal: Terminal
) -> None:
    # Cold, so that the plugin is a process of this terminal.
    tencent.project.environment.update({LANG_VARIABLE: CHINESE, "PYTHON_START": "cold"})
    tencent.declare()
    tencent.project.wait(timeout=60, on_pending="await", poll_interval=1)
    terminal.run(tencent, "pulumi", "up", "--yes", "--skip-preview", "--stack", "dev")
    # Several frames have been drawn by then.
    shown = terminal.wait(lambda screen: "(3s)" in row(screen, "approval"))
    must_be_one_frame(shown, terminal)
    assert "0/1 通" in row(shown, "approval")
    if terminal.columns > 80:
        assert "/1 分钟：等待 " in row(shown, "approval")
    must_end_green_once_approved(tencent, terminal)


@needs_tmux
def test_rows_with_chinese_texts_are_drawn_once(tencent: Scene, terminal: Terminal) -> None:
    tencent.project.policy("delete")
    tencent.approved()
    tencent.rename("极客云科技短信通知")
    tencent.sandbox.review_policy = "immediate"
    terminal.run(tencent, "pulumi", "up", "--yes", "--skip-preview", "--stack", "dev")
    done = terminal.wait(lambda screen: any(line.startswith("exit ") for line in screen))
    assert "exit 0" in done
    assert sum("dynamic:TencentSms" in line for line in done if "(brand)" not in line) == 1
    assert "predecessors" not in "\n".join(done)
