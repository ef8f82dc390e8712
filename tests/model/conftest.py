"""The vendors' side of the models, and calls that wait for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyrate_limiter import Limiter

from pulumi_smssign.contract import lifeline
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.engine.in_process import Impatient
from tests.model.stack import SWITCHES


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running(Sandbox(switches=SWITCHES)) as served:
        yield served


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limiter, "try_acquire", lambda *_, **_how: True)
    monkeypatch.setattr(lifeline, "cancelled", Impatient())
