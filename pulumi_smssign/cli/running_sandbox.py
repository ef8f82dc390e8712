"""A sandbox that already runs, asked over HTTP by its control API."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent import futures
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any

import click

from pulumi_smssign.address import SANDBOX_PORT, token_of
from pulumi_smssign.model.language import _, listed, mark

if TYPE_CHECKING:
    import httpx

_LONGEST_CALL = 10.0
"""Seconds of a call in all: the sandbox is on this machine, and answers at once."""
_LARGEST_ANSWER = 16 << 20
"""Bytes; a list of 10,000 applications has fewer."""

JsonObject = dict[str, Any]

_APPLICATION: Mapping[str, type | UnionType] = dict.fromkeys(
    ("vendor", "account", "id", "text", "status", "vendor_status", "reason"), str
)
_FAULT: Mapping[str, type | UnionType] = {
    "n": int,
    **dict.fromkeys(("kind", "vendor", "action"), str),
    "times": int | NoneType,
    "skip": int,
    "probability": int | float,
}
"""The keys that the commands read of an answer, and their types."""
_NONE = mark("the desk has no signature {name}; `{command}` lists its signatures")
_NONE_AT_VENDOR = mark(
    "the desk has no signature {name} at {vendor}; `{command}` lists its signatures"
)
_SEVERAL = mark(
    "{number} signatures are called {name} ({ids}): say which by its id, or take those in review "
    "with --all"
)
_SEVERAL_AT_VENDORS = mark(
    "{number} signatures are called {name} ({ids}): say which by --vendor, or take those in review "
    "with --all"
)


def _port(context: click.Context, _option: click.Parameter, port: int | None) -> int:
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
        self._is_proven = False
        self._challenge = secrets.token_hex(16)
        self._token = token_of(port)

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
            key, challenge = self._token.encode(), self._challenge.encode()
            proof = hmac.digest(key, challenge, "sha256").hex()
            if self._token and about.get("proof") != proof:
                raise click.ClickException(
                    _(
                        "the sandbox on port {port} is not the one that this user has started: end "
                        "it, or name your own one's port with --port",
                        port=self._port,
                    )
                )
            self._is_proven = bool(self._token)
        status, document = self._answer(method, path, body)
        if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own classes
            return document
        if isinstance(document, dict) and "error" in document:
            raise click.ClickException(_refusal(document))
        raise self._not_ours()

    def _answer(self, method: str, path: str, body: JsonObject | None) -> tuple[int, Any]:
        """The HTTP status and the JSON of an answer, whoever gives it: bounded in time and size."""
        import httpx

        outcome: futures.Future[tuple[int, bytes]] = futures.Future()

        def exchange() -> None:
            try:
                # A proxy of the environment can't reach this machine.
                with (
                    httpx.Client(
                        trust_env=False,
                        timeout=_LONGEST_CALL,
                        verify=False,  # noqa: S501 - plain http, and certificates take time to load
                    ) as client,
                    client.stream(
                        method,
                        f"http://127.0.0.1:{self._port}/_desk{path}",
                        content=None if body is None else json.dumps(body),
                        headers={
                            "Accept-Encoding": "identity",
                            "Content-Type": "application/json",
                            # To a sandbox that has proven to know it; nobody else is sent it.
                            **({"X-Smssign-Token": self._token} if self._is_proven else {}),
                            "X-Smssign-Challenge": self._challenge,
                        },
                    ) as response,
                ):
                    outcome.set_result((response.status_code, _read(response)))
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                outcome.set_exception(error)

        # httpx bounds each read, and nothing bounds all of them; and nobody waits for a daemon.
        threading.Thread(target=exchange, daemon=True, name="smssign-call").start()
        try:
            status, content = outcome.result(_LONGEST_CALL)
            return status, json.loads(content)
        except httpx.ConnectError as error:
            raise click.ClickException(
                _(
                    "no sandbox listens on port {port}: start it in another terminal with "
                    "`{command}`, or name the port of a running one with --port",
                    port=self._port,
                    command=f"smssign sandbox{self._option}",
                )
            ) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise click.ClickException(
                _(
                    "the program on port {port} has not answered within {seconds} seconds: if it "
                    "is not a sandbox of smssign, name the sandbox's port with --port",
                    port=self._port,
                    seconds=f"{_LONGEST_CALL:g}",
                )
            ) from error
        # RecursionError: an answer that is nested too deep.
        except (httpx.HTTPError, ValueError, RecursionError) as error:
            raise self._not_ours() from error

    def signatures(self, vendor: str | None) -> list[JsonObject]:
        """Every signature at the desk, or the signatures of one vendor."""
        signatures = self._list(self.ask("GET", "/signatures"), _APPLICATION)
        return [each for each in signatures if vendor in {None, each["vendor"]}]

    def faults(self) -> list[JsonObject]:
        """The faults that wait."""
        return self._list(self.ask("GET", "/faults"), _FAULT)

    def add_fault(self, order: JsonObject) -> list[JsonObject]:
        """Order a fault; the faults that wait then."""
        return self._list(self.ask("POST", "/faults", order), _FAULT)

    def clear_faults(self, number: int | None) -> list[JsonObject]:
        """Clear a fault by its number, or all of them; the faults that wait then."""
        path = "/faults" if number is None else f"/faults/{number}"
        return self._list(self.ask("DELETE", path), _FAULT)

    def _list(self, document: object, types: Mapping[str, type | UnionType]) -> list[JsonObject]:
        """A list of objects that have these keys; another program's answer is none."""
        if not isinstance(document, list) or not all(_has(each, types) for each in document):
            raise self._not_ours()
        return document

    def decide(self, verdict: str, signatures: list[JsonObject], **more: str) -> list[JsonObject]:
        """The signatures with one verdict on all of them, `approve` or `reject`."""
        if not signatures:
            return []
        keys = [{"vendor": each["vendor"], "id": each["id"]} for each in signatures]
        answer = self.ask("POST", f"/signatures/{verdict}", {"signatures": keys, **more})
        decided = self._list(answer, _APPLICATION)
        if len(decided) != len(keys):
            raise self._not_ours()
        return decided

    def chosen(self, names: Sequence[str], vendor: str | None, *, all_: bool) -> list[JsonObject]:
        """The signatures of ids or texts, one for each name; with `all_` every one in review.

        Raises:
            click.ClickException: no signature is called so, or several are.
        """
        if not (names or all_):
            raise click.UsageError(_("Name applications by their ids or texts, or give --all."))
        signatures = called = self.signatures(vendor)
        if names:
            called = [
                each for name in names for each in self._called(name, signatures, vendor, all_=all_)
            ]
        # Once each, though an id and a text may name the same one.
        keyed = {(each["vendor"], each["id"]): each for each in called}
        return [each for each in keyed.values() if not all_ or each["status"] == "pending"]

    def _called(
        self, name: str, signatures: list[JsonObject], vendor: str | None, *, all_: bool
    ) -> list[JsonObject]:
        """The signatures of an id or a text: the only one, or with `all_` every one."""
        called = [each for each in signatures if name in {each["id"], each["text"]}]
        # An id comes first: a text may be another signature's id.
        matches = [each for each in called if each["id"] == name and not all_] or called
        if not matches:
            raise click.ClickException(
                _(
                    _NONE_AT_VENDOR if vendor else _NONE,
                    name=name,
                    vendor=vendor,
                    command=f"smssign sandbox list{self._option}",
                )
            )
        if all_ or len(matches) == 1:
            return matches
        is_one_per_vendor = len({each["vendor"] for each in matches}) == len(matches)
        raise click.ClickException(
            _(
                _SEVERAL_AT_VENDORS if is_one_per_vendor else _SEVERAL,
                number=len(matches),
                name=name,
                ids=listed(f"{each['vendor']} {each['id']}" for each in matches),
            )
        )

    def _not_ours(self) -> click.ClickException:
        return click.ClickException(
            _(
                "the program on port {port} is not a sandbox of smssign; name the sandbox's port "
                "with --port",
                port=self._port,
            )
        )


def _refusal(document: JsonObject) -> str:
    """The words of the sandbox's refusal, in the language where the catalogue has its message."""
    message, facts = document.get("message"), document.get("facts")
    message = message if isinstance(message, str) else ""
    said = _(message)
    # Only a message of ours has places to be filled; who answers may be anybody.
    if said != message and isinstance(facts, dict):
        return said.format_map(defaultdict(str, facts))
    return str(document["error"])


def _read(response: httpx.Response) -> bytes:
    """The body of an answer.

    Raises:
        ValueError: it is compressed, which was not asked for, or too large.
    """
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ValueError("compressed")
    content = bytearray()
    for part in response.iter_raw():
        content += part
        if len(content) > _LARGEST_ANSWER:
            raise ValueError("too large")
    return bytes(content)


def _has(document: object, types: Mapping[str, type | UnionType]) -> bool:
    return isinstance(document, dict) and all(
        key in document and isinstance(document[key], kind) for key, kind in types.items()
    )
