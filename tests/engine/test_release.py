"""A release on the real engine, from an environment that has the wheel and what it requires."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.built import Environment, build, install
from tests.engine.cases import TENCENT
from tests.engine.project import Project
from tests.images import png


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    built = build(tmp_path_factory.mktemp("built"))
    return install(built.wheel, tmp_path_factory.mktemp("environment"))


@pytest.fixture
def sandbox(environment: Environment) -> Iterator[str]:
    """The URL of that environment's own sandbox, which approves at once."""
    command = (environment.programs / "smssign", "sandbox", "--port", "0", "--review", "immediate")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.partition("Sandbox at ")[2].partition(" ")[0]
        process.terminate()


def test_the_wheel_alone_takes_a_signature_to_its_approval(
    environment: Environment, sandbox: str, tmp_path: Path, template: Path
) -> None:
    project = Project(tmp_path, template, sandbox)
    path = (str(environment.programs), project.environment["PATH"])
    project.environment["PATH"] = os.pathsep.join(path)
    project.environment.pop("PYTHONPATH", None)
    project.write("licence.png", png())
    project.declare("brand", TENCENT.vendor, TENCENT.arguments)
    project.wait(timeout="1m")
    source = (project.folder / "__main__.py").read_text("utf-8")
    project.write_program(f"{source}\npulumi.export('from', pulumi_smssign.__file__)\n")
    run = project.up()
    assert run.succeeded, run.output
    assert str(environment.packages) in run.output
    assert project.outputs_of("approval")["approved"] is True
    assert project.destroy().succeeded
