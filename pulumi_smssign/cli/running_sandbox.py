"""A sandbox that runs already, asked over HTTP, and what the command prints of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import click

DEFAULT_PORT = 8725
_PATIENCE = 10.0
"""Seconds: it is on this machine, and answers at once."""

JsonObject = dict[str, Any]


class RunningSandbox:
    """The sandbox that listens on a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
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
        except httpx.ConnectError as error:
            start = f"smssign sandbox{port_option(self._port)}"
            raise click.ClickException(
                f"no sandbox listens on port {self._port}: start it in another terminal with "
                f"`{start}`, or name the port of the one that runs with --port"
            ) from error
        except httpx.HTTPError as error:
            raise self._another() from error
        try:
            said = answer.json()
        except ValueError as error:
            raise self._another() from error
        if answer.is_success:
            return said
        if isinstance(said, dict) and "error" in said:
            raise click.ClickException(printable(str(said["error"])))
        raise self._another()

    def one(self, name: str, vendor: str | None) -> JsonObject:
        """Find the signature that a person means: by its id, or else by its text.

        Raises:
            click.ClickException: if there is none, or more than one.
        """
        found: list[JsonObject] = [
            each
            for each in self.ask("GET", "/signatures")
            if name in {each["id"], each["text"]} and vendor in {None, each["vendor"]}
        ]
        found = [each for each in found if each["id"] == name] or found
        if len(found) == 1:
            return found[0]
        at = f" at {vendor}" if vendor else ""
        if not found:
            option = port_option(self._port)
            raise click.ClickException(
                f"the desk has no signature {printable(name)}{at}; "
                f"`smssign sandbox list{option}` shows what it has"
            )
        those = ", ".join(f"{each['vendor']} {printable(each['id'])}" for each in found)
        vendors = {each["vendor"] for each in found}
        way = "--vendor" if len(vendors) == len(found) else "its id"
        raise click.ClickException(
            f"{len(found)} signatures are called {printable(name)} ({those}): say which by {way}"
        )

    def _another(self) -> click.ClickException:
        return click.ClickException(
            f"what listens on port {self._port} is no sandbox of smssign; name its port with --port"
        )


def port_option(port: int) -> str:
    """Give the option that names a port, with a space before it; nothing for the usual one."""
    return "" if port == DEFAULT_PORT else f" --port {port}"


def path_of(signature: Mapping[str, Any]) -> str:
    """Give the control's path of a signature."""
    return f"/signatures/{signature['vendor']}/{quote(signature['id'])}"


def printable(text: str) -> str:
    """Write out what a terminal would obey or not show: controls, marks of direction, escapes."""
    return "".join(each if each.isprintable() else f"\\u{{{ord(each):04x}}}" for each in text)
