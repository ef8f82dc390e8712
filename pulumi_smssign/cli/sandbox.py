"""`smssign sandbox`: the vendors' side, served for a dev stack or any other client."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

_PORT = 8725
_PORTS = click.IntRange(0, 65535)
_EXTRA = frozenset({"anyio", "starlette", "uvicorn"})

_SANDBOX_HELP = """Play the vendors' side on this machine, until Ctrl-C.

Nothing leaves the machine, and no key is needed: the sandbox has its own, which are public. A
stack uses it with

\b
  pulumi config set smssign:sandbox http://127.0.0.1:8725

and any other client with what `smssign sandbox credentials` prints.

\b
Examples:
  smssign sandbox
  smssign sandbox --review after:20
  smssign sandbox --port 9000 --state desk.json
  eval "$(smssign sandbox credentials)"
  curl http://127.0.0.1:8725/_desk/signatures
  curl -X POST http://127.0.0.1:8725/_desk/signatures/tencent/730001/approve
  curl --json '{"reason": "..."}' http://127.0.0.1:8725/_desk/signatures/tencent/730002/reject

A text with REJECT or 驳回 in it is rejected at once, one with APPROVE or 通过 is approved at once,
one with HOLD or 待审 stays in review.
"""

_CREDENTIALS_HELP = """Print addresses and test keys as lines for a shell.

\b
Example:
  eval "$(smssign sandbox credentials)"
"""


@contextlib.contextmanager
def _extra_needed() -> Iterator[None]:
    """Say how to install what the sandbox needs, where it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise click.ClickException(
            "the sandbox needs a few more packages: pip install 'pulumi-smssign[sandbox]'"
        ) from error


@click.group(invoke_without_command=True, help=_SANDBOX_HELP)
@click.option(
    "--port", type=_PORTS, default=_PORT, show_default=True, help="Where to listen; 0: any free."
)
@click.option(
    "--review",
    metavar="POLICY",
    help="How reviews advance: manual (nothing but someone decides), immediate, or after:SECONDS. "
    "Default: as in the state file, or manual.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to remember signatures, switches and policy in. Default: nothing is remembered.",
)
@click.pass_context
def sandbox(context: click.Context, port: int, review: str | None, state: Path | None) -> None:
    """Serve a sandbox in the foreground."""
    if context.invoked_subcommand is not None:
        return
    with _extra_needed():
        from pulumi_smssign.sandbox import Sandbox, ServerError, StateFileError, serve
    try:
        serve(Sandbox(review=review, state=state), port=port, announce=click.echo)
    except (ValueError, ServerError, StateFileError) as error:
        raise click.ClickException(str(error)) from error


@sandbox.command(help=_CREDENTIALS_HELP)
@click.option("--port", type=_PORTS, help=f"Where the sandbox listens.  [default: {_PORT}]")
@click.pass_context
def credentials(context: click.Context, port: int | None) -> None:
    """Print the environment for all vendors' clients."""
    if port is None:
        port = context.parent.params["port"] if context.parent else _PORT
    with _extra_needed():
        from pulumi_smssign.sandbox import Sandbox
    for variables in Sandbox().credentials(f"127.0.0.1:{port}").values():
        for name, value in variables.items():
            click.echo(f"export {name}={shlex.quote(value)}")
