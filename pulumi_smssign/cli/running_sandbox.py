"""A sandbox that already runs, asked over HTTP by its control API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from pulumi_smssign.address import SANDBOX_PORT

_TIMEOUT = 10.0
"""Seconds: it is on this machine, and answers at once."""

JsonObject = dict[str, Any]


def _port(context: click.Context, _: click.Parameter, port: int | None) -> int:
    """The port of this command's option, or else the nearest one before the command's name."""
    above: click.Context | None = context
    while port is None and above is not None:
        port, above = above.params.get("port"), above.parent
    return SANDBOX_PORT if port is None else port


at_a_port = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    callback=_port,
    help=f"The port of the sandbox.  [default: {SANDBOX_PORT}]",
)


class RunningSandbox:
    """The sandbox that listens on a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._option = "" if port == SANDBOX_PORT else f" --port {port}"
        self._is_ours = False

    def ask(self, method: str, path: str, body: JsonObject | None = None) -> Any:  # noqa: ANN401
        """The answer of the control API, which is JSON.

        Raises:
            click.ClickException: no sandbox listens there, or it refuses; the message says what to
                do.
        """
        # First of all its name: a verdict or a reset must not go to another program at that port.
        if not self._is_ours:
            self._is_ours = True
            about = self.ask("GET", "/")
            if not isinstance(about, dict) or about.get("name") != "pulumi-smssign sandbox":
                raise self._not_ours()
        import httpx

        try:
            # A proxy of the environment can't reach this machine.
            with httpx.Client(trust_env=False, timeout=_TIMEOUT) as client:
                url = f"http://127.0.0.1:{self._port}/_desk{path}"
                answer = client.request(method, url, json=body)
            document = answer.json()
        except httpx.ConnectError as error:
            raise click.ClickException(
                f"no sandbox listens on port {self._port}: start it in another terminal with "
                f"`smssign sandbox{self._option}`, or name the port of a running one with --port"
            ) from error
        except (httpx.HTTPError, ValueError) as error:
            raise self._not_ours() from error
        if answer.is_success:
            return document
        if isinstance(document, dict) and "error" in document:
            raise click.ClickException(printable(str(document["error"])))
        raise self._not_ours()

    def signatures(self, vendor: str | None) -> list[JsonObject]:
        """Every signature at the desk, or the signatures of one vendor."""
        signatures = self.ask("GET", "/signatures")
        return [each for each in signatures if vendor in {None, each["vendor"]}]

    def decide(
        self, verdict: str, name: str, vendor: str | None, body: JsonObject | None = None
    ) -> JsonObject:
        """The signature that a person means by its id or its text, with a verdict on it.

        Raises:
            click.ClickException: no signature is called so, or several are.
        """
        signature = self._named(name, vendor)
        path = f"/signatures/{signature['vendor']}/{quote(signature['id'])}/{verdict}"
        decided: JsonObject = self.ask("POST", path, body)
        return decided

    def _named(self, name: str, vendor: str | None) -> JsonObject:
        called = [each for each in self.signatures(vendor) if name in {each["id"], each["text"]}]
        # An id comes first: a text may be another signature's id.
        matches = [each for each in called if each["id"] == name] or called
        if len(matches) == 1:
            return matches[0]
        if not matches:
            raise click.ClickException(
                f"the desk has no signature {printable(name)}{f' at {vendor}' if vendor else ''}; "
                f"`smssign sandbox list{self._option}` lists its signatures"
            )
        ids = ", ".join(f"{each['vendor']} {printable(each['id'])}" for each in matches)
        is_one_per_vendor = len({each["vendor"] for each in matches}) == len(matches)
        way = "--vendor" if is_one_per_vendor else "its id"
        raise click.ClickException(
            f"{len(matches)} signatures are called {printable(name)} ({ids}): say which by {way}"
        )

    def _not_ours(self) -> click.ClickException:
        return click.ClickException(
            f"the program on port {self._port} is not a sandbox of smssign; name the sandbox's "
            "port with --port"
        )


def printable(text: str) -> str:
    """A text whose controls, marks of direction and escapes are written out.

    A terminal would obey them, or hide them. This is not `model.redaction`: the sandbox's process
    has no code of the clients.
    """
    return "".join(each if each.isprintable() else f"\\u{{{ord(each):04x}}}" for each in text)
