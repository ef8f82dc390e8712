"""`smssign sandbox`: the vendors' side, served for a dev stack or any other client."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_smssign.address import SANDBOX_PORT, token_of
from pulumi_smssign.cli.display import print_line, print_lines
from pulumi_smssign.cli.options import Group
from pulumi_smssign.cli.reviewer import approve, faults, list_, reject, reset
from pulumi_smssign.cli.running_sandbox import at_a_port
from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    from pulumi_smssign.sandbox.server import Opening

_EXTRA = frozenset({"anyio", "starlette", "uvicorn"})


@contextlib.contextmanager
def _extra_needed() -> Iterator[None]:
    """A block whose missing packages are an error that says how to install them."""
    try:
        yield
    except ModuleNotFoundError as error:
        # Another missing module is a bug of ours, and keeps its traceback.
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise click.ClickException(
            _("the sandbox needs more packages: run pip install 'pulumi-smssign[sandbox]'")
        ) from error


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=SANDBOX_PORT,
    show_default=True,
    help="The port to listen on; 0: any free port.",
)
@click.option(
    "--review",
    metavar="POLICY",
    help="How reviews of applications to come advance: manual (only you decide), immediate, or "
    "after:SECONDS.  "
    "[default: as in the state file, or manual]",
)
@click.option(
    "--state",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that keeps signatures, switches and policy.  [default: none is kept]",
)
@click.option(
    "--seed", type=int, help="Make faults with a probability hit the same calls each time."
)
@click.pass_context
def sandbox(
    context: click.Context, port: int, review: str | None, state: Path | None, seed: int | None
) -> None:
    """Play the vendors' side on this machine, until Ctrl-C.

    Nothing leaves the machine, and you need no key: the sandbox has its own keys, which are public.
    A stack uses it with

      pulumi config set smssign:sandbox http://127.0.0.1:8725

    and any other client with the variables that `smssign sandbox credentials` prints. You are the
    reviewer: decide on the page that it serves, http://127.0.0.1:8725/, or with the commands below.

    Examples:
      smssign sandbox
      smssign sandbox --review after:20
      smssign sandbox --port 9000 --state desk.json
      eval "$(smssign sandbox credentials)"
      smssign sandbox list
      smssign sandbox approve 730001 730002
      smssign sandbox approve --all
      smssign sandbox reject 730001 --reason "营业执照不清晰"
      curl http://127.0.0.1:8725/_desk/signatures

    A text with REJECT or 驳回 in it is rejected at once, a text with APPROVE or 通过 is approved at
    once, a text with HOLD or 待审 stays in review.
    """
    if context.invoked_subcommand is not None:
        return
    with _extra_needed():
        from pulumi_smssign.sandbox import Sandbox, serve
        from pulumi_smssign.sandbox.messages import MessageError
    try:
        serve(Sandbox(review=review, state=state, seed=seed), port=port, announce=_announce)
    except MessageError as error:
        raise click.ClickException(_(error.message, **error.facts)) from error
    except ValueError as error:  # such as Python's own about a path
        raise click.ClickException(str(error)) from error


def _announce(opening: Opening) -> None:
    """Print where the sandbox and its desk are; the sandbox itself speaks English alone."""
    print_lines(
        _(
            "Sandbox at {url} (review: {review}); Ctrl-C ends it.\n"
            "{desk} is the reviewer's desk; or: {command}",
            url=opening.url,
            review=opening.review,
            desk=opening.desk,
            command=opening.command,
        )
    )


for _command in (approve, reject, list_, reset, faults):
    sandbox.add_command(_command)


@sandbox.command()
@at_a_port
def credentials(port: int) -> None:
    """Print the sandbox's addresses and test keys as lines for a shell.

    Example:
      eval "$(smssign sandbox credentials)"
    """
    with _extra_needed():
        from pulumi_smssign.sandbox import Sandbox
    for variables in Sandbox().credentials(f"127.0.0.1:{port}").values():
        for name, value in variables.items():
            print_line(f"export {name}={shlex.quote(value)}")
    if token := token_of(port):
        print_line(f"export SMSSIGN_SANDBOX_TOKEN={token}")
