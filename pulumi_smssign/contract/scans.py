"""Scans: the flaws of a picture that its bytes tell, without looking at what it shows.

Only what is mechanical is judged here, and only a person can refuse for it. A picture's size and
shape, how it is turned and when it was taken stand in its headers, which are read in bounded steps;
the picture itself is decoded by nobody. Sources: UCloud's audit standard (introduction/2005/2103.md
of 2026-05-09: originals, scanned, in force and unaltered; no sizes), and for the size Volcengine's
page on the recognition of licences (docs/6790/117752 of 2023-08-18). No vendor publishes a shape or
a compression: those limits are ours, far from what any scanner makes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pulumi_smssign.model.language import _

SHORTEST_SIDE = 256
"""Pixels of the shorter side from which a licence can be recognised (Volcengine)."""
LONGEST_SHAPE = 4
"""Times that the longer side may be the shorter one: a page has 1.4, a telephone's screen 2.2."""
FEWEST_BITS = 0.1
"""Bits of a JPEG for each of its pixels: a page of text has 0.5 and more, an empty one 0.1."""
LICENCES_CHANGED = (2015, 10)
"""The month in which licences were replaced by those with a unified code; the old ones ran out with
2017 (the State Council's paper 国办发〔2015〕50号)."""
_FIRST_YEAR = 2003
"""A year before which a camera's date is that of a clock that nobody has set."""

_MOST_SEGMENTS = 1000
_MOST_ENTRIES = 200
_APP1, _START_OF_SCAN, _END = 0xE1, 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG that no length follows."""
_UPRIGHT = 1
_TURNED = range(2, 9)
_ORIENTATION, _DETAILS, _TAKEN = 0x0112, 0x8769, 0x9003
"""Tags of EXIF: how a picture is turned, where the camera's entries are, when it was taken."""


@dataclass(frozen=True)
class Scan:
    """A picture as its headers describe it: pixels, EXIF's orientation, year and month or None."""

    width: int
    height: int
    orientation: int = _UPRIGHT
    taken: tuple[int, int] | None = None


def flaws(content: bytes, media_type: str) -> tuple[str, ...]:
    """The flaws of a proof file, each with its source; none of what is no picture or damaged."""
    scan = scan_of(content, media_type)
    if scan is None or not (scan.width and scan.height):
        return ()
    return tuple(_flaws(scan, len(content), media_type))


def _flaws(scan: Scan, size: int, media_type: str) -> Iterator[str]:
    shorter, longer = sorted((scan.width, scan.height))
    pixels = _("{width} x {height} pixels", width=scan.width, height=scan.height)
    if longer > LONGEST_SHAPE * shorter:
        yield _(
            "has {pixels}, the shape of a strip: UCloud's audit standard (2026-05-09) asks for a "
            "scan of the original",
            pixels=pixels,
        )
    elif shorter < SHORTEST_SIDE:
        yield _(
            "has {pixels}, and a licence can't be read below {shortest} on the shorter side "
            "(Volcengine's page on recognition, 2023-08-18): scan it larger",
            pixels=pixels,
            shortest=SHORTEST_SIDE,
        )
    if media_type == "image/jpeg" and size * 8 < FEWEST_BITS * scan.width * scan.height:
        yield _(
            "has {size} KiB for {pixels}, as an empty or a blurred picture has: UCloud's audit "
            "standard (2026-05-09) asks for a scan of the original",
            size=f"{size / 1024:.0f}",
            pixels=pixels,
        )
    if scan.orientation in _TURNED:
        yield _(
            "is stored turned or mirrored (EXIF orientation {orientation}), and the reviewer may "
            "see it so: save it upright",
            orientation=scan.orientation,
        )
    if scan.taken and scan.taken[0] >= _FIRST_YEAR and scan.taken < LICENCES_CHANGED:
        yield _(
            "was taken in {year}, as its camera says, and licences of that time ran out with 2017: "
            "UCloud's audit standard (2026-05-09) refuses papers that have expired",
            year=scan.taken[0],
        )


def scan_of(content: bytes, media_type: str) -> Scan | None:
    """A picture as its headers describe it; None of another file, or where they can't be read."""
    try:
        match media_type:
            case "image/png" if content[12:16] == b"IHDR":
                return Scan(*struct.unpack_from(">II", content, 16))
            case "image/gif":
                return Scan(*struct.unpack_from("<HH", content, 6))
            case "image/jpeg":
                return _of_jpeg(content)
    except struct.error:  # it ends too early
        return None
    return None


def _of_jpeg(content: bytes) -> Scan | None:
    """A JPEG as its segments before the first scan describe it (ITU-T T.81, annex B)."""
    orientation, taken = _UPRIGHT, None
    at = 2
    for _segment in range(_MOST_SEGMENTS):
        first, marker, length = struct.unpack_from(">BBH", content, at)
        if first != 0xFF or marker in (_START_OF_SCAN, _END):  # noqa: PLR2004 - each marker's first byte
            return None
        if marker == 0xFF:  # noqa: PLR2004 - a fill byte
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return Scan(width, height, orientation, taken)
        else:
            if marker == _APP1 and content.startswith(b"Exif\0\0", at + 4):
                orientation, taken = _of_exif(content[at + 10 : at + 2 + length])
            at += 2 + length
    return None


def _of_exif(tiff: bytes) -> tuple[int, tuple[int, int] | None]:
    """The orientation, and the year and month, of an EXIF segment (CIPA DC-008, a TIFF's form)."""
    orientation, taken = _UPRIGHT, None
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (directory,) = struct.unpack_from(f"{order}I", tiff, 4)
        entries = dict(_entries(tiff, order, directory))
        if _ORIENTATION in entries:
            (orientation,) = struct.unpack_from(f"{order}H", entries[_ORIENTATION])
        if _DETAILS in entries:
            (details,) = struct.unpack(f"{order}I", entries[_DETAILS])
            place = dict(_entries(tiff, order, details)).get(_TAKEN)
            if place is not None:
                (start,) = struct.unpack(f"{order}I", place)
                date = re.match(rb"([0-9]{4}):([0-9]{2})", tiff[start : start + 10])
                taken = (int(date[1]), int(date[2])) if date else None
    except (struct.error, KeyError):
        pass  # what was read until here is right
    return orientation, taken


def _entries(tiff: bytes, order: str, at: int) -> Iterator[tuple[int, bytes]]:
    """The entries of a directory: each one's tag, and the four bytes of its value or its place."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for number in range(min(count, _MOST_ENTRIES)):
        tag, value = struct.unpack_from(f"{order}H6x4s", tiff, at + 2 + 12 * number)
        yield tag, value
