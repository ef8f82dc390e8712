"""Search for sequences that break a state machine, as long as `make chaos` says."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import Case

_EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "12"))
_STEPS = int(os.environ.get("MODEL_STEPS", "10"))


def search(machine: type[RuleBasedStateMachine], case: Case, served: RunningSandbox) -> None:
    """Run a machine at a vendor; it has both as `case` and `served`."""
    own = type(machine.__name__, (machine,), {"case": case, "served": served, "TestCase": None})
    run_state_machine_as_test(
        own,
        settings=settings(
            max_examples=_EXAMPLES,
            stateful_step_count=_STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            database=None,
            derandomize="MODEL_EXAMPLES" not in os.environ,  # `make test` is the same each time
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
        ),
    )
