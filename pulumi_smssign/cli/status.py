"""`smssign status`: every signature of a stack as it is now, and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.boundary import as_json, command, of_a_stack

if TYPE_CHECKING:
    from pulumi_smssign.core.waiting import Until
    from pulumi_smssign.inventory.moves import Moves
    from pulumi_smssign.inventory.standing import Outcome, Standing

EXIT_CODES = """\b
Exit codes:
  0  every signature is approved (with --until filed: and filed)
  1  an error: a stack that can't be read, an account that can't be asked
  2  cancelled by Ctrl-C, or the command was misspelt
  3  something is pending
  4  something is rejected, suspended or gone (filed: or its filing is lost)
1 comes before 4, and 4 before 3.
"""

_HELP = f"""Show every signature of the stack: as its vendor says now, and what to do next.

State is read by `pulumi stack export`, and each account is asked once; nothing is changed. Where
the vendor says something else than state, both stand side by side: `pulumi refresh` takes it over.
Approved signatures that a dropped line or a destroy deletes, since their deletion_policy is
"delete", are named below the table. What the accounts have beside the stack: `smssign audit`.

\b
Examples:
  smssign status
  smssign status --stack prod --json | jq '.signatures[] | select(.move != "nothing")'
  smssign status --changed last.json        # a scheduled pipeline: only what moved
  smssign status --summary "$GITHUB_STEP_SUMMARY"
  smssign status || [ $? = 3 ]              # fails unless approved or pending

{EXIT_CODES}
\b
--json prints one object:
  {{"stack": "dev", "outcome": "pending", "exit_code": 3, "since": "",
   "signatures": [{{"name": "brand", "urn": "urn:pulumi:…", "role": "managed",
     "vendor": "tencent", "account": "default", "id": "730001", "text": "极客科技",
     "scope": "mainland", "status": "PENDING", "vendor_status": "1",
     "state": {{"status": "PENDING", "filing": "none"}}, "differs": [], "reason": "",
     "filing": {{"state": "none", "carriers": {{}}, "since": "", "reasons": []}},
     "qualification": {{"id": "", "name": "", "state": "none"}}, "deliverable": "no",
     "edit_status": "", "waiting_since": "2026-11-22T10:00:00Z", "move": "wait",
     "next": "wait: a reviewer decides", "trouble": "", "deletion_policy": "retain",
     "shared": false}}],
   "left": []}}
role: managed, read (Signature.get), predecessor (replaced, and in use until its successor is
approved), leaving (a run is still to delete it). shared: taken over unasked, so that "delete"
doesn't hold for it yet. status: PENDING, APPROVED, REJECTED, SUSPENDED, UNKNOWN, GONE, or ? where
trouble says why it couldn't be asked for. move: nothing, wait, mend, change the name, attach the
资质, activate, submit again, ask the vendor, look. Keys are added, and none is taken away.
"""

_BESIDE = "What the accounts have beside the stack: smssign audit"
_HEADS = ("resource", "vendor", "text", "id", "status", "filing", "waiting", "next")


@click.command(
    "status", help=_HELP, short_help="Show what is approved, what waits, and what to do next."
)
@of_a_stack
@as_json
@click.option(
    "--until",
    type=click.Choice(["approved", "filed"]),
    default="approved",
    show_default=True,
    help="What counts as done: the vendor's approval, or the carriers' filing too.",
)
@click.option(
    "--changed",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Print only what moved since the last run with this file, which is written anew. It holds "
    "ids, statuses and digests.",
)
@click.option(
    "--summary",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Append a Markdown table to this file; - prints it instead of the table.",
)
@command
def status(
    *,
    cwd: Path,
    stack: str | None,
    json_: bool,
    until: Until,
    changed: Path | None,
    summary: str | None,
) -> None:
    """Look once."""
    from pulumi_smssign.core.accounts import Accounts
    from pulumi_smssign.inventory import moves
    from pulumi_smssign.inventory.held import held_by
    from pulumi_smssign.inventory.stack import open_stack
    from pulumi_smssign.inventory.standing import look, outcome_of

    earlier = moves.read(changed) if changed else moves.Earlier()
    opened = open_stack(cwd, stack)
    standings = look(Accounts(opened.settings), held_by(opened), until)
    outcome = outcome_of(standings)
    news = moves.compare(earlier, standings)
    shown: Sequence[Standing] = news.moved if changed else standings
    if changed:
        moves.write(changed, earlier, standings)
    if summary and not (changed and news.is_none):
        _summarise(summary, opened.name, shown, news if changed else None)
    if json_:
        _print_document(opened.name, outcome, shown, news if changed else None)
    elif summary != "-":
        _print_people(shown, standings, news if changed else None)
    sys.exit(outcome)


def row_of(one: Standing, was: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """A signature as a line of the table; `was` are earlier statuses by key."""
    account = "" if one.held.account == "default" else f" ({one.held.account})"
    role = "" if one.held.role == "managed" else f" ({one.held.role})"
    return (
        one.held.name + role,
        one.held.vendor + account,
        one.text,
        "" if one.id == one.text else one.id,
        f"{one.status}{_beside(one, was)}",
        f"{one.filing}{_state_of_filing(one)}",
        waiting(one),
        str(one.step),
    )


def waiting(one: Standing) -> str:
    """How long it has been waiting, as people say it, or ""."""
    from pulumi_smssign.model.durations import seconds_since, spoken

    span = seconds_since(one.waiting_since)
    return "" if span == float("inf") else spoken(max(0.0, span))


def table_of(
    standings: Sequence[Standing], was: Mapping[str, str] | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The heads and rows of a table; the reviewers' words where there are any."""
    rows = [row_of(one, was) for one in standings]
    if any(one.reason for one in standings):
        pairs = zip(rows, standings, strict=True)
        return (*_HEADS, "reason"), [(*row, one.reason) for row, one in pairs]
    return _HEADS, rows


