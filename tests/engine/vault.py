"""A key for the tests' stacks that costs nothing: HashiCorp Vault's transit engine, in a thread.

A passphrase is a million rounds of SHA-256, and took half of the time of each command of a test.
The engine opens a stack's key in a Vault as it does in a company's; a test of what needs a
passphrase says so (`Project`).
"""

from __future__ import annotations

import json
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROVIDER = "hashivault://tests"
_MARK = "vault:v1:"


class _Transit(BaseHTTPRequestHandler):
    """`POST /v1/transit/encrypt/KEY` and `…/decrypt/KEY`; what it encrypts, it turns around."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "/encrypt/" in self.path:
            data = {"ciphertext": _MARK + asked["plaintext"][::-1]}
        else:
            data = {"plaintext": asked["ciphertext"].removeprefix(_MARK)[::-1]}
        answer = json.dumps({"data": data}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's)
        """Say nothing."""


@cache
def environment() -> dict[str, str]:
    """What leads the engine to this process's Vault, which lives as long as the process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Transit)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    return {"VAULT_SERVER_URL": address, "VAULT_SERVER_TOKEN": "invented"}
