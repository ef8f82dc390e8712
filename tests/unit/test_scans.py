"""The flaws of a scan, as its headers tell them; the pictures here are headers and nothing else."""

from __future__ import annotations

import random
import struct

import pytest

from pulumi_smssign.contract.scans import _MOST_SEGMENTS, Scan, flaws, scan_of
from tests.images import PAGE, jpeg, png

PNG, JPEG, GIF = "image/png", "image/jpeg", "image/gif"
PIXELS = 2480, 3508
"""A page of A4 at 300 dots an inch."""
OF_A_PAGE = 1 << 20
"""Bytes of such a page in JPEG."""


def png_of(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", width, height)


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def frame(width: int, height: int, marker: int = 0xC0) -> bytes:
    return segment(marker, struct.pack(">BHHB", 8, height, width, 3))


def exif(orientation: int = 1, taken: str = "", order: str = ">") -> bytes:
    """An EXIF segment with two directories: the orientation, and the day when it was taken."""
    date = taken.encode().ljust(20, b"\0")
    first = struct.pack(
        f"{order}H HHIHxx HHII I", 2, 0x0112, 3, 1, orientation, 0x8769, 4, 1, 38, 0
    )
    second = struct.pack(f"{order}H HHII I", 1, 0x9003, 2, 20, 38 + 18, 0)
    head = {">": b"MM\0*", "<": b"II*\0"}[order] + struct.pack(f"{order}I", 8)
    return segment(0xE1, b"Exif\0\0" + head + first + second + date)


def jpeg_of(*segments: bytes, size: int = OF_A_PAGE) -> bytes:
    return (b"\xff\xd8" + b"".join(segments)).ljust(size, b"\0")


PHOTO = jpeg_of(segment(0xE0, b"JFIF\0"), exif(6, "2014:05:01 10:00:00"), frame(*PIXELS))


@pytest.mark.parametrize(
    ("content", "media_type", "reasons"),
    [
        (png_of(*PIXELS), PNG, []),
        (png_of(256, 256), PNG, []),
        (png_of(255, 300), PNG, ["has 255 x 300 pixels, and a licence can't be read below 256 on"]),
        (png_of(1200, 300), PNG, []),
        (png_of(1201, 300), PNG, ["has 1201 x 300 pixels, the shape of a strip: UCloud's audit"]),
        (b"GIF89a" + struct.pack("<HH", 90, 60), GIF, ["has 90 x 60 pixels"]),
        (jpeg_of(frame(*PIXELS)), JPEG, []),
        (jpeg_of(frame(*PIXELS), size=108_747), JPEG, ["has 106 KiB for 2480 x 3508 pixels, as"]),
        (jpeg_of(frame(*PIXELS), size=108_748), JPEG, []),
        (PHOTO, JPEG, ["turned or mirrored (EXIF orientation 6)", "was taken in 2014, as its"]),
        (jpeg_of(exif(1, "2015:09:30"), frame(*PIXELS)), JPEG, ["was taken in 2015"]),
        (jpeg_of(exif(1, "2015:10:01"), frame(*PIXELS)), JPEG, []),
        (jpeg_of(exif(1, "2002:01:01"), frame(*PIXELS)), JPEG, []),
        (jpeg_of(exif(8, "", "<"), frame(*PIXELS, 0xC2)), JPEG, ["(EXIF orientation 8)"]),
        (jpeg_of(exif(9), frame(*PIXELS)), JPEG, []),
        (png(), PNG, []),
        (jpeg(), JPEG, ["has 1 x 1 pixels"]),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[:60],
)
def test_a_flaw_is_told_by_the_headers(content: bytes, media_type: str, reasons: list[str]) -> None:
    actual = flaws(content, media_type)
    assert len(actual) == len(reasons)
    assert all(reason in flaw for reason, flaw in zip(reasons, actual, strict=True))
    assert not any("\n" in flaw for flaw in actual)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\xff" * 9,
        b"\xff\x01\xff\xd0",
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + exif(3)),
        segment(0xE1, b"Exif\0\0XX*\0"),
        segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"),
        segment(0xFE, exif(3) + frame(9, 9)),
    ],
    ids=["nothing", "fill bytes", "markers alone", "XMP", "no order", "an end too early", "words"],
)
def test_a_frame_is_found_behind_other_segments(before: bytes) -> None:
    assert scan_of(jpeg_of(before, frame(*PIXELS)), JPEG) == Scan(*PIXELS)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PHOTO, "application/pdf"),
        (png_of(9, 9).replace(b"IHDR", b"CgBI"), PNG),
        (png_of(0, 9), PNG),
        (jpeg_of(segment(0xDA, b"")), JPEG),
        (jpeg_of(b"\xff\xd9"), JPEG),
        (jpeg_of(), JPEG),
        (jpeg_of(*[segment(0xE2, b"")] * _MOST_SEGMENTS, frame(9, 9)), JPEG),
    ],
    ids=["a PDF", "no IHDR", "no pixels", "no frame", "the end", "zeros", "no end of segments"],
)
def test_nothing_is_said_of_what_is_no_picture_or_damaged(content: bytes, media_type: str) -> None:
    assert flaws(content, media_type) == ()


def test_a_damaged_picture_is_no_error() -> None:
    whole = PHOTO[:200]
    for length in range(len(whole)):
        assert scan_of(whole[:length], JPEG) in (None, scan_of(whole, JPEG))
    chance = random.Random(7)  # noqa: S311 - the same bytes each time
    for _ in range(2000):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[chance.randrange(2, len(damaged))] = chance.randrange(256)
        flaws(bytes(damaged), JPEG)


def test_the_tests_own_page_has_its_pixels() -> None:
    assert scan_of(png(), PNG) == Scan(*PAGE)
