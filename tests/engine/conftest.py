"""What every engine test stands on: a real engine, a sandbox of its own, a project of its own."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.engine.cases import CASES, TENCENT
from tests.engine.interpreter import interpreter
from tests.engine.project import Project
from tests.engine.scene import Scene, Scenes


@pytest.fixture(scope="session", autouse=True)
def engine() -> str:
    """The engine's command line; a test never skips since there is none.

    A run in the background of a shell ignores SIGINT, and so would all that it starts: the engine,
    which ends its language host with it, would wait 5 seconds each time.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    found = shutil.which("pulumi")
    assert found, "no `pulumi` on PATH: run the tests with `make test`, which provides one"
    return found


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """A sandbox of the test's own, on a free port, without Tencent's limit of a second."""
    with running(Sandbox(switches={"tencent.enforce_rate": False})) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a `python` that starts at once."""
    with interpreter(tmp_path_factory.mktemp("python")) as folder:
        yield folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as new, its stack initialised, for the tests to copy."""
    folder = tmp_path_factory.mktemp("template")
    Project(folder)
    return folder


@pytest.fixture
def project(
    tmp_path: Path, template: Path, served: RunningSandbox, python: Path
) -> Iterator[Project]:
    """A project of the test's own, whose stack uses the sandbox.

    After the test nothing confidential may be left in clear, unless it says why (`spills`).
    """
    project = Project(tmp_path, template, served.url)
    project.use_python(python)
    project.share_first_runs(served)
    yield project
    assert project.spills or project.spilled() == []


@pytest.fixture
def tencent(project: Project, served: RunningSandbox) -> Scene:
    """Tencent's stage, for what is no vendor's law."""
    return Scene(TENCENT, project, served.sandbox, served.url)


@pytest.fixture(params=CASES, ids=str)
def scene(request: pytest.FixtureRequest, project: Project, served: RunningSandbox) -> Scene:
    """A vendor's stage; every lifecycle test runs for each vendor."""
    return Scene(request.param, project, served.sandbox, served.url)


@pytest.fixture
def scenes(request: pytest.FixtureRequest, project: Project, served: RunningSandbox) -> Scenes:
    """The vendors' stages in one stack, each signature called as its vendor; see `together`."""
    cases = getattr(request, "param", CASES)
    stages = (Scene(case, project, served.sandbox, served.url, case.vendor) for case in cases)
    return Scenes(project, served.sandbox, tuple(stages))
