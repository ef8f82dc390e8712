"""The reviewer's desk by command: `smssign sandbox approve`, `reject`, `list` and so on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pulumi_smssign.cli.display import ask, print_json, print_line, print_table
from pulumi_smssign.cli.options import Command, Group, as_json
from pulumi_smssign.cli.running_sandbox import JsonObject, RunningSandbox, at_a_port
from pulumi_smssign.model.language import _, listed, mark

_NAMED = 5
"""Applications that a question names."""

_HEADS = (
    mark("VENDOR"),
    mark("ACCOUNT"),
    mark("ID"),
    mark("TEXT"),
    mark("STATUS"),
    mark("REASON"),
)
_HEADS_OF_FAULTS = (
    mark("N"),
    mark("KIND"),
    mark("VENDOR"),
    mark("ACTION"),
    mark("TO COME"),
    mark("WITH"),
)

_F = TypeVar("_F", bound=Callable[..., object])


def _of_applications(function: _F) -> _F:
    """The argument and options that say which applications a verdict is for."""
    names = click.argument("names", metavar="[ID]...", nargs=-1)
    vendor = click.option("--vendor", help="Only applications of this vendor.")
    everything = click.option(
        "--all",
        "all_",
        is_flag=True,
        help="Every application in review; with an ID, a text or --vendor, every such one.",
    )
    return names(vendor(everything(at_a_port(function))))


@click.command(cls=Command)
@_of_applications
def approve(*, names: tuple[str, ...], vendor: str | None, all_: bool, port: int) -> None:
    """Approve applications, by their ids or texts, or all that are in review.

    Examples:
      smssign sandbox approve 730001
      smssign sandbox approve 730001 730002 极客科技 --vendor tencent
      smssign sandbox approve 极客科技 --all
      smssign sandbox approve --all --vendor huawei
    """
    sandbox = RunningSandbox(port)
    signatures = sandbox.chosen(names, vendor, all_=all_)
    _print_verdicts(sandbox.decide("approve", signatures))


@click.command(cls=Command)
@_of_applications
@click.option(
    "--reason", required=True, metavar="TEXT", help="The reason that the applicants read."
)
@click.option("--yes", is_flag=True, help="Don't ask, with --all.")
def reject(
    *,
    names: tuple[str, ...],
    vendor: str | None,
    all_: bool,
    port: int,
    reason: str,
    yes: bool,
) -> None:
    """Reject applications, with the reviewer's reason; with --all it asks first.

    Examples:
      smssign sandbox reject 730001 --reason "营业执照不清晰"
      smssign sandbox reject 730001 730002 --reason "营业执照不清晰"
      smssign sandbox reject --all --vendor tencent --reason "资质与签名不符" --yes
    """
    sandbox = RunningSandbox(port)
    signatures = sandbox.chosen(names, vendor, all_=all_)
    if all_ and signatures and not yes and not ask(_question(signatures)):
        raise click.Abort
    _print_verdicts(sandbox.decide("reject", signatures, reason=reason))


@click.command("list", cls=Command)
@click.option("--vendor", help="Only signatures of this vendor.")
@as_json
@at_a_port
def list_(vendor: str | None, port: int, *, json_: bool) -> None:
    """List the applications at the desk; with --json as the control API returns them.

    Examples:
      smssign sandbox list
      smssign sandbox list --vendor huawei --json
    """
    signatures = RunningSandbox(port).signatures(vendor)
    if json_:
        print_json(signatures)
    elif not signatures:
        print_line(_("The desk has no applications."))
    else:
        print_table(_HEADS, [*map(_row, signatures)])


@click.command(cls=Command)
@at_a_port
def reset(port: int) -> None:
    """Forget all applications, calls and faults, as if the sandbox had just been started.

    Example:
      smssign sandbox reset
    """
    RunningSandbox(port).ask("POST", "/reset")
    print_line(_("The sandbox is reset."))


@click.group(cls=Group, invoke_without_command=True)
@at_a_port
@click.pass_context
def faults(context: click.Context, port: int) -> None:
    """Make calls fail; without a command: list the faults that wait.

    Examples:
      smssign sandbox faults
      smssign sandbox faults add hang --vendor tencent --set seconds=5
      smssign sandbox faults add error --set code=LimitExceeded --times 3
      smssign sandbox faults add drop_after --always --probability 0.2
      smssign sandbox faults clear
    """
    if context.invoked_subcommand is None:
        _show(RunningSandbox(port).faults())


@faults.command()
@click.argument("kind")
@click.option("--vendor", default="*", help="Only calls of this vendor.")
@click.option("--action", default="*", help="Only calls of this action, such as AddSmsSign.")
@click.option(
    "--times", type=click.IntRange(1), default=1, help="The number of calls.  [default: 1]"
)
@click.option("--always", is_flag=True, help="All calls, until the fault is cleared.")
@click.option(
    "--skip", type=click.IntRange(0), default=0, help="The number of calls that pass before."
)
@click.option(
    "--probability", type=float, default=1.0, help="The probability for each call, 0 to 1."
)
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the KIND."
)
@at_a_port
def add(*, port: int, always: bool, settings: tuple[str, ...], **order: object) -> None:
    """Make the next calls fail: one call, unless an option says otherwise.

    KIND is one of
      error           the vendor's envelope with a code   --set code=... [message= http_status=]
      status          a bare HTTP status                  [http_status=502 body=]
      html            a web page instead of JSON          [http_status=200]
      body            an answer of your own               --set body=...
      drop_before     the connection is cut before the vendor acts
      drop_after      the connection is cut after the vendor has acted
      hang            no answer, then a cut               [seconds=60]
      slow            the right answer, late              [seconds=1]
      empty           no body
      truncated       half the right answer
      missing         the right answer without a key      [key=]
      unknown_fields  the right answer with more fields
      verdict         a verdict just before the call      --set verdict=approve --set id=730001

    Example:
      smssign sandbox faults add error --vendor tencent --set code=LimitExceeded --times 3
    """
    order |= {"times": None} if always else {}
    order |= dict(map(_setting, settings))
    _show(RunningSandbox(port).add_fault(order))


@faults.command()
@click.argument("number", type=int, required=False)
@at_a_port
def clear(number: int | None, port: int) -> None:
    """Clear one fault, by its number in the list, or all faults.

    Examples:
      smssign sandbox faults clear
      smssign sandbox faults clear 2
    """
    _show(RunningSandbox(port).clear_faults(number))


def _setting(text: str) -> tuple[str, Any]:
    """The name and the value of NAME=VALUE; a value that is no JSON is a text."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise click.UsageError(_("--set takes NAME=VALUE, not {text}.", text=repr(text)))
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _row(signature: JsonObject) -> tuple[str, ...]:
    return (
        signature["vendor"],
        signature["account"],
        signature["id"],
        f"【{signature['text']}】",
        f"{signature['status']} ({signature['vendor_status']})",
        signature["reason"],
    )


