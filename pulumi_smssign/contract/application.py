"""Applications, the vendors' forms as models: validated whole before any call is made.

A vendor's `application` module subclasses `Application` with the fields of its page. What the
page says of one field is a pydantic constraint; what it says of fields together is in
`conflicts`, which runs whatever else is wrong, so that a user sees every problem at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, ClassVar, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails

from pulumi_smssign.contract import evidence, file_types
from pulumi_smssign.contract.validation import reason_of
from pulumi_smssign.model.choices import members
from pulumi_smssign.model.errors import BugError
from pulumi_smssign.model.findings import Findings, Problem
from pulumi_smssign.model.language import _
from pulumi_smssign.model.lookalikes import invisible, listed, odd_spaces
from pulumi_smssign.model.names import NameKind, objection
from pulumi_smssign.model.vocabulary import TODO

MIB = 1024 * 1024


class Evidence(BaseModel):
    """A described proof file within an application; its bytes are read when they are sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: str
    sha256: str = ""
    media_type: str = file_types.UNRECOGNISED
    size: int = 0
    problem: str = ""

    def read(self) -> bytes:
        """The file's bytes.

        Raises:
            EvidenceError: it can't be read, or its content is another one now.
        """
        return evidence.read(self.path, self.sha256, self.size)


def proof(*media_types: str, max_bytes: int) -> AfterValidator:
    """The constraint of a proof file: its media types and its largest size in bytes."""

    def fit(file: Evidence) -> Evidence:
        if file.problem:
            raise ValueError(_("the file {path} {problem}", path=file.path, problem=file.problem))
        if file.size == 0:
            raise ValueError(_("the file {path} is empty", path=file.path))
        if file.media_type not in media_types:
            raise ValueError(_other_type(file, media_types))
        if file.size > max_bytes:
            raise ValueError(
                _(
                    "the file {path} has {size} MiB; at most {longest} MiB are taken",
                    path=file.path,
                    size=f"{file.size / MIB:.1f}",
                    longest=f"{max_bytes / MIB:g}",
                )
            )
        return file

    return AfterValidator(fit)


def _other_type(file: Evidence, media_types: Iterable[str]) -> str:
    """The problem of a file of a type that is not taken, with what it is where that is known."""
    kinds = _(" or ").join(name.partition("/")[2].upper() for name in media_types)
    name = file_types.named(file.media_type)
    if not name:
        return _("the file {path} is not a {kinds} file", path=file.path, kinds=kinds)
    return _(
        "the file {path} is not a {kinds} file but {name}", path=file.path, kinds=kinds, name=name
    )


def without_brackets(text: str) -> str:
    """A signature's text as the vendors want it: the brackets are the platform's to add."""
    if any(bracket in text for bracket in "【】[]"):
        raise ValueError(_("write the name without 【】 or []: the vendor adds the brackets"))
    return text


def visible(text: str) -> str:
    """A text that has no character which nobody sees: a look-alike of another text."""
    if characters := invisible(text):
        raise ValueError(
            _(
                "has {characters}, which nobody sees: write the name without it",
                characters=listed(characters),
            )
        )
    return text


def not_blank(text: str) -> str:
    """A text that has something in it and no spaces around."""
    if not text.strip():
        raise ValueError(_("must not be empty"))
    if text != text.strip():
        raise ValueError(_("must not begin or end with a space"))
    return text


def sized(shortest: int, longest: int, rule: str) -> AfterValidator:
    """The constraint of a text's length in characters; `rule` states it in the message.

    It is a marked message, whose places may be "{shortest}" and "{longest}".
    """

    def fit(text: str) -> str:
        if not shortest <= len(text) <= longest:
            allowed = _(rule, shortest=shortest, longest=longest)
            raise ValueError(_("has {count} characters; {rule}", count=len(text), rule=allowed))
        return text

    return AfterValidator(fit)


def are_missing(known: Mapping[str, object], *names: str) -> bool:
    """Whether all of these fields are known to be left out."""
    return all(name in known and known[name] is None for name in names)


SignatureText = Annotated[
    str, AfterValidator(visible), AfterValidator(without_brackets), AfterValidator(not_blank)
]
"""The text that stands in 【】 before every message."""


