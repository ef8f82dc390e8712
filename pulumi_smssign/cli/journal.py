"""`smssign journal`: the writes in flight on this machine, and how to clear them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from pulumi_smssign.cli.display import counted, print_json, print_table
from pulumi_smssign.cli.options import Group, as_json
from pulumi_smssign.model.durations import seconds_since, spoken

_EMPTY = "The journal is empty: no write is in flight."


@click.group("journal", cls=Group, short_help="Show or clear the writes in flight.")
def journal() -> None:
    """Show or clear the writes in flight: what a run has sent, and could not record.

    Before anything is sent to a vendor an entry is written to disk, and it is removed once Pulumi
    has what came of it. So in ordinary times the journal is empty. An entry is left behind by a run
    that was killed, or whose answer was lost: the next `pulumi up` of the same resource goes on
    from it, and then it is gone. It is cleared by hand only where no such run will come.

    The entries are this user's on this machine, of all stacks. They hold URNs, ids and digests, and
    no text; they last 14 days.

    Examples:
      smssign journal list
      smssign journal clear 1
    """


@journal.command("list", short_help="Show the writes in flight.")
@as_json
def list_(*, json_: bool) -> None:
    """Show the writes in flight of this user on this machine, the oldest first.

    With each: what was sent (submit, resubmit, delete), whether the vendor has answered, when it
    began, the side and the account, and the resource's URN; below, what that means and what the
    next `pulumi up` does. An entry that began a moment ago may be of a run that is still going.

    Examples:
      smssign journal list
      smssign journal list --json | jq -r '.entries[] | select(.state == "answered") | .id'

    Exit codes:
      0  the journal was read; it may be empty
      1  it can't be read
      2  cancelled by Ctrl-C, or the command was misspelt

    --json prints one object:
      {"folder": "/home/me/.pulumi/smssign/journal",
       "entries": [{"number": 1, "kind": "submit", "state": "answered", "id": "730001",
         "urn": "urn:pulumi:dev::shop::…::brand", "name": "brand", "vendor": "tencent",
         "side": "account", "account": "3f2a0d1c", "at": "2026-11-22T10:00:00Z",
         "meaning": "…", "next": "…"}]}
    kind: submit, resubmit, delete. state: begun (no answer is known), answered. side: sandbox,
    account; account is then the sandbox's name of it, or a fingerprint of the key.
    """
    from pulumi_smssign.cli.inventory import writes

    there = [writes.document_of(*one) for one in writes.writes().items()]
    if json_:
        print_json({"folder": str(writes.folder()), "entries": there})
    elif there:
        _print(there, "The next `pulumi up`")
    else:
        click.echo(_EMPTY, err=True)


@journal.command("clear", short_help="Clear writes in flight.")
@click.argument("numbers", metavar="[NUMBER]...", type=click.IntRange(min=1), nargs=-1)
@click.option("--all", "all_", is_flag=True, help="Clear every entry.")
@click.option("--yes", is_flag=True, help="Don't ask.")
def clear(*, numbers: tuple[int, ...], all_: bool, yes: bool) -> None:
    """Clear writes in flight, by their numbers in `smssign journal list`, or all of them.

    Nothing at a vendor changes. The next `pulumi up` no longer knows of the write: it does not take
    over by itself what it finds of it. So clear an entry only where the resource is not declared
    any more, or after looking in the vendor's console (or with `smssign find`) what came of the
    write. It says what it will clear, and asks.

    Examples:
      smssign journal clear 1
      smssign journal clear 2 3 --yes
      smssign journal clear --all

    Exit codes:
      0  they are cleared, or there were none
      1  a number is nobody's, or an entry can't be removed
      2  cancelled: the answer was no, or Ctrl-C; or the command was misspelt
    """
    from pulumi_smssign.cli.inventory import writes

    if all_ is bool(numbers):
        raise click.UsageError("name the numbers of the entries, or --all.")
    there = writes.writes()
    cleared = there if all_ else writes.chosen(there, numbers)
    if not cleared:
        click.echo(_EMPTY, err=True)
        return
    without = [
        {**writes.document_of(number, entry), "next": writes.MEANINGS[entry.kind].cleared}
        for number, entry in cleared.items()
    ]
    _print(without, "Cleared, the next `pulumi up`")
    entries = counted(len(cleared), "entry", "entries")
    if not yes and not click.confirm(f"Clear {entries}?", err=True):
        click.echo("Nothing was cleared.", err=True)
        sys.exit(2)
    writes.clear(cleared.values())
    click.echo(f"{entries} cleared; nothing at a vendor has changed.", err=True)


def _print(shown: Sequence[Mapping[str, Any]], when: str) -> None:
    """The writes; below, what each kind of them means, and what happens then."""
    rows = [
        (
            str(one["number"]),
            one["kind"],
            f"{one['state']} {one['id']}".rstrip(),
            f"{spoken(max(0.0, seconds_since(one['at'])))} ago",
            one["vendor"],
            f"{one['side']} {one['account']}".strip(),
            one["urn"],
        )
        for one in shown
    ]
    print_table(("", "write", "state", "began", "vendor", "account", "resource"), rows)
    click.echo("")
    for one in {(one["kind"], one["state"]): one for one in shown}.values():
        click.echo(f"{one['kind']}, {one['state']}: {one['meaning']}.\n  {when} {one['next']}.")
