"""What a proof file is, by its first bytes: taken as what it is, or named where no vendor takes it.

The heads are those of the formats' own descriptions, and what a scan becomes on its way: a phone's
or a browser's format under another name, a stand-in that a version control left (Git LFS,
git-annex, git-crypt), a download that failed, a file that was read as text, a document instead.
"""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import examine
from pulumi_smssign.contract.file_types import HEAD, UNRECOGNISED, media_type
from pulumi_smssign.core.registry import named
from pulumi_smssign.sandbox.evidence import Evidence as Received
from tests.images import jpeg, png


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def branded(brand: bytes, *others: bytes) -> bytes:
    return box(b"ftyp", brand + b"\0\0\0\0" + b"".join(others)) + box(b"meta", bytes(40))


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
SOI = b"\xff\xd8\xff"
JPEGS = {
    "JFIF": b"\xe0\0\x10JFIF\0",
    "EXIF": b"\xe1\0\x10Exif\0\0",
    "several pictures": b"\xe2\0\x10MPF\0",
    "colour profile": b"\xe2\0\x10ICC_PROFILE\0",
    "SPIFF": b"\xe8\0\x20SPIFF\0",
    "Ducky": b"\xec\0\x11Ducky",
    "Photoshop": b"\xed\0\x2cPhotoshop 3.0\0",
    "CMYK": b"\xee\0\x0eAdobe\0",
    "tables first": b"\xdb\0\x43\0",
    "Huffman tables first": b"\xc4\0\x1f\0",
    "interval first": b"\xdd\0\4\0\0",
    "progressive": b"\xc2\0\x11\x08",
    "comment": b"\xfe\0\4ab",
    "filled": b"\xff\xe0\0\x10JFIF\0",
}
TAKEN = {
    **{f"JPEG, {name}": (SOI + head + bytes(50), "image/jpeg") for name, head in JPEGS.items()},
    "JPEG": (jpeg(), "image/jpeg"),
    "PNG": (png(), "image/png"),
    "animated PNG": (png()[:33] + box(b"acTL", bytes(12)) + png()[33:], "image/png"),
    "GIF of 1987": (b"GIF87a" + bytes(20), "image/gif"),
    "GIF": (b"GIF89a" + bytes(20), "image/gif"),
    "PDF": (PDF, "application/pdf"),
    "PDF behind a byte order mark": (b"\xef\xbb\xbf" + PDF, "application/pdf"),
    "PDF behind a line": (b"\r\n" + PDF, "application/pdf"),
    "PDF behind a header": (b"Content-Type: application/pdf\r\n\r\n" + PDF, "application/pdf"),
    "PDF behind a job's language": (b"\x1b%-12345X@PJL JOB\r\n" + PDF, "application/pdf"),
    "PDF at the last place": (b"\n" * 1019 + PDF, "application/pdf"),
    "PDF that is a picture too": (SOI + b"\xe0\0\x10JFIF\0" + PDF, "image/jpeg"),
}


