"""`smssign find` and `smssign audit`: the signatures of the accounts, managed or not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pulumi_smssign.cli.display import (
    asking,
    counted,
    print_json,
    print_line,
    print_lines,
    print_table,
    printable,
)
from pulumi_smssign.cli.inventory.changes import unwritten
from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.cli.options import Command, as_json, of_a_stack
from pulumi_smssign.cli.status import row_of
from pulumi_smssign.core.registry import OURS, VENDORS
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.language import _, listed, mark

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.look import Survey
    from pulumi_smssign.cli.inventory.stack import Account, Stack

_F = TypeVar("_F", bound=Callable[..., None])
_HEADS = (
    mark("vendor"),
    mark("text"),
    mark("id"),
    mark("status"),
    mark("filing "),
    mark("资质"),
    mark("resource"),
)


def _known_vendor(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The vendor's name: one of ours, which the help shows, or of an installed package."""
    # No click.Choice: for --help it would look through every installed package's entry points.
    if name is not None and name not in VENDORS:
        raise click.BadParameter(
            _("{name} is not one of {vendors}.", name=repr(name), vendors=listed(sorted(VENDORS))),
            ctx=context,
            param=option,
        )
    return name


def _module(context: click.Context, option: click.Parameter, file: Path | None) -> Path | None:
    """The path of a module, which a program can import."""
    if file is not None and not (file.suffix == ".py" and file.stem.isidentifier()):
        raise click.BadParameter(
            _("{name} is no module's name, such as imported.py.", name=repr(file.name)),
            ctx=context,
            param=option,
        )
    return file


def _of_accounts(function: _F) -> _F:
    """The options that choose accounts; the command is called with the stack and the accounts."""

    @click.option(
        "--text", default="", metavar="TEXT", help="Only signatures whose text contains this."
    )
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
    def with_accounts(
        *, cwd: Path, stack: str | None, vendor: str | None, account: str | None, **options: object
    ) -> None:
        from pulumi_smssign.cli.inventory.stack import open_stack

        with asking():
            opened = open_stack(cwd, stack, needed=False)
        accounts = [
            (vendor_name, account_name)
            for vendor_name, account_name in opened.known_accounts
            if vendor in (None, vendor_name) and account in (None, account_name)
        ]
        if not accounts:
            raise InputError(
                _("neither the configuration nor the environment names such an account"),
                advice=_("run `smssign doctor` to see the accounts."),
            )
        function(opened, accounts, **options)

    return with_accounts  # type: ignore[return-value] # the same command, for click


