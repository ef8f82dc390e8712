"""The reviewer's desk by command: `smssign sandbox approve`, `reject`, `list` and so on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from pulumi_smssign.cli.display import plain_table, print_json
from pulumi_smssign.cli.running_sandbox import (
    DEFAULT_PORT,
    JsonObject,
    RunningSandbox,
    path_of,
    printable,
)

_APPROVE_HELP = """Approve an application, by its id or its text.

\b
Examples:
  smssign sandbox approve 730001
  smssign sandbox approve 极客科技 --vendor yunpian
"""

_REJECT_HELP = """Reject an application, with the reviewer's words.

\b
Example:
  smssign sandbox reject 730001 --reason "营业执照不清晰"
"""

_LIST_HELP = """List the applications at the desk.

\b
Examples:
  smssign sandbox list
  smssign sandbox list --vendor huawei --json
"""

_RESET_HELP = """Forget all applications, calls and faults, as if the sandbox had just been started.

\b
Example:
  smssign sandbox reset
"""

_FAULTS_HELP = """Have calls go wrong; without a command: list the faults that wait.

\b
Examples:
  smssign sandbox faults
  smssign sandbox faults add hang --vendor tencent --set seconds=5
  smssign sandbox faults add error --set code=LimitExceeded --times 3
  smssign sandbox faults add drop_after --always --probability 0.2
  smssign sandbox faults clear
"""

_ADD_HELP = """Have the next calls go wrong: the next one, unless told otherwise.

\b
KIND is one of
  error           the vendor's envelope with a code   --set code=... [message= http_status=]
  status          a bare HTTP status                  [http_status=502 body=]
  html            a web page instead of JSON          [http_status=200]
  body            an answer of your own               --set body=...
  drop_before     a cut before the vendor acts
  drop_after      a cut after it acted
  hang            silence, then a cut                 [seconds=60]
  slow            the right answer, late              [seconds=1]
  empty           no body
  truncated       half the right answer
  missing         the right answer without a key      [key=]
  unknown_fields  the right answer, and more in it
  verdict         a verdict just before the call      --set verdict=approve --set id=730001

\b
Example:
  smssign sandbox faults add error --vendor tencent --set code=LimitExceeded --times 3
"""

_CLEAR_HELP = """Take one fault out, by its number in the list, or all of them.

\b
Examples:
  smssign sandbox faults clear
  smssign sandbox faults clear 2
"""


def _port(context: click.Context, _: click.Parameter, port: int | None) -> int:
    """Give the port that was named here, or else the nearest before the command's name."""
    above: click.Context | None = context
    while port is None and above is not None:
        port, above = above.params.get("port"), above.parent
    return DEFAULT_PORT if port is None else port


_port_option = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    callback=_port,
    help=f"Where the sandbox listens.  [default: {DEFAULT_PORT}]",
)
_vendor_option = click.option("--vendor", help="The one of this vendor.")


@click.command(help=_APPROVE_HELP)
@click.argument("name", metavar="ID")
@_vendor_option
@_port_option
def approve(name: str, vendor: str | None, port: int) -> None:
    """Approve an application."""
    sandbox = RunningSandbox(port)
    path = path_of(sandbox.one(name, vendor))
    click.echo(_line(sandbox.ask("POST", f"{path}/approve")))


@click.command(help=_REJECT_HELP)
@click.argument("name", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="What the applicant will read.")
@_vendor_option
@_port_option
def reject(name: str, reason: str, vendor: str | None, port: int) -> None:
    """Reject an application."""
    sandbox = RunningSandbox(port)
    path = path_of(sandbox.one(name, vendor))
    click.echo(_line(sandbox.ask("POST", f"{path}/reject", {"reason": reason})))


