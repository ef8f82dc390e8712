"""`smssign journal`: the writes in flight on this machine, and how to clear them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from pulumi_smssign.cli.display import ask, counted, print_json, print_line, print_table
from pulumi_smssign.cli.options import Group, as_json
from pulumi_smssign.model.durations import seconds_since, spoken
from pulumi_smssign.model.language import _, mark

_EMPTY = mark("The journal is empty: no write is in flight.")
_NEXT_RUN = mark("The next `pulumi up` {step}.")
_NEXT_RUN_ONCE_CLEARED = mark("Once it is cleared, the next `pulumi up` {step}.")
_HEADS = (
    "",
    mark("write"),
    mark("state"),
    mark("began"),
    mark("vendor"),
    mark("account"),
    mark("resource"),
)


@click.group("journal", cls=Group)
def journal() -> None:
    """Show or clear the writes in flight: writes that a run has sent and could not record.

    Before a run sends a write to a vendor it writes an entry to disk, and it removes the entry once
    Pulumi has the result. So the journal is usually empty. An entry is left behind by a run that
    was killed, or whose answer was lost: the next `pulumi up` of the same resource goes on from it
    and removes it. Clear an entry by hand only where no such run will come.

    The journal is one for all stacks of this user on this machine. Its entries hold URNs, ids and
    digests, and no text; they last 14 days.

    Examples:
      smssign journal list
      smssign journal clear 1
    """


@journal.command("list", short_help="Show the writes in flight.")
@as_json
def list_(*, json_: bool) -> None:
    """Show the writes in flight of this user on this machine, the oldest first.

    Each line has the kind of write (submit, resubmit, delete), whether the vendor has answered,
    when it began, the side and the account, and the resource's URN. Below stands what that means
    and what the next `pulumi up` does. An entry that began a moment ago may be of a run that still
    runs.

    Examples:
      smssign journal list
      smssign journal list --json | jq -r '.entries[] | select(.state == "answered") | .id'

    Exit codes:
      0  the journal was read; it may be empty
      1  the journal can't be read
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

    documents = [writes.document_of(number, entry) for number, entry in writes.writes().items()]
    if json_:
        print_json({"folder": str(writes.folder()), "entries": documents})
    elif documents:
        _print(documents, _NEXT_RUN)
    else:
        print_line(_(_EMPTY), err=True)


@journal.command("clear", short_help="Clear writes in flight.")
@click.argument("numbers", metavar="[NUMBER]...", type=click.IntRange(min=1), nargs=-1)
@click.option("--all", "all_", is_flag=True, help="Clear every entry.")
@click.option("--yes", is_flag=True, help="Don't ask.")
def clear(*, numbers: tuple[int, ...], all_: bool, yes: bool) -> None:
    """Clear writes in flight, by their numbers in `smssign journal list`, or all of them.

    Nothing at a vendor changes. The next `pulumi up` no longer knows of the write: it does not take
    over by itself a signature that the write made. So clear an entry only where the resource is no
    longer declared, or after you have looked in the vendor's console (or with `smssign find`) for
    the result of the write. The command prints what it will clear, and asks.

    Examples:
      smssign journal clear 1
      smssign journal clear 2 3 --yes
      smssign journal clear --all

    Exit codes:
      0  the entries are cleared, or there were none
      1  no entry has a number, or an entry can't be removed
      2  cancelled: the answer was no, or Ctrl-C; or the command was misspelt
    """
    from pulumi_smssign.cli.inventory import writes

    if all_ is bool(numbers):
        raise click.UsageError(_("Name either the numbers of the entries or --all."))
    entries = writes.writes()
    cleared = entries if all_ else writes.chosen(entries, numbers)
    if not cleared:
        print_line(_(_EMPTY), err=True)
        return
    documents = [
        {**writes.document_of(number, entry), "next": _(writes.MEANINGS[entry.kind].cleared)}
        for number, entry in cleared.items()
    ]
    _print(documents, _NEXT_RUN_ONCE_CLEARED)
    entries_cleared = counted(len(cleared), mark("{number} entry"), mark("{number} entries"))
    if not yes and not ask(_("Clear {entries}?", entries=entries_cleared)):
        print_line(_("Nothing was cleared."), err=True)
        sys.exit(2)
    writes.clear(cleared.values())
    print_line(
        _("{entries} cleared; nothing at a vendor has changed.", entries=entries_cleared), err=True
    )


def _print(writes: Sequence[Mapping[str, Any]], sentence: str) -> None:
    """Print the writes; below, the meaning of each kind, and the next step in a sentence."""
    rows = [
        (
            str(write["number"]),
            write["kind"],
            f"{write['state']} {write['id']}".rstrip(),
            _("{time} ago", time=spoken(max(0.0, seconds_since(write["at"])))),
            write["vendor"],
            f"{write['side']} {write['account']}".strip(),
            write["urn"],
        )
        for write in writes
    ]
    print_table(_HEADS, rows)
    print_line()
    kinds = {(write["kind"], write["state"]): write for write in writes}
    for (kind, state), write in kinds.items():
        meaning = write["meaning"]
        print_line(_("{kind}, {state}: {meaning}.", kind=kind, state=state, meaning=meaning))
        print_line(f"  {_(sentence, step=write['next'])}")
