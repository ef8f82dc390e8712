"""The form of CreateSignature and UpdateSignature.

Sources: the vendor's page "Creating an SMS Signature" (2025-04-11) for what must work and what is
refused; its API definition for the lengths; its China-site pages (2025-12-02) and FAQ for what
only they ask for, which is a doubt and not a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from pulumi_smssign.contract.application import (
    MIB,
    Application,
    Evidence,
    SignatureText,
    are_missing,
    not_blank,
    proof,
)
from pulumi_smssign.huawei.choices import SignatureSource, SignatureType
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.model.choices import members
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.names import NameKind

FILE_IDS: Mapping[str, str] = {
    "licence": "file_id",
    "power_of_attorney": "power_attorney_fileid",
    "related_file": "signature_related_file_id",
}
"""Each proof file's property, and the property for the id of an uploaded one."""

PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}
"""Media types that the console takes, each with its file name's ending."""
EXTENSIONS = {**PICTURES, "application/pdf": ".pdf"}
LARGEST_CALL = 12 * MIB
"""Bytes of the largest call that the vendor's gateway lets through."""
LARGEST_IN_CONSOLE = 2 * MIB

_KINDS: Mapping[object, NameKind] = {
    SignatureSource.ENTERPRISE: NameKind.COMPANY,
    SignatureSource.APPLICATION: NameKind.APP,
    SignatureSource.TRADEMARK: NameKind.TRADEMARK,
}

_WITHDRAWN = frozenset({SignatureSource.WEBSITE, SignatureSource.APPLET, SignatureSource.SHOP})
_ASKED_FOR: Mapping[SignatureSource, Mapping[str, str]] = {
    SignatureSource.ENTERPRISE: {},
    SignatureSource.APPLICATION: {
        "related_file": mark("a screenshot of the ICP filing"),
        "license_number": mark("the number of the ICP filing or licence"),
    },
    SignatureSource.TRADEMARK: {
        "related_file": mark("a screenshot of the trademark certificate"),
        "registration_number": mark("the trademark's application or registration number"),
    },
}
"""The proofs that the page of 2025-04-11 asks for with each source, and with no other."""
_SHORTEST_NAME = 2


def _number(value: object) -> object:
    """Refuse a text, as the page's own example sends it: the vendor answers with a number."""
    if isinstance(value, str | bool):
        message = _("must be a number, and no text; choose {members}", members=members(_ASKED_FOR))
        raise ValueError(message)  # noqa: TRY004 - pydantic wants it
    return value


def _current(source: SignatureSource) -> SignatureSource:
    if source in _WITHDRAWN:
        raise ValueError(
            _(
                "{source} is withdrawn by the vendor, which takes {members}",
                source=_named(source),
                members=members(_ASKED_FOR),
            )
        )
    return source


def _named(source: SignatureSource) -> str:
    return members([source])


Line = Annotated[str, AfterValidator(not_blank)]
Key = Annotated[Line, Field(max_length=64)]
Proof = Annotated[Evidence, proof(*EXTENSIONS, max_bytes=LARGEST_CALL)]


class SignatureApplication(Application):
    """The application for a signature at Huawei."""

    text_field: ClassVar[str] = RULES.text_field
    name_kinds = ("signature_source", _KINDS)
    judges_digits = True

    app_id: Key
    signature_name: Annotated[SignatureText, Field(max_length=32)]
    signature_type: SignatureType
    signature_source: Annotated[SignatureSource, BeforeValidator(_number), AfterValidator(_current)]
    is_involved_third: StrictBool
    licence: Proof | None = None
    file_id: Key | None = None
    power_of_attorney: Proof | None = None
    power_attorney_fileid: Annotated[Line, Field(max_length=128)] | None = None
    related_file: Proof | None = None
    signature_related_file_id: Line | None = None
    registration_number: Line | None = None
    license_number: Line | None = None
    apply_desc: Annotated[str, Field(max_length=100)] | None = None
    qualification_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    source_title_content: Annotated[str, Field(max_length=512)] | None = None
    activate: StrictBool = False

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problems of a proof that is given as a file and as a file id."""
        for file, file_id in FILE_IDS.items():
            if known.get(file) is not None and known.get(file_id) is not None:
                yield Problem(
                    file_id, _("names a second file beside {file}: give one of the two", file=file)
                )

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Doubts about missing proofs, fields without effect, and what only some pages know."""
        yield from _name_doubts(known)
        yield from _missing_for_reviewers(known)
        yield from _without_effect(known)
        yield from _unusual_files(known)
        if known.get("signature_type") is SignatureType.PROMOTION_TYPE:
            yield Problem("signature_type", _("is known to the vendor's China site only"))
        if known.get("source_title_content") is not None:
            yield Problem("source_title_content", _("has no effect: the vendor discards it"))


