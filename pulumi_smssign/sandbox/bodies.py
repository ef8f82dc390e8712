"""Reading a request's body, bounded whatever its headers say of its length, if anything."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Receive

VENDOR_LIMIT = 160 * 1024 * 1024
"""Bytes of a vendor's call, above the largest legal one: Yunpian's of some 120 MB, percent-encoded
Base64. Each vendor refuses at a limit of its own below it."""

TOGETHER_LIMIT = 256 * 1024 * 1024
"""Bytes of all the bodies that are being read at a time; what exceeds it is refused."""

CONTROL_LIMIT = 16 * 1024 * 1024
"""Bytes of a call to the control API; the largest is a fault with the body that it plays."""


class _Held:
    """The bytes held of bodies that have not been read to their end."""

    size = 0


_held = _Held()


async def read_body(receive: Receive, limit: int) -> bytes:
    """Read a body; of one above `limit` bytes no more than `limit` + 1 are read and given.

    The server drops what is left unread.

    Raises:
        ClientDisconnect: if the client leaves before the end.
        HTTPException: all bodies that are being read are too much together.
    """
    body = bytearray()
    more = True
    try:
        while more and len(body) <= limit:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            part = message.get("body", b"")[: limit + 1 - len(body)]
            if _held.size + len(part) > TOGETHER_LIMIT:
                raise HTTPException(503, "the bodies that are being sent are too large together")
            _held.size += len(part)
            body += part
            more = message.get("more_body", False)
        return bytes(body)
    finally:
        _held.size -= len(body)