class Application(BaseModel):
    """An application to a vendor, validated against everything that the vendor's page states."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    text_field: ClassVar[str]
    """The field that holds the signature's text: that of the vendor's rules."""
    personal: ClassVar[frozenset[str]] = frozenset()
    """Fields that are secrets wherever they come back, and in no representation."""
    name_kinds: ClassVar[tuple[str, Mapping[object, NameKind]]] = ("", {})
    """The field that says what the name is the name of, and what each of its values means."""
    abroad_field: ClassVar[str] = ""
    """The field that is True of a signature for other countries alone; "" where none is."""
    owner_field: ClassVar[str] = ""
    """The field that holds the company's legal name; "" where none does."""
    judges_digits: ClassVar[bool] = False
    """Whether its own rules speak of a name of digits alone."""

    _uploads: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def uploads(self) -> dict[str, str]:
        """File ids by SHA-256, for a vendor whose files are uploaded first; kept in state.

        Its calls add what they upload, so that a change sends no file a second time.
        """
        return self._uploads

    @property
    def text(self) -> str:
        """The signature's text, without brackets."""
        return str(getattr(self, self.text_field))

    @property
    def scope(self) -> str:
        """The vendor's place for it in the account (a project, mainland, international), or ""."""
        return ""

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problems of fields together; `known` has the fields that are right alone."""
        del known
        return iter(())

    @classmethod
    def conflicts_when_new(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Problems of a new signature, also of one that replaces another.

        They don't stop a change in place: its form may take what a new application can't have.
        """
        del known
        return iter(())

    @classmethod
    def name_kind(cls, known: Mapping[str, object]) -> tuple[str, NameKind] | None:
        """The kind of the name, after the field that states it; None where no field does.

        Only for the mainland, whose carriers file names. `known` may come from state, where
        numbers are floats.
        """
        field, kinds = cls.name_kinds
        kind = kinds.get(known.get(field))
        return (field, kind) if kind and cls.is_mainland(known) else None

    @classmethod
    def is_mainland(cls, known: Mapping[str, object]) -> bool:
        """Whether a signature is for the mainland, as far as a field says so."""
        return not cls.abroad_field or known.get(cls.abroad_field) is False

    @classmethod
    def is_abroad(cls, reported: Mapping[str, object], scope: str) -> bool:
        """Whether a signature is for other countries alone, by its review or its scope."""
        del scope
        return reported.get(cls.abroad_field) is True

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        """Warnings about what the vendor may refuse, or one of two sources forbids: it decides."""
        del known
        return iter(())

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        """The fields without the personal ones."""
        return (each for each in super().__repr_args__() if each[0] not in self.personal)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every proof file of the application."""
        return tuple(_evidence(getattr(self, name) for name in type(self).model_fields))

    def verify_evidence(self) -> None:
        """Check that every proof file is still the one that was examined.

        Raises:
            EvidenceError: one can't be read, or has changed.
        """
        for file in self.evidence:
            file.read()

    @classmethod
    def of(
        cls, inputs: Mapping[str, object], directory: str, uploads: Mapping[str, str] | None = None
    ) -> Self:
        """The application made of inputs that have passed the check.

        Args:
            inputs: the fields.
            directory: where the proof files' paths begin.
            uploads: file ids by SHA-256 that are known from before.
        """
        try:
            application = cls.model_validate(
                {
                    name: _located(value, directory)
                    for name, value in inputs.items()
                    if name in cls.model_fields
                }
            )
        except ValidationError as error:
            raise BugError(f"unchecked inputs reached the vendor: {error}") from None
        application.uploads.update(uploads or {})
        return application


def examine(
    model: type[Application],
    inputs: Mapping[str, object],
    unknown: frozenset[str],
    *,
    new: bool = False,
    managed: bool = False,
) -> Findings:
    """Every problem and doubt of a program's inputs.

    Args:
        model: the vendor's application.
        inputs: the inputs that are known now.
        unknown: fields whose value isn't known in this preview; they are passed over.
        new: whether they would be submitted as a new signature.
        managed: whether state has it, with a proof file that was submitted.
    """
    problems = [
        Problem(name, _("is not a property of this resource"))
        for name in sorted(inputs.keys() - model.model_fields.keys())
    ]
    known: dict[str, object] = {}
    for name, adapter in _adapters(model).items():
        value = inputs.get(name)
        if name in unknown:
            continue
        if value is None and not model.model_fields[name].is_required():
            known[name] = model.model_fields[name].get_default()
            continue
        if value is None:
            problems.append(Problem(name, _("is missing")))
            continue
        if value == TODO or (isinstance(value, list | tuple) and TODO in value):
            problems.append(Problem(name, _to_be_written(model, name)))
            continue
        try:
            known[name] = adapter.validate_python(value)
        except ValidationError as error:
            for finding in error.errors(include_url=False, include_input=False):
                place = [at for at in finding["loc"] if isinstance(at, int)]
                reason = _reason(model, name, value, finding)
                if managed and _is_absent(value, place):
                    reason = _(
                        "{problem}. A run that changes nothing of it goes without the file by "
                        'opts=pulumi.ResourceOptions(ignore_changes=["{name}"])',
                        problem=reason,
                        name=name,
                    )
                problems.append(Problem(name + "".join(f"[{at}]" for at in place), reason))
    problems += model.conflicts(known)
    if new:
        problems += model.conflicts_when_new(known)
    doubts = (*name_doubts(model, known), *_text_doubts(model, known), *model.doubts(known))
    return Findings(problems=tuple(problems), doubts=doubts)


def _is_absent(value: object, place: Sequence[int]) -> bool:
    """Whether a proof file, at a place in lists, is missing here, or something stands for it."""
    for at in place:
        value = value[at] if isinstance(value, Sequence) else None
    if not (isinstance(value, Mapping) and evidence.is_description(value)):
        return False
    return "problem" in value or value.get("media_type") in file_types.STAND_INS


def name_doubts(model: type[Application], known: Mapping[str, object]) -> Iterator[Problem]:
    """The doubt of a name whose kind the carriers file no more, if it is one."""
    field, kind = model.name_kind(known) or ("", None)
    if kind and (why := objection(kind)):
        yield Problem(field, why)


def _text_doubts(model: type[Application], known: Mapping[str, object]) -> Iterator[Problem]:
    """The doubt of a text with a space that is none of the keyboard's."""
    text = known.get(model.text_field)
    if isinstance(text, str) and (spaces := odd_spaces(text)):
        yield Problem(
            model.text_field,
            _(
                "has {characters}, which looks like a space and is another character: a text with "
                "it is another text",
                characters=listed(spaces),
            ),
        )


