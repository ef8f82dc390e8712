"""`smssign doctor`: whether everything is there that a run needs, and what to do where it isn't."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.boundary import FAILED, as_json, command, of_a_stack

if TYPE_CHECKING:
    from pulumi_smssign.inventory.checkup import Check

_HELP = """Look whether everything is there that a run needs, and say what to do where it isn't.

The engine and its SDK are new enough; each account of the configuration and the environment is
complete, its endpoint answers, the clock is right, and the key is accepted (it is asked for a
signature that nobody has); every `smssign:` key of the configuration is somebody's; the proof files
that state names are there, unchanged. Nothing is changed anywhere.

Without a Pulumi project in the folder only the environment is looked at.

\b
Examples:
  smssign doctor
  smssign doctor --stack prod
  smssign doctor --json | jq '.checks[] | select(.health == "failed")'

\b
Exit codes:
  0  nothing has failed; there may be warnings
  1  something has failed, or the stack can't be read
  2  cancelled by Ctrl-C, or the command was misspelt

\b
--json prints one object:
  {"stack": "dev", "checks": [{"subject": "tencent (default)", "health": "failed",
    "finding": "the configuration smssign:tencent lacks secretKey", "advice": "pulumi …"}]}
health: ok, note, warning, failed.
"""


@click.command(
    "doctor", help=_HELP, short_help="Look at keys, clock, network, files; say what to do."
)
@of_a_stack
@as_json
@command
def doctor(*, cwd: Path, stack: str | None, json_: bool) -> None:
    """Look at everything once."""
    from pulumi_smssign.cli.display import print_json

    name, checks = _examined(cwd, stack)
    if json_:
        print_json({"stack": name, "checks": [one.as_document() for one in checks]})
    else:
        _print_people(checks)
    if any(one.health == "failed" for one in checks):
        sys.exit(FAILED)


def _examined(cwd: Path, stack: str | None) -> tuple[str, list[Check]]:
    from pulumi_smssign.inventory import checkup
    from pulumi_smssign.inventory.accounts_there import accounts_there
    from pulumi_smssign.inventory.checkup import Check, Health
    from pulumi_smssign.inventory.held import held_by
    from pulumi_smssign.inventory.stack import Stack, open_stack
    from pulumi_smssign.model.errors import InputError

    checks = list(checkup.programs())
    try:
        opened = open_stack(cwd, stack, needed=False)
    except InputError as error:
        words = f": {error.words}" if error.words else ""
        checks.append(Check("stack", Health.FAILED, error.summary + words, error.advice))
        opened = Stack(cwd)
    else:
        if not opened.is_there:
            checks.append(
                Check(
                    "stack",
                    Health.NOTE,
                    "there is no Pulumi project here: only the environment is looked at",
                    "name the project's folder with --cwd.",
                )
            )
    held = held_by(opened)
    checks += checkup.strange_keys(opened.settings)
    checks += checkup.whole_stack(opened.settings)
    there = accounts_there(opened.settings, held)
    if not there:
        checks.append(
            Check(
                "accounts",
                Health.WARNING,
                "neither the configuration nor the environment names one",
                "pulumi config set smssign:sandbox http://127.0.0.1:8725 for a stack without keys.",
            )
        )
    for which in there:
        checks += checkup.account(opened.settings, which)
    checks += checkup.proofs(opened, held)
    return opened.name, checks


def _print_people(checks: list[Check]) -> None:
    from pulumi_smssign.cli.display import print_table
    from pulumi_smssign.model.redaction import told

    print_table(
        ("", "what", "how it is"),
        [(str(one.health), told(one.subject), told(one.finding)) for one in checks],
    )
    todo: dict[str, list[str]] = {}
    for one in checks:
        if one.advice and one.health != "ok":
            todo.setdefault(one.advice, []).append(told(one.subject))
    if todo:
        click.echo("\nWhat to do:")
    for advice, subjects in todo.items():
        click.echo(f"  {', '.join(subjects)}: {advice}")