def narrow_table_of(
    standings: Sequence[Standing], was: Mapping[str, str] | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The same for a terminal: a signature in four columns, with the reviewers' words whole."""
    rows: list[tuple[str, ...]] = []
    for one in standings:
        name, vendor, text, identifier, status, filing, since, step = row_of(one, was)
        filed = f", filing {filing}" if filing not in ("", "none", "unknown") else ""
        waits = f", {since}" if since else ""
        reason = f" ({one.reason})" if one.reason and one.reason not in step else ""
        signature = f"{text} {vendor} {identifier}".rstrip()
        rows.append((name, signature, f"{status}{filed}{waits}", f"{step}{reason}"))
    return ("resource", "signature", "status", "next"), rows


def troubles(standings: Sequence[Standing]) -> list[str]:
    """Why some couldn't be asked for, each once."""
    return list(dict.fromkeys(one.trouble for one in standings if one.trouble))


def notes(standings: Sequence[Standing]) -> list[str]:
    """Which approved signatures nothing but their declaration keeps: one line, or none."""
    from pulumi_smssign.inventory.standing import MAY_GO

    names = [one.held.name for one in standings if one.may_go]
    them = "it" if len(names) == 1 else "them"
    return [f"{', '.join(names)}: {MAY_GO} {them}."] if names else []


def counted(standings: Sequence[Standing]) -> str:
    """How many are what."""
    counts: dict[str, int] = {}
    for one in standings:
        word = "not asked for" if one.trouble else one.status.lower()
        counts[word] = counts.get(word, 0) + 1
    return ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))


def _beside(one: Standing, was: Mapping[str, str] | None) -> str:
    before = (was or {}).get(one.held.key, "")
    moved = f" (was {before})" if before and before != one.status else ""
    differs = f" (state: {one.held.status})" if "status" in one.differs else ""
    return moved + differs


def _state_of_filing(one: Standing) -> str:
    return f" (state: {one.held.filing})" if "filing" in one.differs else ""


def _print_people(
    shown: Sequence[Standing], standings: Sequence[Standing], news: Moves | None
) -> None:
    from pulumi_smssign.cli.display import print_table

    if not standings and (news is None or news.is_none):
        click.echo("The stack has no signatures.", err=True)
        return
    if news is not None and news.is_none:
        click.echo(f"Nothing has moved since {news.since}.", err=True)
        return
    if shown:
        was = news.was if news else None
        print_table(*table_of(shown, was), narrow_table_of(shown, was))
    for gone in news.left if news else ():
        click.echo(f"{gone.name}: the stack no longer has it (was {gone.status})")
    for trouble in troubles(shown):
        click.echo(f"Error: {trouble}", err=True)
    for note in notes(shown):
        click.echo(note, err=True)
    click.echo(f"{counted(standings)}.\n{_BESIDE}", err=True)


def _print_document(
    stack: str, outcome: Outcome, shown: Sequence[Standing], news: Moves | None
) -> None:
    from pulumi_smssign.cli.display import print_json

    print_json(
        {
            "stack": stack,
            "outcome": outcome.name.lower(),
            "exit_code": int(outcome),
            "since": news.since if news else "",
            "signatures": [one.as_document() for one in shown],
            "left": [{"name": gone.name, "status": gone.status} for gone in news.left]
            if news
            else [],
        }
    )


def _summarise(file: str, stack: str, shown: Sequence[Standing], news: Moves | None) -> None:
    from pulumi_smssign.cli.display import escaped, markdown_table
    from pulumi_smssign.model.errors import InputError

    parts = [f"### SMS signatures of {escaped(stack)}"]
    if shown:
        parts.append(markdown_table(*table_of(shown, news.was if news else None)))
    parts += [f"{escaped(one.name)}: no longer there" for one in (news.left if news else ())]
    parts += [escaped(line) for line in (*troubles(shown), *notes(shown))]
    text = "\n\n".join(parts) + "\n\n"
    if file == "-":
        click.echo(text, nl=False)
        return
    try:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise InputError(
            f"the file {file} can't be written ({error.strerror})", advice="name another one."
        ) from None
