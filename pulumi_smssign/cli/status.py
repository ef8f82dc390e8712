"""`smssign status`: every signature of a stack as it is now, and what to do next."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pulumi_smssign.cli.display import (
    Table,
    asking,
    escaped,
    markdown_table,
    print_fitting,
    print_json,
    print_line,
    print_lines,
    print_markdown,
)
from pulumi_smssign.cli.inventory import changes
from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.standing import Standing, outcome_of
from pulumi_smssign.cli.notices.options import (
    Command,
    changed_option,
    notify_option,
    robots_of,
)
from pulumi_smssign.cli.options import as_json, of_a_stack, until_option
from pulumi_smssign.model.durations import seconds_since, spoken
from pulumi_smssign.model.filing import Filing
from pulumi_smssign.model.language import _, listed, mark

if TYPE_CHECKING:
    from pulumi_smssign.core.verdicts import Until

EXIT_CODES = """Exit codes:
  0  every signature is approved (with --until filed: and filed)
  1  an error: the stack can't be read, or an account can't be asked
  2  cancelled by Ctrl-C, or the command was misspelt
  3  a signature is pending: an Approval of it may end `pulumi up` awaiting
     (Pulumi's exit code 10; before Pulumi 3.274: an error, 1)
  4  a signature is rejected, suspended or gone (filed: or its filing is lost):
     an Approval of it ends `pulumi up` with an error (Pulumi's exit code 1)
  5  the stack has no signatures: nothing to show, and nothing is approved
1 comes before 4, and 4 before 3. Pulumi's own 3 and 4 mean something else."""
EMPTY = mark("The stack has no signatures: there is nothing to show.")
_HEADS = (
    mark("resource"),
    mark("vendor"),
    mark("text"),
    mark("id"),
    mark("status"),
    mark("filing "),
    mark("waiting"),
    mark("next"),
)
_DELETED = mark(
    '{names}: approved, and deletion_policy is "delete": removal from the program, or pulumi '
    "destroy, deletes it."
)
_ALL_DELETED = mark(
    '{names}: approved, and deletion_policy is "delete": removal from the program, or pulumi '
    "destroy, deletes them."
)
_NARROW_HEADS = (mark("resource"), mark("signature"), mark("status"), mark("next"))
_REASON = mark("reason")
_NUMBERS: Mapping[str, str] = {
    "APPROVED": mark("{count} approved"),
    "GONE": mark("{count} gone"),
    "": mark("{count} not asked for"),
    "PENDING": mark("{count} pending"),
    "REJECTED": mark("{count} rejected"),
    "SUSPENDED": mark("{count} suspended"),
    "UNKNOWN": mark("{count} unknown"),
}
"""The number of signatures in each status, in the order in which it is said; "" is a trouble."""


@click.command("status", cls=Command, epilog=EXIT_CODES)
@of_a_stack
@as_json
@until_option
@changed_option(
    "Print only what has changed since the last run with this file, and write it anew. It holds "
    "ids, statuses and digests."
)
@notify_option
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
    notify: tuple[str, ...],
    summary: str | None,
) -> None:
    """Show every signature of the stack: its status at the vendor now, and what to do next.

    The command reads state by `pulumi stack export` and asks each account once; it changes nothing.
    Where the vendor has decided against one, or takes back what state says, the table shows both:
    `pulumi refresh` records what the vendor says. What was replaced or dropped, and is gone, is not
    shown. Below the table it names the approved signatures that are deleted when they are removed
    from the program, or by `pulumi destroy`, since their deletion_policy is "delete". For
    signatures that this stack does not manage, run `smssign audit`.

    Examples:
      smssign status
      smssign status --stack prod --json | jq '.signatures[] | select(.move != "nothing")'
      smssign status --changed last.json        # in a scheduled pipeline: only changes
      smssign status --changed last.json --notify "$DINGTALK_URL"    # and tells a group chat
      smssign status --summary "$GITHUB_STEP_SUMMARY"
      smssign status || [ $? = 3 ]              # fails unless approved or pending

    A robot of DingTalk, Feishu or WeCom is told in Chinese what has moved, with the reviewer's
    reason and the next step, once each; a webhook gets the same as JSON. The kind follows from the
    host, or say it: dingtalk=URL, feishu=URL, wecom=URL, json=URL. The secret of a robot that
    checks signatures is SMSSIGN_DINGTALK_SECRET or SMSSIGN_FEISHU_SECRET, or the variable that is
    named behind the URL: URL#VARIABLE. One that fails is named on stderr, changes no exit code, and
    is told by the next run with FILE.

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
       "left": [], "notified": [{"robot": "DingTalk at oapi.dingtalk.com", "number": 1,
         "trouble": ""}]}
    role: managed, read (Signature.get), predecessor (replaced, and in use until its successor is
    approved), leaving (a run is still to delete it). shared: taken over unasked, so that "delete"
    doesn't hold for it yet. status: PENDING, APPROVED, REJECTED, SUSPENDED, UNKNOWN, GONE, or ?
    where its account couldn't be asked; trouble then says why. move: nothing, wait, mend, change
    the name, attach the 资质, activate, submit again, ask the vendor, look. left: signatures that
    the stack no longer has. Later versions may add keys; they remove none.
    """
    from pulumi_smssign.cli.inventory.look import look
    from pulumi_smssign.cli.inventory.stack import open_stack
    from pulumi_smssign.cli.notices.deliveries import deliver, lines_of, remembered

    robots = robots_of(notify, changed)
    # The file first: one that can't be used is an error before an account is asked.
    earlier = changes.read(changed) if changed else changes.Earlier()
    with asking():
        opened = open_stack(cwd, stack)
        standings = look(opened.accounts, opened.signatures, until)
    outcome = outcome_of(standings)
    news = changes.compare(earlier, standings)
    deliveries = deliver(robots, opened.name, earlier, standings) if robots else []
    if changed:
        delivered = remembered(earlier, standings, deliveries) if deliveries else None
        changes.write(changed, earlier, standings, delivered)
    if summary and not (changed and news.is_empty):
        _write_summary(summary, opened.name, news)
    if json_:
        print_json(
            {
                "stack": opened.name,
                "outcome": outcome.name.lower(),
                "exit_code": int(outcome),
                "since": news.since,
                "signatures": [document_of(standing) for standing in news.changed],
                "left": [{"name": gone.name, "status": gone.status} for gone in news.removed],
                "notified": [delivery.as_document() for delivery in deliveries],
            }
        )
    elif summary != "-":
        _print(news, standings)
    for line in lines_of(deliveries, changed):
        print_line(line, err=True)
    sys.exit(outcome)


class Row(NamedTuple):
    """A signature as a line of the table."""

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
        if self.filing in ("", "none", "unknown"):
            return self.status
        return _("{status}, filing {filing}", status=self.status, filing=self.filing)


def row_of(standing: Standing, earlier_statuses: Mapping[str, str]) -> Row:
    """A signature as a line of the table; `earlier_statuses` is by `StackSignature.key`."""
    signature = standing.signature
    earlier = earlier_statuses.get(signature.key, "")
    status_now = standing.status
    if earlier not in ("", standing.status):
        status_now = _("{status} (was {earlier})", status=status_now, earlier=earlier)
    waits = seconds_since(standing.waiting_since)
    account = "" if signature.account == "default" else f" ({signature.account})"
    return Row(
        signature.label,
        f"{signature.vendor}{account}",
        standing.text,
        # At a vendor without ids the text is the id: one column is enough for it.
        "" if standing.id == standing.text else standing.id,
        _with_recorded(standing, "status", status_now),
        _with_recorded(
            standing, "filing", _filing(standing.review.filing if standing.review else None)
        ),
        "" if waits == float("inf") else spoken(max(0.0, waits)),
        str(next_step(standing)),
    )


def _filing(filing: Filing | None) -> str:
    """The state of a filing, by the value that one looks for; each carrier's where they differ."""
    if filing is None:
        return ""
    others = {carrier.state for carrier in filing.carriers.values()} - {filing.state}
    each = ", ".join(f"{name} {carrier.state}" for name, carrier in filing.carriers.items())
    return f"{filing.state} ({each})" if others else str(filing.state)


def _with_recorded(standing: Standing, name: str, value: str) -> str:
    """A value of the vendor's, with the one that state records where a person need know of it."""
    if name not in standing.shown_differences:
        return value
    return _(
        "{status} (state: {recorded})", status=value, recorded=standing.signature.recorded[name]
    )


def table_of(standings: Sequence[Standing], earlier_statuses: Mapping[str, str]) -> Table:
    """The heads and rows of a table, with a column for the reviewers' words where there are any."""
    rows = [(*row_of(standing, earlier_statuses), standing.reason) for standing in standings]
    if any(standing.reason for standing in standings):
        return (*_HEADS, _REASON), rows
    return _HEADS, [row[:-1] for row in rows]


def narrow_table_of(standings: Sequence[Standing], earlier_statuses: Mapping[str, str]) -> Table:
    """The table for a narrow terminal: four columns, with the reviewers' words whole."""
    rows = []
    for standing in standings:
        row, reason = row_of(standing, earlier_statuses), standing.reason
        status_cell, next_cell = row.status_and_filing, row.next
        if row.waiting:
            status_cell = _("{status}, {waiting}", status=status_cell, waiting=row.waiting)
        # The next step often ends with the reason already.
        if reason and reason not in row.next:
            next_cell = _("{why} ({reason})", why=row.next, reason=reason)
        signature = f"{row.text} {row.vendor} {row.id}".rstrip()
        rows.append((row.resource, signature, status_cell, next_cell))
    return _NARROW_HEADS, rows


def troubles(standings: Sequence[Standing]) -> list[str]:
    """Why some accounts couldn't be asked, each reason once."""
    return list(dict.fromkeys(standing.trouble for standing in standings if standing.trouble))


def notes(standings: Sequence[Standing]) -> list[str]:
    """A note on the approved signatures that nothing but their declaration keeps, or none."""
    names = [standing.signature.name for standing in standings if standing.is_deleted_when_dropped]
    if not names:
        return []
    return [_(_DELETED if len(names) == 1 else _ALL_DELETED, names=listed(names))]


def counts(standings: Sequence[Standing]) -> str:
    """The number of signatures in each status, such as "2 approved, 1 pending"."""
    statuses = Counter("" if standing.trouble else standing.status for standing in standings)
    return listed(
        _(number, count=statuses[name]) for name, number in _NUMBERS.items() if statuses[name]
    )


def _print(news: changes.Changes, standings: Sequence[Standing]) -> None:
    if news.is_empty:
        nothing = _("Nothing has changed since {moment}.", moment=news.since)
        print_line(nothing if standings else _(EMPTY), err=True)
        return
    if news.changed:
        shown = news.changed, news.earlier_statuses
        print_fitting(lambda: table_of(*shown), lambda: narrow_table_of(*shown))
    for gone in news.removed:
        print_line(
            _(
                "{name}: the stack no longer has it (was {earlier})",
                name=gone.name,
                earlier=gone.status,
            )
        )
    # The table alone goes to stdout: a pipe needs no counts and advice.
    errors = [_("Error: {message}", message=trouble) for trouble in troubles(news.changed)]
    summary = _("{counts}.", counts=counts(standings))
    see_audit = _("Signatures that this stack does not manage: run `smssign audit`.")
    for line in (*errors, *notes(news.changed), summary, see_audit):
        print_lines(line, err=True)


def _write_summary(file: str, stack: str, news: changes.Changes) -> None:
    parts = [f"### {_('SMS signatures of {stack}', stack=escaped(stack))}"]
    if news.changed:
        parts.append(markdown_table(*table_of(news.changed, news.earlier_statuses)))
    parts += [
        _("{name}: the stack no longer has it", name=escaped(gone.name)) for gone in news.removed
    ]
    parts += [escaped(line) for line in (*troubles(news.changed), *notes(news.changed))]
    text = "\n\n".join(parts) + "\n\n"
    if file == "-":
        print_markdown(text)
        return
    try:
        # Appended: $GITHUB_STEP_SUMMARY holds what earlier commands of the step have written.
        with open(file, "a", encoding="utf-8", opener=_without_waiting) as stream:
            stream.write(text)
    except OSError as error:
        raise changes.unwritten(Path(file), error) from None


def _without_waiting(path: str, flags: int) -> int:
    """Opener that doesn't wait for somebody to read a pipe; where nobody does, it is an error."""
    not_blocking = getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | not_blocking, 0o666)
    if not_blocking:
        os.set_blocking(descriptor, True)
    return descriptor
