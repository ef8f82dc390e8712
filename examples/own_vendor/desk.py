"""A stand-in for Acme's gateway, so that the example runs: `python desk.py PORT`."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Desk(BaseHTTPRequestHandler):
    """POST, PUT, GET and DELETE of /teams/TEAM/signatures; POST .../NUMBER/yes is the reviewer."""

    signatures: dict[str, dict[str, Any]] = {}  # noqa: RUF012 - one desk a process
    keys: dict[str, str] = {}  # noqa: RUF012
    posts = 0

    def do_POST(self) -> None:
        """Submit, or approve."""
        *_, place, last = self.path.split("/")
        if last == "yes":
            self.signatures[place]["state"] = "yes"
            return self._answer(200, self.signatures[place])
        type(self).posts += 1
        number = self.keys.setdefault(self.headers["Idempotency-Key"], str(len(self.keys) + 1))
        self.signatures.setdefault(number, {"number": number, "state": "open", **self._form()})
        return self._answer(201, self.signatures[number])

    def do_PUT(self) -> None:
        """Submit anew what was rejected."""
        self._with(lambda number: self.signatures[number].update(state="open", **self._form()))

    def do_GET(self) -> None:
        """Tell of one."""
        self._with(lambda _: None)

    def do_DELETE(self) -> None:
        """Forget one."""
        self._with(lambda number: self.signatures.pop(number) and None)

    def _with(self, act: Any) -> None:  # noqa: ANN401
        number = self.path.rpartition("/")[2]
        if number not in self.signatures:
            return self._answer(404, {"error": "no such signature"})
        told = self.signatures[number]
        act(number)
        return self._answer(200, told)

    def _form(self) -> dict[str, Any]:
        form = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return {"name": form["name"]}

    def _answer(self, status: int, told: object) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Desk).serve_forever()
