"""The flaws of a scan, as its headers tell them; the pictures here are headers and nothing else."""

from __future__ import annotations

import random
import struct

import pytest

from pulumi_smssign.contract.scans import Scan, flaws, scan_of
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
        (jpeg_of(exif(1, "2002:12:31"), frame(*PIXELS)), JPEG, []),
        (jpeg_of(exif(1, "2003:01:01"), frame(*PIXELS)), JPEG, ["was taken in 2003, as its"]),
        (jpeg_of(exif(1, "May of 2014"), frame(*PIXELS)), JPEG, []),
        (jpeg_of(exif(2), frame(*PIXELS)), JPEG, ["(EXIF orientation 2)"]),
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
        segment(0xFE, exif(3)[4:]),
        segment(0xE2, b"") * 999,
    ],
    ids=[
        "nothing",
        "fill bytes",
        "markers alone",
        "XMP",
        "no order",
        "an end too early",
        "words",
        "words like EXIF",
        "many",
    ],
)
def test_a_frame_is_found_behind_other_segments(before: bytes) -> None:
    found = scan_of(jpeg_of(before, frame(*PIXELS)), JPEG)
    assert found == Scan(*PIXELS, orientation=1, taken=None)


FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
ALONE = {0x01, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7}
ENDS = {0xD9, 0xDA}


def test_each_marker_of_jpeg_is_what_the_standard_calls_it() -> None:
    """A frame of that marker before the picture's own; without a length where it has none."""
    for marker in range(1, 0xFF):
        expected = Scan(9, 7) if marker in FRAMES else None if marker in ENDS else Scan(*PIXELS)
        first = bytes((0xFF, marker)) if marker in ALONE else frame(9, 7, marker)
        assert scan_of(jpeg_of(first, frame(*PIXELS), size=0), JPEG) == expected, hex(marker)
    for marker in ALONE:
        assert scan_of(jpeg_of(frame(9, 7, marker), frame(*PIXELS)), JPEG) is None, hex(marker)


def tiff(*entries: tuple[int, int], end: bytes = b"\0\0\0\0") -> bytes:
    """An EXIF segment of one directory, with the first two bytes of each entry's value."""
    rows = (struct.pack(">HHIHxx", tag, 3, 1, value) for tag, value in entries)
    directory = struct.pack(">H", len(entries)) + b"".join(rows) + end
    return segment(0xE1, b"Exif\0\0MM\0*" + struct.pack(">I", 8) + directory)


def orientation_of(*segments: bytes) -> int:
    found = scan_of(jpeg_of(*segments, frame(*PIXELS)), JPEG)
    assert found is not None
    return found.orientation


def test_entries_of_exif_are_read_as_far_as_their_segment_goes() -> None:
    assert orientation_of(tiff((0x0112, 6), end=b"")) == 6
    whole = tiff((0x0112, 6), end=b"")
    cut = segment(0xE1, whole[4:-1])
    assert orientation_of(cut) == 1
    assert orientation_of(tiff((0x0111, 6), (0x0113, 6))) == 1
    assert orientation_of(tiff(*[(0x0100, 9)] * 199, (0x0112, 6))) == 6
    assert orientation_of(tiff(*[(0x0100, 9)] * 200, (0x0112, 6))) == 1


def test_headers_of_png_and_gif_are_read_at_their_place() -> None:
    assert scan_of(png_of(0x01020304, 0x05060708), PNG) == Scan(0x01020304, 0x05060708, 1, None)
    assert scan_of(b"GIF89a\x01\x02\x03\x04\x05", GIF) == Scan(0x0201, 0x0403, 1, None)
    for content, media_type in ((png_of(9, 9)[:-1], PNG), (b"GIF89a\x01\x02\x03", GIF)):
        assert scan_of(content, media_type) is None


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PHOTO, "application/pdf"),
        (png_of(9, 9).replace(b"IHDR", b"CgBI"), PNG),
        (png_of(0, 9), PNG),
        (png_of(9, 0), PNG),
        (jpeg_of(segment(0xDA, b"")), JPEG),
        (jpeg_of(b"\xff\xd9"), JPEG),
        (jpeg_of(b"\0\0\0\0", frame(9, 9)), JPEG),
        (jpeg_of(), JPEG),
        (jpeg_of(segment(0xE2, b"") * 1000, frame(9, 9)), JPEG),
    ],
    ids=[
        "a PDF",
        "no IHDR",
        "no width",
        "no height",
        "no frame",
        "the end",
        "no marker",
        "zeros",
        "no end of segments",
    ],
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