@cache
def _adapters(model: type[Application]) -> dict[str, TypeAdapter[object]]:
    """A validator for each field alone: a wrong field must not hide what is wrong with others."""
    return {
        name: TypeAdapter(info.rebuild_annotation()) for name, info in model.model_fields.items()
    }


def _reason(model: type[Application], name: str, value: object, finding: ErrorDetails) -> str:
    """The message of a finding; for an enumeration, the value and the members."""
    choice = choices(model).get(name) if finding["type"] == "enum" else None
    if choice is None:
        return reason_of(finding)
    # The engine turns a program's 99 into 99.0, which the user has never written.
    written = int(value) if isinstance(value, float) and value.is_integer() else value
    return _(
        "{value} is not a {kind}; choose {members}",
        value=repr(str(written)[:40]),
        kind=choice.__name__,
        members=members(choice),
    )


def _to_be_written(model: type[Application], name: str) -> str:
    """The problem of a placeholder; for an enumeration with the members."""
    choice = choices(model).get(name)
    if choice is None:
        return _("is still TODO: write what was submitted, or is to be")
    return _(
        "is still TODO: write what was submitted, or is to be; choose {members}",
        members=members(choice),
    )


@cache
def choices(model: type[Application]) -> Mapping[str, type[Enum]]:
    """The enumerations of the fields that are a choice."""
    enums = ((name, _enum(info.annotation)) for name, info in model.model_fields.items())
    return {name: enum for name, enum in enums if enum is not None}


def _enum(annotation: object) -> type[Enum] | None:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation
    return next(filter(None, map(_enum, get_args(annotation))), None)


def _located(value: object, directory: str) -> object:
    if isinstance(value, Mapping) and evidence.is_description(value):
        return {**value, "path": str(Path(directory) / str(value["path"]))}
    if isinstance(value, list):
        return [_located(item, directory) for item in value]
    return value


def _evidence(values: Iterable[object]) -> Iterator[Evidence]:
    for value in values:
        if isinstance(value, Evidence):
            yield value
        elif isinstance(value, tuple | list):
            yield from _evidence(value)
