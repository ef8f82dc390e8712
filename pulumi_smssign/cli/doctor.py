"""`smssign doctor`: checks of everything that a run needs, and what to do where one fails."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.display import print_json, print_line, print_table
from pulumi_smssign.cli.options import Command, as_json, of_a_stack
from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.redaction import sanitized

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.checkup import Check


@click.command("doctor", cls=Command)
@of_a_stack
@as_json
def doctor(*, cwd: Path, stack: str | None, json_: bool) -> None:
    """Check everything that a run needs, and say what to do where a check fails.

    It checks that the engine and its SDK are new enough; that each account of the configuration and
    the environment is complete, its endpoint answers, the clock is right, and the vendor accepts
    the key (by a question about a signature that nobody has); that this package reads every
    `smssign:` key of the configuration; and that the proof files that state names exist, unchanged.
    It changes nothing.

    Without a Pulumi project in the folder it checks the environment only.

    Examples:
      smssign doctor
      smssign doctor --stack prod
      smssign doctor --json | jq '.checks[] | select(.health == "failed")'

    Exit codes:
      0  no check has failed; there may be warnings
      1  a check has failed, or the stack can't be read
      2  cancelled by Ctrl-C, or the command was misspelt

    --json prints one object:
      {"stack": "dev", "checks": [{"subject": "tencent (default)", "health": "failed",
        "finding": "the configuration smssign:tencent lacks secretKey", "advice": "pulumi …"}]}
    health: ok, note, warning, failed.
    """
    from pulumi_smssign.cli.inventory import checkup

    name, checks = checkup.examine(cwd, stack)
    if json_:
        print_json({"stack": name, "checks": [vars(check) for check in checks]})
    else:
        _print(checks)
    if any(check.health == "failed" for check in checks):
        sys.exit(1)


def _print(checks: Sequence[Check]) -> None:
    print_table(
        ("", mark("check"), mark("finding")),
        [
            (str(check.health), sanitized(check.subject), sanitized(check.finding))
            for check in checks
        ],
    )
    # One wrong setting fails the checks of several accounts: its advice is printed once.
    subjects_by_advice: dict[str, list[str]] = {}
    for check in checks:
        if check.advice and check.health != "ok":
            subjects_by_advice.setdefault(check.advice, []).append(sanitized(check.subject))
    if subjects_by_advice:
        print_line()
        print_line(_("What to do:"))
    for advice, subjects in subjects_by_advice.items():
        print_line(f"  {_('{label}: {text}', label=listed(subjects), text=advice)}")
