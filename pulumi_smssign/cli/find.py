"""`smssign find` and `smssign audit`: what the accounts have, managed or not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pulumi_smssign.cli.display import counted, plain_table, print_json, print_table
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.options import Command, as_json, of_a_stack
from pulumi_smssign.cli.status import row_of
from pulumi_smssign.core.registry import OURS, VENDORS
from pulumi_smssign.model.errors import InputError

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.look import Survey
    from pulumi_smssign.cli.inventory.stack import Account, Stack

_F = TypeVar("_F", bound=Callable[..., None])
_HEADS = ("vendor", "text", "id", "status", "filing", "资质", "resource")


def _known_vendor(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The vendor's name; the help shows ours, and those of installed packages are taken too."""
    if name is not None and name not in VENDORS:
        raise click.BadParameter(
            f"{name!r} is not one of {', '.join(sorted(VENDORS))}.", ctx=context, param=option
        )
    return name


def _of_accounts(function: _F) -> _F:
    """The options that choose among the accounts; the command gets the stack, and those chosen."""

    @click.option("--text", default="", metavar="TEXT", help="Only texts with this in them.")
    @click.option("--account", metavar="NAME", help="Only accounts of this name.")
    @click.option(
        "--vendor",
        metavar=f"[{'|'.join(sorted(OURS))}]",
        callback=_known_vendor,
        help="Only this vendor's accounts.",
    )
    @of_a_stack
    @as_json
    @wraps(function)
    def chosen(
        *, cwd: Path, stack: str | None, vendor: str | None, account: str | None, **options: object
    ) -> None:
        from pulumi_smssign.cli.inventory.stack import open_stack

        opened = open_stack(cwd, stack, needed=False)
        there = [
            one
            for one in opened.accounts_there
            if vendor in (None, one[0]) and account in (None, one[1])
        ]
        if not there:
            raise InputError(
                "neither the configuration nor the environment names such an account",
                advice="run `smssign doctor` to see which there are.",
            )
        function(opened, there, **options)

    return chosen  # type: ignore[return-value] # the same command, for click


@click.command("find", cls=Command, short_help="List what the accounts have.")
@_of_accounts
def find(opened: Stack, there: list[Account], *, text: str, json_: bool) -> None:
    """List the signatures that the accounts have, and which resource has them.

    The accounts are those of the stack's configuration and of the environment; without a Pulumi
    project in the folder, of the environment alone. Nothing is changed.

    UCloud has no list of an account's signatures: it tells of one by its whole text, so name that
    with --text. The other four list all.

    Examples:
      smssign find
      smssign find --vendor tencent --text 极客
      smssign find --json | jq -r '.signatures[] | select(.managed | not) | .id'

    Exit codes:
      0  every account was asked that lists what it has
      1  one couldn't be asked, or the stack can't be read; what was found is printed all the same
      2  cancelled by Ctrl-C, or the command was misspelt

    --json prints one object:
      {"signatures": [{"vendor": "tencent", "account": "default", "id": "730001",
        "text": "极客科技", "status": "APPROVED", "vendor_status": "0", "reason": "",
        "filing": "unknown", "qualification": "2000417", "resource": "brand", "managed": true,
        "findings": [], "deletion_policy": "retain", "shared": false}],
       "troubles": [{"vendor": "yunpian", "account": "default", "trouble": "…"}],
       "unlisted": [{"vendor": "ucloud", "account": "default", "trouble": "…"}]}
    """
    from pulumi_smssign.cli.inventory.look import survey

    found = survey(opened.accounts, there, opened.held, text)
    if json_:
        _print_document(found, [_document(one) for one in found.found])
    elif found.found:
        print_table(_HEADS, [_row(one) for one in found.found])
    _end(found, quiet=json_)


