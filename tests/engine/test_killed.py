"""A sample of the kill trials (`make chaos` plays hundreds): the moments that have hurt before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.plan import Meanwhile, Operation, Plan, Point, Victim
from tests.chaos.trial import Stage, Trial, stage_of

RETAIN = replace(
    Plan("yunpian", Operation.CREATE, Point.TAKEN, Victim.BOTH, Meanwhile.REJECTED), policy="retain"
)
SAMPLE = (
    RETAIN,
    replace(RETAIN, vendor="huawei", operation=Operation.NEW_FIRST, meanwhile=Meanwhile.APPROVED),
    Plan("alibaba", Operation.NEW_FIRST, Point.TAKEN, Victim.SANDBOX, Meanwhile.TAKEN_BACK),
    # The state still has what was deleted, and nothing differs.
    Plan("tencent", Operation.DELETE_FIRST, Point.TAKEN, Victim.BOTH, Meanwhile.TAKEN_BACK),
)


@pytest.fixture
def stage(
    request: pytest.FixtureRequest, tmp_path: Path, template: Path, python: Path
) -> Iterator[Stage]:
    """A vendor's stage, with a sandbox that can be killed."""
    stage = stage_of(request.param, tmp_path, template, python)
    yield stage
    stage.desk.close()


@pytest.mark.parametrize(
    ("stage", "plan"), [(plan.vendor, plan) for plan in SAMPLE], indirect=["stage"], ids=str
)
def test_whoever_is_killed_the_next_run_mends_it(stage: Stage, plan: Plan) -> None:
    outcome = Trial(stage, plan, random.Random(1)).run()  # noqa: S311 - chance is all it is for
    assert outcome.reached
    assert outcome.is_well, f"{outcome}\n{stage.project.outputs}"