def _is_missing(known: Mapping[str, object], name: str) -> bool:
    """Whether a property is certainly missing; of a proof, as a file and as a file id."""
    forms = (name, FILE_IDS[name]) if name in FILE_IDS else (name,)
    return are_missing(known, *forms)


def _given(known: Mapping[str, object], name: str) -> str | None:
    """The property that is given: of a proof, the file or the file id; None for neither."""
    forms = (name, FILE_IDS[name]) if name in FILE_IDS else (name,)
    return next((form for form in forms if known.get(form) is not None), None)


def _name_doubts(known: Mapping[str, object]) -> Iterator[Problem]:
    name = known.get("signature_name")
    if not isinstance(name, str):
        return
    if len(name) < _SHORTEST_NAME:
        yield Problem(
            "signature_name", _("has one character; the vendor's FAQ asks for two or more")
        )
    if not all(map(_is_plain, name)):
        yield Problem(
            "signature_name",
            _(
                "has other characters than Chinese ones, Latin letters and digits, which the "
                "vendor's FAQ does not allow"
            ),
        )
    if name.isdecimal():
        yield Problem("signature_name", _("is all digits, which the vendor's FAQ does not allow"))


def _is_plain(character: str) -> bool:
    is_chinese = "\u3400" <= character <= "\u9fff"
    return is_chinese or (character.isascii() and character.isalnum())


def _missing_for_reviewers(known: Mapping[str, object]) -> Iterator[Problem]:
    """Doubts about proofs that reviewers ask for, though no row of the page requires them.

    With a qualification none is missing: it holds the proofs itself.
    """
    source = known.get("signature_source")
    if isinstance(source, SignatureSource):
        for name, paper in _ASKED_FOR[source].items():
            if _is_missing(known, name):
                yield Problem(name, _missing_paper(name, _(paper), _named(source)))
    if _is_missing(known, "qualification_id"):
        yield Problem(
            "qualification_id",
            _(
                "is missing: on the vendor's China site a review fails without an approved "
                "qualification (资质, made in the console)"
            ),
        )
        if _is_missing(known, "licence"):
            yield Problem(
                "licence",
                _(
                    "is missing: reviewers ask for the business licence of the name's owner, as a "
                    "file or as file_id"
                ),
            )
        if known.get("is_involved_third") is True and _is_missing(known, "power_of_attorney"):
            yield Problem(
                "power_of_attorney",
                _(
                    "is missing: reviewers ask for it when is_involved_third is True, as a file or "
                    "as power_attorney_fileid"
                ),
            )


def _missing_paper(name: str, paper: str, source: str) -> str:
    """The doubt of a paper that the page's prose asks for, and its table doesn't."""
    if name not in FILE_IDS:
        return _(
            "is missing: the page's prose asks for {paper} with signature_source {source}; its "
            "table says it isn't required, so the vendor decides",
            paper=paper,
            source=source,
        )
    return _(
        "is missing: the page's prose asks for {paper} with signature_source {source}, as a file "
        "or as {file_id}; its table says it isn't required, so the vendor decides",
        paper=paper,
        source=source,
        file_id=FILE_IDS[name],
    )


def _without_effect(known: Mapping[str, object]) -> Iterator[Problem]:
    source = known.get("signature_source")
    if isinstance(source, SignatureSource):
        for name in ("related_file", "registration_number", "license_number"):
            given = _given(known, name)
            if given and name not in _ASKED_FOR[source]:
                yield Problem(
                    given,
                    _("has no effect with signature_source {source}", source=_named(source)),
                )
    attorney = _given(known, "power_of_attorney")
    if attorney and known.get("is_involved_third") is False:
        yield Problem(attorney, _("has no effect when is_involved_third is False"))


def _unusual_files(known: Mapping[str, object]) -> Iterator[Problem]:
    """Doubts about proofs beyond the console's limits, which the API may not have."""
    for name in FILE_IDS:
        file = known.get(name)
        if not isinstance(file, Evidence):
            continue
        if file.media_type not in PICTURES:
            yield Problem(
                name,
                _(
                    "the file {path} is no picture, and the console takes pictures only",
                    path=file.path,
                ),
            )
        if file.size > LARGEST_IN_CONSOLE:
            yield Problem(
                name,
                _(
                    "the file {path} has {size} MiB; the console takes at most {longest} MiB",
                    path=file.path,
                    size=f"{file.size / MIB:.1f}",
                    longest=LARGEST_IN_CONSOLE // MIB,
                ),
            )
