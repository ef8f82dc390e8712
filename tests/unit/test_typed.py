"""Types that a program's editor and mypy see."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

from pulumi_smssign import outputs
from pulumi_smssign.model import filing

ROOT = Path(__file__).resolve().parents[2]


def test_programs_types_are_what_mypy_makes_of_them() -> None:
    asked = [sys.executable, "-m", "mypy", "tests/typed"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_states_of_outputs_are_those_of_the_model() -> None:
    assert get_args(outputs.FilingState) == tuple(filing.FilingState)
    assert get_args(outputs.QualificationState) == tuple(filing.QualificationState)


def test_dictionaries_have_the_keys_that_are_written() -> None:
    carrier = filing.CarrierFiling(filing.FilingState.FILED)
    assert carrier.as_output().keys() == outputs.CarrierFiling.__annotations__.keys()
    assert filing.NOT_TOLD.as_output().keys() == outputs.Filing.__annotations__.keys()
    papers = filing.NO_QUALIFICATION.as_output()
    assert papers.keys() == outputs.Qualification.__annotations__.keys()
