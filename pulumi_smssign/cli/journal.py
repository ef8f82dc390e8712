"""`smssign journal`: the writes in flight on this machine, and how to clear them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.boundary import CANCELLED, as_json, command

if TYPE_CHECKING:
    from pulumi_smssign.inventory.writes import Write

_HELP = """Show or clear the writes in flight: what a run has sent, and could not record.

Before anything is sent to a vendor an entry is written to disk, and it is removed once Pulumi has
what came of it. So in ordinary times the journal is empty. An entry is left behind by a run that
was killed, or whose answer was lost: the next `pulumi up` of the same resource goes on from it, and
then it is gone. It is cleared by hand only where no such run will come.

The entries are this user's on this machine, of all stacks. They hold URNs, ids and digests, and no
text; they last 14 days.

\b
Examples:
  smssign journal list
  smssign journal clear 1
"""

_LIST_HELP = """Show the writes in flight of this user on this machine, the oldest first.

With each: what was sent (submit, resubmit, delete), whether the vendor has answered, when it began,
the side and the account, and the resource's URN; below, what that means and what the next
`pulumi up` does. An entry that began a moment ago may be of a run that is still going.

\b
Examples:
  smssign journal list
  smssign journal list --json | jq -r '.entries[] | select(.state == "answered") | .id'

\b
Exit codes:
  0  the journal was read; it may be empty
  1  it can't be read
  2  cancelled by Ctrl-C, or the command was misspelt

\b
--json prints one object:
  {"folder": "/home/me/.pulumi/smssign/journal",
   "entries": [{"number": 1, "kind": "submit", "state": "answered", "id": "730001",
     "urn": "urn:pulumi:dev::shop::…::brand", "name": "brand", "vendor": "tencent",
     "side": "account", "account": "3f2a0d1c", "at": "2026-11-22T10:00:00Z",
     "meaning": "…", "next": "…"}]}
kind: submit, resubmit, delete. state: begun (no answer is known), answered. side: sandbox, account;
account is then the sandbox's name of it, or a fingerprint of the key.
"""

_CLEAR_HELP = """Clear writes in flight, by their numbers in `smssign journal list`, or all of them.

Nothing at a vendor changes. The next `pulumi up` no longer knows of the write: it does not take
over by itself what it finds of it. So clear an entry only where the resource is not declared any
more, or after looking in the vendor's console (or with `smssign find`) what came of the write. It
says what it will clear, and asks.

\b
Examples:
  smssign journal clear 1
  smssign journal clear 2 3 --yes
  smssign journal clear --all

\b
Exit codes:
  0  they are cleared, or there were none
  1  a number is nobody's, or an entry can't be removed
  2  cancelled: the answer was no, or Ctrl-C; or the command was misspelt
"""


@click.group("journal", help=_HELP, short_help="Show or clear the writes in flight.")
def journal() -> None:
    """The journal of this user on this machine."""


@journal.command("list", help=_LIST_HELP, short_help="Show the writes in flight.")
@as_json
@command
def list_(*, json_: bool) -> None:
    """Show them."""
    from pulumi_smssign.cli.display import print_json
    from pulumi_smssign.inventory import writes

    there = writes.writes()
    if json_:
        documents = [one.as_document() for one in there]
        print_json({"folder": str(writes.folder()), "entries": documents})
    elif there:
        _print(there)
        for line in _legend(there, cleared=False):
            click.echo(line)
    else:
        click.echo(_EMPTY, err=True)


@journal.command("clear", help=_CLEAR_HELP, short_help="Clear writes in flight.")
@click.argument("numbers", metavar="[NUMBER]...", type=click.IntRange(min=1), nargs=-1)
@click.option("--all", "all_", is_flag=True, help="Clear every entry.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@command
def clear(*, numbers: tuple[int, ...], all_: bool, yes: bool) -> None:
    """Clear those that are named."""
    from pulumi_smssign.inventory import writes

    if all_ is bool(numbers):
        raise click.UsageError("name the numbers of the entries, or --all.")
    there = writes.writes()
    cleared = there if all_ else writes.chosen(there, numbers)
    if not cleared:
        click.echo(_EMPTY, err=True)
        return
    _print(cleared)
    for line in _legend(cleared, cleared=True):
        click.echo(line)
    if not yes and not _agreed(len(cleared)):
        click.echo("Nothing was cleared.", err=True)
        sys.exit(CANCELLED)
    writes.clear(cleared)
    click.echo(f"{_counted(len(cleared))} cleared; nothing at a vendor has changed.", err=True)


_EMPTY = "The journal is empty: no write is in flight."
_HEADS = ("", "write", "state", "began", "vendor", "account", "resource")


def _print(shown: Sequence[Write]) -> None:
    from pulumi_smssign.cli.display import print_table

    print_table(_HEADS, [_row(one) for one in shown])


def _row(one: Write) -> tuple[str, ...]:
    from pulumi_smssign.model.durations import seconds_since, spoken
    from pulumi_smssign.model.redaction import short, told

    entry = one.entry
    return (
        str(one.number),
        entry.kind,
        f"{entry.state} {short(entry.id)}".rstrip(),
        f"{spoken(max(0.0, seconds_since(entry.at)))} ago",
        one.vendor,
        one.place,
        told(entry.urn),
    )


def _legend(shown: Sequence[Write], *, cleared: bool) -> list[str]:
    """What the writes mean, each kind once; and what the next run does, if they are cleared."""
    lines = [""]
    for one in {(one.entry.kind, one.entry.state): one for one in shown}.values():
        meaning = one.meaning
        lines.append(f"{one.entry.kind}, {one.entry.state}: {meaning.now}.")
        when = "Cleared, the next `pulumi up`" if cleared else "The next `pulumi up`"
        lines.append(f"  {when} {meaning.cleared if cleared else meaning.next}.")
    return lines


def _agreed(number: int) -> bool:
    """Whether the user says yes; a pipe that says nothing doesn't."""
    try:
        return click.confirm(f"Clear {_counted(number)}?", err=True)
    except click.Abort:
        click.echo("", err=True)
        return False


def _counted(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"
