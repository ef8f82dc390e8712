"""`smssign watch`: the status, alive, until nothing is pending."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.cli.display import HINT, rich_table
from pulumi_smssign.cli.inventory.standing import Outcome, Standing, outcome_of
from pulumi_smssign.cli.options import Command, of_a_stack, until_what
from pulumi_smssign.cli.status import EMPTY, EXIT_CODES, how_many, narrow_table_of, row_of, troubles
from pulumi_smssign.model.durations import seconds

if TYPE_CHECKING:
    from rich.live import Live

    from pulumi_smssign.core.verdicts import Until

Show = Callable[[Sequence[Standing]], None]


def _seconds(_: click.Context, __: click.Parameter, span: str | None) -> float:
    """The seconds of a time such as 30s, 5m or 1h30m; of none, without end."""
    try:
        return float("inf") if span is None else seconds(span)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


_span = partial(click.option, metavar="TIME", callback=_seconds)


@click.command(
    "watch", cls=Command, short_help="Show the same until nothing is pending.", epilog=EXIT_CODES
)
@of_a_stack
@_span("--interval", default="30s", show_default=True, help="Between two looks.")
@_span("--timeout", help="The longest time.  [default: as long as it takes]")
@click.option("--compact", is_flag=True, help="Show only what isn't done.")
@until_what
def watch(
    *,
    cwd: Path,
    stack: str | None,
    interval: float,
    timeout: float,
    compact: bool,
    until: Until,
) -> None:
    """Watch the reviews of the stack's signatures until nothing is pending.

    In a terminal that has rich it is a table that is kept up to date; in a log, a line for each
    signature at first and then one, with its time, for whatever moves. Each account is asked once
    at each look. To wait within a run of Pulumi there is `Approval`.

    Examples:
      smssign watch
      smssign watch --stack prod --interval 5m --compact
      smssign watch --timeout 2h || echo "not approved: $?"
    """
    from pulumi_smssign.cli.inventory.look import look
    from pulumi_smssign.cli.inventory.stack import open_stack

    opened = open_stack(cwd, stack)
    if not opened.held:
        click.echo(EMPTY, err=True)
        return
    ends = time.monotonic() + timeout
    with _shown(compact=compact) as show:
        outcome = _watch(lambda: look(opened.accounts, opened.held, until), show, interval, ends)
    sys.exit(outcome)


def _watch(look: Callable[[], list[Standing]], show: Show, interval: float, ends: float) -> Outcome:
    """Look until nothing is pending or the time is up; an account without an answer is asked again.

    One that could be asked never, or refuses the key, ends it: looking again won't help.
    """
    was_asked = False
    while True:
        standings = look()
        show(standings)
        outcome = outcome_of(standings)
        was_asked = was_asked or outcome is not Outcome.ERROR
        pending = any(one.outcome is Outcome.PENDING for one in standings if one.is_counted)
        is_over = not pending if outcome is not Outcome.ERROR else not was_asked
        left = ends - time.monotonic()
        if is_over or left <= 0:
            return outcome
        time.sleep(min(max(interval, 0.1), left))


@contextmanager
def _shown(*, compact: bool) -> Iterator[Show]:
    """A living table, where the output is a terminal and rich is there; else a log."""
    if sys.stdout.isatty():
        try:
            from rich.live import Live
        except ImportError:
            click.echo(HINT, err=True)
        else:
            with Live(auto_refresh=False) as live:
                yield partial(_draw, live, compact=compact)
            return
    yield _log(compact=compact)


def _log(*, compact: bool) -> Show:
    """Plain lines: at first one for each signature, then one for each that moved."""
    before: dict[str, str] = {}

    def show(standings: Sequence[Standing]) -> None:
        moment = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        passes_over = compact and not before
        for one in standings:
            line = _line(one)
            is_news = before.get(one.held.key) != line
            before[one.held.key] = line
            if is_news and not (passes_over and one.outcome is Outcome.APPROVED):
                click.echo(f"{moment}  {line}")

    return show


def _line(one: Standing) -> str:
    row = row_of(one, {})
    trouble = f": {one.trouble.splitlines()[0]}" if one.trouble else ""
    named = f"{row.vendor} {row.id}".strip()
    return (
        f"{row.resource} 【{row.text}】 ({named}) {row.status_and_filing}; "
        f"next: {row.next}{trouble}"
    )


def _draw(live: Live, standings: Sequence[Standing], *, compact: bool) -> None:
    """Draw the table anew."""
    from rich.console import Group
    from rich.text import Text

    wanted = [one for one in standings if not compact or one.outcome is not Outcome.APPROVED]
    moment = datetime.now().astimezone().strftime("%H:%M:%S")
    parts = [
        *([rich_table(*narrow_table_of(wanted, {}))] if wanted else []),
        *(Text(trouble) for trouble in troubles(standings)),
        Text(f"{how_many(standings)}; {moment}; Ctrl-C ends it, nothing is lost."),
    ]
    live.update(Group(*parts), refresh=True)
