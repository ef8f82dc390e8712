"""`smssign status`: every signature of a stack as it is now, and what to do next."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pulumi_smssign.cli.display import Table, escaped, markdown_table, print_json, print_table
from pulumi_smssign.cli.inventory import moves
from pulumi_smssign.cli.inventory.standing import MAY_GO, Standing, outcome_of
from pulumi_smssign.cli.options import Command, as_json, of_a_stack, until_what
from pulumi_smssign.model.durations import seconds_since, spoken

if TYPE_CHECKING:
    from pulumi_smssign.core.verdicts import Until

EXIT_CODES = """Exit codes:
  0  every signature is approved (with --until filed: and filed)
  1  an error: a stack that can't be read, an account that can't be asked
  2  cancelled by Ctrl-C, or the command was misspelt
  3  something is pending: an Approval of it may end `pulumi up` awaiting
     (Pulumi's exit code 10; before Pulumi 3.274: an error, 1)
  4  something is rejected, suspended or gone (filed: or its filing is lost):
     an Approval of it ends `pulumi up` with an error (Pulumi's exit code 1)
1 comes before 4, and 4 before 3. Pulumi's own 3 and 4 mean something else."""
EMPTY = "The stack has no signatures."
_BESIDE = "What the accounts have beside the stack: smssign audit"


@click.command(
    "status",
    cls=Command,
    short_help="Show what is approved, what waits, and what to do next.",
    epilog=EXIT_CODES,
)
@of_a_stack
@as_json
@until_what
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
def status(
    *,
    cwd: Path,
    stack: str | None,
    json_: bool,
    until: Until,
    changed: Path | None,
    summary: str | None,
) -> None:
    """Show every signature of the stack: as its vendor says now, and what to do next.

    State is read by `pulumi stack export`, and each account is asked once; nothing is changed.
    Where the vendor says something else than state, both stand side by side: `pulumi refresh` takes
    it over. Approved signatures that a dropped line or a destroy deletes, since their
    deletion_policy is "delete", are named below the table. What the accounts have beside the stack:
    `smssign audit`.

    Examples:
      smssign status
      smssign status --stack prod --json | jq '.signatures[] | select(.move != "nothing")'
      smssign status --changed last.json        # a scheduled pipeline: only what moved
      smssign status --summary "$GITHUB_STEP_SUMMARY"
      smssign status || [ $? = 3 ]              # fails unless approved or pending

    --json prints one object:
      {"stack": "dev", "outcome": "pending", "exit_code": 3, "since": "",
       "signatures": [{"name": "brand", "urn": "urn:pulumi:…", "role": "managed",
         "vendor": "tencent", "account": "default", "id": "730001", "text": "极客科技",
         "scope": "mainland", "status": "PENDING", "vendor_status": "1",
         "state": {"status": "PENDING", "filing": "none"}, "differs": [], "reason": "",
         "filing": {"state": "none", "carriers": {}, "since": "", "reasons": []},
         "qualification": {"id": "", "name": "", "state": "none"}, "deliverable": "no",
         "edit_status": "", "waiting_since": "2026-11-22T10:00:00Z", "move": "wait",
         "next": "wait: a reviewer decides", "trouble": "", "deletion_policy": "retain",
         "shared": false}],
       "left": []}
    role: managed, read (Signature.get), predecessor (replaced, and in use until its successor is
    approved), leaving (a run is still to delete it). shared: taken over unasked, so that "delete"
    doesn't hold for it yet. status: PENDING, APPROVED, REJECTED, SUSPENDED, UNKNOWN, GONE, or ?
    where trouble says why it couldn't be asked for. move: nothing, wait, mend, change the name,
    attach the 资质, activate, submit again, ask the vendor, look. Keys are added, and none is taken
    away.
    """
    from pulumi_smssign.cli.inventory.look import look
    from pulumi_smssign.cli.inventory.stack import open_stack

    earlier = moves.read(changed) if changed else moves.Earlier()
    opened = open_stack(cwd, stack)
    standings = look(opened.accounts, opened.held, until)
    outcome = outcome_of(standings)
    news = moves.compare(earlier, standings)
    if changed:
        moves.write(changed, earlier, standings)
    if summary and not (changed and news.is_none):
        _summarise(summary, opened.name, news)
    if json_:
        print_json(
            {
                "stack": opened.name,
                "outcome": outcome.name.lower(),
                "exit_code": int(outcome),
                "since": news.since,
                "signatures": [one.as_document() for one in news.moved],
                "left": [{"name": gone.name, "status": gone.status} for gone in news.left],
            }
        )
    elif summary != "-":
        _print_people(news, standings)
    sys.exit(outcome)


class Row(NamedTuple):
    """A signature as a line of the table, whose heads are the names of the fields."""

    resource: str
    vendor: str
    text: str
    id: str
    status: str
    filing: str
    waiting: str
    next: str

    @property
    def status_and_filing(self) -> str:
        """The status, and the filing where something is known of it."""
        is_told = self.filing not in ("", "none", "unknown")
        return self.status + (f", filing {self.filing}" if is_told else "")


def row_of(one: Standing, was: Mapping[str, str]) -> Row:
    """A signature as a line of the table; `was` are earlier statuses by key."""
    held, before = one.held, was.get(one.held.key, "")
    moved = f" (was {before})" if before not in ("", one.status) else ""
    beside = {name: f" (state: {held.stated[name]})" for name in one.differs}
    span = seconds_since(one.waiting_since)
    return Row(
        held.name + ("" if held.role in ("managed", "beside") else f" ({held.role})"),
        held.vendor + ("" if held.account == "default" else f" ({held.account})"),
        one.text,
        "" if one.id == one.text else one.id,
        f"{one.status}{moved}{beside.get('status', '')}",
        f"{one.review.filing if one.review else ''}{beside.get('filing', '')}",
        "" if span == float("inf") else spoken(max(0.0, span)),
        str(one.step),
    )


def table_of(standings: Sequence[Standing], was: Mapping[str, str]) -> Table:
    """The heads and rows of a table; the reviewers' words where there are any."""
    rows = [(*row_of(one, was), one.reason) for one in standings]
    if any(one.reason for one in standings):
        return (*Row._fields, "reason"), rows
    return Row._fields, [row[:-1] for row in rows]


def narrow_table_of(standings: Sequence[Standing], was: Mapping[str, str]) -> Table:
    """The table for a narrow terminal: four columns, with the reviewers' words whole."""
    rows = []
    for one in standings:
        row = row_of(one, was)
        waits = f", {row.waiting}" if row.waiting else ""
        reason = f" ({one.reason})" if one.reason and one.reason not in row.next else ""
        signature = f"{row.text} {row.vendor} {row.id}".rstrip()
        rows.append(
            (row.resource, signature, f"{row.status_and_filing}{waits}", f"{row.next}{reason}")
        )
    return ("resource", "signature", "status", "next"), rows


def troubles(standings: Sequence[Standing]) -> list[str]:
    """Why some couldn't be asked for, each once."""
    return list(dict.fromkeys(one.trouble for one in standings if one.trouble))


def notes(standings: Sequence[Standing]) -> list[str]:
    """A note on the approved signatures that nothing but their declaration keeps, or none."""
    names = [one.held.name for one in standings if one.may_go]
    them = "it" if len(names) == 1 else "them"
    return [f"{', '.join(names)}: {MAY_GO} {them}."] if names else []


def how_many(standings: Sequence[Standing]) -> str:
    """How many are what."""
    words = Counter("not asked for" if one.trouble else one.status.lower() for one in standings)
    return ", ".join(f"{count} {word}" for word, count in sorted(words.items()))


def _print_people(news: moves.Moves, standings: Sequence[Standing]) -> None:
    if news.is_none:
        nothing = f"Nothing has moved since {news.since}." if standings else EMPTY
        click.echo(nothing, err=True)
        return
    if news.moved:
        print_table(*table_of(news.moved, news.was), narrow_table_of(news.moved, news.was))
    for gone in news.left:
        click.echo(f"{gone.name}: the stack no longer has it (was {gone.status})")
    errors = [f"Error: {trouble}" for trouble in troubles(news.moved)]
    for line in (*errors, *notes(news.moved), f"{how_many(standings)}.", _BESIDE):
        click.echo(line, err=True)


def _summarise(file: str, stack: str, news: moves.Moves) -> None:
    parts = [f"### SMS signatures of {escaped(stack)}"]
    if news.moved:
        parts.append(markdown_table(*table_of(news.moved, news.was)))
    parts += [f"{escaped(one.name)}: no longer there" for one in news.left]
    parts += [escaped(line) for line in (*troubles(news.moved), *notes(news.moved))]
    text = "\n\n".join(parts) + "\n\n"
    if file == "-":
        click.echo(text, nl=False)
        return
    try:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise moves.unusable(Path(file), "written", error) from None
