"""A sandbox in a process of its own, which can be killed and comes back with what it remembers."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import JsonValue

_LONGEST_START = 30.0


@dataclass(frozen=True)
class Held:
    """A signature that the vendor has."""

    id: str
    text: str
    status: str
    submissions: int


@dataclass(frozen=True)
class Received:
    """A call that the vendor was sent; `acted` is whether it dealt with it and said yes."""

    number: int
    action: str
    acted: bool


class Desk:
    """One vendor's side; its control API is spoken to as anybody would.

    Args:
        vendor: the vendor.
        folder: where it keeps its state.
    """

    def __init__(self, vendor: str, folder: Path) -> None:
        self._vendor = vendor
        self._state = folder / "desk.json"
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._http = httpx.Client(base_url=f"{self.url}/_desk/", trust_env=False, timeout=30)
        self.start()

    def start(self) -> None:
        """Serve, with all that it remembers; returns when it answers."""
        command = (sys.executable, "-m", "pulumi_smssign.cli", "sandbox")
        self._process = subprocess.Popen(
            (*command, "--port", str(self._port), "--state", str(self._state)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _LONGEST_START
        while time.monotonic() < until:
            try:
                self._http.get("")
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the sandbox does not start")

    def kill(self) -> None:
        """End it as the system would."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End it for good."""
        self.kill()
        self._http.close()

    def held(self) -> list[Held]:
        """The vendor's signatures."""
        return [
            Held(signature["id"], signature["text"], signature["status"], signature["submissions"])
            for signature in self._get("signatures")
        ]

    def calls(self, *actions: str) -> list[Received]:
        """The calls since it was started, of some actions or all."""
        return [
            Received(call["n"], call["action"], call["code"] == "" and call["fault"] != "hang")
            for call in self._get("calls")
            if not actions or call["action"] in actions
        ]

    def fault(self, **order: JsonValue) -> None:
        """Have a fault played."""
        self._post("faults", {"vendor": self._vendor, **order})

    def clear_faults(self) -> None:
        """Have no fault played any more."""
        self._http.delete("faults").raise_for_status()

    def set(self, **switches: JsonValue) -> None:
        """Set some of the vendor's switches."""
        self._post(
            "switches", {f"{self._vendor}.{name}": switch for name, switch in switches.items()}
        )

    def approve(self, signature: Held) -> None:
        """The reviewer says yes."""
        self._post(f"signatures/{self._vendor}/{quote(signature.id, safe='')}/approve", {})

    def reject(self, signature: Held) -> None:
        """The reviewer says no."""
        where = f"signatures/{self._vendor}/{quote(signature.id, safe='')}/reject"
        self._post(where, {"reason": "unreadable"})

    def _get(self, path: str) -> list[dict[str, Any]]:
        answer = self._http.get(path, params={"vendor": self._vendor})
        answer.raise_for_status()
        listed: list[dict[str, Any]] = answer.json()
        return listed

    def _post(self, path: str, content: dict[str, JsonValue]) -> None:
        self._http.post(path, json=content).raise_for_status()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
