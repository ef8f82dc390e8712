"""`smssign watch`: the status, alive, until nothing is pending."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pulumi_smssign.cli.boundary import command, of_a_stack
from pulumi_smssign.cli.status import EXIT_CODES, counted, narrow_table_of, row_of, troubles

if TYPE_CHECKING:
    from pulumi_smssign.core.waiting import Until
    from pulumi_smssign.inventory.standing import Outcome, Standing

_HELP = f"""Watch the reviews of the stack's signatures until nothing is pending.

In a terminal that has rich it is a table that is kept up to date; in a log, a line for each
signature at first and then one, with its time, for whatever moves. Each account is asked once at
each look. To wait within a run of Pulumi there is `Approval`.

\b
Examples:
  smssign watch
  smssign watch --stack prod --interval 5m --compact
  smssign watch --timeout 2h || echo "not approved: $?"

{EXIT_CODES}"""


class Span(click.ParamType[float]):
    """A time such as 30s, 5m or 1h30m; in seconds."""

    name = "time"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """The seconds of it."""
        from pulumi_smssign.model.durations import seconds

        try:
            return seconds(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command("watch", help=_HELP, short_help="Show the same until nothing is pending.")
@of_a_stack
@click.option(
    "--interval", type=Span(), default="30s", show_default=True, help="Between two looks."
)
@click.option("--timeout", type=Span(), help="The longest time.  [default: as long as it takes]")
@click.option("--compact", is_flag=True, help="Show only what isn't done.")
@click.option(
    "--until",
    type=click.Choice(["approved", "filed"]),
    default="approved",
    show_default=True,
    help="What is waited for: the vendor's approval, or the carriers' filing too.",
)
@command
def watch(
    *,
    cwd: Path,
    stack: str | None,
    interval: float,
    timeout: float | None,
    compact: bool,
    until: Until,
) -> None:
    """Look again and again."""
    from pulumi_smssign.core.accounts import Accounts
    from pulumi_smssign.inventory.held import held_by
    from pulumi_smssign.inventory.stack import open_stack
    from pulumi_smssign.inventory.standing import look

    opened = open_stack(cwd, stack)
    accounts, held = Accounts(opened.settings), held_by(opened)
    if not held:
        click.echo("The stack has no signatures.", err=True)
        return
    ends = time.monotonic() + timeout if timeout is not None else float("inf")
    with_table = _live(compact=compact)
    show = with_table or _log(compact=compact)
    try:
        outcome = _watch(lambda: look(accounts, held, until), show, interval, ends)
    finally:
        if with_table is not None:
            with_table.stop()
    sys.exit(outcome)


def _watch(
    look: Callable[[], list[Standing]],
    show: Callable[[Sequence[Standing]], None],
    interval: float,
    ends: float,
) -> Outcome:
    """Look until nothing is pending or the time is up; an account without an answer is asked again.

    One that could be asked never, or refuses the key, ends it: looking again won't help.
    """
    from pulumi_smssign.inventory.standing import Outcome, outcome_of

    was_asked = False
    while True:
        standings = look()
        show(standings)
        outcome = outcome_of(standings)
        was_asked = was_asked or outcome is not Outcome.ERROR
        is_over = outcome in (Outcome.APPROVED, Outcome.LOST) and not _any_pending(standings)
        hopeless = outcome is Outcome.ERROR and not was_asked
        left = ends - time.monotonic()
        if is_over or hopeless or left <= 0:
            return outcome
        time.sleep(min(max(interval, 0.1), left))


def _any_pending(standings: Sequence[Standing]) -> bool:
    from pulumi_smssign.inventory.standing import Outcome

    return any(one.outcome is Outcome.PENDING for one in standings if one.is_counted)


def _wanted(standings: Sequence[Standing], *, compact: bool) -> list[Standing]:
    from pulumi_smssign.inventory.standing import Outcome

    return [one for one in standings if not compact or one.outcome is not Outcome.APPROVED]


def _log(*, compact: bool) -> Callable[[Sequence[Standing]], None]:
    """Plain lines: at first one for each signature, then one for each that moved."""
    before: dict[str, str] = {}

    def show(standings: Sequence[Standing]) -> None:
        first = not before
        moment = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        wanted = {one.held.key for one in _wanted(standings, compact=compact)}
        for one in standings:
            line = _line(one)
            is_news = before.get(one.held.key) != line
            before[one.held.key] = line
            if is_news and (not first or one.held.key in wanted):
                click.echo(f"{moment}  {line}")

    return show


def _line(one: Standing) -> str:
    name, vendor, text, identifier, status, filing, _, step = row_of(one)
    filed = f", filing {filing}" if filing and filing not in ("unknown", "none") else ""
    trouble = f": {one.trouble.splitlines()[0]}" if one.trouble else ""
    named = f"{vendor} {identifier}".strip()
    return f"{name} 【{text}】 ({named}) {status}{filed}; next: {step}{trouble}"


class _Table:
    """A table in a terminal that is drawn again at each look."""

    def __init__(self, *, compact: bool) -> None:
        from rich.live import Live

        self._compact = compact
        self._live = Live(auto_refresh=False)
        self._live.start()

    def __call__(self, standings: Sequence[Standing]) -> None:
        from rich.console import Group
        from rich.text import Text

        from pulumi_smssign.cli.display import rich_table

        wanted = _wanted(standings, compact=self._compact)
        moment = datetime.now().astimezone().strftime("%H:%M:%S")
        parts = [
            *([rich_table(*narrow_table_of(wanted))] if wanted else []),
            *(Text(trouble) for trouble in troubles(standings)),
            Text(f"{counted(standings)}; {moment}; Ctrl-C ends it, nothing is lost."),
        ]
        self._live.update(Group(*parts), refresh=True)

    def stop(self) -> None:
        self._live.stop()


def _live(*, compact: bool) -> _Table | None:
    """A living table, where the output is a terminal and rich is there."""
    if not sys.stdout.isatty():
        return None
    try:
        return _Table(compact=compact)
    except ImportError:
        from pulumi_smssign.cli.display import HINT

        click.echo(HINT, err=True)
        return None
