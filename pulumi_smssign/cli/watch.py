"""`smssign watch`: the status, kept up to date until nothing is pending."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.display import Screen, asking, print_line, screen
from pulumi_smssign.cli.inventory.standing import Outcome, Standing, outcome_of
from pulumi_smssign.cli.notices.options import (
    Command,
    changed_option,
    notify_option,
    robots_of,
)
from pulumi_smssign.cli.options import of_a_stack, until_option
from pulumi_smssign.cli.status import EMPTY, EXIT_CODES, counts, narrow_table_of, row_of, troubles
from pulumi_smssign.model.durations import seconds
from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    from pulumi_smssign.core.verdicts import Until

Show = Callable[[Sequence[Standing]], None]
Notes = Mapping[str, str]
"""New lines about robots, by the robots' keys."""
Output = Callable[[Sequence[Standing], Notes], None]
"""Where a look goes; the same one again, with notes, once robots have been told of it."""


def _seconds(_context: click.Context, _option: click.Parameter, span: str | None) -> float:
    """The seconds of a time such as 30s, 5m or 1h30m; infinite where no time is given."""
    try:
        return float("inf") if span is None else seconds(span)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


_span = partial(click.option, metavar="TIME", callback=_seconds)


@click.command("watch", cls=Command, epilog=EXIT_CODES)
@of_a_stack
@_span("--interval", default="30s", show_default=True, help="The time between two looks.")
@_span("--timeout", help="The longest time to watch.  [default: no limit]")
@changed_option("The file of `smssign status --changed`, with what each robot was told.")
@notify_option
@click.option("--compact", is_flag=True, help="Show only signatures that are not done.")
@until_option
def watch(
    *,
    cwd: Path,
    stack: str | None,
    interval: float,
    timeout: float,
    changed: Path | None,
    notify: tuple[str, ...],
    compact: bool,
    until: Until,
) -> None:
    """Watch the reviews of the stack's signatures until nothing is pending.

    In a terminal that has rich it shows a table that is kept up to date. In a log it prints a line
    for each signature at first, and then a line with the time for each change. Each look asks each
    account once. The robots of --notify are those of `smssign status`. To wait within a run of
    Pulumi, declare an `Approval`.

    Examples:
      smssign watch
      smssign watch --stack prod --interval 5m --compact
      smssign watch --changed last.json --notify "$FEISHU_URL"    # and tells a group chat
      smssign watch --timeout 2h || echo "not approved: $?"
    """
    from pulumi_smssign.cli.inventory.look import look
    from pulumi_smssign.cli.inventory.stack import open_stack
    from pulumi_smssign.cli.notices.deliveries import Herald

    robots = robots_of(notify, changed)
    if changed and not robots:
        raise click.UsageError(_("--changed needs --notify: else there is nothing to remember"))
    herald = Herald(changed, robots) if changed else None
    with asking():
        opened = open_stack(cwd, stack)
    if not opened.signatures:
        print_line(_(EMPTY), err=True)
        sys.exit(Outcome.EMPTY)
    ends = time.monotonic() + timeout
    with _output(compact=compact) as output:

        def show(standings: Sequence[Standing]) -> None:
            # First: a robot that hangs must not hold up what is seen here.
            output(standings, {})
            if herald and (notes := herald.tell(opened.name, standings)):
                output(standings, notes)

        outcome = _watch(
            lambda: look(opened.accounts, opened.signatures, until), show, interval, ends
        )
    sys.exit(outcome)


def _watch(look: Callable[[], list[Standing]], show: Show, interval: float, ends: float) -> Outcome:
    """Look until nothing is pending or the time is up.

    An account that has answered once and then fails is asked again: an outage passes. Where no look
    has had an answer it ends: a wrong key or a missing network is not mended by looking again.
    """
    was_asked = False
    while True:
        standings = look()
        show(standings)
        outcome = outcome_of(standings)
        was_asked = was_asked or outcome is not Outcome.ERROR
        pending = any(
            standing.outcome is Outcome.PENDING for standing in standings if standing.is_counted
        )
        is_over = not pending if outcome is not Outcome.ERROR else not was_asked
        seconds_left = ends - time.monotonic()
        if is_over or seconds_left <= 0:
            return outcome
        # An interval of 0 would ask the vendors without a pause.
        time.sleep(min(max(interval, 0.1), seconds_left))


@contextmanager
def _output(*, compact: bool) -> Iterator[Output]:
    """A table that is redrawn, where the output is a terminal and rich is installed; else a log."""
    with screen() as area:
        yield _drawing(area, compact=compact) if area else _log(compact=compact)


def _log(*, compact: bool) -> Output:
    """Plain lines: at first one for each signature, then one for each change."""
    earlier_lines: dict[str, str] = {}

    def show(standings: Sequence[Standing], notes: Notes) -> None:
        moment = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        # Only at first: a signature that is approved later is news in a compact log too.
        skips_approved = compact and not earlier_lines
        for standing in standings:
            line, key = _line(standing), standing.signature.key
            has_changed = earlier_lines.get(key) != line
            earlier_lines[key] = line
            if has_changed and not (skips_approved and standing.outcome is Outcome.APPROVED):
                print_line(f"{moment}  {line}")
        for note in notes.values():
            print_line(f"{moment}  {note}", err=True)

    return show


def _line(standing: Standing) -> str:
    row = row_of(standing, {})
    line = _(
        "{resource} 【{text}】 ({id}) {status}; next: {next}",
        resource=row.resource,
        text=row.text,
        id=f"{row.vendor} {row.id}".strip(),
        status=row.status_and_filing,
        next=row.next,
    )
    if not standing.trouble:
        return line
    return _("{label}: {text}", label=line, text=standing.trouble.splitlines()[0])


def _drawing(area: Screen, *, compact: bool) -> Output:
    """A table that is redrawn; the last line about each robot stays below it."""
    last: dict[str, str] = {}

    def show(standings: Sequence[Standing], notes: Notes) -> None:
        last.update(notes)
        _draw(area, standings, [*last.values()], compact=compact)

    return show


def _draw(
    area: Screen, standings: Sequence[Standing], notes: Sequence[str], *, compact: bool
) -> None:
    """Draw the table anew."""
    displayed = [
        standing
        for standing in standings
        if not compact or standing.outcome is not Outcome.APPROVED
    ]
    moment = datetime.now().astimezone().strftime("%H:%M:%S")
    lines = [line for trouble in troubles(standings) for line in trouble.splitlines()]
    end = _(
        "{counts}; {moment}; Ctrl-C ends the watch, nothing is lost.",
        counts=counts(standings),
        moment=moment,
    )
    area.draw(narrow_table_of(displayed, {}) if displayed else None, [*lines, *notes, end])