@click.command(
    "audit", cls=Command, short_help="Say what needs seeing to; print lines that adopt it."
)
@_of_accounts
@click.option(
    "--evidence",
    metavar="PATH",
    help="The proof file that the lines name.  [default: evidence/licence.png]",
)
def audit(
    opened: Stack, there: list[Account], *, text: str, json_: bool, evidence: str | None
) -> None:
    """Say what needs seeing to among the signatures that the accounts have.

    Which stand beside the stack (no resource manages them), are approved and may be deleted (their
    deletion_policy is "delete"), lack a 资质, bear a name that the carriers file no more, have
    failed or lapsed at a carrier, are rejected or suspended.

    For each beside the stack it prints the lines that adopt it as it is, to paste into the program:
    `pulumi up` then submits nothing. An approved one is taken over without adopt= too, where the
    resource's deletion_policy is "retain" and it is declared as the vendor reports it. What the
    vendor doesn't report stands there with a TODO; put that right before the first `pulumi up`,
    since every later change is one to the vendor. For a name that has to go it prints how to come
    to another without a day on which no text can be sent.

    What the name is the name of is told by the stack's own state and, of others, by Huawei alone.

    UCloud has no list of an account's signatures: it tells of one by its whole text, so name that
    with --text. The other four list all.

    Examples:
      smssign audit
      smssign audit --vendor huawei --evidence papers/licence.png >> __main__.py
      smssign audit --json

    Exit codes:
      0  every account was asked that lists what it has; there may be findings
      1  one couldn't be asked, or the stack can't be read; what was found is printed all the same
      2  cancelled by Ctrl-C, or the command was misspelt

    The table goes to stderr and the lines to stdout, so that >> takes the lines alone. --json
    prints the object of `smssign find --json`, with "program" beside the findings.
    """
    from pulumi_smssign.cli.inventory import adoption
    from pulumi_smssign.cli.inventory.look import survey

    found = survey(opened.accounts, there, opened.held, text, whole=True)
    wanting = [one for one in found.found if one.findings]
    blocks = adoption.program(wanting, opened.held, evidence)
    if json_:
        pairs = zip(wanting, blocks, strict=True)
        _print_document(found, [{**_document(one), "program": block} for one, block in pairs])
    elif wanting:
        rows = [(*_row(one)[:4], "; ".join(one.findings)) for one in wanting]
        click.echo(plain_table((*_HEADS[:4], "to see to"), rows), err=True)
        if any(blocks):
            click.echo("\n\n".join(filter(None, (*adoption.head(wanting), *blocks))))
    else:
        click.echo("There is nothing to see to.", err=True)
    _end(found, quiet=json_)


def _row(one: Standing) -> tuple[str, ...]:
    row, papers = row_of(one, {}), one.as_document()["qualification"]["id"]
    return row.vendor, row.text, row.id, row.status, row.filing, papers, row.resource


def _document(one: Standing) -> dict[str, object]:
    """A signature as `--json` prints it: less than `status` tells, and what is to be seen to."""
    document = one.as_document()
    same = ("vendor", "account", "id", "text", "status", "vendor_status", "reason")
    return {
        **{name: document[name] for name in same},
        "filing": document["filing"]["state"],
        "qualification": document["qualification"]["id"],
        "resource": one.held.name,
        "managed": one.held.is_managed,
        "findings": list(one.findings),
        "deletion_policy": one.held.deletion_policy if one.held.is_managed else "",
        "shared": one.held.is_shared,
    }


def _print_document(found: Survey, signatures: Sequence[object]) -> None:
    troubles, unlisted = (
        [{"vendor": where[0], "account": where[1], "trouble": why} for where, why in each.items()]
        for each in (found.troubles, found.unlisted)
    )
    print_json({"signatures": signatures, "troubles": troubles, "unlisted": unlisted})


def _end(found: Survey, *, quiet: bool) -> None:
    """Say which accounts were not asked, and end with the exit code."""
    if not quiet:
        for word, troubles in (("Error", found.troubles), ("Not listed", found.unlisted)):
            for trouble in troubles.values():
                click.echo(f"{word}: {trouble}", err=True)
        beside = sum(not one.held.is_managed for one in found.found)
        click.echo(
            f"{counted(len(found.found), 'signature')} in {counted(len(found.asked), 'account')}"
            f"{f', {beside} beside the stack' if beside else ''}.",
            err=True,
        )
    if not found.is_whole:
        sys.exit(1)
