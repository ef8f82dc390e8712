"""What differs from engine to engine: before 3.274 none knows awaiting.

It runs on whichever engine there is: `make test` has one that knows it, `make test-old-engine` one
that doesn't.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.project import AWAITING
from tests.engine.scene import OLD, Scene
from tools.engine.programs import OLDEST, version_of

ADVICE = "Pulumi 3.274 or newer ends such a run as *awaiting* (exit code 10), which is no failure."


@pytest.fixture(scope="module")
def knows_awaiting() -> bool:
    """Whether the engine on `PATH` does."""
    found = shutil.which("pulumi")
    assert found is not None
    return version_of(Path(found)) >= OLDEST


def test_a_run_that_awaits_is_amber_or_red_with_the_reason_and_the_next_goes_on(
    tencent: Scene, knows_awaiting: bool
) -> None:
    tencent.declare()
    tencent.project.wait(timeout=0)
    for _ in range(2):
        run = tencent.project.up()
        assert run.code == (AWAITING if knows_awaiting else 1), run.output
        assert (ADVICE in run.diagnostics("approval")) is not knows_awaiting
        assert "run `pulumi up` again to go on waiting" in run.output or knows_awaiting
        assert "Traceback" not in run.diagnostics("approval")
        assert not tencent.project.has("approval")
    tencent.approve()
    green = tencent.project.up()
    assert green.succeeded, green.output
    assert tencent.project.outputs_of("approval")["approved"] is True
    assert tencent.texts() == {OLD: Status.APPROVED}
    assert tencent.writes() == [tencent.case.names.submit]


def test_a_wait_that_must_fail_is_red_on_every_engine(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout=0, on_pending="fail")
    run = tencent.project.up()
    assert run.code == 1, run.output
    assert "is not approved" in run.diagnostics("approval")
