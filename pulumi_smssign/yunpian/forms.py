"""Yunpian's requests: forms of up to 120 MB, streamed with one file in memory at a time.

The body can be gone through again and again: once to know its size, and once for every attempt to
send it. Texts are percent-encoded in UTF-8 as browsers and the official SDKs do it (a space is a
plus sign); several values of a field are the field several times.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.yunpian.application import SignatureApplication

_AT_ONCE = 3 * (1 << 16)
"""Bytes of a file that are encoded at once; a multiple of 3, so that only the last are padded."""

_LICENCE_PREFIX = "data:image/jpg;base64,"
"""The prefix of a licence's Base64, by the page, whatever kind of image it is.

It names none for an ID card's side, so none is sent there.
"""


@dataclass(frozen=True)
class EncodedFile:
    """A proof file as the value of a field: its prefix and then its bytes in Base64."""

    file: Evidence
    prefix: str = ""


Field = tuple[str, str | EncodedFile]


class Form:
    """A percent-encoded form as a stream of bytes that can be begun anew.

    Going through it raises `EvidenceError` when a file is no longer the one that was examined.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = tuple(fields)

    def __iter__(self) -> Iterator[bytes]:
        separator = ""
        for name, value in self._fields:
            text = value.prefix if isinstance(value, EncodedFile) else value
            yield f"{separator}{name}={quote_plus(text)}".encode()
            if isinstance(value, EncodedFile):
                yield from _encoded(value.file)
            separator = "&"

    @property
    def size(self) -> int:
        """The bytes of the whole body; encodes all of it."""
        return sum(map(len, self))


def _encoded(file: Evidence) -> Iterator[bytes]:
    """A file's bytes in Base64, percent-encoded, piece by piece."""
    content = memoryview(file.read())
    for start in range(0, len(content), _AT_ONCE):
        encoded = base64.b64encode(content[start : start + _AT_ONCE])
        yield encoded.replace(b"+", b"%2B").replace(b"/", b"%2F").replace(b"=", b"%3D")


def submission(application: SignatureApplication) -> Iterator[Field]:
    """The application's fields in the order of the vendor's page; what is not set is left out."""
    singles: dict[str, str | EncodedFile | None] = {
        "business_license_name": application.business_license_name,
        "id_card_name": application.id_card_name,
        "id_card_number": application.id_card_number,
        "id_card_front_url": application.id_card_front_url,
        "id_card_back_url": application.id_card_back_url,
        "id_card_front": _as_field(application.id_card_front),
        "id_card_back": _as_field(application.id_card_back),
        "agent_mobile": application.agent_mobile,
    }
    yield "sign", application.sign
    yield "sign_use", str(int(application.sign_use))
    yield "website", application.website
    if application.prove_type is not None:
        yield "prove_type", str(int(application.prove_type))
    for url in application.licence_urls or ():
        yield "license_url", url
    for file in application.licences or ():
        yield "license_base64", EncodedFile(file, _LICENCE_PREFIX)
    yield from ((name, value) for name, value in singles.items() if value is not None)
    yield "notify", _flag(application.notify)
    yield "apply_vip", _flag(application.apply_vip)
    yield "is_only_global", _flag(application.is_only_global)
    yield "industry_type", application.industry_type.value


def _as_field(file: Evidence | None) -> EncodedFile | None:
    return None if file is None else EncodedFile(file)


def _flag(value: bool) -> str:  # noqa: FBT001 - it is the value itself
    return "true" if value else "false"
