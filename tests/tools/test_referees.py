"""The cache of the referees' needs: `tools.referees`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.engine.programs import NotThisWayError
from tools.referees import Referee, prepared


def quiet(_text: str) -> None:
    pass


def test_referees_that_others_can_write_are_not_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)

    with pytest.raises(NotThisWayError, match="can be written by other users"):
        prepared(Referee("tencent", "go"), tmp_path, quiet)