@click.command("find", cls=Command)
@_of_accounts
def find(opened: Stack, accounts: list[Account], *, text: str, json_: bool) -> None:
    """List the signatures of the accounts, and the resource that has each.

    The accounts are those of the stack's configuration and of the environment; without a Pulumi
    project in the folder, of the environment alone. The command changes nothing.

    UCloud has no list of an account's signatures. It finds a signature by its whole text: give that
    with --text. The other four list all.

    Examples:
      smssign find
      smssign find --vendor tencent --text 极客
      smssign find --json | jq -r '.signatures[] | select(.managed | not) | .id'

    Exit codes:
      0  every account that has a list was asked
      1  an account couldn't be asked, or the stack can't be read; the rest is printed all the same
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

    with asking():
        result = survey(opened.accounts, accounts, opened.signatures, text)
    if json_:
        _print_document(result, [_document(standing) for standing in result.standings])
    elif result.standings:
        print_table(_HEADS, [_row(standing) for standing in result.standings])
    _end(result, quiet=json_)


@click.command("audit", cls=Command)
@_of_accounts
@click.option(
    "--evidence",
    metavar="PATH",
    help="The path of the proof file that was submitted, for the lines.  [default: TODO]",
)
@click.option(
    "--write",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_module,
    help="Write the lines into this new file, such as imported.py, instead of printing them.",
)
def audit(
    opened: Stack,
    accounts: list[Account],
    *,
    text: str,
    json_: bool,
    evidence: str | None,
    file: Path | None,
) -> None:
    """Name the signatures of the accounts that a person has to see to.

    These are signatures that this stack does not manage; that are approved and deleted when they
    are removed from the program (their deletion_policy is "delete"); that lack a 资质; whose name
    the carriers no longer file; whose filing has failed or lapsed at a carrier; that are rejected
    or suspended.

    For each signature that no resource manages it prints the lines that adopt it as it is, to paste
    into the program, or writes them into a file that the program imports: `pulumi up` then submits
    nothing. The lines have only what the vendor reports. TODO in them stands for what was submitted
    and is not reported: `pulumi preview` refuses it by name until you write that. A signature whose
    text has a character that nobody sees gets no lines, since `pulumi up` refuses the text.

    For a name that the carriers no longer file it prints a plan to change it without a day on which
    no text can be sent. What a name stands for (a company, an app) is in the stack's own state; of
    signatures that it does not manage only Huawei reports it.

    UCloud has no list of an account's signatures. It finds a signature by its whole text: give that
    with --text. The other four list all.

    Examples:
      smssign audit
      smssign audit --vendor huawei --evidence papers/licence.png >> __main__.py
      smssign audit --write imported.py && echo "import imported" >> __main__.py
      smssign audit --json

    Exit codes:
      0  every account that has a list was asked; there may be findings
      1  an account couldn't be asked, or the stack can't be read; the rest is printed all the same
      2  cancelled by Ctrl-C, or the command was misspelt

    The table goes to stderr and the lines to stdout, so that >> appends the lines alone. --json
    prints the object of `smssign find --json`, each signature with its lines as "program".
    """
    from pulumi_smssign.cli.inventory import adoption
    from pulumi_smssign.cli.inventory.look import survey

    if file and file.exists():
        raise _exists(file)
    with asking():
        result = survey(opened.accounts, accounts, opened.signatures, text, with_details=True)
    with_findings = [standing for standing in result.standings if standing.findings]
    blocks = adoption.program(with_findings, opened.signatures, evidence)
    parts = (*adoption.head(with_findings, blocks), *blocks) if any(blocks) else ()
    program = "\n\n".join(filter(None, parts))
    if json_:
        pairs = zip(with_findings, blocks, strict=True)
        documents = [{**_document(standing), "program": block} for standing, block in pairs]
        _print_document(result, documents)
    elif with_findings:
        rows = [
            (*_row(standing)[:4], _("; ").join(standing.findings)) for standing in with_findings
        ]
        # Plain also in a terminal: the lines below it are what one copies.
        print_table((*_HEADS[:4], mark("findings")), rows, err=True)
        if program and not file:
            print_lines(program)
    else:
        print_line(_("There are no findings."), err=True)
    if file and program:
        _write(file, f"{adoption.file_head()}\n\n{program}\n")
    _end(result, quiet=json_)


def _exists(file: Path) -> InputError:
    return InputError(
        _("the file {file} is there already, and may have been edited", file=file),
        advice=_("name another file, or move this one away."),
    )


def _write(file: Path, program: str) -> None:
    """Write a program into a new file, as it would be printed; say what to do with it.

    Raises:
        InputError: there is such a file, or it can't be written.
    """
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write("\n".join(map(printable, program.split("\n"))))
    except FileExistsError:
        raise _exists(file) from None
    except OSError as error:
        raise unwritten(file, error) from None
    print_line(
        _("Written: {file}. Add `import {module}` to __main__.py.", file=file, module=file.stem),
        err=True,
    )


def _row(standing: Standing) -> tuple[str, ...]:
    row, qualification = row_of(standing, {}), document_of(standing)["qualification"]["id"]
    return row.vendor, row.text, row.id, row.status, row.filing, qualification, row.resource


def _document(standing: Standing) -> dict[str, object]:
    """A signature as `--json` prints it: a part of what `status` prints, and the findings."""
    document, signature = document_of(standing), standing.signature
    same = ("vendor", "account", "id", "text", "status", "vendor_status", "reason")
    return {
        **{name: document[name] for name in same},
        "filing": document["filing"]["state"],
        "qualification": document["qualification"]["id"],
        "resource": signature.name,
        "managed": signature.is_managed,
        "findings": list(standing.findings),
        "deletion_policy": signature.state.policy if signature.is_managed else "",
        "shared": signature.state.shared,
    }


def _print_document(result: Survey, signatures: Sequence[object]) -> None:
    troubles, unlisted = (
        [
            {"vendor": vendor, "account": account, "trouble": trouble}
            for (vendor, account), trouble in accounts.items()
        ]
        for accounts in (result.troubles, result.unlisted)
    )
    print_json({"signatures": signatures, "troubles": troubles, "unlisted": unlisted})


def _summary(result: Survey) -> str:
    """The numbers of signatures and accounts in a sentence."""
    unmanaged = sum(not standing.signature.is_managed for standing in result.standings)
    number, accounts = len(result.standings), len(result.asked)
    signatures = counted(number, mark("{number} signature"), mark("{number} signatures"))
    places = counted(accounts, mark("{number} account"), mark("{number} accounts"))
    if not unmanaged:
        return _("{signatures} in {accounts}.", signatures=signatures, accounts=places)
    return _(
        "{signatures} in {accounts}, {unmanaged} not managed by this stack.",
        signatures=signatures,
        accounts=places,
        unmanaged=unmanaged,
    )


def _end(result: Survey, *, quiet: bool) -> None:
    """Print which accounts were not asked, and exit with the code."""
    if not quiet:
        for trouble in result.troubles.values():
            print_lines(_("Error: {message}", message=trouble), err=True)
        for trouble in result.unlisted.values():
            print_lines(_("Not listed: {message}", message=trouble), err=True)
        print_line(_summary(result), err=True)
    if not result.is_whole:
        sys.exit(1)
