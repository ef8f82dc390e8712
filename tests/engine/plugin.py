"""Pulumi's Python plugin alone, spoken to as the engine does.

Without an engine a call takes some milliseconds, so that every version of the SDK can be asked.
"""

from __future__ import annotations

import base64
import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import ResourceProvider
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2_grpc, status_pb2

CHECKOUT = Path(__file__).resolve().parents[2]
_LONGEST = 60.0
"""Seconds after which something hangs."""


class Rows(engine_pb2_grpc.EngineServicer):
    """The engine's log: what is told on each resource's row."""

    def __init__(self) -> None:
        self.told: queue.Queue[tuple[str, str]] = queue.Queue()
        """URN and text, in their order."""

    def Log(self, request: engine_pb2.LogRequest, _context: object) -> Empty:  # noqa: N802
        self.told.put((request.urn, request.message))
        return Empty()


@dataclass(frozen=True)
class Plugin:
    """A plugin that runs, and what it tells on the rows."""

    stub: provider_pb2_grpc.ResourceProviderStub
    rows: Rows
    address: str
    """Where it listens, "127.0.0.1:40123"."""

    def call(self, method: str, request: Message) -> Any:  # noqa: ANN401 - the method's answer
        """What a method answers; `grpc.RpcError` where it fails, and where it hangs."""
        return getattr(self.stub, method)(request, timeout=_LONGEST)

    def next_row(self) -> tuple[str, str]:
        """The URN and the text that is told next."""
        return self.rows.told.get(timeout=_LONGEST)


@contextmanager
def running(folder: Path, sdk: Path | None = None) -> Iterator[Plugin]:
    """A plugin with its working directory in `folder`, and a stand-in for its engine.

    Args:
        folder: a folder of the test's own.
        sdk: the folder of an SDK that comes before the installed one.
    """
    rows = Rows()
    engine = grpc.server(ThreadPoolExecutor(4))
    engine_pb2_grpc.add_EngineServicer_to_server(rows, engine)
    address = f"127.0.0.1:{engine.add_insecure_port('127.0.0.1:0')}"
    engine.start()
    (folder / "Pulumi.yaml").write_text("name: test\nruntime: python\n", "utf-8")
    path = [str(each) for each in (sdk, CHECKOUT) if each is not None]
    with subprocess.Popen(
        (sys.executable, "-u", "-m", "pulumi.dynamic", address),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        try:
            own = f"127.0.0.1:{port}"
            with grpc.insecure_channel(own) as channel:
                yield Plugin(provider_pb2_grpc.ResourceProviderStub(channel), rows, own)
        finally:
            process.kill()
            engine.stop(None).wait()


def urn_of(name: str) -> str:
    """The URN of a resource of this name."""
    return f"urn:pulumi:dev::test::pulumi-python:dynamic:Resource::{name}"


def properties(provider: type[ResourceProvider], **values: str) -> Struct:
    """Properties as the engine sends them, with the provider as Pulumi pickles it."""
    pickled = base64.b64encode(pickle.dumps(provider())).decode()
    struct = Struct()
    struct.update({"__provider": pickled, **values})
    return struct


def told(error: grpc.RpcError) -> str:
    """What an error says."""
    return cast("grpc.Call", error).details() or ""


def status_of(error: grpc.RpcError) -> status_pb2.Status | None:
    """The status that came with an error, for what its text can't carry; None when none did."""
    for key, value in cast("grpc.Call", error).trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            return status_pb2.Status.FromString(cast("bytes", value))
    return None
