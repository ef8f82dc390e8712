from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pulumi_smssign.contract.application import MIB
from tests.unit.yunpian.desk import found, taken

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
"""Enough of a picture for its kind to be told; random bytes follow, since they encode longest."""
ROOT = Path(__file__).parents[3]


class Drain(BaseHTTPRequestHandler):
    """Yunpian's side as far as this needs it: it reads what comes and keeps its size."""

    protocol_version = "HTTP/1.1"
    bodies: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        announced = left = int(self.headers["Content-Length"])
        while left and (piece := self.rfile.read(min(left, 1 << 16))):
            left -= len(piece)
        self.bodies.append(announced - left)
        answer = json.dumps(taken() if self.path.endswith("add.json") else found()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json;charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its model's word
        """Say nothing."""


@dataclass(frozen=True)
class Measured:
    """Bytes: of the body that arrived, and of the plugin's memory at its peak before and after."""

    body: int
    before: int
    after: int


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Drain) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def measured(url: str, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp("papers")
    for name, size in (("licence", 10 * MIB), ("side", 5 * MIB)):
        (folder / name).write_bytes(PNG + os.urandom(size - len(PNG)))
    program = [sys.executable, "-m", "tests.unit.yunpian.largest", url, str(folder)]
    shown = subprocess.run(program, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Measured(body=max(Drain.bodies), **json.loads(shown.stdout))


def test_the_largest_application_arrives_whole(measured: Measured) -> None:
    assert measured.body > 80 * MIB * 4 / 3


def test_the_plugins_memory_stays_below_four_times_the_largest_body(measured: Measured) -> None:
    assert measured.after <= 4 * measured.body


def test_sending_takes_less_memory_than_half_of_the_body(measured: Measured) -> None:
    assert measured.after - measured.before < measured.body / 2
