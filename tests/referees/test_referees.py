"""The vendors' own SDKs for Go, unchanged, find nothing wrong; `make referees` asks the others."""

from __future__ import annotations

import os
import shutil

import pytest

from pulumi_smssign.sandbox.server import running
from tools.referees import Outcome, Referee, cache_folder, judged, referees

pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="Go is not installed")


@pytest.mark.parametrize("referee", [each for each in referees() if each.language == "go"], ids=str)
def test_the_sdk_for_go_finds_nothing_wrong(referee: Referee) -> None:
    with running() as served:
        outcome = judged(referee, served, cache_folder(os.environ), print)

    assert outcome == Outcome(passed=outcome.passed)
    assert outcome.passed
