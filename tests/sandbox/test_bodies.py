"""Bodies are bounded, whatever is said of their length."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from pulumi_smssign.sandbox import bodies
from pulumi_smssign.sandbox.bodies import read_body


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def arriving(chunks: Iterable[bytes], *, more: bool = False) -> Callable[[], Awaitable[Message]]:
    """The messages of a server: the chunks, then the body's end, or the client's."""
    rest = iter(chunks)

    async def receive() -> Message:
        try:
            return {"type": "http.request", "body": next(rest), "more_body": True}
        except StopIteration:
            if more:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "more_body": False}

    return receive


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("chunks", "read"),
    [
        ([], b""),
        ([b"123", b"", b"45"], b"12345"),
        ([b"123456"], b"123456"),
        ([b"1234567"], b"1234567"),
        ([b"1234", b"5678", b"9"], b"1234567"),
        ([b"1" * 1000], b"1111111"),
    ],
)
async def test_a_body_is_read_up_to_the_first_byte_beyond_the_limit(
    chunks: list[bytes], read: bytes
) -> None:
    assert await read_body(arriving(chunks), 6) == read
    assert bodies._held.size == 0, "nothing is held any more"


@pytest.mark.anyio
async def test_of_a_body_without_end_no_more_is_asked_for_than_the_limit() -> None:
    asked = 0

    def endless() -> Iterable[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b"x" * 10

    assert len(await read_body(arriving(endless()), 95)) == 96
    assert asked == 10


@pytest.mark.anyio
async def test_a_client_that_leaves_before_the_end_is_told_apart() -> None:
    with pytest.raises(ClientDisconnect):
        await read_body(arriving([b"12"], more=True), 6)