def _name(signature: JsonObject) -> str:
    return f"{signature['vendor']} {signature['id']} 【{signature['text']}】"


def _question(signatures: list[JsonObject]) -> str:
    number, names = len(signatures), listed(map(_name, signatures[:_NAMED]))
    if number <= _NAMED:
        return _("Reject {number} in review: {names}?", number=number, names=names)
    return _(
        "Reject {number} in review: {names} and {more} more?",
        number=number,
        names=names,
        more=number - _NAMED,
    )


def _print_verdicts(signatures: list[JsonObject]) -> None:
    if not signatures:
        print_line(_("No such application is in review."))
    for each in signatures:
        line = _("{name} is {status}", name=_name(each), status=each["status"])
        if each["reason"]:
            line = _("{label}: {text}", label=line, text=each["reason"])
        print_line(line)


_AIM = frozenset({"n", "kind", "vendor", "action", "times", "skip", "probability"})


def _show(faults: list[JsonObject]) -> None:
    if not faults:
        print_line(_("No fault waits."))
        return
    print_table(_HEADS_OF_FAULTS, [*map(_row_of_fault, faults)])


def _row_of_fault(fault: JsonObject) -> tuple[str, ...]:
    times = _("all") if fault["times"] is None else str(fault["times"])
    if fault["probability"] != 1:
        times = _("{times} at {probability}", times=times, probability=fault["probability"])
    if fault["skip"]:
        times = _("after {skipped}: {times}", skipped=fault["skip"], times=times)
    settings = " ".join(
        f"{name}={json.dumps(value, ensure_ascii=False)}"
        for name, value in fault.items()
        if name not in _AIM and value is not None and value != ""
    )
    aim = (str(fault["n"]), fault["kind"], fault["vendor"], fault["action"])
    return (*aim, times, settings)
