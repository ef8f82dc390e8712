"""`smssign find` and `smssign audit`: what the accounts have, managed or not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pulumi_smssign.cli.boundary import FAILED, as_json, command, of_a_stack

if TYPE_CHECKING:
    from pulumi_smssign.inventory.accounts_there import Account
    from pulumi_smssign.inventory.held import Held
    from pulumi_smssign.inventory.survey import Found, Survey

_F = TypeVar("_F", bound=Callable[..., Any])

_UCLOUD = """UCloud has no list of an account's signatures: it tells of one by its whole text, so
name that with --text. The other four list all.
"""

_FIND_HELP = f"""List the signatures that the accounts have, and which resource has them.

The accounts are those of the stack's configuration and of the environment; without a Pulumi project
in the folder, of the environment alone. Nothing is changed.

{_UCLOUD}
\b
Examples:
  smssign find
  smssign find --vendor tencent --text 极客
  smssign find --json | jq -r '.signatures[] | select(.managed | not) | .id'

\b
Exit codes:
  0  every account was asked that lists what it has
  1  one couldn't be asked, or the stack can't be read; what was found is printed all the same
  2  cancelled by Ctrl-C, or the command was misspelt

\b
--json prints one object:
  {{"signatures": [{{"vendor": "tencent", "account": "default", "id": "730001", "text": "极客科技",
    "status": "APPROVED", "vendor_status": "0", "reason": "", "filing": "unknown",
    "qualification": "2000417", "resource": "brand", "managed": true, "findings": [],
    "deletion_policy": "retain", "shared": false}}],
   "troubles": [{{"vendor": "yunpian", "account": "default", "trouble": "…"}}],
   "unlisted": [{{"vendor": "ucloud", "account": "default", "trouble": "…"}}]}}
"""

_AUDIT_HELP = f"""Say what needs seeing to among the signatures that the accounts have.

Which stand beside the stack (no resource manages them), are approved and may be deleted (their
deletion_policy is "delete"), lack a 资质, bear a name that the carriers file no more, have failed
or lapsed at a carrier, are rejected or suspended.

For each beside the stack it prints the lines that adopt it as it is, to paste into the program:
`pulumi up` then submits nothing. An approved one is taken over without adopt= too, where the
resource's deletion_policy is "retain" and it is declared as the vendor reports it. What the vendor
doesn't report stands there with a TODO; put that right before the first `pulumi up`, since every
later change is one to the vendor. For a name that has to go it prints how to come to another
without a day on which no text can be sent.

What the name is the name of is told by the stack's own state and, of others, by Huawei alone.

{_UCLOUD}
\b
Examples:
  smssign audit
  smssign audit --vendor huawei --evidence papers/licence.png >> __main__.py
  smssign audit --json

\b
Exit codes:
  0  every account was asked that lists what it has; there may be findings
  1  one couldn't be asked, or the stack can't be read; what was found is printed all the same
  2  cancelled by Ctrl-C, or the command was misspelt