@pytest.mark.parametrize(("content", "media_type"), TAKEN.values(), ids=TAKEN)
def test_a_file_that_a_vendor_takes_is_recognised(
    content: bytes, media_type: str, tmp_path: Path
) -> None:
    file = tmp_path / "scan.bin"
    file.write_bytes(content)
    assert evidence.describe(file)["media_type"] == media_type
    assert Received.of(content).media_type == media_type, "the sandbox is stricter than the client"


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12345\n" % (b"a" * 64)
NAMED = {
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 "), "JPEG 2000"),
    "JPEG 2000 for many pages": (b"\0\0\0\x0cjP\x1a\x1a\r\n\x87\n" + bytes(20), "JPEG 2000"),
    "JPEG 2000 without a box": (b"\xff\x4f\xff\x51\0\x2f" + bytes(20), "JPEG 2000"),
    "JPEG-LS": (SOI + b"\xf7\0\x0b\x08" + bytes(20), "JPEG-LS"),
    "JPEG XL": (b"\xff\x0a" + bytes(20), "JPEG XL"),
    "JPEG XL in boxes": (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(20), "JPEG XL"),
    "JPEG XR": (b"II\xbc\x01" + bytes(20), "JPEG XR"),
    "HEIC": (branded(b"heic", b"mif1heic"), "HEIC"),
    "HEIC of ten bits": (branded(b"heix"), "HEIC"),
    "HEIC by its general name": (branded(b"mif1", b"mif1", b"heic"), "HEIC"),
    "a burst": (branded(b"hevc", b"msf1"), "HEIC"),
    "AVIF": (branded(b"avif", b"mif1"), "AVIF"),
    "AVIF by its general name": (branded(b"mif1", b"avif"), "AVIF"),
    "a live photo's film": (branded(b"qt  "), "a video"),
    "MP4": (branded(b"isom", b"mp41"), "a video"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20), "WebP"),
    "TIFF": (b"II*\0" + bytes(20), "TIFF"),
    "TIFF, the other way round": (b"MM\0*" + bytes(20), "TIFF"),
    "BMP": (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0" + bytes(20), "BMP"),
    "icon": (b"\0\0\1\0\1\0" + bytes(20), "an icon"),
    "Photoshop": (b"8BPS\0\1" + bytes(20), "a Photoshop document"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg">', "an SVG drawing"),
    "SVG behind a declaration": (b'<?xml version="1.0"?>\n<!-- x -->\n<svg>', "an SVG drawing"),
    "Word": (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + b"word/document.xml", "a Word, "),
    "OFD": (b"PK\x03\x04" + bytes(26) + b"OFD.xml", "an OFD document"),
    "ZIP": (b"PK\x03\x04" + bytes(26) + b"scan.png", "a ZIP archive"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "an Office document"),
    "RAR": (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
    "Git LFS": (LFS, "Git LFS"),
    "Git LFS with Windows's lines": (LFS.replace(b"\n", b"\r\n"), "Git LFS"),
    "Git LFS of the first days": (
        LFS.replace(b"git-lfs.github.com", b"hawser.github.com"), "Git LFS",
    ),
    "Git LFS with an extension": (
        LFS.replace(b"\noid", b"\next-0-foo sha256:" + b"b" * 64 + b"\noid"), "Git LFS",
    ),
    "Git LFS behind a byte order mark": (b"\xef\xbb\xbf" + LFS, "Git LFS"),
    "git-annex": (b"/annex/objects/SHA256E-s12--ab.png\n", "git-annex"),
    "git-annex as a link": (b"../.git/annex/objects/Wf/3X/SHA256E-s12--a/SHA2", "git-annex"),
    "git-crypt": (b"\0GITCRYPT\0" + bytes(range(60)), "git-crypt"),
    "Ansible": (b"$ANSIBLE_VAULT;1.1;AES256\n6162", "an encrypted file"),
    "age": (b"age-encryption.org/v1\n-> X25519 x", "an encrypted file"),
    "PGP": (b"-----BEGIN PGP MESSAGE-----\n", "an encrypted file"),
    "a Mac's other half": (b"\0\5\x16\7\0\2\0\0Mac OS X        ", "a Mac's ._ file"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(20), "a shortcut"),
    "page": (b"\n<!DOCTYPE html><html><title>Sign in</title>", "an HTML page"),
    "page without a type": (b"<HTML><body>404", "an HTML page"),
    "PNG with other lines": (png().replace(b"\r\n", b"\n", 1), "a damaged PNG"),
    "PNG with more lines": (png().replace(b"\n", b"\r\n"), "a damaged PNG"),
    "PNG read as text": (png().decode("utf-8", "replace").encode(), "a damaged PNG"),
    "JPEG read as text": (jpeg().decode("utf-8", "replace").encode(), "a damaged picture"),
    "Base64": (base64.b64encode(png()), "Base64"),
    "Base64 of a JPEG in lines": (base64.encodebytes(jpeg()), "Base64"),
    "Base64 of a PDF": (base64.b64encode(PDF), "Base64"),
    "address of data": (b"data:image/png;base64,iVBORw0KGgo=", "Base64"),
}  # fmt: skip


@pytest.mark.parametrize("content", [content for content, _ in NAMED.values()], ids=NAMED)
def test_a_file_that_no_vendor_takes_is_named(
    content: bytes, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    _, name = NAMED[request.node.callspec.id]
    file = tmp_path / "licence.png"
    file.write_bytes(content)
    for vendor, field in (("tencent", "proof_image"), ("huawei", "licence"), ("ucloud", "file")):
        application = named(vendor).application
        findings = examine(application, {field: evidence.describe(file)}, frozenset())
        (reason,) = [problem.reason for problem in findings.problems if problem.property == field]
        assert f"the file {file} is not a PNG or JPEG" in reason
        assert name in reason.partition(" file but ")[2]


@pytest.mark.parametrize(
    "content",
    [b"version 3 of the licence\n", b"not a picture", bytes(64), b"\n" * 1020 + PDF, b"PNG", b"BM"],
    ids=["text", "more text", "zeros", "a PDF too far", "three letters", "two letters"],
)
def test_an_unknown_file_is_not_named(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(content)
    assert evidence.describe(file)["media_type"] == UNRECOGNISED


@pytest.mark.parametrize(
    "part",
    [
        b"<!---->",
        b"<?xml ",
        b" ",
        b"x" * 7,
        b"PK\x03\x04word",
        b"\0\0\0\x20ftyp",
        b"annex/",
        b"%PDF",
    ],
)
@pytest.mark.timeout(60)
def test_no_file_takes_long_to_be_recognised(part: bytes) -> None:
    """Fifty beginnings of each kind, so that what grows with the square runs into the limit."""
    for begin in (b"", b"<", b"PK\x03\x04", b"/") * 50:
        media_type((begin + part * HEAD)[:HEAD])


def test_a_vendor_says_what_it_takes_of_what_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "licence"
    file.write_bytes(PDF)
    takes = {"tencent": False, "yunpian": False, "ucloud": True, "huawei": True}
    fields = {
        "tencent": "proof_image",
        "yunpian": "licences",
        "ucloud": "file",
        "huawei": "licence",
    }
    for vendor, is_taken in takes.items():
        described = evidence.describe(file)
        value = [described] if vendor == "yunpian" else described
        findings = examine(named(vendor).application, {fields[vendor]: value}, frozenset())
        reasons = [p.reason for p in findings.problems if p.property.startswith(fields[vendor])]
        assert bool(reasons) is not is_taken
        assert all(reason.endswith("file but a PDF document") for reason in reasons)
