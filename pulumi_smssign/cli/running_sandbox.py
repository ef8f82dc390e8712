"""A sandbox that runs already, asked over HTTP, and what the command prints of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

DEFAULT_PORT = 8725
_PATIENCE = 10.0
"""Seconds: it is on this machine, and answers at once."""

JsonObject = dict[str, Any]


def _port(context: click.Context, _: click.Parameter, port: int | None) -> int:
    """Give the port that was named here, or else the nearest before the command's name."""
    above: click.Context | None = context
    while port is None and above is not None:
        port, above = above.params.get("port"), above.parent
    return DEFAULT_PORT if port is None else port


at_a_port = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    callback=_port,
    help=f"Where the sandbox listens.  [default: {DEFAULT_PORT}]",
)


class RunningSandbox:
    """The sandbox that listens on a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._option = "" if port == DEFAULT_PORT else f" --port {port}"
        self._known = False

    def ask(self, method: str, path: str, body: JsonObject | None = None) -> Any:  # noqa: ANN401
        """Call the control API and give what it answers, which is JSON.

        Raises:
            click.ClickException: if no sandbox listens there, or it refuses; the message says
                what to do.
        """
        if not self._known:
            self._known = True
            about = self.ask("GET", "/")
            if not isinstance(about, dict) or about.get("name") != "pulumi-smssign sandbox":
                raise self._another()
        import httpx

        try:
            with httpx.Client(trust_env=False, timeout=_PATIENCE) as client:
                url = f"http://127.0.0.1:{self._port}/_desk{path}"
                answer = client.request(method, url, json=body)
            said = answer.json()
        except httpx.ConnectError as error:
            raise click.ClickException(
                f"no sandbox listens on port {self._port}: start it in another terminal with "
                f"`smssign sandbox{self._option}`, or name the port of the one that runs with "
                "--port"
            ) from error
        except (httpx.HTTPError, ValueError) as error:
            raise self._another() from error
        if answer.is_success:
            return said
        if isinstance(said, dict) and "error" in said:
            raise click.ClickException(printable(str(said["error"])))
        raise self._another()

    def signatures(self, vendor: str | None) -> list[JsonObject]:
        """Every signature at the desk, or those of one vendor."""
        found = self.ask("GET", "/signatures")
        return [each for each in found if vendor in {None, each["vendor"]}]

    def decide(
        self, verdict: str, name: str, vendor: str | None, body: JsonObject | None = None
    ) -> JsonObject:
        """Have a verdict on the signature that a person means: by its id, or else by its text.

        Raises:
            click.ClickException: if there is none, or more than one.
        """
        one = self._one(name, vendor)
        path = f"/signatures/{one['vendor']}/{quote(one['id'])}/{verdict}"
        decided: JsonObject = self.ask("POST", path, body)
        return decided

    def _one(self, name: str, vendor: str | None) -> JsonObject:
        called = [one for one in self.signatures(vendor) if name in {one["id"], one["text"]}]
        found = [one for one in called if one["id"] == name] or called
        if len(found) == 1:
            return found[0]
        if not found:
            raise click.ClickException(
                f"the desk has no signature {printable(name)}{f' at {vendor}' if vendor else ''}; "
                f"`smssign sandbox list{self._option}` shows what it has"
            )
        those = ", ".join(f"{one['vendor']} {printable(one['id'])}" for one in found)
        way = "--vendor" if len({one["vendor"] for one in found}) == len(found) else "its id"
        raise click.ClickException(
            f"{len(found)} signatures are called {printable(name)} ({those}): say which by {way}"
        )

    def _another(self) -> click.ClickException:
        return click.ClickException(
            f"what listens on port {self._port} is no sandbox of smssign; name its port with --port"
        )


def printable(text: str) -> str:
    """Write out what a terminal would obey or not show: controls, marks of direction, escapes."""
    return "".join(each if each.isprintable() else f"\\u{{{ord(each):04x}}}" for each in text)