The table goes to stderr and the lines to stdout, so that >> takes the lines alone. --json prints
the object of `smssign find --json`, with "program" beside the findings.
"""


def _of_accounts(function: _F) -> _F:
    """The options that choose among the accounts."""
    for option in (
        click.option("--text", default="", metavar="TEXT", help="Only texts with this in them."),
        click.option("--account", metavar="NAME", help="Only accounts of this name."),
        click.option(
            "--vendor",
            type=click.Choice(["alibaba", "huawei", "tencent", "ucloud", "yunpian"]),
            help="Only this vendor's accounts.",
        ),
    ):
        function = option(function)
    return function


@click.command("find", help=_FIND_HELP, short_help="List what the accounts have.")
@_of_accounts
@of_a_stack
@as_json
@command
def find(
    *,
    cwd: Path,
    stack: str | None,
    vendor: str | None,
    account: str | None,
    text: str,
    json_: bool,
) -> None:
    """List what there is."""
    from pulumi_smssign.cli.display import print_json, print_table

    found, _ = _surveyed(cwd, stack, vendor, account, text)
    if json_:
        print_json(_document(found, [one.as_document() for one in found.found]))
    elif found.found:
        print_table(_HEADS, [_row(one) for one in found.found])
    _end(found, quiet=json_)


@click.command(
    "audit", help=_AUDIT_HELP, short_help="Say what needs seeing to; print lines that adopt it."
)
@_of_accounts
@of_a_stack
@as_json
@click.option(
    "--evidence",
    metavar="PATH",
    help="The proof file that the lines name.  [default: evidence/licence.png]",
)
@command
def audit(
    *,
    cwd: Path,
    stack: str | None,
    vendor: str | None,
    account: str | None,
    text: str,
    json_: bool,
    evidence: str | None,
) -> None:
    """Say what needs seeing to, and print the lines for it."""
    from pulumi_smssign.cli.display import paragraphs, plain_table, print_json

    found, held = _surveyed(cwd, stack, vendor, account, text, whole=True)
    wanting = [one for one in found.found if one.findings]
    blocks = _program(wanting, held, evidence)
    if json_:
        pairs = zip(wanting, blocks, strict=True)
        documents = [{**one.as_document(), "program": block} for one, block in pairs]
        print_json(_document(found, documents))
    elif wanting:
        rows = [(*_row(one)[:4], "; ".join(one.findings)) for one in wanting]
        click.echo(plain_table((*_HEADS[:4], "to see to"), rows), err=True)
        lines = [block for block in blocks if block]
        if lines:
            click.echo(paragraphs((*_head(wanting), *lines)))
    else:
        click.echo("There is nothing to see to.", err=True)
    _end(found, quiet=json_)


_HEADS = ("vendor", "text", "id", "status", "filing", "资质", "resource")


def _row(one: Found) -> tuple[str, ...]:
    from pulumi_smssign.model.redaction import short, told

    identifier = short(one.review.id)
    vendor = one.vendor.name + ("" if one.account == "default" else f" ({one.account})")
    return (
        vendor,
        one.text,
        "" if identifier == one.text else identifier,
        str(one.review.status),
        told(str(one.review.filing)),
        short(one.review.qualification.id),
        one.held.name if one.held else "",
    )


def _surveyed(
    cwd: Path,
    stack: str | None,
    vendor: str | None,
    account: str | None,
    text: str,
    *,
    whole: bool = False,
) -> tuple[Survey, list[Held]]:
    from pulumi_smssign.core.accounts import Accounts
    from pulumi_smssign.inventory.accounts_there import accounts_there
    from pulumi_smssign.inventory.held import held_by
    from pulumi_smssign.inventory.stack import open_stack
    from pulumi_smssign.inventory.survey import survey
    from pulumi_smssign.model.errors import InputError

    opened = open_stack(cwd, stack, needed=False)
    held = held_by(opened)
    there = [
        one
        for one in accounts_there(opened.settings, held)
        if vendor in (None, one[0]) and account in (None, one[1])
    ]
    if not there:
        raise InputError(
            "neither the configuration nor the environment names such an account",
            advice="run `smssign doctor` to see which there are.",
        )
    return survey(Accounts(opened.settings), there, held, text, whole=whole), held


def _program(wanting: Sequence[Found], held: Sequence[Held], evidence: str | None) -> list[str]:
    """The lines for each: those that adopt it, a plan for its name, or nothing."""
    from pulumi_smssign.inventory import adoption

    names: dict[int, str] = {}
    for vendor in {one.vendor.name for one in wanting}:
        own = [one for one in wanting if one.vendor.name == vendor and not one.is_managed]
        taken = [one.name for one in held if one.vendor == vendor]
        made = adoption.resource_names([one.review for one in own], taken)
        names.update({id(one): name for one, name in zip(own, made, strict=True)})
    return [_block(one, names.get(id(one), ""), evidence or adoption.EVIDENCE) for one in wanting]


def _block(one: Found, name: str, evidence: str) -> str:
    from pulumi_smssign.inventory import adoption
    from pulumi_smssign.model.redaction import hide

    parts = []
    if name:
        wrong = adoption.objections(one.vendor, one.review)
        lines = adoption.lines(one.vendor, one.review, name, account=one.account, evidence=evidence)
        if wrong:
            reasons = "; ".join(f"{problem.property}: {problem.reason}" for problem in wrong)
            head = f"# It can't be declared as it is ({reasons}):"
            parts.append("\n".join((head, *(f"# {line}" for line in lines.splitlines()))))
        else:
            parts.append(lines)
    if one.expelled:
        parts.append(
            adoption.gapless_plan(
                one.vendor,
                one.review,
                f"{name or (one.held.name if one.held else one.text)}-new",
                one.expelled,
                resource=one.held.name if one.is_managed and one.held else "",
                account=one.account,
            )
        )
    return hide("\n".join(parts))


def _head(wanting: Sequence[Found]) -> tuple[str, str]:
    """The import, and what to know of the lines below it."""
    from pulumi_smssign.inventory import adoption

    vendors = {one.vendor.name for one in wanting if not one.is_managed or one.expelled}
    is_adopted = any(not one.is_managed for one in wanting)
    imports = adoption.imports(vendors, plan=any(one.expelled for one in wanting))
    return imports, adoption.NOTE if is_adopted else ""


def _document(found: Survey, signatures: Sequence[object]) -> dict[str, object]:
    def told(troubles: Mapping[Account, str]) -> list[dict[str, str]]:
        return [
            {"vendor": vendor, "account": account, "trouble": trouble}
            for (vendor, account), trouble in troubles.items()
        ]

    return {
        "signatures": list(signatures),
        "troubles": told(found.troubles),
        "unlisted": told(found.unlisted),
    }


def _end(found: Survey, *, quiet: bool) -> None:
    """Say which accounts were not asked, and end with the exit code."""
    if not quiet:
        for word, troubles in (("Error", found.troubles), ("Not listed", found.unlisted)):
            for trouble in troubles.values():
                click.echo(f"{word}: {trouble}", err=True)
        accounts = "account" if len(found.asked) == 1 else "accounts"
        number = len(found.found)
        beside = sum(not one.is_managed for one in found.found)
        click.echo(
            f"{number} {'signature' if number == 1 else 'signatures'} in {len(found.asked)} "
            f"{accounts}{f', {beside} beside the stack' if beside else ''}.",
            err=True,
        )
    if not found.is_whole:
        sys.exit(FAILED)
