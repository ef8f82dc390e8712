"""`smssign doctor`: whether everything is there that a run needs, and what to do where it isn't."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.display import print_json, print_table
from pulumi_smssign.cli.options import Command, as_json, of_a_stack
from pulumi_smssign.model.redaction import sanitized

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.checkup import Check


@click.command(
    "doctor", cls=Command, short_help="Look at keys, clock, network, files; say what to do."
)
@of_a_stack
@as_json
def doctor(*, cwd: Path, stack: str | None, json_: bool) -> None:
    """Look whether everything is there that a run needs, and say what to do where it isn't.

    The engine and its SDK are new enough; each account of the configuration and the environment is
    complete, its endpoint answers, the clock is right, and the key is accepted (it is asked for a
    signature that nobody has); every `smssign:` key of the configuration is somebody's; the proof
    files that state names are there, unchanged. Nothing is changed anywhere.

    Without a Pulumi project in the folder only the environment is looked at.

    Examples:
      smssign doctor
      smssign doctor --stack prod
      smssign doctor --json | jq '.checks[] | select(.health == "failed")'

    Exit codes:
      0  nothing has failed; there may be warnings
      1  something has failed, or the stack can't be read
      2  cancelled by Ctrl-C, or the command was misspelt

    --json prints one object:
      {"stack": "dev", "checks": [{"subject": "tencent (default)", "health": "failed",
        "finding": "the configuration smssign:tencent lacks secretKey", "advice": "pulumi …"}]}
    health: ok, note, warning, failed.
    """
    from pulumi_smssign.cli.inventory import checkup

    name, checks = checkup.examine(cwd, stack)
    if json_:
        print_json({"stack": name, "checks": [vars(one) for one in checks]})
    else:
        _print_people(checks)
    if any(one.health == "failed" for one in checks):
        sys.exit(1)


def _print_people(checks: Sequence[Check]) -> None:
    print_table(
        ("", "what", "how it is"),
        [(str(one.health), sanitized(one.subject), sanitized(one.finding)) for one in checks],
    )
    todo: dict[str, list[str]] = {}
    for one in checks:
        if one.advice and one.health != "ok":
            todo.setdefault(one.advice, []).append(sanitized(one.subject))
    if todo:
        click.echo("\nWhat to do:")
    for advice, subjects in todo.items():
        click.echo(f"  {', '.join(subjects)}: {advice}")
