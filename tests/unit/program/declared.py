"""A program against Pulumi's mocks, and the inputs that the engine would be sent."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import pulumi
from pulumi.runtime import mocks

from pulumi_smssign import tencent

Inputs = dict[str, dict[str, Any]]


class _Recorder(mocks.Mocks):
    def __init__(self, engine: mocks.Mocks | None) -> None:
        self.inputs: Inputs = {}
        self.engine = engine

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.inputs[args.name] = dict(args.inputs)
        if self.engine is not None:
            return self.engine.new_resource(args)
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> NoReturn:
        raise AssertionError(args.token)


def inputs_of(
    program: Callable[[], object], *, preview: bool = False, engine: mocks.Mocks | None = None
) -> Inputs:
    """The inputs of each resource that a program declares, by its name.

    The program has a root, settings and event loops of its own, which no other test sees. What it
    is told of each resource are its inputs, unless an `engine` tells it.
    """
    recorder = _Recorder(engine)

    def declare() -> None:
        program()

    def run() -> None:
        pulumi.runtime.set_mocks(recorder, preview=preview)
        pulumi.runtime.test(declare)()  # type: ignore[no-untyped-call] # Pulumi's has no types

    with _own_loops():
        contextvars.copy_context().run(run)
    return recorder.inputs


def declare(
    name: str = "brand",
    opts: pulumi.ResourceOptions | None = None,
    account: str | None = None,
    sign_name: pulumi.Input[str] = "云杉示例",
) -> tencent.Signature:
    """A signature whose proof is `licence.png` in the working directory."""
    return tencent.Signature(
        name,
        sign_name=sign_name,
        sign_type=tencent.SignType.COMPANY,
        document_type=tencent.DocumentType.BUSINESS_LICENSE,
        sign_purpose=tencent.SignPurpose.OWN_USE,
        proof_image="licence.png",
        account=account,
        opts=opts,
    )


@contextlib.contextmanager
def _own_loops() -> Iterator[None]:
    """An event loop, and one in each thread that asks the mocks, which would be left open."""
    before, loops = asyncio.get_event_loop(), [asyncio.new_event_loop()]

    def begin() -> None:
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    try:
        with ThreadPoolExecutor(initializer=begin) as threads:
            loops[0].set_default_executor(threads)
            asyncio.set_event_loop(loops[0])
            yield
    finally:
        asyncio.set_event_loop(before)
        for loop in loops:
            loop.close()
