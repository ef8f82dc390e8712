"""Fixtures of the hooks' tests: a stage, and the lines on the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core import registry
from pulumi_smssign.engine import resource
from tests.engine.cases import TENCENT
from tests.unit.engine.stage import EXAMPLE, Stage


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    """A stack at Tencent Cloud, or at the vendors that the test names."""
    return Stage(tmp_path, getattr(request, "param", TENCENT))


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """The lines that were said since the last look."""

    def new_lines() -> list[str]:
        return capsys.readouterr().out.splitlines()

    return new_lines


@pytest.fixture
def sixth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sixth vendor, whose name is "example"."""

    def one_of_six(name: str) -> Vendor:
        return EXAMPLE if name == "example" else registry.named(name)

    monkeypatch.setattr(resource, "named", one_of_six)
