"""What the examples stand on: the engine, a sandbox of their own, a copy of their folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.conftest import engine, python, served
from tests.examples.example import Example

__all__ = ["engine", "python", "served"]

Copy = Callable[[str], Example]


@pytest.fixture
def copy(tmp_path: Path, served: RunningSandbox, python: Path) -> Copy:
    """An example by its name, copied."""
    return lambda name: Example(name, tmp_path, served, python)
