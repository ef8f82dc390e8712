"""A team's state in PostgreSQL: what one member has submitted, another goes on with."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.examples.conftest import Copy
from tests.examples.server import missing, postgres


@pytest.mark.skipif(bool(missing()), reason=missing() or "there is a server")
def test_a_team_shares_its_state_in_postgresql(
    copy: Copy, served: RunningSandbox, tmp_path: Path
) -> None:
    example = copy("postgres")
    served.sandbox.review_policy = "immediate"
    with postgres() as url:
        del example.environment["PULUMI_BACKEND_URL"]
        example.pulumi("login", url)
        example.pulumi("stack", "init", "dev")
        example.pulumi("up", "--yes", "--skip-preview")
        (held,) = served.sandbox.signatures()

        example.environment["PULUMI_HOME"] = str(tmp_path / "a colleague's home")
        example.pulumi("login", url)
        served.sandbox.log.clear()
        again = example.pulumi("up", "--yes", "--skip-preview", "--stack", "dev")
        assert "3 unchanged" in again.output
        assert served.sandbox.calls() == []
        assert served.sandbox.signatures() == [held]
        example.pulumi("destroy", "--yes", "--skip-preview", "--stack", "dev")
        assert served.sandbox.signatures() == []
    assert list((tmp_path / "state").iterdir()) == []
    example.must_have_printed_what_its_readme_shows()
