"""The cache of the referees' needs: `tools.referees`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tools.engine.programs import NotThisWayError
from tools.referees import LANGUAGES, Referee, prepared, referees, sdk


def quiet(_text: str) -> None:
    pass


def test_referees_that_others_can_write_are_not_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)

    with pytest.raises(NotThisWayError, match="can be written by other users"):
        prepared(Referee("tencent", "go"), tmp_path, quiet)


def test_each_sdk_of_a_language_is_made_ready_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    node = dataclasses.replace(LANGUAGES["node"], prepare=lambda _workshop: None)
    monkeypatch.setitem(LANGUAGES, "node", node)
    old = tmp_path / Path(prepared(Referee("alibaba", "node"), tmp_path, quiet)).name
    monkeypatch.setitem(LANGUAGES, "node", dataclasses.replace(node, common=(Path(__file__),)))

    ready = [prepared(Referee("alibaba", each), tmp_path, quiet) for each in ("node-rpc", "node")]

    assert sorted(tmp_path.iterdir()) == sorted(ready)
    assert old not in ready


def test_every_program_is_a_referee_whose_sdk_is_pinned() -> None:
    named = {str(referee): sdk(referee) for referee in referees()}

    assert {"alibaba-go", "alibaba-python-core", "tencent-node-v1"} <= set(named)
    assert "?" not in named.values()
