"""The pipeline, and the ready files for GitHub and GitLab: their shell lines, on the real engine.

Each run is a runner that is thrown away: the checkout as new, no journal and no Pulumi home of
before; only the stack's state and what the file says that the cache keeps are there.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml  # type: ignore[import-untyped] # no stubs among the pinned packages

from pulumi_smssign.cli.inventory.checkup import unknown_keys
from pulumi_smssign.cli.inventory.stack import Settings
from pulumi_smssign.cli.notices.options import NOTIFY
from pulumi_smssign.cli.notices.robots import SECRETS
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.cli.robots import WeCom, listening
from tests.engine.project import AWAITING, Run
from tests.examples.conftest import Copy
from tests.examples.example import EXAMPLES, Example

_DOWNLOADS = ("python -m pip install", "curl ", "export PATH=", 'echo "$HOME/.pulumi/bin"')
"""What the lines that a test leaves out begin with: here all is installed."""
TENCENT, UCLOUD = "tencent", "ucloud"


def test_a_scheduled_pipeline_tells_what_has_moved(copy: Copy) -> None:
    example, robot = copy("pipeline"), WeCom()
    with listening(robot):
        example.environment["SMSSIGN_NOTIFY"] = robot.option
        example.pulumi("stack", "init", "dev")
        first = example.run("sh", "pipeline.sh")
        assert first.awaits, first.output
        example.act()
        told = example.run("sh", "pipeline.sh", "schedule")
    assert told.code == 4, told.output
    assert [text.count("下一步") for text in robot.texts] == [2, 1]
    assert "原因：the licence is unreadable" in robot.texts[-1]
    tables = (example.folder / "summary.md").read_text(encoding="utf-8")
    assert "the licence is unreadable" in tables
    example.must_have_printed_what_its_readme_shows()


class Pipeline(Protocol):
    """A ready file, as far as a test can be its runner."""

    kept: list[str]
    """The folders that its cache keeps."""
    amber: int
    """The exit code of a run that awaits, in its own eyes no failure."""

    def script(self) -> str:
        """Its shell lines, but for those that install."""
        ...

    def variables(self, event: str, folder: Path) -> Mapping[str, str]:
        """What its runner sets for a push or a schedule."""
        ...


def _read(name: str) -> dict[Any, Any]:
    text = (EXAMPLES / "pipeline" / name).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _but_downloads(lines: list[str]) -> str:
    return "\n".join(line for line in lines if not line.startswith(_DOWNLOADS))


class GitHub:
    """`bash -e` for each step, all of them in one here."""

    amber = 0

    def __init__(self) -> None:
        self._workflow = _read("github-actions.yml")
        (job,) = self._workflow["jobs"].values()
        self._steps = job["steps"]
        caches = [one for one in self._steps if "actions/cache/" in one.get("uses", "")]
        restore, save = caches
        assert "/restore@" in restore["uses"]
        assert "/save@" in save["uses"]
        assert save["if"] == "always()"
        assert restore["with"]["path"] == save["with"]["path"]
        assert restore["with"]["key"] == save["with"]["key"]
        assert save["with"]["key"].startswith(restore["with"]["restore-keys"])
        self.kept = [save["with"]["path"]]

    def script(self) -> str:
        runs = [one["run"] for one in self._steps if "run" in one]
        return _but_downloads("\n".join(runs).splitlines())

    def variables(self, event: str, folder: Path) -> Mapping[str, str]:
        # YAML 1.1 reads the word `on` as true
        assert {"push", "schedule"} <= set(self._workflow[True])
        return {"GITHUB_EVENT_NAME": event, "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}


class GitLab:
    """`before_script` and `script` in one shell, which ends at the first failure."""

    amber = AWAITING

    def __init__(self) -> None:
        (self._job,) = _read("gitlab-ci.yml").values()
        assert self._job["allow_failure"] == {"exit_codes": AWAITING}
        assert self._job["cache"]["when"] == "always"
        assert self._job["artifacts"] == {"paths": ["summary.md"], "when": "always"}
        self.kept = self._job["cache"]["paths"]

    def script(self) -> str:
        return _but_downloads(self._job["before_script"] + self._job["script"])

    def variables(self, event: str, folder: Path) -> Mapping[str, str]:
        return {"CI_PIPELINE_SOURCE": event}


class Runners:
    """Runners that are thrown away, one for each run of a pipeline."""

    def __init__(self, example: Example, pipeline: Pipeline) -> None:
        self._example = example
        self._pipeline = pipeline
        self._as_new = example.place / "as-new"
        shutil.copytree(example.folder, self._as_new)
        self._runs = 0

    def run(self, event: str) -> Run:
        """One run after a push, or on the schedule."""
        self._runs += 1
        folder = self._example.folder
        old = folder.with_name("old")
        folder.rename(old)
        shutil.copytree(self._as_new, folder)
        for kept in self._pipeline.kept:
            if (old / kept).exists():
                shutil.copytree(old / kept, folder / kept)
        shutil.rmtree(old)
        self._example.environment["PULUMI_HOME"] = str(self._example.place / f"home{self._runs}")
        return self._example.run(
            *("bash", "-e", "-c", self._pipeline.script()),
            environment=self._pipeline.variables(event, folder),
        )

    @property
    def summary(self) -> str:
        """What the last run has for the summary page."""
        return (self._example.folder / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [GitHub, GitLab])
def test_a_ready_pipeline_goes_on_by_its_schedule_until_all_is_done(
    copy: Copy, served: RunningSandbox, kind: type[GitHub | GitLab]
) -> None:
    """Submitted by a runner whose state is lost, taken over, awaited, approved, then left alone."""
    example, pipeline = copy("pipeline"), kind()
    runners = Runners(example, pipeline)
    state = example.place / "state"

    first = runners.run("push")
    assert first.code == pipeline.amber, first.output
    assert "awaiting brand, news" in first.output
    assert "PENDING" in runners.summary
    submitted = example.texts()
    assert [vendor for vendor, _, _ in submitted] == [TENCENT, UCLOUD]

    shutil.rmtree(state)  # as when the runner is gone before the state is written
    state.mkdir()
    again = runners.run("schedule")
    assert again.code == pipeline.amber, again.output
    assert example.texts() == submitted

    example.review()
    green = runners.run("schedule")
    assert green.code == 0, green.output
    assert "Updating (prod)" in green.output
    assert "APPROVED (was PENDING)" in green.output
    served.sandbox.log.clear()
    idle = runners.run("schedule")
    assert idle.code == 0, idle.output
    assert "Updating (prod)" not in idle.output
    assert example.texts() == [(vendor, text, "APPROVED") for vendor, text, _ in submitted]


@pytest.mark.parametrize("kind", [GitHub, GitLab])
def test_a_ready_pipeline_fails_when_a_person_has_to_act(
    copy: Copy, kind: type[GitHub | GitLab]
) -> None:
    example, pipeline = copy("pipeline"), kind()
    runners = Runners(example, pipeline)
    assert runners.run("push").code == pipeline.amber
    example.review("the licence is unreadable")
    red = runners.run("schedule")
    assert red.code == 4, red.output
    assert "REJECTED (was PENDING)" in red.output
    assert "the licence is unreadable" in runners.summary


def test_environment_for_esc_has_variables_and_settings_that_are_read() -> None:
    """Pulumi ESC itself is a service of Pulumi Cloud: only the file is held to the package."""
    values = _read("esc.yaml")["values"]
    assert set(values) == {"environmentVariables", "pulumiConfig"}
    read = {variable for vendor in VENDORS for variable in _variables(vendor)}
    robots = {NOTIFY, *SECRETS.values()}
    variables = values["environmentVariables"]
    assert set(variables) <= read | robots | {"PULUMI_CONFIG_PASSPHRASE"}
    assert {NOTIFY, "TENCENTCLOUD_SECRET_ID"} <= set(variables)
    for name, value in variables.items():
        is_secret = isinstance(value, dict) and set(value) == {"fn::secret"}
        assert is_secret or name.endswith(("_ID", "_PUBLIC_KEY")), name
    settings = {key: str(value) for key, value in values["pulumiConfig"].items()}
    assert settings
    assert all(key.startswith("smssign:") for key in settings)
    assert list(unknown_keys(Settings(settings))) == []


def _variables(vendor: str) -> frozenset[str]:
    return frozenset(named(vendor).credentials.environment.values())
