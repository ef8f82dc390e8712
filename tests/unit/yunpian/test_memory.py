"""The plugin's memory while it sends the largest application that Yunpian takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_smssign.contract.application import MIB
from tests.contract.recorder import ANSWERS, Recorder

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
"""Enough of a picture for its kind to be told; random bytes follow, since they encode longest."""
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Measured:
    """Bytes: of the body that arrived, and of the plugin's memory at its peak before and after."""

    body: int
    before: int
    after: int


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp("papers")
    for name, size in (("licence", 10 * MIB), ("side", 5 * MIB)):
        (folder / name).write_bytes(PNG + os.urandom(size - len(PNG)))
    with Recorder(ANSWERS["yunpian"]) as recorder:
        thread = threading.Thread(target=recorder.serve_forever, args=(0.01,))
        thread.start()
        program = [sys.executable, "-m", "tests.unit.yunpian.largest", recorder.url, str(folder)]
        output = subprocess.run(program, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        recorder.shutdown()
        thread.join()
        body = max(len(received.body) for received in recorder.take())
    return Measured(body, **json.loads(output))


def test_largest_application_arrives_whole(measured: Measured) -> None:
    assert measured.body > 80 * MIB * 4 / 3


def test_plugins_memory_stays_below_four_times_the_largest_body(measured: Measured) -> None:
    assert measured.after <= 4 * measured.body


def test_sending_takes_less_memory_than_half_of_the_body(measured: Measured) -> None:
    assert measured.after - measured.before < measured.body / 2