@click.command("list", help=_LIST_HELP)
@click.option("--vendor", help="Those of one vendor.")
@click.option("--json", "as_json", is_flag=True, help="As the control API has them.")
@_port_option
def list_(vendor: str | None, port: int, *, as_json: bool) -> None:
    """List the applications."""
    found = [
        each
        for each in RunningSandbox(port).ask("GET", "/signatures")
        if vendor in {None, each["vendor"]}
    ]
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("Nothing has been applied for.")
        return
    heads = ("VENDOR", "ACCOUNT", "ID", "TEXT", "STATUS", "REASON")
    rows = [
        (
            each["vendor"],
            each["account"],
            each["id"],
            f"【{each['text']}】",
            f"{each['status']} ({each['vendor_status']})",
            each["reason"],
        )
        for each in found
    ]
    _print_table(heads, rows)


@click.command(help=_RESET_HELP)
@_port_option
def reset(port: int) -> None:
    """Begin anew."""
    RunningSandbox(port).ask("POST", "/reset")
    click.echo("The sandbox is as it was at its start.")


@click.group(help=_FAULTS_HELP, invoke_without_command=True)
@_port_option
@click.pass_context
def faults(context: click.Context, port: int) -> None:
    """List the faults that wait."""
    if context.invoked_subcommand is None:
        _show(RunningSandbox(port).ask("GET", "/faults"))


@faults.command(help=_ADD_HELP)
@click.argument("kind")
@click.option("--vendor", default="*", help="Calls of this vendor only.")
@click.option("--action", default="*", help="Calls of this action only, such as AddSmsSign.")
@click.option("--times", type=click.IntRange(1), default=1, help="How many calls.  [default: 1]")
@click.option("--always", is_flag=True, help="All calls, until it is cleared.")
@click.option("--skip", type=click.IntRange(0), default=0, help="How many to let pass before.")
@click.option("--probability", type=float, default=1.0, help="The chance of each, 0 to 1.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="What KIND takes.")
@_port_option
def add(
    *,
    kind: str,
    vendor: str,
    action: str,
    times: int,
    skip: int,
    probability: float,
    settings: tuple[str, ...],
    port: int,
    always: bool,
) -> None:
    """Queue a fault."""
    order: JsonObject = {
        "kind": kind,
        "vendor": vendor,
        "action": action,
        "times": None if always else times,
        "skip": skip,
        "probability": probability,
        **dict(_setting(each) for each in settings),
    }
    _show(RunningSandbox(port).ask("POST", "/faults", order))


@faults.command(help=_CLEAR_HELP)
@click.argument("number", type=int, required=False)
@_port_option
def clear(number: int | None, port: int) -> None:
    """Empty the queue."""
    path = "/faults" if number is None else f"/faults/{number}"
    _show(RunningSandbox(port).ask("DELETE", path))


def _setting(text: str) -> tuple[str, Any]:
    """Read NAME=VALUE; a value that is JSON is taken as such, anything else as a text."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise click.UsageError(f"--set takes NAME=VALUE, not {text!r}")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    click.echo(plain_table(heads, [[printable(cell) for cell in row] for row in rows]))


def _line(signature: JsonObject) -> str:
    reason = f": {signature['reason']}" if signature["reason"] else ""
    return printable(
        f"{signature['vendor']} {signature['id']} 【{signature['text']}】 is "
        f"{signature['status']}{reason}"
    )


_AIM = frozenset({"n", "kind", "vendor", "action", "times", "skip", "probability"})


def _show(faults: list[JsonObject]) -> None:
    if not faults:
        click.echo("No fault waits.")
        return
    heads = ("N", "KIND", "VENDOR", "ACTION", "TO COME", "WITH")
    rows = [
        (
            str(each["n"]),
            each["kind"],
            each["vendor"],
            each["action"],
            _to_come(each),
            " ".join(
                f"{name}={json.dumps(value, ensure_ascii=False)}"
                for name, value in each.items()
                if name not in _AIM and value is not None and value != ""
            ),
        )
        for each in faults
    ]
    _print_table(heads, rows)


def _to_come(fault: JsonObject) -> str:
    skipped = f"after {fault['skip']}: " if fault["skip"] else ""
    chance = "" if fault["probability"] == 1 else f" at {fault['probability']:g}"
    return f"{skipped}{'all' if fault['times'] is None else fault['times']}{chance}"
