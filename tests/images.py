"""Real PNG and JPEG files, made here: a test's evidence shows nothing and nobody."""

from __future__ import annotations

import base64
import struct
import zlib

_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////"
    "////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z"
)
PAGE = 640, 480
"""Pixels of a picture that no preview doubts."""


def png(seed: int = 0, padding: int = 0) -> bytes:
    """A PNG file of a page's size; another seed is another picture, padding makes it larger."""
    width, height = PAGE
    row = b"\0" + bytes([seed % 256, seed // 256 % 256] * (width // 16))
    pixels = row * height
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(pixels))]
    if padding:
        chunks.append(_chunk(b"tEXt", b"Comment\0" + b"x" * padding))
    return b"\x89PNG\r\n\x1a\n" + b"".join((*chunks, _chunk(b"IEND", b"")))


def jpeg(seed: int = 0) -> bytes:
    """A JPEG file of one pixel; another seed is another comment in it."""
    comment = f"picture {seed}".encode()
    return _JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + _JPEG[2:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
